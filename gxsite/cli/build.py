"""``gxsite build``."""

from __future__ import annotations

from pathlib import Path

import click

from gxsite.base.dates import read_moment
from gxsite.base.diagnostic import Severity, UsageError
from gxsite.cli.common import (
    FAILED,
    QUARANTINED,
    Call,
    exit_code,
    leave,
    paths_of,
    print_findings,
    print_summary,
    project_command,
)


def _day(text: str | None, call: Call) -> str:
    """A day as given on the command line."""
    moment = read_moment(text) if text else None
    if isinstance(moment, str):
        raise UsageError(
            f"“{text}”不是日期，应写成 2019-03-26" if call.lang == "zh" else f"`{text}` is no date (2019-03-26)"
        )
    return moment.date if moment else ""


@click.command("build")
@click.option("-o", "--output", metavar="DIR", help="输出文件夹，默认 build/ Output folder, build/ by default.")
@click.option("--adopt", is_flag=True, help="接管非空的输出文件夹 Take over an output folder that is not empty.")
@click.option("--strict", is_flag=True, help="警告也算错误 Warnings count as errors.")
@click.option(
    "--as-of",
    metavar="DATE",
    help="按哪一天判断缺报，默认为最近的发布日期 Day by which reports are missing; the newest publication by default.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="进程数，0 为每核一个 Processes, 0 for one on each core."
)
@click.option("-v", "--verbose", is_flag=True, help="提示也列出 Notes too.")
@project_command
def command(
    call: Call, output: str | None, adopt: bool, strict: bool, as_of: str | None, jobs: int, verbose: bool
) -> None:
    """检查全部文件并生成门户；有错误时不动原有网页。Check everything and build the portal.

    \b
    例 Example:
      gxsite build
      gxsite build --output /srv/www/nianbao

    退出码 Exit codes: 0 没有错误, 1 有错误（未写入）, 2 命令用法不对, 3 有文件暂缓发布。
    """
    from gxsite.cli.progress import Progress
    from gxsite.engine.build import build
    from gxsite.engine.load import texts_of
    from gxsite.engine.project import OUTPUT, find_root

    root = find_root(call.directory)
    folder = Path(output) if output else root / OUTPUT
    progress = Progress(call.lang)
    result = build(root, folder, adopt=adopt, strict=strict, jobs=jobs, as_of=_day(as_of, call), tick=progress)
    progress.close()
    found = result.findings
    shown = found if verbose else tuple(d for d in found if d.severity is not Severity.NOTE)
    print_findings(shown, call, texts_of(root, paths_of(shown)))
    print_summary(found, call)
    zh = call.lang == "zh"
    if result.stopped:
        click.echo("没有写入任何文件，原有网页保持不变。" if zh else "Nothing was written; the site stays as it was.")
        leave(FAILED)
    made, changed, removed = result.made, len(result.changed), len(result.removed)
    click.echo(
        f"已生成 {folder}：共 {made} 个文件，更新 {changed} 个，删除 {removed} 个。"
        if zh
        else f"Built {folder}: {made} files, {changed} updated, {removed} removed."
    )
    leave(QUARANTINED if result.held else exit_code(found, strict=strict))
