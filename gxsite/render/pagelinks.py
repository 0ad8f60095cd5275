"""What a finished page leads to: the files and anchors that must be there, and what is wrong whatever there is.

Links are followed as a browser would follow them from where the page lies, on a server below any path or on a disk. A
full address that begins with the portal's own ``base`` leads into the portal, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import join, normpath
from typing import Literal, NamedTuple
from urllib.parse import unquote

from gxsite.render.pagetags import Tag, Tags, Use, tags_of

# dead: no such file; anchor: no such id; folder: a folder and not the file in it; root, host, outside: leads elsewhere
# when the portal is moved; loose: relative in a page that is shown anywhere; empty; scheme: a dangerous one;
# foreign: a file from another host that the browser asks for by itself; twice: an id that is given again.
Fault = Literal[
    "dead", "anchor", "folder", "root", "host", "outside", "loose", "empty", "scheme", "foreign", "twice"
]  # fmt: skip

_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_RELATIVE = re.compile(rf"((?:\.\./)*)({_NAME}(?:/{_NAME})*)(?:#([A-Za-z0-9_.-]+))?")
_FOLDER = re.compile(rf"(?:{_NAME}/)*")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_ADDRESS = re.compile(r"https?:(?://|\\\\)([^/?#\\]*)([^?#]*)", re.IGNORECASE)
_IGNORED = str.maketrans("", "", "\t\n\r")
_AROUND = "".join(map(chr, range(33)))
# Schemes that run what they name, or that name something on the reader's own machine.
_DANGEROUS = frozenset({"javascript", "vbscript", "file", "blob", "filesystem", "view-source", "jar"})
# Those of which only the whole output tells; and those of them that say that a file is missing.
OF_LINKS = frozenset({"dead", "folder", "anchor"})
OF_FILES = OF_LINKS - {"anchor"}
HTML = (".html", ".htm", ".xhtml")
_MAX_KNOWN = 4096


class Holds(NamedTuple):
    """What a page leads to and lacks.

    ``files`` are paths in the output, of a folder with a slash at the end; ``anchors`` paths of other pages with an id;
    ``faults`` what is wrong with the page whatever else there is: the kind, the link or path or id in question, and for
    an anchor the path of its page and the id.
    """

    files: tuple[str, ...]
    anchors: tuple[tuple[str, str], ...]
    faults: tuple[tuple[Fault, str, str], ...]


class Spot(NamedTuple):
    """A place in a page: line, first and last column in code points, the tag there, and the link as written."""

    line: int
    column: int
    end: int
    tag: str
    written: str


class Followed(NamedTuple):
    """Where a link leads: to a ``file`` of the output, perhaps an id in it, or ``away``; or what is wrong with it."""

    way: Literal["file", "away"] | Fault
    target: str
    anchor: str = ""


class Reader:
    """Reads pages of a portal that lies below ``path``; one for each process, because it knows what recurs."""

    def __init__(self, base: str) -> None:
        self._tags = Tags()
        found = _ADDRESS.match(base)
        self._host, self.path = (found[1].lower(), unquote(found[2]) or "/") if found else ("", "/")
        self._base = base
        self._known: dict[str, dict[Use, Followed]] = {}  # by the way up to the home page

    def read(self, page: bytes, path: str, *, anywhere: bool = False) -> Holds:
        """What the page at a path leads to; one that is shown ``anywhere`` cannot use relative links."""
        ids, names, links = [], set[str](), dict[Use, None]()
        for use in self._tags.of(page):
            if use.kind == "id":
                ids.append(use.value)
            elif use.kind == "name":
                names.add(use.value)
            else:
                links[use] = None
        names.update(ids)
        files: dict[str, None] = {}
        anchors: dict[tuple[str, str], None] = {}
        faults: dict[tuple[Fault, str, str], None] = {}
        if len(ids) != len(set(ids)):
            faults = {("twice", name, ""): None for name in ids if ids.count(name) > 1}
        for way, target, anchor in self._ways(links, path, anywhere=anywhere):
            if way != "file":
                if way != "away":
                    faults[way, target, ""] = None
            elif target != path:
                files[target] = None
                if anchor and target.endswith(HTML):
                    anchors[target, anchor] = None
            elif anchor and anchor not in names:
                faults["anchor", path, anchor] = None
        return Holds(tuple(files), tuple(anchors), tuple(faults))

    def _ways(self, links: Iterable[Use], path: str, *, anywhere: bool) -> Iterator[Followed]:
        """Where the links of a page lead."""
        start = _start(links, path, self)
        up = "" if anywhere else "../" * start.count("/")
        known = self._known.setdefault(up, {}) if up else {}
        for use in links:
            if (found := known.get(use)) is None:
                found = self.follow(use, start, anywhere=anywhere)
                if up and use.value.startswith(up) and len(known) < _MAX_KNOWN:
                    known[use] = found  # it leads to one place from all pages of this depth
            if use.kind != "base":
                yield found
            elif (given := self.follow(use, path, anywhere=anywhere)).way != "file":
                yield given

    def follow(self, use: Use, path: str, *, anywhere: bool = False) -> Followed:
        """Where a link of the page at a path leads."""
        written = use.value
        if not anywhere and (plain := _RELATIVE.fullmatch(written)):
            return _plain(plain, path)
        if self._base and written.startswith(self._base) and _FOLDER.fullmatch(written, len(self._base)):
            return Followed("file", f"{written[len(self._base) :]}index.html")
        link = written.strip(_AROUND).translate(_IGNORED)
        if not link:
            return Followed("empty", "")
        if scheme := _SCHEME.match(link):
            return self._full(link, scheme[1].lower(), is_loaded=use.kind != "link")
        if link[0] in "/\\":
            return Followed("host" if link[1:2] in ("/", "\\") else "root", link)
        name, anchor = _parts(link)
        if not name:
            return Followed("file", path, anchor)
        return Followed("loose", link) if anywhere else _relative(unquote(name), anchor, path)

    def _full(self, link: str, scheme: str, *, is_loaded: bool) -> Followed:
        """A link with a scheme."""
        if scheme in _DANGEROUS or len(scheme) == 1 or (scheme == "data" and not is_loaded):
            return Followed("scheme", link)
        address = _ADDRESS.match(link)
        if not address:
            return Followed("away", link)
        host, path = address[1].lower(), _without_dots(unquote(address[2].replace("\\", "/"))) or "/"
        if host == self._host and f"{path}/".startswith(self.path):
            inner = path[len(self.path) :]
            name = f"{inner}index.html" if not inner or inner.endswith("/") else inner
            return _file(name, _parts(link)[1])
        return Followed("foreign" if is_loaded and host != self._host else "away", link)


def ids_of(page: bytes) -> frozenset[str]:
    """The ids and other anchors of a page."""
    return frozenset(use.value for use in Tags().of(page) if use.kind in ("id", "name"))


def spot_of(
    page: bytes, path: str, reader: Reader, fault: tuple[str, str, str], *, anywhere: bool = False
) -> Spot | None:
    """Where a page at a path has a fault: the first link that has it, the second of two equal ids."""
    tags = list(tags_of(page))
    start = _start((use for tag in tags for use in tag.uses), path, reader)
    seen = 0
    for tag in tags:
        for use in tag.uses:
            if fault[0] == "twice":
                seen += use == Use("id", fault[1])
                if seen > 1:
                    return _spot(page, tag, use)
            elif use.kind not in ("id", "name") and is_about(reader.follow(use, start, anywhere=anywhere), fault):
                return _spot(page, tag, use)
    return None


def is_about(found: Followed, fault: tuple[str, str, str]) -> bool:
    """Whether a link is the one that a fault is about; where a file is missing no id in it matters."""
    kind, target, anchor = fault
    if kind == "anchor":
        return found.way in ("file", "anchor") and found[1:] == (target, anchor)
    return found.target == target and found.way == ("file" if kind in OF_FILES else kind)


def _spot(page: bytes, tag: Tag, use: Use) -> Spot:
    line = page.count(b"\n", 0, tag.start) + 1
    before = page[page.rfind(b"\n", 0, tag.start) + 1 : tag.start].decode("utf-8", "replace")
    text = tag.text.decode("utf-8", "replace")
    column = len(before) + 1
    return Spot(line, column, column + len(text.partition("\n")[0]), " ".join(text.split()), use.value)


def _start(uses: Iterable[Use], path: str, reader: Reader) -> str:
    """The path that relative links start from: that of the page, unless it says otherwise."""
    given = next((use for use in uses if use.kind == "base"), None)
    found = reader.follow(given, path) if given else Followed("away", "")
    if found.way != "file":
        return path
    return (found.target + "index.html").lstrip("/") if found.target.endswith("/") else found.target


def _parts(link: str) -> tuple[str, str]:
    """The path of a link, and the id that it names; a browser looks for none behind ``#top``."""
    rest, _, fragment = link.partition("#")
    anchor = unquote(fragment.partition(":~:")[0])
    return rest.partition("?")[0], "" if anchor.lower() == "top" else anchor


def _plain(link: re.Match[str], path: str) -> Followed:
    """A relative link in which nothing has to be decoded, as most are."""
    ups, name, anchor = link.groups()
    up, depth = len(ups) // 3, path.count("/")
    if up > depth:
        return Followed("outside", link[0])
    folder = path.rsplit("/", up + 1)[0] + "/" if up < depth else ""
    return Followed("file", folder + name, "" if not anchor or anchor.lower() == "top" else anchor)


def _without_dots(path: str) -> str:
    """The path of a full address, with the steps up in it taken."""
    return normpath(path) + "/" * (path.rpartition("/")[2] in ("", ".", "..")) if "/." in path else path


def _relative(name: str, anchor: str, path: str) -> Followed:
    """Any other relative link."""
    found = normpath(join(path.rpartition("/")[0], name))
    if found == ".." or found.startswith("../"):
        return Followed("outside", name)
    is_folder = name.rpartition("/")[2] in ("", ".", "..")
    return _file(("" if found == "." else found) + "/" * is_folder, anchor)


def _file(name: str, anchor: str) -> Followed:
    """A file of the output; none has a name that cannot be printed."""
    if not anchor.isprintable():
        return Followed("anchor", name, anchor)
    return Followed("file", name, anchor) if name.isprintable() else Followed("dead", name)
