"""``gxsite forms list`` and ``gxsite forms show``."""

from __future__ import annotations

import click

from gxsite.base.diagnostic import ProjectError, Severity
from gxsite.cli.common import FAILED, Call, leave, paths_of, print_findings, project_command
from gxsite.model.form import Form


@click.group("forms")
def command() -> None:
    """列出或查看表样。List or show forms."""


@command.command("list")
@project_command
def list_forms(call: Call) -> None:
    """列出内置和本门户的表样。List the built-in forms and those of this portal.

    \b
    例 Example:
      gxsite forms list
    """
    for form in _forms(call).values():
        cells = f"{len(form.cells)} 格" if call.lang == "zh" else f"{len(form.cells)} cells"
        click.echo(f"{form.id:<16}{form.years_text:<12}{cells:<10}{form.title}")


@command.command("show")
@click.argument("form_id", metavar="FORM")
@project_command
def show_form(call: Call, form_id: str) -> None:
    """查看一张表样的全部指标和关系。Show all indicators and relations of a form.

    \b
    例 Example:
      gxsite forms show cn-2014
    """
    from gxsite.base.near import nearest

    forms = _forms(call)
    form = forms.get(form_id)
    zh = call.lang == "zh"
    if form is None:
        near = nearest(form_id, forms)
        text = f"没有表样 {form_id}。" if zh else f"There is no form {form_id}. "
        hint = (f"是不是 {near}？" if zh else f"Did you mean {near}?") if near else ""
        click.echo(text + hint, err=True)
        leave(FAILED)
    click.echo(f"{form.id}  {form.title}\n{form.years_text}  {form.basis}\n")
    for table in form.tables:
        if len(form.tables) > 1:
            click.echo(table.title)
        if any(column.id for column in table.columns):
            click.echo("  " + " | ".join(f"{c.id} {' / '.join((*c.heads, c.label))}" for c in table.columns))
        for row in table.rows:
            unit = f"（{row.unit}）" if row.unit else ""
            click.echo(f"  {row.id:<42}{'　' * row.depth}{row.name}{row.note}{unit}")
        click.echo("")
    for relation in form.relations:
        severities = "/".join(dict.fromkeys(str(equation.severity) for equation in relation.equations))
        condition = next((f"  when {e.condition}" for e in relation.equations if e.condition), "")
        click.echo(f"  [{severities}] {relation.id}: {relation.rule}{condition}")
        if relation.because:
            click.echo(f"      {relation.because}")


def _forms(call: Call) -> dict[str, Form]:
    """The forms of the project at hand, or the built-in ones outside of a project."""
    from gxsite.engine.load import load_forms, texts_of
    from gxsite.engine.project import find_root

    try:
        root = find_root(call.directory)
    except ProjectError:
        root = None
    outcome = load_forms(root)
    errors = [d for d in outcome.diagnostics if d.severity is Severity.ERROR]
    if errors:
        print_findings(errors, call, texts_of(root or call.directory, paths_of(errors)))
        leave(FAILED)
    return outcome.value.forms
