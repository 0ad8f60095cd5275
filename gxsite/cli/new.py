"""``gxsite new site``, ``new agency``, ``new report``, ``new theme``."""

from __future__ import annotations

from pathlib import Path

import click

from gxsite.cli.common import Call, project_command


@click.group("new")
def command() -> None:
    """新建门户、机构、报告或版式。Make a new portal, agency, report or theme."""


@command.command("site")
@click.argument("folder", metavar="DIR")
@project_command
def new_site(call: Call, folder: str) -> None:
    """新建一个门户。Make a new portal.

    \b
    例 Example:
      gxsite new site demo && cd demo && gxsite build
    """
    from gxsite.engine.scaffold import new_site as make

    _say(call, make(call.directory / folder))
    steps = f"cd {folder} && gxsite build"
    click.echo(f"下一步：{steps}" if call.lang == "zh" else f"Next: {steps}")


@command.command("agency")
@click.argument("agency", metavar="ID")
@click.option("--name", help="机构全称 Full name.")
@project_command
def new_agency(call: Call, agency: str, name: str | None) -> None:
    """新建一个机构。Make a new agency.

    \b
    例 Example:
      gxsite new agency tanghe-edu --name 唐河县教育局
    """
    from gxsite.engine.project import find_root
    from gxsite.engine.scaffold import new_agency as make

    root = find_root(call.directory)
    _say(call, [make(root, agency, name or agency).relative_to(root)])


@command.command("report")
@click.argument("agency", metavar="AGENCY")
@click.argument("year", type=click.IntRange(1990, 2100))
@click.option("--form", "form_id", help="表样，默认用该年度的全国表样 Form; the national form of the year by default.")
@project_command
def new_report(call: Call, agency: str, year: int, form_id: str | None) -> None:
    """新建一份报告，表样各行和单位都已写好。Make a report with every row of its form and its unit.

    \b
    例 Example:
      gxsite new report tanghe 2018
    """
    from gxsite.engine.project import find_root
    from gxsite.engine.scaffold import new_report as make

    root = find_root(call.directory)
    _say(call, [make(root, agency, year, form_id).relative_to(root)])


@command.command("theme")
@click.argument("name", metavar="NAME")
@project_command
def new_theme(call: Call, name: str) -> None:
    """新建一个版式，在默认版式上修改，各文件都有说明。Make a theme that changes the default one; its files explain it.

    \b
    例 Example:
      gxsite new theme county
    """
    from gxsite.engine.project import find_root
    from gxsite.engine.scaffold import new_theme as make

    root = find_root(call.directory)
    _say(call, [path.relative_to(root) for path in make(root, name)])
    zh = f"下一步：在 gxsite.yaml 写一行 theme: {name}（已有 theme 的改成这样），再运行 gxsite serve，边改边看"
    en = f"Next: write `theme: {name}` in gxsite.yaml, in place of another theme, then see it with `gxsite serve`"
    click.echo(zh if call.lang == "zh" else en)


def _say(call: Call, paths: list[Path]) -> None:
    for path in paths:
        click.echo(f"已新建 {path}" if call.lang == "zh" else f"Made {path}")
