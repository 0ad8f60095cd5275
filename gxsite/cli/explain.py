"""``gxsite explain``."""

from __future__ import annotations

from contextlib import suppress

import click

from gxsite.cli.common import FAILED, Call, leave, project_command

_SEVERITY = {"error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("提示", "note")}


@click.command("explain")
@click.argument("code", required=False)
@project_command
def command(call: Call, code: str | None) -> None:
    """解释一个代码；不写代码则列出全部。Explain a code, or list all of them.

    \b
    例 Example:
      gxsite explain GX301
    """
    from gxsite.base.catalogue import ENTRIES, words
    from gxsite.base.near import nearest

    zh = call.lang == "zh"
    if code is None:
        for name in ENTRIES:
            click.echo(f"{name}  {words(name, call.lang).title}")
        return
    entry = ENTRIES.get(code.upper())
    if entry is None:
        near = nearest(code.upper(), ENTRIES)
        click.echo(f"没有代码 {code}。" if zh else f"There is no code {code}.", nl=near is None, err=True)
        if near:
            click.echo(f"是不是 {near}？" if zh else f" Did you mean {near}?", err=True)
        leave(FAILED)
    said = words(entry.code, call.lang)
    severity = _SEVERITY[entry.severity][0 if zh else 1]
    may = entry.may[0 if zh else 1]
    facts = f"（{severity}，{may}）" if zh else f" ({severity}, {may})"
    click.echo(f"{entry.code}  {said.title}{facts}\n\n{said.about}\n")
    for line in said.help:
        with suppress(KeyError):  # a line that needs the facts of a finding
            click.echo(f"  · {line.format_map({})}")
