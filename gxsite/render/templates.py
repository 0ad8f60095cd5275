"""Jinja2 as themes see it: strict names, nothing from outside, and output remembered where a theme asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2 import meta, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro

from gxsite.render.labels import TRANSLATE, translator
from gxsite.render.themefiles import Label, resolve

REMEMBER = "remembered"
ASSET = "asset"
# A form has a few hundred shapes of cells and rows; those of a dozen large forms find room, in about 10 MB.
MAX_REMEMBERED = 8192


def environment(
    templates: Mapping[str, str],
    compiled: MutableMapping[str, bytes] | None = None,
    labels: Mapping[str, Label] | None = None,
    assets: Mapping[str, str] | None = None,
) -> jinja2.Environment:
    """Where templates are compiled, each when it is first asked for; ``labels`` go into what is compiled.

    ``assets`` are the names under which static files are published.

    ``compiled`` keeps what was compiled, by keys of its own, and is looked into before; a template whose text has
    changed is compiled anew. It must not outlive the labels, nor the versions of this package, of Jinja2 and of Python.
    """
    made = _Environment(
        templates,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=None if compiled is None else _Compiled(compiled, "t:" if labels else ""),
    )
    for name in set(made.globals) - {"range", "namespace"}:
        del made.globals[name]
    del made.filters["random"]
    made.filters[TRANSLATE] = translator(labels or {})
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
    for argument in (value, *more, *named.values()):
        is_view = isinstance(argument, tuple) and hasattr(argument, "_fields")
        if not is_view and not isinstance(argument, str | int | None):
            raise jinja2.TemplateRuntimeError(f"{REMEMBER}: {type(argument).__name__}")
    return macro(value, *more, **named)


class _Code(CodeGenerator):
    """Prints as the library does, but takes safe HTML as it is and letters and digits alone as they are.

    The library wraps both anew, each time.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(v if (v := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(").__class__ is Markup or v.__class__ is str and v.isalnum() else escape(v))")


class _Environment(jinja2.Environment):
    """Compiles with :class:`_Code`; ``remembered`` and ``t`` stand behind their values, where the lint sees them."""

    code_generator_class = _Code

    def __init__(self, templates: Mapping[str, str], **options: Any) -> None:
        super().__init__(loader=_Texts(templates), **options)
        self._resolve = cache(partial(resolve, templates))

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
