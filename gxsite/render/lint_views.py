"""Names that the views do not have, found without making a page: ``page.titel``, ``line.yaer`` in a loop over lines.

Only what is certain is said. What a macro is given, and ``view`` in a template of several kinds of pages, may be
anything, and shows when a page is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, Union, get_args, get_origin, get_type_hints

from jinja2 import nodes

from gxsite.base.near import nearest
from gxsite.render.body import Html
from gxsite.render.themefiles import BENEATH
from gxsite.site import views

VIEWS: Mapping[str, type] = {
    "home": views.HomeView,
    "agency": views.AgencyView,
    "year": views.YearView,
    "years": views.YearsView,
    "report": views.ReportView,
    "document": views.DocumentView,
    "page": views.TextView,
    "sitemap": views.SiteMapView,
    "moved": views.MovedView,
    "404": views.NotFoundView,
}
_UNIONS = (Union, get_origin(int | str))
_EACH = frozenset({"first", "last", "min", "max", "random"})
# Filters that are given a name which each item is asked for, and as which argument.
_ASKS = {"selectattr": 0, "rejectattr": 0, "groupby": 0, "sum": 0, "unique": 1, "min": 1, "max": 1, "sort": 2}
_SAME = frozenset({"list", "sort", "reverse", "select", "reject", "selectattr", "rejectattr", "unique"})


class ListOf(NamedTuple):
    """The type of a list, by that of what is in it."""

    item: Type


Type = type | ListOf | None  # None: not known
Names = Mapping[str, Type]


class Misnomer(NamedTuple):
    """A name that a view does not have: its line, and the nearest name that it has."""

    line: int
    name: str
    near: str | None


def misnomers(name: str, tree: nodes.Template) -> Iterator[Misnomer]:
    """The wrong names in a template."""
    kind = name.rpartition(BENEATH)[2].removesuffix(".html")
    known: dict[str, Type] = {"site": views.SiteView, "page": views.PageView, "body": Html, "view": VIEWS.get(kind)}
    set_twice = {n for n, count in Counter(_set_names(tree)).items() if count > 1}
    yield from _walk(tree, known | dict.fromkeys(set_twice))


def _set_names(tree: nodes.Template) -> Iterator[str]:
    """The names that ``set`` binds."""
    for node in tree.find_all(nodes.Stmt):
        if isinstance(node, nodes.Assign | nodes.AssignBlock):
            yield from _names_in(node.target)


def _names_in(target: nodes.Node) -> Iterator[str]:
    if isinstance(target, nodes.Name):
        yield target.name
    yield from (name.name for name in target.find_all(nodes.Name))


def _walk(node: nodes.Node, names: dict[str, Type]) -> Iterator[Misnomer]:
    """Look through a node; what it binds for those that follow goes into ``names``."""
    match node:
        case nodes.For():
            yield from _walk(node.iter, names)
            inner = names | dict.fromkeys(_names_in(node.target)) | {"loop": None}
            each = _type(node.iter, names)
            if isinstance(node.target, nodes.Name) and isinstance(each, ListOf):
                inner[node.target.name] = each.item
            for part in (*([node.test] if node.test else ()), *node.body):
                yield from _walk(part, inner)
            for part in node.else_:
                yield from _walk(part, dict(names))
        case nodes.Assign():
            yield from _walk(node.node, names)
            is_certain = isinstance(node.target, nodes.Name) and node.target.name not in names
            for name in _names_in(node.target):
                names[name] = _type(node.node, names) if is_certain else None
        case nodes.Macro() | nodes.CallBlock():
            inner = names | {arg.name: None for arg in node.args}
            for part in node.iter_child_nodes():
                yield from _walk(part, inner)
        case nodes.Block() | nodes.With() | nodes.AssignBlock() | nodes.FilterBlock():
            inner = names | dict.fromkeys(n for t in getattr(node, "targets", ()) for n in _names_in(t))
            for part in node.iter_child_nodes():
                yield from _walk(part, inner)
        case _:
            if isinstance(node, nodes.Getattr):
                yield from _unknown(node.lineno, _type(node.node, names), (node.attr,))
            elif isinstance(node, nodes.Filter) and isinstance(owner := _type(node.node, names), ListOf):
                yield from _unknown(node.lineno, owner.item, attribute_of(node))
            for part in node.iter_child_nodes():
                yield from _walk(part, names)


def attribute_of(use: nodes.Filter) -> tuple[str, ...]:
    """The name that a filter asks each item for, in its parts: ``map(attribute="link.label")``, ``sort`` and others."""
    given: list[nodes.Expr] = [value.value for value in use.kwargs if value.key == "attribute"]
    given += use.args[_ASKS[use.name] : _ASKS[use.name] + 1] if use.name in _ASKS else []
    texts = (one.value for one in given if isinstance(one, nodes.Const) and isinstance(one.value, str))
    return tuple(part for text in texts for part in text.split("."))


def _unknown(line: int, owner: Type, asked: Sequence[str]) -> Iterator[Misnomer]:
    """The first of some names, each asked of what the one before it means, that is certainly unknown."""
    for name in asked:
        if owner is None or name.startswith("_") or (isinstance(owner, ListOf) and name.isdigit()):
            return
        known = _members(owner) if isinstance(owner, type) else {}
        if name not in known:
            yield Misnomer(line, name, nearest(name, known))
            return
        owner = known[name]


def _type(node: nodes.Node | None, names: Names) -> Type:
    """What an expression is, if that is certain."""
    match node:
        case nodes.Name():
            return names.get(node.name)
        case nodes.Getattr():
            owner = _type(node.node, names)
            return _members(owner).get(node.attr) if isinstance(owner, type) else None
        case nodes.Getitem():
            owner = _type(node.node, names)
            if not isinstance(owner, ListOf):
                return None
            return owner if isinstance(node.arg, nodes.Slice) else owner.item
        case nodes.Filter():
            owner = _type(node.node, names)
            if isinstance(owner, ListOf) and node.name in _SAME:
                return owner
            if isinstance(owner, ListOf) and node.name == "map":
                return ListOf(_reached(owner.item, attribute_of(node)) if attribute_of(node) else None)
            return owner.item if isinstance(owner, ListOf) and node.name in _EACH else None
        case _:
            return None


def _reached(owner: Type, asked: Sequence[str]) -> Type:
    """What some names, each asked of what the one before it means, lead to."""
    for name in asked:
        owner = _members(owner).get(name) if isinstance(owner, type) else None
    return owner


@cache
def _members(view: type) -> dict[str, Type]:
    """The names that a view has, each with its type: fields, and what is worked out from them."""
    hints: dict[str, object] = dict(get_type_hints(view, localns={"Markup": str}))  # a type of Jinja2's, no view
    for name, found in vars(view).items():
        if isinstance(found, property) and found.fget:
            hints[name] = get_type_hints(found.fget).get("return")
    return {name: _plain(hint) for name, hint in hints.items() if not name.startswith("_")}


def _plain(hint: object) -> Type:
    """A type of which templates may ask for names: a view, or a list of them."""
    if get_origin(hint) in _UNIONS:
        others = [other for other in get_args(hint) if other is not type(None)]
        return _plain(others[0]) if len(others) == 1 else None
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        return ListOf(_plain(get_args(hint)[0]))
    is_view = isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields")
    return hint if is_view and isinstance(hint, type) else None
