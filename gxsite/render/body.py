"""Markdown to safe HTML: one of two engines converts, what follows is the same for both.

``python-markdown`` is the dialect (docs/formats.md); ``comrak`` is held to it and many times as fast. The libraries are
imported with the first body: a build that converts none pays for none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gxsite.render.bodies.heading import Heading

if TYPE_CHECKING:
    from markupsafe import Markup

    from gxsite.base.diagnostic import Diagnostic, Place
    from gxsite.site.views import BodyView

DEFAULT = "python-markdown"
COMRAK = "comrak"
# What to install for an engine that is no part of every installation.
PACKAGES = {COMRAK: "gxsite[fast]"}
# To be raised by every change, here or in the modules that convert and publish, after which a body gives other HTML.
REVISION = 4


class Html(NamedTuple):
    """A converted body: safe HTML, and its headings for a contents list."""

    html: Markup
    contents: tuple[Heading, ...]


class BodyEngine:
    """A converter of bodies that is used again and again; one for each process."""

    def __init__(self, name: str = DEFAULT) -> None:
        self.name = name
        self._ready: Callable[[BodyView], Html] | None = None

    @property
    def id(self) -> str:
        """What the HTML of a body depends on beside the body: the engine, its libraries, the revision of this code."""
        import nh3

        return f"{self.name} {_module(self.name).version()}, nh3 {nh3.__version__}, {REVISION}"  # type: ignore[attr-defined]

    def convert(self, body: BodyView) -> Html:
        """The HTML of a body. A body too deeply nested to convert is shown as it was written."""
        return self.prepare()(body)

    def prepare(self) -> Callable[[BodyView], Html]:
        """Import what conversion needs; before a fork that is done once for all."""
        if self._ready is None:
            self._ready = _ready(_module(self.name).converter())
        return self._ready


def _ready(converter: Callable[[str], str]) -> Callable[[BodyView], Html]:
    """Conversion with all that it needs imported."""
    from html import escape

    from markupsafe import Markup

    from gxsite.render.bodies.safe_html import is_plain, published

    def convert(body: BodyView) -> Html:
        try:
            raw = converter(body.markdown)
        except RecursionError:
            raw = f"<pre>{escape(body.markdown)}</pre>"
        safe, contents = published(raw, dict(body.links), body.domain, plain=is_plain(body.markdown))
        return Html(Markup(safe), contents)

    return convert


def body_engine(name: str) -> BodyEngine:
    """The engine of a name; whether its library is there is asked by :func:`missing`, or by the first body."""
    return BodyEngine(name)


def missing(name: str, place: Place) -> tuple[Diagnostic, ...]:
    """The finding that the library of an engine is not installed, at the place that asks for it."""
    if name != COMRAK:
        return ()
    try:
        import comrak  # noqa: F401
    except ImportError:
        from gxsite.base.catalogue import diagnose

        return (diagnose("GX909", place, engine=name, package=PACKAGES[name]),)
    return ()


class _Module(Protocol):
    """What there is in the module of an engine."""

    def converter(self) -> Callable[[str], str]: ...
    def version(self) -> str: ...


def _module(name: str) -> _Module:
    """The module of an engine, which imports its library."""
    if name == COMRAK:
        from gxsite.base.diagnostic import START, Place, ProjectError

        if found := missing(name, Place("gxsite.yaml", START)):
            raise ProjectError(*found)
        from gxsite.render.bodies import commonmark

        return commonmark
    from gxsite.render.bodies import python_markdown

    return python_markdown
