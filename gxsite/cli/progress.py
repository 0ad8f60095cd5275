"""Progress of long work: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from gxsite.engine.result import Phase

if TYPE_CHECKING:
    from gxsite.base.catalogue import Language

PATIENCE = 1.0
PLAIN_EVERY = 10.0
_WORDS = {"load": ("读取", "reading"), "make": ("生成", "building"), "ask": ("访问站外链接", "asking other sites")}


class Progress:
    """Told of every step; says nothing as long as the work takes less than a second."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.began = self.said = time.monotonic()
        self.bar: Any = None
        self.phase = ""
        self.phase_began = self.began
        self.done = 0

    def __call__(self, phase: Phase, done: int, total: int) -> None:
        now = time.monotonic()
        if phase == "wait":
            click.echo(
                "另一个 gxsite 正在处理这个门户，等它结束。" if self.lang == "zh" else "Waiting for another gxsite.",
                err=True,
            )
            return
        if phase != self.phase:
            self.close()
            self.phase, self.phase_began, self.done = phase, now, 0
        if now - self.began < PATIENCE:
            return
        label = _WORDS[phase][0 if self.lang == "zh" else 1]
        if sys.stderr.isatty():
            if self.bar is None:
                self.bar = click.progressbar(
                    length=total, label=label, file=sys.stderr, update_min_steps=max(1, total // 200)
                )
                self.bar.start = time.time() - (now - self.phase_began)  # what was done before it was drawn counts
                self.bar.__enter__()
            self.bar.update(done - self.done)
            self.done = done
        elif now - self.said >= PLAIN_EVERY:
            self.said = now
            click.echo(f"{label} {done}/{total}", err=True)

    def close(self) -> None:
        """End the bar of this phase."""
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None
