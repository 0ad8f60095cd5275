"""HTML reduced to what a reader gets: for comparing what two engines print.

Left out are the spaces and line breaks that no browser shows, the order of attributes, and whether an address is
percent-encoded.
"""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

_BLOCKS = (
    *("address", "blockquote", "br", "caption", "colgroup", "col", "dd", "details", "div", "dl", "dt", "figcaption"),
    *("figure", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "pre", "p", "section", "summary", "table", "tbody"),
    *("td", "tfoot", "thead", "th", "tr", "ul"),
)


class _Shape(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = (f' {k}="{unquote(v or "") if k in ("href", "src") else v}"' for k, v in sorted(attrs))
        self.parts.append(f"<{tag}{''.join(shown)}>")
        self.verbatim += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")
        self.verbatim -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self.verbatim:
            self.parts.append(data.rstrip("\n").replace("<", "‹"))
            return
        data = re.sub(r"[ \n]+", " ", data)
        self.parts.append(data.lstrip(" ") if self.parts and self.parts[-1].endswith(" ") else data)


def shape(html: str) -> str:
    """What a reader gets, one tag of a block or one run of text a line."""
    parser = _Shape()
    parser.feed(html)
    parser.close()
    lines = re.split(f"(</?(?:{'|'.join(_BLOCKS)})(?: [^<>]*)?>)", "".join(parser.parts))
    return "\n".join(line.strip(" ") for line in lines if line.strip(" "))
