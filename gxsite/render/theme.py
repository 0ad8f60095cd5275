"""A theme: templates compiled with strict names, static files beside them.

A theme is given as values (names to texts); who reads the folder is the engine's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import meta, nodes

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Outcome, Place, ProjectError, Span, phrase
from gxsite.base.near import nearest
from gxsite.render.body import Html
from gxsite.site.views import PageView, SiteView

GLOBALS = ("site", "page", "view", "body")
KINDS = ("home", "agency", "year", "years", "report", "document", "page", "sitemap", "moved", "404")


@dataclass(frozen=True)
class ThemeFiles:
    """A theme as read: its folder, template texts by name, static files by name, style sheets in order, icon."""

    path: str
    templates: Mapping[str, str]
    statics: Mapping[str, bytes]
    styles: tuple[str, ...]
    icon: str = ""


@dataclass(frozen=True)
class Theme:
    """A compiled theme."""

    files: ThemeFiles
    templates: Mapping[str, jinja2.Template]

    def render(self, site: SiteView, page: PageView, view: object, body: Html | None) -> bytes:
        """A page; a name that the views do not have is a finding about the template."""
        template = self.templates[page.kind]
        names: dict[str, Any] = {"site": site, "page": page, "view": view}
        if body is not None:
            names["body"] = body
        try:
            return template.render(names).encode("utf-8")
        except jinja2.UndefinedError as error:
            raise ProjectError(_undefined(self.files, template, error, view)) from error


def compile_theme(files: ThemeFiles) -> Outcome[Theme | None]:
    """The theme, every template compiled and looked through; None if a template cannot be used."""
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(dict(files.templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name in set(environment.globals) - {"range", "namespace"}:
        del environment.globals[name]
    found: list[Diagnostic] = []
    for name, source in sorted(files.templates.items()):
        found += _lint(files, environment, name, source)
    for kind in KINDS:
        if f"{kind}.html" not in files.templates:
            found.append(_problem(files, "theme.yaml", 1, phrase("template.missing", name=f"{kind}.html")))
    for name in (*files.styles, *((files.icon,) if files.icon else ())):
        if name not in files.statics:
            near = nearest(name, files.statics)
            found.append(_problem(files, "theme.yaml", 1, phrase("template.static", name=name), near))
    if found:
        return Outcome(None, tuple(found))
    return Outcome(Theme(files, {kind: environment.get_template(f"{kind}.html") for kind in KINDS}))


def _lint(files: ThemeFiles, environment: jinja2.Environment, name: str, source: str) -> list[Diagnostic]:
    """Syntax errors, names that no template is given, includes that cannot be known beforehand."""
    try:
        tree = environment.parse(source, name)
        environment.compile(source, name)
    except jinja2.TemplateSyntaxError as error:
        return [_problem(files, name, error.lineno, phrase("template.syntax", detail=error.message or "?"))]
    found = []
    known = {*GLOBALS, *environment.globals, *_own_names(tree), *_inherited(files, environment, tree)}
    for unknown in sorted(meta.find_undeclared_variables(tree) - known):
        line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == unknown), 1)
        found.append(_problem(files, name, line, phrase("template.name", name=unknown), nearest(unknown, GLOBALS)))
    for reference in meta.find_referenced_templates(tree):
        if reference is None:
            found.append(_problem(files, name, 1, phrase("template.dynamic")))
        elif reference not in files.templates:
            near = nearest(reference, files.templates)
            found.append(_problem(files, name, 1, phrase("template.missing", name=reference), near))
    return found


def _own_names(tree: nodes.Template) -> set[str]:
    """Names that the template itself binds: Jinja counts those bound outside of a block as unknown inside it."""
    names = {n.name for n in tree.find_all(nodes.Name) if n.ctx in ("store", "param")}
    names |= {n.target for n in tree.find_all(nodes.Import)}
    names |= {n.name for n in tree.find_all(nodes.Macro)}
    for found in tree.find_all(nodes.FromImport):
        names |= {name if isinstance(name, str) else name[1] for name in found.names}
    return names


def _inherited(files: ThemeFiles, environment: jinja2.Environment, tree: nodes.Template) -> set[str]:
    """The names that the templates it extends bind at their top, which its blocks see."""
    names: set[str] = set()
    seen: set[str] = set()
    while extends := tree.find(nodes.Extends):
        parent = extends.template.value if isinstance(extends.template, nodes.Const) else None
        if parent is None or parent in seen or parent not in files.templates:
            break
        seen.add(parent)
        try:
            tree = environment.parse(files.templates[parent], parent)
        except jinja2.TemplateSyntaxError:
            break  # found where that template is looked through
        names |= _own_names(tree)
    return names


def _undefined(files: ThemeFiles, template: jinja2.Template, error: jinja2.UndefinedError, view: object) -> Diagnostic:
    """The place of a missing name: the innermost template line of the traceback."""
    name, line = template.name or "?", 1
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if trace.tb_frame.f_globals.get("__jinja_template__") is not None or filename == "<template>":
            name = str(trace.tb_frame.f_globals.get("name", name))
            line = trace.tb_lineno
        trace = trace.tb_next
    wanted = (error.message or "").rpartition("attribute ")[2].strip("'") or "?"
    known = {*PageView._fields, *SiteView._fields, *getattr(view, "_fields", ())}
    return _problem(files, name, line, phrase("template.name", name=wanted), nearest(wanted, known))


def _problem(files: ThemeFiles, name: str, line: int, problem: Fact, near: str | None = None) -> Diagnostic:
    place = Place(
        f"{files.path}/templates/{name}" if name.endswith(".html") else f"{files.path}/{name}", Span(line, 1, line, 2)
    )
    return diagnose("GX905", place, problem=problem, near=near)
