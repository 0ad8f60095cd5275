"""Jinja2 as themes see it: strict names, nothing from outside, and output remembered where a theme asks for it."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro

REMEMBER = "remembered"
# A form has a few hundred shapes of cells and rows; those of a dozen large forms find room, in about 10 MB.
MAX_REMEMBERED = 8192


def environment(templates: Mapping[str, str], compiled: MutableMapping[str, bytes] | None = None) -> jinja2.Environment:
    """Where templates are compiled, each when it is first asked for.

    ``compiled`` keeps what was compiled, by keys of its own, and is looked into before; a template whose text has
    changed is compiled anew. It must not outlive the versions of this package, of Jinja2 and of Python.
    """
    made = _Environment(
        loader=_Texts(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=None if compiled is None else _Compiled(compiled),
    )
    for name in set(made.globals) - {"range", "namespace"}:
        del made.globals[name]
    del made.filters["random"]
    made.filters[REMEMBER] = lru_cache(MAX_REMEMBERED, typed=True)(_call)
    return made


def references(templates: Mapping[str, str]) -> dict[str, list[str]]:
    """For each template those that it extends, includes or imports."""
    known = environment(templates)
    return {
        name: [other for other in meta.find_referenced_templates(known.parse(text)) if other]
        for name, text in templates.items()
    }


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
    """Compiles with :class:`_Code`; ``remembered`` stands behind its value, where the lint sees it, or nowhere."""

    code_generator_class = _Code

    def call_filter(self, name: str, *args: Any, **named: Any) -> Any:
        """What ``map(name)`` and the like call."""
        if name == REMEMBER:
            raise jinja2.TemplateRuntimeError(f"{REMEMBER}: map")
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
    """Compiled templates in a mapping, which its owner may keep."""

    def __init__(self, kept: MutableMapping[str, bytes]) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()
