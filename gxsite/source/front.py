"""A Markdown file in its two parts: front matter between two ``---`` lines, and the body."""

from __future__ import annotations

from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Outcome, Place, Span, phrase
from gxsite.base.text import Text
from gxsite.base.yaml import Mapping, read_yaml
from gxsite.model.report import Body
from gxsite.source.body import MAX_BODY, read_body

MAX_FRONT = 256 * 1024
MAX_FILE = MAX_FRONT + MAX_BODY


class Parts(NamedTuple):
    """The front matter as a mapping, and the body."""

    front: Mapping
    body: Body


def read_parts(text: Text) -> Outcome[Parts]:
    """Both parts of a file; what cannot be read is left empty and found."""
    lines = text.lines
    if not lines or lines[0].rstrip() != "---":
        return Outcome(_NOTHING, (diagnose("GX106", Place(text.path, START), what=phrase("front.opening")),))
    close = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if close is None:
        place = Place(text.path, Span(1, 1, 1, 4))
        return Outcome(_NOTHING, (diagnose("GX106", place, what=phrase("front.closing")),))
    size = len("\n".join([*lines[1:close], ""]).encode())
    if size > MAX_FRONT:
        place = Place(text.path, Span(1, 1, 1, 4))
        return Outcome(_NOTHING, (diagnose("GX109", place, size=size, limit=MAX_FRONT),))
    front = read_yaml(text, 2, close)
    body = read_body(text, close + 2)
    return Outcome(Parts(front.value, body.value), (*front.diagnostics, *body.diagnostics))


_NOTHING = Parts(Mapping((), START, damaged=True), Body())
