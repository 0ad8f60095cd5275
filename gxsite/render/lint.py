"""What is wrong with templates, as far as that can be known without rendering them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import jinja2
from jinja2 import meta, nodes

from gxsite.base.diagnostic import Diagnostic, Fact, phrase
from gxsite.base.near import nearest
from gxsite.render.templates import REMEMBER, environment
from gxsite.render.themefiles import GLOBALS, ThemeFiles, problem_in

Trees = Mapping[str, nodes.Template]


def lint_templates(files: ThemeFiles) -> Iterator[Diagnostic]:
    """Syntax errors, names that no template is given, references that lead nowhere, remembering that would err."""
    known = environment(files.templates)
    trees: dict[str, nodes.Template] = {}
    for name, source in sorted(files.templates.items()):
        try:
            trees[name] = known.parse(source, name)
        except jinja2.TemplateSyntaxError as error:
            yield _syntax(files, name, error)
    for name, tree in trees.items():
        parents = tuple(_parents(tree, trees))
        try:
            unknown = meta.find_undeclared_variables(tree).difference(GLOBALS, known.globals, _own_names(tree))
        except jinja2.TemplateSyntaxError as error:
            yield _syntax(files, name, error)
            continue
        for word in sorted(unknown.difference(*map(_own_names, parents))):
            line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == word), 1)
            yield problem_in(files, name, line, phrase("template.name", name=word), nearest(word, GLOBALS))
        yield from (problem_in(files, name, 1, *problem) for problem in _references(tree, files))
        for line in sorted(set(_badly_remembered(tree, parents, trees))):
            yield problem_in(files, name, line, phrase("template.remembered"))


def _syntax(files: ThemeFiles, name: str, error: jinja2.TemplateSyntaxError) -> Diagnostic:
    return problem_in(files, name, error.lineno, phrase("template.syntax", detail=error.message or "?"))


def _references(tree: nodes.Template, files: ThemeFiles) -> Iterator[tuple[Fact, str | None]]:
    """Templates that are named by an expression, or that there are not; with the nearest name."""
    for reference in meta.find_referenced_templates(tree):
        if reference is None:
            yield phrase("template.dynamic"), None
        elif reference not in files.templates:
            yield phrase("template.missing", name=reference), nearest(reference, files.templates)


def _own_names(tree: nodes.Template) -> set[str]:
    """Names that the template itself binds: Jinja counts those bound outside of a block as unknown inside it."""
    names = _assigned(tree)
    names |= {n.target for n in tree.find_all(nodes.Import)}
    names |= {n.name for n in tree.find_all(nodes.Macro)}
    return names.union(*(dict(_taken(found)) for found in tree.find_all(nodes.FromImport)))


def _assigned(tree: nodes.Template) -> set[str]:
    """Names of variables: set, run through by a loop, arguments of macros."""
    return {n.name for n in tree.find_all(nodes.Name) if n.ctx in ("store", "param")}


def _taken(found: nodes.FromImport) -> Iterator[tuple[str, str]]:
    """What ``{% from … import %}`` binds: each name with the name it has at home."""
    return ((name, name) if isinstance(name, str) else (name[1], name[0]) for name in found.names)


def _parents(tree: nodes.Template, trees: Trees) -> Iterator[nodes.Template]:
    """The templates that one extends: its blocks see the names that they bind at their top."""
    seen: set[str] = set()
    while extends := tree.find(nodes.Extends):
        parent = _constant(extends.template)
        if parent in seen or parent not in trees:
            break
        seen.add(parent)
        yield (tree := trees[parent])


def _constant(node: nodes.Expr) -> str:
    """The text of a constant, "" for any other expression."""
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else ""


# -- what may be remembered -------------------------------------------------------------------------------------------


def _badly_remembered(tree: nodes.Template, parents: tuple[nodes.Template, ...], trees: Trees) -> Iterator[int]:
    """The lines that remember the output of anything but a macro that prints nothing but its arguments."""
    for use in tree.find_all(nodes.Filter):
        if use.name == REMEMBER:
            macros = list(_macros(use.args[0], (tree, *parents), trees)) if use.args else []
            if not macros or not all(_prints_arguments_only(name, home) for name, home in macros):
                yield use.lineno


def _macros(
    wanted: nodes.Expr, places: Iterable[nodes.Template], trees: Trees
) -> Iterator[tuple[str, nodes.Template | None]]:
    """All macros that ``name`` or ``module.name`` may mean, each with the template it stands in, None if none."""
    owner = wanted.node if isinstance(wanted, nodes.Getattr) else wanted
    if not isinstance(owner, nodes.Name):
        return
    for tree in places:
        if owner.name in _assigned(tree):
            yield owner.name, None
        if isinstance(wanted, nodes.Getattr):
            for module in tree.find_all(nodes.Import):
                if module.target == owner.name:
                    yield wanted.attr, trees.get(_constant(module.template))
            continue
        yield from ((owner.name, tree) for macro in tree.find_all(nodes.Macro) if macro.name == owner.name)
        for taken in tree.find_all(nodes.FromImport):
            if owner.name in (names := dict(_taken(taken))):
                yield names[owner.name], trees.get(_constant(taken.template))


def _prints_arguments_only(name: str, home: nodes.Template | None, trusted: frozenset[str] = frozenset()) -> bool:
    """Whether all that a macro prints comes from its arguments, and from macros beside it that are so too."""
    macros = [macro for macro in home.find_all(nodes.Macro) if macro.name == name] if home else []
    if not home or not home.environment or len(macros) != 1 or macros[0] not in home.body:
        return False
    if any(macros[0].find(kind) for kind in (nodes.Include, nodes.Import, nodes.FromImport)):
        return False
    if not _own_names(home).isdisjoint(home.environment.globals):
        return False
    alone = nodes.Template([macros[0]], lineno=1)
    alone.set_environment(home.environment)
    others = meta.find_undeclared_variables(alone) - trusted
    return all(_prints_arguments_only(other, home, trusted | {name, *others}) for other in others)
