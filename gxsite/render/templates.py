"""Jinja2 as themes see it: in a sandbox that costs next to nothing, and with output remembered on demand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2 import meta, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, operators, optimizeconst
from jinja2.runtime import Context, Macro

from gxsite.base.diagnostic import phrase
from gxsite.render.bodies.heading import Heading
from gxsite.render.body import Html
from gxsite.render.labels import TRANSLATE, translator
from gxsite.render.sandbox import PAID, Refused, Sandbox, names_of
from gxsite.render.themefiles import Label, resolve
from gxsite.site import views

REMEMBER = "remembered"
ASSET = "asset"
# A form has a few hundred shapes of cells and rows; those of a dozen large forms find room, in about 10 MB.
MAX_REMEMBERED = 8192
_PROPERTY = re.compile(r"--[\w-]*\w")
LONGEST_REMEMBERED = 1 << 16


def environment(
    templates: Mapping[str, str],
    compiled: MutableMapping[str, bytes] | None = None,
    labels: Mapping[str, Label] | None = None,
    assets: Mapping[str, str] | None = None,
) -> Sandbox:
    """Where templates are compiled, each when it is first asked for; ``labels`` go into what is compiled.

    ``assets`` are the names under which static files are published.

    ``compiled`` keeps what was compiled, by keys of its own, and is looked into before; a template whose text has
    changed is compiled anew. It must not outlive the labels, nor the versions of this package, of Jinja2 and of Python.
    """
    made = _Environment(
        templates,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=None if compiled is None else _Compiled(compiled, "t:" if labels else ""),
    )
    made.filters[TRANSLATE] = made.written(translator(labels or {}))
    made.filters[ASSET] = _asset(assets or {})
    made.filters[REMEMBER] = lru_cache(MAX_REMEMBERED, typed=True)(_call)
    return made


def references(templates: Mapping[str, str]) -> dict[str, list[str]]:
    """For each template those that it extends, includes or imports and that there are."""
    known = environment(templates)
    found = {}
    for name, text in templates.items():
        meant = (
            resolve(templates, other, name) for other in meta.find_referenced_templates(known.parse(text)) if other
        )
        found[name] = [other for other in meant if other]
    return found


def assets_in(templates: Mapping[str, str]) -> frozenset[str]:
    """The static files that templates name behind ``asset``."""
    known = environment(templates)
    uses = (use for text in templates.values() for use in known.parse(text).find_all(nodes.Filter) if use.name == ASSET)
    return frozenset(use.node.value for use in uses if isinstance(use.node, nodes.Const) and use.node.value)


def properties_in(templates: Mapping[str, str]) -> frozenset[str]:
    """The custom properties that templates name, be it to declare or to use them."""
    return frozenset(name for text in templates.values() for name in _PROPERTY.findall(text))


def _asset(names: Mapping[str, str]) -> Callable[[Context, str], str]:
    """The filter ``asset``: a static file by the name under which it is published.

    It takes the context so that Jinja's optimizer does not put a name into what is compiled: that outlives it.
    """

    @jinja2.pass_context
    def asset(_context: Context, name: str) -> str:
        if name not in names:
            raise jinja2.TemplateRuntimeError(f"{ASSET}: {name}")
        return quote(names[name])

    return asset


def _call(value: object, macro: Macro, *more: object, **named: object) -> str:
    """``value | remembered(macro, …)``: what the macro prints for these arguments.

    A macro that only prints its arguments (the lint sees to that) prints the same for the same arguments, so each
    answer is kept. Arguments that are equal but not the same (1 and true, links and fields of equal texts) are told
    apart by their types, which for views includes those of all that is in them.
    """
    if macro.__class__ is not Macro:
        raise Refused(phrase("template.remembered"), REMEMBER)
    for argument in (value, *more, *named.values()):
        is_view = isinstance(argument, tuple) and hasattr(argument, "_fields")
        if not is_view and not isinstance(argument, str | int | None):
            raise jinja2.TemplateRuntimeError(f"{REMEMBER}: {type(argument).__name__}")
    made = macro(value, *more, **named)
    if len(made) > LONGEST_REMEMBERED:
        raise Refused(phrase("template.remembered_long", limit=LONGEST_REMEMBERED), REMEMBER)
    return made


class _Code(CodeGenerator):
    """Compiles what costs time elsewhere into the template itself, and what it costs a page into loops and macros.

    A name that some views have is asked of these directly, of anything else through the environment. Safe HTML is
    printed as it is, and so are letters and digits alone.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        for part in (node, *node.find_all((nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block))):
            _weigh(part)
        names = {use.attr for use in node.find_all(nodes.Getattr)} & _views_by_name().keys()
        for name in sorted(names):
            self.writeline(f"n_{name} = environment.views_with({name!r})")
        self.writeline("special, printed, unescaped = environment.special, environment.printed, environment.unescaped")
        super().visit_Template(node, frame)

    def visit_MarkSafe(self, node: nodes.MarkSafe, frame: Frame) -> None:  # noqa: N802
        # Only made by _weigh: the steps, and for a loop what it runs over. One over few things is paid for in advance.
        steps, *looped = node.expr.iter_child_nodes()
        count = steps.as_const() if isinstance(steps, nodes.Const) else 1
        if not looped:
            self.write(f"next(environment.paid, 0) or environment.budget.step({count})")
            return
        self.write("(v if (v := ")
        self.visit(looped[0], frame)
        self.write(f").__class__ is tuple and len(v) <= {PAID // count} and next(environment.paid, 0) ")
        self.write(f"else environment.stepped(v, {count}))")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if node.attr not in _views_by_name():
            super().visit_Getattr(node, frame)
            return
        self.write(f"(v.{node.attr} if (v := ")
        self.visit(node.node, frame)
        self.write(f").__class__ in n_{node.attr} else environment.getattr(v, {node.attr!r}))")

    @optimizeconst
    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        if isinstance(node.arg, nodes.Const) and type(node.arg.value) is int and node.arg.value >= 0:
            at = node.arg.value
            self.write(f"(v[{at}] if (v := ")
            self.visit(node.node, frame)
            self.write(f").__class__ is tuple and len(v) > {at} else environment.getitem(v, {at}))")
            return
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.sliced(")
        self.visit(node.node, frame)
        self.write(", slice(")
        for part in (node.arg.start, node.arg.stop, node.arg.step):
            self.visit(part or nodes.Const(None), frame)
            self.write(", ")
        self.write("))")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        if node.ctx != "load":
            super().visit_Tuple(node, frame)
            return
        self.write("environment.shallow(")
        super().visit_Tuple(node, frame)
        self.write(")")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        self.write("environment.shallow(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        self.write("environment.shallow(")
        super().visit_Dict(node, frame)
        self.write(")")

    @optimizeconst
    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        self.write("(")
        self._weighed(node.expr, frame)
        for part in node.ops:
            self.write(f" {operators[part.op]} ")
            self._weighed(part.expr, frame)
        self.write(")")

    def _weighed(self, node: nodes.Expr, frame: Frame) -> None:
        """A value that is compared; what is written in the template is short."""
        if isinstance(node, nodes.Const):
            self.visit(node, frame)
            return
        self.write("environment.weighed(")
        self.visit(node, frame)
        self.write(")")

    @optimizeconst
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("), context.eval_ctx.autoescape)")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        if not isinstance(node.as_const(frame.eval_ctx), str | int | float):
            raise nodes.Impossible  # nor can it be printed
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile:
            self.write("(printed if context.eval_ctx.autoescape else unescaped)(")
        else:
            self.write("(v if (v := " if frame.eval_ctx.autoescape else "unescaped(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        said = f", {name!r})" if (name := _called(node)) else ")"
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            self.write(said)
        else:
            plain = "v.__class__ is Markup or v.__class__ is str and (v.isalnum() or not special(v))"
            self.write(f").{plain.removeprefix('v.')} else printed(v{said})")


def _weigh(node: nodes.Node) -> None:
    """Make a loop, or what is called, cost a page as many steps as there are nodes in it."""
    whole: dict[str, Any] = {"lineno": node.lineno, "environment": node.environment}
    weight = nodes.Const(sum(1 for _ in node.find_all(nodes.Node)), **whole)

    def charged(*items: nodes.Node) -> nodes.Expr:
        return nodes.MarkSafe(nodes.Tuple([weight, *items], "load", **whole), **whole)

    if isinstance(node, nodes.For):
        node.iter = charged(node.iter)
    elif isinstance(node, nodes.Template | nodes.Macro | nodes.CallBlock | nodes.Block):
        node.body.insert(0, nodes.ExprStmt(charged(), **whole))


def _called(node: nodes.Node) -> str:
    """How a template calls a value: ``view.parent.label``; "" if that is more than names."""
    if isinstance(node, nodes.Getattr):
        owner = _called(node.node)
        return owner and f"{owner}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


@cache
def _views_by_name() -> Mapping[str, frozenset[type]]:
    """The views that have a name, for all names that views have."""
    known = [
        Html,
        Heading,
        *(view for view in vars(views).values() if isinstance(view, type) and issubclass(view, tuple)),
    ]
    names = {name for view in known for name in names_of(view)}
    return {name: frozenset(view for view in known if name in names_of(view)) for name in names}


class _Environment(Sandbox):
    """Compiles with :class:`_Code`; ``remembered`` and ``t`` stand behind their values, where the lint sees them."""

    code_generator_class = _Code

    def __init__(self, templates: Mapping[str, str], **options: Any) -> None:
        super().__init__(loader=_Texts(templates), **options)
        self._resolve = cache(partial(resolve, templates))

    def views_with(self, name: str) -> frozenset[type]:
        """The views that have a name, as compiled templates ask for them."""
        return _views_by_name()[name]

    def join_path(self, template: str, parent: str) -> str:
        """The template that another means by a name."""
        return self._resolve(template, parent)

    def call_filter(self, name: str, *args: Any, **named: Any) -> Any:
        """What ``map(name)`` and the like call."""
        if name in (REMEMBER, TRANSLATE):
            raise jinja2.TemplateRuntimeError(f"{name}: map")
        return super().call_filter(name, *args, **named)


class _Texts(jinja2.BaseLoader):
    """Templates by name. Unlike :class:`jinja2.DictLoader` it gives that name to tracebacks too."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, None]:
        if template not in self._texts:
            raise jinja2.TemplateNotFound(template)
        return self._texts[template], template, None


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates in a mapping, which its owner may keep: those with labels apart from those without."""

    def __init__(self, kept: MutableMapping[str, bytes], prefix: str) -> None:
        self._kept = kept
        self._prefix = prefix

    def load_bytecode(self, bucket: Bucket) -> None:
        if (key := self._prefix + bucket.key) in self._kept:
            bucket.bytecode_from_string(self._kept[key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[self._prefix + bucket.key] = bucket.bytecode_to_string()
