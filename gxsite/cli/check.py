"""``gxsite check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxsite.base.diagnostic import Diagnostic, ProjectError, Severity, UsageError, in_order
from gxsite.cli.common import FAILED, Call, exit_code, leave, paths_of, print_findings, print_summary, project_command

if TYPE_CHECKING:
    from gxsite.model.catalog import Catalog


@click.command("check")
@click.option(
    "--format", "layout", type=click.Choice(["text", "json", "github"]), default="text", help="输出格式 Output format."
)
@click.option("--strict", is_flag=True, help="警告也算错误 Warnings count as errors.")
@click.option(
    "--write-baseline", is_flag=True, help="把现有问题记入基线文件 Write the present findings into the baseline file."
)
@click.option("--external", is_flag=True, help="访问每个站外链接 Ask for every link to another site.")
@click.option("-v", "--verbose", is_flag=True, help="提示和未能判定的关系也列出 Notes and undecided relations too.")
@project_command
def command(call: Call, layout: str, strict: bool, write_baseline: bool, external: bool, verbose: bool) -> None:
    """检查全部文件，一次报告所有问题。Check all files and name every problem in one run.

    \b
    例 Example:
      gxsite check
      gxsite check --format json > findings.json

    退出码 Exit codes: 0 没有错误, 1 有错误, 2 命令用法不对。
    """
    from gxsite.cli.progress import Progress
    from gxsite.engine.build import check
    from gxsite.engine.load import texts_of
    from gxsite.engine.project import find_root

    try:
        root = find_root(call.directory)
    except ProjectError as error:
        if layout == "text":
            raise
        _print_for_programs(layout, error.diagnostics, call)
        leave(FAILED)
    progress = Progress(call.lang)
    project, findings = check(root, progress, use_baseline=not write_baseline)
    found = findings.diagnostics
    if write_baseline:
        progress.close()
        _write_baseline(call, root, project.config.baseline, found)
        return
    outside: tuple[Diagnostic, ...] = ()
    if external:
        from gxsite import __version__
        from gxsite.engine.external import check_external

        agent = f"gxsite/{__version__} (link check)"
        outside = check_external(root, project, agent, lambda done, total: progress("ask", done, total))
        found = in_order((*found, *outside))
    progress.close()
    if layout != "text":
        _print_for_programs(layout, found, call)
    else:
        asked = frozenset(outside)  # who asks for links wants to hear of them, also what only informs
        shown = found if verbose else tuple(d for d in found if d.severity is not Severity.NOTE or d in asked)
        print_findings(shown, call, texts_of(root, paths_of(shown)))
        if verbose:
            _print_relations(call, project.catalog)
        print_summary(found, call)
    leave(exit_code(found, strict=strict))


def _print_for_programs(layout: str, found: tuple[Diagnostic, ...], call: Call) -> None:
    """Findings as JSON or GitHub annotations: UTF-8 on any console."""
    from gxsite.base.printing import github, json

    render = json.render if layout == "json" else github.render
    click.echo(render(found, call.lang).encode(), nl=False)


def _write_baseline(call: Call, root: Path, name: str, found: tuple[Diagnostic, ...]) -> None:
    """Write the baseline file that the configuration names."""
    from gxsite.checks.baseline import write_baseline
    from gxsite.engine.files import write_atomically

    if not name:
        raise UsageError(
            "请先在 gxsite.yaml 写 baseline: baseline.json" if call.lang == "zh" else "gxsite.yaml names no `baseline`"
        )
    write_atomically(root / name, write_baseline(found).encode("utf-8"))
    click.echo(f"已写入 {name}" if call.lang == "zh" else f"Wrote {name}")


def _print_relations(call: Call, catalog: Catalog) -> None:
    """How many relations of each report hold, are broken, or cannot be decided."""
    from gxsite.checks.relations import count_relations

    for key, report in catalog.reports.items():
        if report.form and not report.damaged:
            holds, broken, undecided = count_relations(catalog.whole[key], catalog.forms[report.form])
            zh = f"{report.path}：关系 {holds} 条成立，{broken} 条不成立，{undecided} 条因空白无法判定"
            en = f"{report.path}: {holds} relations hold, {broken} are broken, {undecided} undecided"
            click.echo(zh if call.lang == "zh" else en)
