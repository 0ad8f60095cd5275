"""What a portal says of its looks: its colour as a small style sheet, its crest and icon as pictures that fit.

A theme that honours the colour takes it from the custom property ``--accent``, one that shows the crest from
``page.crest``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Outcome, Place, phrase
from gxsite.render.colours import ENOUGH, Colour, colour_of, least, ratio, readable
from gxsite.render.pictures import Size, faults_of, size_of
from gxsite.render.themefiles import Grounds, ThemeFiles

HEIGHT, WIDEST = 48, 240  # the room for a crest at the head of a page, in pixels
ACCENT = "--accent"
_CREST, _MARK = re.compile(r"\.crest\b"), re.compile(r"\bpage\.mark\b")


def accent_sheet(grounds: Grounds, light: str, dark: str, light_at: Place, dark_at: Place) -> Outcome[str]:
    """The style sheet with the colour of the light and of the dark scheme, each of which may be "".

    A dark scheme without a colour of its own gets that of the light one, as much lighter as it takes. ``light_at`` and
    ``dark_at`` are where the colours are written.
    """
    colour, other = colour_of(light), colour_of(dark)
    found = [*_pale("accent", colour, grounds.light, "light", light_at)]
    found += _pale("accent_dark", other, grounds.dark, "dark", dark_at)
    if colour and not other and grounds.dark:
        other = readable(colour, _colours(grounds.dark))
    text = "/* gxsite.yaml: look */\n"
    if colour:
        text += f":root {{ {ACCENT}: {colour}; }}\n"
    if other:
        text += f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {ACCENT}: {other}; }} }}\n"
    return Outcome(text, tuple(found))


def _pale(key: str, colour: Colour | None, grounds: tuple[str, ...], scheme: str, place: Place) -> Iterator[Diagnostic]:
    """The finding that a colour is hard to read on a ground."""
    if colour is None or not grounds:
        return
    contrast, ground = least(colour, _colours(grounds))
    if contrast < ENOUGH:
        near = readable(colour, _colours(grounds))
        yield diagnose(
            "GX921",
            place,
            key=key,
            colour=str(colour),
            ground=str(ground),
            scheme=phrase(f"scheme.{scheme}"),
            ratio=ratio(contrast),
            near=str(near) if near else None,
        )


def _colours(texts: Iterable[str]) -> tuple[Colour, ...]:
    return tuple(colour for text in texts if (colour := colour_of(text)))


def unused(
    theme: ThemeFiles, name: str, accent: Place | None, crest: Place | None, mark: Place | None
) -> Iterator[Diagnostic]:
    """Settings, given by their places, of which a theme makes no use."""
    if accent and not any(ACCENT.encode() in data for file, data in theme.statics.items() if file.endswith(".css")):
        yield diagnose("GX924", accent, theme=name, key="look.accent", use=f"var({ACCENT})")
    if crest and not any(_CREST.search(text) for text in theme.templates.values()):
        yield diagnose("GX924", crest, theme=name, key="look.crest", use="page.crest")
    if mark and not any(_MARK.search(text) for text in theme.templates.values()):
        yield diagnose("GX924", mark, theme=name, key="footer.mark", use="page.mark")


def fault_of(name: str, data: bytes, formats: tuple[str, ...]) -> Fact | None:
    """Why a picture cannot be used, None if it can."""
    suffix = name.lower().rpartition(".")[2]
    faults = faults_of(data) if suffix == "svg" and suffix in formats else ()
    if faults:
        return faults[0]
    if suffix not in formats or not size_of(name, data):
        return phrase("picture.format", formats=", ".join(formats))
    return None


def fitted(size: Size) -> tuple[int, int]:
    """Width and height in pixels of a picture that fills the room for a crest."""
    scale = min(HEIGHT / size.height, WIDEST / size.width)
    return max(1, round(size.width * scale)), max(1, round(size.height * scale))
