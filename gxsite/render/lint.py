"""What is wrong with templates, as far as that can be known without rendering them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NoReturn

import jinja2
from jinja2 import meta, nodes

from gxsite.base.diagnostic import Diagnostic, Fact, phrase
from gxsite.base.near import nearest
from gxsite.render.lint_views import attribute_of, misnomers
from gxsite.render.templates import ASSET, REMEMBER, environment
from gxsite.render.themefiles import GLOBALS, ThemeFiles, near_template, problem_in, resolve

# How deep a template may nest, and how many loops one in another: Python takes 200 brackets and 20 loops.
DEEPEST, MOST_LOOPS = 64, 16
# Filters that take the name of a filter or a test, and as which argument.
_NAMES_ANOTHER = {
    "map": ("filter", 0),
    "select": ("test", 0),
    "reject": ("test", 0),
    "selectattr": ("test", 1),
    "rejectattr": ("test", 1),
}

Trees = Mapping[str, nodes.Template]
Problem = tuple[int, Fact, str | None, str]  # line, words, the nearest name, the name in question


def lint_templates(files: ThemeFiles) -> Iterator[Diagnostic]:
    """What is wrong with the templates of a theme.

    Syntax errors, names that no template is given, references that lead nowhere, blocks that override nothing, words
    that never appear, remembering that would err.
    """
    known = environment(files.templates)
    trees: dict[str, nodes.Template] = {}
    for name, source in sorted(files.templates.items()):
        try:
            tree = known.parse(source, name)
        except jinja2.TemplateSyntaxError as error:
            yield _syntax(files, name, error)
        except ValueError:  # a number of thousands of digits
            yield problem_in(files, name, 1, phrase("template.number"))
        except RecursionError:
            yield problem_in(files, name, 1, phrase("template.deep"))
        else:
            if line := _too_deep(tree):
                yield problem_in(files, name, line, phrase("template.deep"))
            else:
                trees[name] = tree
    for name, tree in trees.items():
        parents = tuple(_parents(name, tree, trees))
        yield from (problem_in(files, name, *problem) for problem in _filters(tree, known))
        yield from (problem_in(files, name, *problem) for problem in _private(tree))
        unknown = set[str]()
        try:
            unknown = meta.find_undeclared_variables(tree).difference(GLOBALS, known.globals, _own_names(tree))
        except jinja2.TemplateSyntaxError as error:
            yield _syntax(files, name, error)
        for word in sorted(unknown.difference(*(_own_names(parent) for _, parent in parents))):
            line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == word), 1)
            yield problem_in(files, name, line, phrase("template.name", name=word), nearest(word, GLOBALS), word)
        yield from (problem_in(files, name, *problem) for problem in _references(name, tree, files))
        yield from (problem_in(files, name, *problem) for problem in _assets(tree, files))
        for wrong in misnomers(name, tree):
            yield problem_in(files, name, wrong.line, phrase("template.name", name=wrong.name), wrong.near, wrong.name)
        if parents and not parents[-1][1].find(nodes.Extends):  # all of them are known
            yield from (problem_in(files, name, *problem) for problem in _never_seen(tree, [p for _, p in parents]))
        for line in sorted(set(_badly_remembered(((name, tree), *parents), trees))):
            yield problem_in(files, name, line, phrase("template.remembered"))


def _syntax(files: ThemeFiles, name: str, error: jinja2.TemplateSyntaxError) -> Diagnostic:
    return problem_in(files, name, error.lineno, phrase("template.syntax", detail=error.message or "?"))


def _too_deep(tree: nodes.Template) -> int:
    """The line on which a template nests more than can be compiled, 0 if none does."""
    ahead: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while ahead:
        node, depth, loops = ahead.pop()
        loops += isinstance(node, nodes.For)
        if depth > DEEPEST or loops > MOST_LOOPS:
            return node.lineno
        ahead += ((part, depth + 1, loops) for part in node.iter_child_nodes())
    return 0


def _filters(tree: nodes.Template, known: jinja2.Environment) -> Iterator[Problem]:
    """Filters and tests that there are not. They are known from here on, so that they hide nothing else."""
    uses = [(use.lineno, "filter", use.name) for use in tree.find_all(nodes.Filter)]
    uses += [(use.lineno, "test", use.name) for use in tree.find_all(nodes.Test)]
    uses += [(use.lineno, kind, name) for use in tree.find_all(nodes.Filter) for kind, name in _named_by(use)]
    for line, kind, name in uses:
        there = known.filters if kind == "filter" else known.tests
        if there.get(name, _nothing) is _nothing:
            there[name] = _nothing
            near = nearest(name, (other for other, found in there.items() if found is not _nothing))
            yield line, phrase(f"template.{kind}", name=name), near, name


def _nothing(*_given: object, **_named: object) -> NoReturn:
    """Stands for a filter or a test that there is not."""
    raise nodes.Impossible


def _named_by(use: nodes.Filter) -> Iterator[tuple[str, str]]:
    """The filter or test that a filter is given by its name."""
    given = use.args[_NAMES_ANOTHER[use.name][1] :] if use.name in _NAMES_ANOTHER else []
    if given and (name := _constant(given[0])):
        yield _NAMES_ANOTHER[use.name][0], name


def _private(tree: nodes.Template) -> Iterator[Problem]:
    """Names that begin with an underscore, wherever they are asked for."""
    asked = [(use.lineno, use.attr) for use in tree.find_all(nodes.Getattr)]
    asked += [(use.lineno, _constant(use.arg)) for use in tree.find_all(nodes.Getitem)]
    asked += [(use.lineno, part) for use in tree.find_all(nodes.Filter) for part in attribute_of(use)]
    for line, name in asked:
        if name.startswith("_"):
            yield line, phrase("template.private", name=name), None, name


def _references(name: str, tree: nodes.Template, files: ThemeFiles) -> Iterator[Problem]:
    """Templates that are named by an expression, or that there are not; with the nearest name."""
    for use in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        alone = nodes.Template([use], lineno=use.lineno)
        for reference in meta.find_referenced_templates(alone):
            if reference is None:
                yield use.lineno, phrase("template.dynamic"), None, ""
            elif not files.find(reference, name):
                near = near_template(reference, files.templates)
                yield use.lineno, phrase("template.missing", name=reference), near, reference


def _assets(tree: nodes.Template, files: ThemeFiles) -> Iterator[Problem]:
    """Static files that there are not."""
    for use in tree.find_all(nodes.Filter):
        if use.name == ASSET and isinstance(use.node, nodes.Const) and use.node.value not in files.statics:
            missing = str(use.node.value)
            yield use.lineno, phrase("template.static", name=missing), nearest(missing, files.statics), missing


def _never_seen(tree: nodes.Template, parents: Iterable[nodes.Template]) -> Iterator[Problem]:
    """Of a template that extends others: blocks that these do not have, and words outside of blocks."""
    theirs = {block.name for parent in parents for block in parent.find_all(nodes.Block)}
    called = {
        use.attr for use in tree.find_all(nodes.Getattr) if isinstance(use.node, nodes.Name) and use.node.name == "self"
    }
    for node in itertools.dropwhile(lambda node: not isinstance(node, nodes.Extends), tree.body):
        if isinstance(node, nodes.Block) and node.name not in theirs | called:
            yield node.lineno, phrase("template.block", name=node.name), nearest(node.name, theirs), node.name
        elif isinstance(node, nodes.Include | nodes.CallBlock | nodes.FilterBlock):
            yield node.lineno, phrase("template.outside"), None, ""
        elif isinstance(node, nodes.Output):
            lines = (line for part in node.nodes if (line := _line_of(part)))
            yield from ((line, phrase("template.outside"), None, "") for line in itertools.islice(lines, 1))


def _line_of(part: nodes.Expr) -> int:
    """The line on which something is printed, 0 if it is nothing but blanks."""
    if not isinstance(part, nodes.TemplateData):
        return part.lineno
    blanks = part.data[: len(part.data) - len(part.data.lstrip())]
    return 0 if blanks == part.data else part.lineno + blanks.count("\n")


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


def _parents(name: str, tree: nodes.Template, trees: Trees) -> Iterator[tuple[str, nodes.Template]]:
    """The templates that one extends: its blocks see the names that they bind at their top."""
    seen = {name}
    while extends := tree.find(nodes.Extends):
        name = resolve(trees, _constant(extends.template), name)
        if not name or name in seen:
            break
        seen.add(name)
        tree = trees[name]
        yield name, tree


def _constant(node: nodes.Expr) -> str:
    """The text of a constant, "" for any other expression."""
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else ""


# -- what may be remembered -------------------------------------------------------------------------------------------


def _badly_remembered(places: Sequence[tuple[str, nodes.Template]], trees: Trees) -> Iterator[int]:
    """The lines of a template that remember the output of anything but a macro that prints nothing but its arguments.

    The ``places`` are the template and those that it extends.
    """
    for use in places[0][1].find_all(nodes.Filter):
        if use.name == REMEMBER:
            macros = list(_macros(use.args[0], places, trees)) if use.args else []
            if not macros or not all(_prints_arguments_only(name, home) for name, home in macros):
                yield use.lineno


def _macros(
    wanted: nodes.Expr, places: Iterable[tuple[str, nodes.Template]], trees: Trees
) -> Iterator[tuple[str, nodes.Template | None]]:
    """All macros that ``name`` or ``module.name`` may mean, each with the template it stands in, None if none."""
    owner = wanted.node if isinstance(wanted, nodes.Getattr) else wanted
    if not isinstance(owner, nodes.Name):
        return
    for place, tree in places:
        if owner.name in _assigned(tree):
            yield owner.name, None
        if isinstance(wanted, nodes.Getattr):
            for module in tree.find_all(nodes.Import):
                if module.target == owner.name:
                    yield wanted.attr, trees.get(resolve(trees, _constant(module.template), place))
            continue
        yield from ((owner.name, tree) for macro in tree.find_all(nodes.Macro) if macro.name == owner.name)
        for taken in tree.find_all(nodes.FromImport):
            if owner.name in (names := dict(_taken(taken))):
                yield names[owner.name], trees.get(resolve(trees, _constant(taken.template), place))


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
