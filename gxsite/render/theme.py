"""A theme: templates compiled with strict names, static files beside them.

A theme is given as values (names to texts); who reads the folder is the engine's business. Jinja2 is imported where
templates are read: importing it takes longer than a build in which no page is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, ProjectError, phrase
from gxsite.base.near import nearest
from gxsite.render.themefiles import BENEATH, GLOBALS, KINDS, ThemeFiles, near_template, problem_in, template_place
from gxsite.site.views import PageView, SiteView

if TYPE_CHECKING:
    import jinja2

    from gxsite.render.body import Html
    from gxsite.render.sandbox import Sandbox, UnknownName

__all__ = ["GLOBALS", "KINDS", "Theme", "ThemeFiles", "closures", "lint"]

CHINESE = "zh"


@dataclass(frozen=True)
class Theme:
    """A theme in which :func:`lint` finds nothing. A template is compiled when it is first needed.

    ``compiled`` keeps what is compiled and is looked into before; it must not outlive this version of the package, of
    Jinja2 and of Python. ``assets`` are the names under which the static files are published.
    """

    files: ThemeFiles
    compiled: MutableMapping[str, bytes] | None = None
    assets: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _environments(self) -> dict[str, Sandbox]:
        return {}

    def _environment(self, words: str) -> Sandbox:
        """The templates with their words in a language: compiled once for each, so that no page pays for it."""
        if words not in self._environments:
            from gxsite.render.templates import environment

            labels = self.files.labels.get(words)
            self._environments[words] = environment(self.files.templates, self.compiled, labels, self.assets)
        return self._environments[words]

    def compile(self, names: Iterable[str], words: str = CHINESE) -> None:
        """Compile some templates now; after a fork each process would do so for itself."""
        for name in names:
            self._environment(words).get_template(name)

    def render(self, site: SiteView, page: PageView, view: object, body: Html | None, words: str = CHINESE) -> bytes:
        """A page with the theme's words in a language; what fails in a template is a finding about it."""
        from jinja2 import TemplateError

        environment = self._environment(words)
        template = environment.get_template(self.files.find(f"{page.kind}.html"))
        names: dict[str, Any] = {"site": site, "page": page, "view": view}
        if body is not None:
            names["body"] = body
        environment.renew()
        try:
            return template.render(names).encode("utf-8")
        except (
            TemplateError,
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            AttributeError,
            RuntimeError,
            MemoryError,
        ) as error:
            raise ProjectError(_failed(self.files, template, error, view)) from error


def lint(files: ThemeFiles) -> tuple[Diagnostic, ...]:
    """What is wrong with a theme, as far as that can be known before a page is made."""
    from gxsite.render.lint import lint_templates
    from gxsite.render.lint_labels import lint_labels

    found = [*lint_templates(files), *lint_labels(files)]
    missing = (name for kind in KINDS if not files.find(name := f"{kind}.html"))
    found += (problem_in(files, "theme.yaml", 1, phrase("template.missing", name=name)) for name in missing)
    for name in (*files.styles, *((files.icon,) if files.icon else ())):
        if name not in files.statics:
            near = nearest(name, files.statics)
            found.append(
                diagnose("GX905", files.place_of(name), problem=phrase("template.static", name=name), near=near)
            )
    return tuple(found)


def closures(files: ThemeFiles) -> dict[str, tuple[str, ...]]:
    """For each kind of page all templates that it is made with, in order of names."""
    from gxsite.render.templates import references

    named = references(files.templates)
    return {kind: tuple(sorted(_reached(files.find(f"{kind}.html"), named))) for kind in KINDS}


def unused(files: ThemeFiles, made_with: Mapping[str, Iterable[str]]) -> tuple[Diagnostic, ...]:
    """The theme's own templates that no page is made with; ``made_with`` are the closures."""
    used = {name for closure in made_with.values() for name in closure}
    idle = [name for name in files.templates if BENEATH not in name and name not in used]
    return tuple(diagnose("GX923", template_place(files, name, 1), near=near_template(name, used)) for name in idle)


def _reached(name: str, named: Mapping[str, Iterable[str]]) -> set[str]:
    reached, ahead = set[str](), [name]
    while ahead:
        reached.add(name := ahead.pop())
        ahead += (other for other in named[name] if other not in reached)
    return reached


def _failed(files: ThemeFiles, template: jinja2.Template, error: Exception, view: Any) -> Diagnostic:
    """What failed: a name that nobody has, what a template may not do, or whatever else cannot be done."""
    from gxsite.render.sandbox import Refused, UnknownName

    name, line = _place_of(files, template, error)
    if isinstance(error, Refused):
        return problem_in(files, name, line, error.problem, None, error.word)
    if isinstance(error, UnknownName) and error.name is not None:
        return problem_in(files, name, line, *_unknown(error, view))
    if isinstance(error, MemoryError):
        return problem_in(files, name, line, phrase("template.memory"))
    return problem_in(files, name, line, phrase("template.failed", detail=str(error) or type(error).__name__))


def _unknown(error: UnknownName, view: Any) -> tuple[Fact, str | None, str]:
    """The words for a name that nobody has, the nearest name, and what stands in the line."""
    from gxsite.render.sandbox import NOBODY, names_of

    owner: Any = error.owner
    name = error.name
    if not isinstance(name, str):
        if isinstance(name, int) and isinstance(owner, tuple | list | str | range):
            return phrase("template.element", index=name, count=len(owner)), None, str(name)
        return phrase("template.key"), None, ""
    if owner is None:
        return phrase("template.none_name", name=name), None, name
    kind: Any = type(owner)
    if owner is NOBODY:
        kind = type(view)
        names = {*names_of(PageView), *names_of(SiteView), *names_of(kind)}
    else:
        names = set(owner if isinstance(owner, dict) else names_of(kind))
    return phrase("template.name", name=name), nearest(name, names), name


def _place_of(files: ThemeFiles, template: jinja2.Template, error: Exception) -> tuple[str, int]:
    """The innermost template line of a traceback."""
    place = template.name or "?", 1
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in files.templates:
            place = name, trace.tb_lineno
        trace = trace.tb_next
    return place
