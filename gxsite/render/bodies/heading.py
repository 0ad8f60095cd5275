"""Headings of a body."""

from __future__ import annotations

from typing import NamedTuple


class Heading(NamedTuple):
    """An entry of the contents list."""

    level: int
    id: str
    text: str
