"""Faults to be planted: each makes the program wrong in one way that the theorem must find out.

A fault replaces something of the engine by name, so it fails loudly when that is renamed; builds inherit it by fork.
``kinds`` are the edits that bring it to light soonest, ``sign`` is a pattern that the message must then hold.
"""

import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

from gxsite.config import Footer
from tests.property.builds import preload


class Fault(NamedTuple):
    """What is replaced, by what (made from what stood there), the edits that show it, and how it shows."""

    where: str
    by: Callable[[Any], Any]
    kinds: tuple[str, ...]
    sign: str


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """The fault in its place."""
    preload()  # whoever takes a name out of a module later would take the right one
    owner, name = _owner(fault.where)
    real = vars(owner)[name]
    setattr(owner, name, fault.by(real))
    try:
        yield
    finally:
        setattr(owner, name, real)


def _owner(where: str) -> tuple[Any, str]:
    """The module or class that holds a name, and the name."""
    path, _, name = where.rpartition(".")
    module, _, inner = path.partition(":")
    owner: Any = importlib.import_module(module)
    for part in inner.split(".") if inner else ():
        owner = getattr(owner, part)
    return owner, name


def _blind_to_footer(real: Callable[..., Any]) -> Callable[..., Any]:
    """Digests of inputs that do not know the footer."""

    def inputs(project: Any, portal: Any, theme: Any) -> Any:
        return real(project, replace(portal, config=replace(portal.config, footer=Footer())), theme)

    return inputs


def _blind_to_looks(real: Callable[..., Any]) -> Callable[..., Any]:
    """Digests of inputs that do not know style sheets, icon and crest."""

    def inputs(project: Any, portal: Any, theme: Any) -> Any:
        return real(project, replace(portal, styles=(), icon="", crest=None), theme)

    return inputs


def _timeless(real: Callable[..., Any]) -> Callable[..., Any]:
    """Sources without their times: one that has its old size is taken for what it was."""
    return lambda root, folder: (file._replace(time=1) for file in real(root, folder))


def _any_body(_real: Callable[..., Any]) -> Callable[..., Any]:
    """A body that is remembered is taken, whatever it was made from."""

    def body(self: Any, path: str, _key: bytes) -> bytes | None:
        row = self._connect().execute("select html from body where path = ?", (path,)).fetchone()
        return self._unsealed(row[0]) if row else None

    return body


def _old_judgement(real: Callable[..., Any]) -> Callable[..., Any]:
    """What relations between reports rest on, without the report of the year before."""

    def asked(report: Any, catalog: Any, digests: Any, mended: Any, ground: Any) -> Any:
        return real(report, replace(catalog, reports={report.key: report}), digests, {}, ground)

    return asked


def _never_staged(real: Callable[..., Any]) -> Callable[..., Any]:
    """An output folder that is written to in place."""

    def init(self: Any, folder: Any, **options: Any) -> None:
        real(self, folder, **options)
        self.fresh = True

    return init


FAULTS: Mapping[str, Fault] = {
    "untracked-template": Fault(
        "gxsite.engine.themes:ThemeInUse.digest_of",
        # and not what it includes or extends
        lambda _: lambda self, kind, words="": self.files.templates[self.files.find(f"{kind}.html")],
        ("template", "template_added"),
        "different: ",
    ),
    "untracked-words": Fault(
        "gxsite.engine.themes:ThemeInUse.digest_of",
        lambda real: lambda self, kind, words="": real(self, kind),
        ("label", "config_variants"),
        "different: en/",
    ),
    "untracked-names": Fault(
        "gxsite.site.inputs:Inputs._written_names",
        lambda _: property(lambda self: bytes(8)),
        ("config_hant", "config_variants"),
        "different: zh-hant/",
    ),
    "untracked-look": Fault(
        "gxsite.engine.steps._inputs", _blind_to_looks, ("config_look", "drawing", "reference"), "different: "
    ),
    "untracked-setting": Fault("gxsite.engine.steps._inputs", _blind_to_footer, ("config_footer",), "different: "),
    "no-pruning": Fault(
        "gxsite.engine.output:Output._remove",
        lambda _: lambda self, path: None,
        ("remove_report", "remove_page", "move_document", "config_downloads"),
        "unexpected: ",
    ),
    "stale-source": Fault("gxsite.engine.quick.walk", _timeless, ("figures_in_step", "published"), "different: "),
    "stale-body": Fault("gxsite.engine.state:State.body", _any_body, ("body", "figures_in_step"), "different: "),
    "stale-judgement": Fault("gxsite.engine.judging._asked", _old_judgement, ("figures_carried",), "finding "),
    "trusted-young": Fault(
        "gxsite.engine.sources.YOUNG", lambda _: 0, ("touch", "unseen_in_young", "body"), "different: "
    ),
    "trusted-output": Fault(
        "gxsite.engine.intact.by_stat",
        lambda _: lambda files, below: iter(()),
        ("output_changed", "output_removed", "body"),
        "(different|missing): ",
    ),
    "stale-links": Fault(
        "gxsite.engine.links._touched",
        lambda _: lambda *_: iter(()),
        ("body_anchor", "remove_report", "remove_page", "remove_attachment", "config_downloads"),
        "finding ",
    ),
    "half-written": Fault(
        "gxsite.engine.output:Output.__init__",
        _never_staged,
        ("killed", "config_name"),
        "killed, and |and not changed: ",
    ),
    "wrong-report": Fault(
        "gxsite.engine.output:Output._move",
        lambda real: lambda self, path: real(self, path) if path != "index.html" else None,
        ("config_name", "title"),
        "reported as changed, and not changed: index.html",
    ),
}
