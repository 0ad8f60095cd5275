"""Small themes for tests: every page prints its title, but for the templates that a test gives."""

import pytest

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import Diagnostic, ProjectError
from gxsite.render.theme import KINDS, Theme, ThemeFiles, lint
from gxsite.site.views import FooterView, LinkView, MovedView, PageView, SiteView

Problem = tuple[str, int, str]

SITE = SiteView("门户", "", "简介", "", FooterView(*[""] * len(FooterView._fields)))
LINK = MovedView(LinkView("标签", "a.html"))
PLAIN = {f"{kind}.html": "{{ page.title }}" for kind in KINDS}


def files(**templates: str) -> ThemeFiles:
    """A theme; ``report="…"`` is the text of report.html."""
    return ThemeFiles("themes/small", {**PLAIN, **{f"{name}.html": text for name, text in templates.items()}}, {}, ())


def shown(
    theme: ThemeFiles | Theme,
    view: object = LINK,
    kind: str = "page",
    title: str = "标题",
    assets: str | None = "../assets/",
) -> str:
    """A page."""
    page = PageView(kind, title, title, "", "../", "", "", (), "", (), (), (), assets=assets)
    made = theme if isinstance(theme, Theme) else Theme(theme)
    return made.render(SITE, page, view, None).decode()


def _said(found: Diagnostic) -> Problem:
    return found.place.path.rpartition("/")[2], found.place.span.line, message(found, "en").partition(": ")[2]


def problems(theme: ThemeFiles) -> list[Problem]:
    """What the lint finds: template, line, words."""
    return [_said(found) for found in lint(theme)]


def failure(
    theme: ThemeFiles, view: object = LINK, kind: str = "page", assets: str | None = "../assets/"
) -> Diagnostic:
    """The finding that ends the rendering of a page."""
    with pytest.raises(ProjectError) as raised:
        shown(theme, view, kind, assets=assets)
    (found,) = raised.value.diagnostics
    return found


def failed(theme: ThemeFiles, view: object = LINK) -> Problem:
    """The same in words."""
    return _said(failure(theme, view))
