"""The words of a theme: ``{{ "跳到主要内容" | t }}`` in Chinese as they stand, in another language by a list.

The Chinese text is its own key. A text may name values, ``{{ "截至{day}" | t(day=view.as_of) }}``; where English says
one thing for one and another for many, ``count`` decides. A text without values is the same on every page, so Jinja's
optimizer asks for it once, when the template is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from markupsafe import Markup, escape

from gxsite.render.themefiles import Label

TRANSLATE = "t"
COUNT = "count"
_PLACE = re.compile(r"\{([a-z_]+)\}")


def translator(labels: Mapping[str, Label]) -> Callable[..., str]:
    """The filter ``t`` for a list of labels; a text that it does not have stays as it is."""

    def translate(text: str, **values: object) -> str:
        label = labels.get(text)
        said = text if label is None else label.one if label.one and values.get(COUNT) == 1 else label.text
        return fill(said, values) if values else said

    return translate


def placeholders(text: str) -> frozenset[str]:
    """The names of the values in a text."""
    return frozenset(_PLACE.findall(text))


def fill(text: str, values: Mapping[str, object]) -> Markup:
    """A text with its values, all of it escaped but for what is safe HTML already."""
    first, *rest = _pieces(text)
    said = [first]
    for name, piece in zip(rest[::2], rest[1::2], strict=True):
        said += (escape(values[name]), piece)
    return Markup("".join(said))


@cache
def _pieces(text: str) -> tuple[str, ...]:
    """The pieces of a text, escaped, with the names of the values between them."""
    return tuple(piece if at % 2 else str(escape(piece)) for at, piece in enumerate(_PLACE.split(text)))
