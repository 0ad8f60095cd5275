"""``gxsite build``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gxsite.base.diagnostic import UsageError
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

if TYPE_CHECKING:
    from gxsite.engine.result import Result

_NOTES = {
    "version": (
        "程序或 Python 的版本已变，全部重新生成。",
        "Another version of gxsite or Python: everything was made anew.",
    ),
    "unwritable": (
        "状态文件无法使用（不能写入，或被占用），全部重新生成。",
        "The state file cannot be used (not writable, or locked): everything was made anew.",
    ),
    "damaged": (
        "状态文件已损坏，或不是本用户写的，全部重新生成。",
        "The state file was damaged, or another user's: everything was made anew.",
    ),
}
_CAUSES = {
    "new": ("没有以前的记录", "no record of it from before"),
    "altered": ("文件被改动或删除", "the file was altered or removed"),
    "shared": ("配置、版式或程序已变", "configuration, theme or program changed"),
    "list": ("列表有增减", "the list grew or shrank"),
}
_PHASES = {
    "read": ("读取和检查各文件", "reading and checking files"),
    "check": ("检查全站", "checking the portal"),
    "decide": ("判断哪些要重新生成", "deciding what to make"),
    "make": ("生成", "making files"),
    "links": ("核对网页里的链接", "checking links of pages"),
    "write": ("写入", "moving files into place"),
}


def _day(text: str | None, call: Call) -> str:
    """A day as given on the command line."""
    if not text:
        return ""
    from gxsite.base.dates import read_moment

    moment = read_moment(text)
    if isinstance(moment, str):
        raise UsageError(
            f"“{text}”不是日期，应写成 2019-03-26" if call.lang == "zh" else f"`{text}` is no date (2019-03-26)"
        )
    return moment.date


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
@click.option("--explain", is_flag=True, help="说明每个文件为什么重新生成 Say why each file is made.")
@click.option("--timings", is_flag=True, help="显示各步骤的用时 Show where the time went.")
@click.option(
    "--verify-output",
    is_flag=True,
    help="逐个核对已有文件的内容 Read the files of earlier builds instead of trusting them.",
)
@click.option(
    "--twice", is_flag=True, help="再生成一遍，核对两次完全一致 Build once more from nothing and compare every byte."
)
@click.option(
    "--cache", metavar="DIR", help="状态文件的文件夹，默认 .gxsite/ Folder of the state, .gxsite/ by default."
)
@click.option("-v", "--verbose", is_flag=True, help="提示也列出 Notes too.")
@project_command
def command(call: Call, output: str | None, cache: str | None, verbose: bool, **options: Any) -> None:
    """检查全部文件并生成门户；有错误时不动原有网页。Check everything and build the portal.

    \b
    例 Example:
      gxsite build
      gxsite build --output /srv/www/nianbao

    退出码 Exit codes: 0 没有错误, 1 有错误（未写入）, 2 命令用法不对, 3 有文件暂缓发布。
    """
    from gxsite.cli.progress import Progress
    from gxsite.engine.build import build
    from gxsite.engine.project import OUTPUT, find_root

    root = find_root(call.directory)
    folder = Path(output) if output else root / OUTPUT
    progress = Progress(call.lang)
    result = build(
        root,
        folder,
        adopt=options["adopt"],
        strict=options["strict"],
        jobs=options["jobs"],
        as_of=_day(options["as_of"], call),
        verify=options["verify_output"],
        cache=Path(cache) if cache else None,
        tick=progress,
    )
    progress.close()
    _print_result(call, root, folder, result, verbose)
    if options["explain"]:
        _print_reasons(call, result)
    if options["timings"]:
        _print_timings(call, result)
    if result.stopped:
        leave(FAILED)
    if options["twice"]:
        _compare(call, root, folder, Path(cache) if cache else None, options["as_of"])
    leave(QUARANTINED if result.held else exit_code(result.findings, strict=options["strict"]))


def _print_result(call: Call, root: Path, folder: Path, result: Result, verbose: bool) -> None:
    """The findings and the sum of what was done."""
    found, zh = result.findings, call.lang == "zh"
    if found:
        from gxsite.base.diagnostic import Severity
        from gxsite.engine.load import texts_of

        shown = found if verbose else tuple(d for d in found if d.severity is not Severity.NOTE)
        print_findings(shown, call, texts_of(root, paths_of(shown)) if shown else {})
    print_summary(found, call)
    if result.note:
        click.echo(_NOTES[result.note][0 if zh else 1], err=True)
    if result.stopped and result.changed:
        click.echo(
            f"写到一半中断：{len(result.changed)} 个文件已经换成新的。排除原因后再生成一次，就会补齐。"
            if zh
            else f"Stopped halfway: {len(result.changed)} files are new. Remove the cause and build again."
        )
        return
    if result.stopped:
        click.echo("没有写入任何文件，原有网页保持不变。" if zh else "Nothing was written; the site stays as it was.")
        return
    made, changed, removed = result.made, len(result.changed), len(result.removed)
    click.echo(
        f"已生成 {folder}：共 {made} 个文件，更新 {changed} 个，删除 {removed} 个。"
        if zh
        else f"Built {folder}: {made} files, {changed} updated, {removed} removed."
    )


def _print_reasons(call: Call, result: Result) -> None:
    """Why each file was made."""
    zh = call.lang == "zh"
    for path, cause, what in result.reasons:
        name = _CAUSES.get(what or cause)
        words = name[0 if zh else 1] if name else f"{what} 已变" if zh else f"{what} changed"
        click.echo(f"{path}：{words}" if zh else f"{path}: {words}")
    if not result.reasons:
        click.echo("没有需要重新生成的文件。" if zh else "No file had to be made.")


def _print_timings(call: Call, result: Result) -> None:
    """Seconds by phase, by kind of file, and the slowest reports."""
    timings, index = result.timings, 0 if call.lang == "zh" else 1
    if timings is None:
        click.echo(("一切未变，没有可计时的步骤。", "Nothing had changed: there was nothing to time.")[index])
        return
    for name, seconds in timings.phases.items():
        click.echo(f"{seconds:9.3f} s  {_PHASES[name][index]}")
    for kind, (seconds, count) in sorted(timings.kinds.items(), key=lambda item: -item[1][0]):
        click.echo(f"{seconds:9.3f} s  {kind} × {count}")
    for unit, seconds in timings.units.items():
        click.echo(f"{seconds * 1000:9.1f} ms {unit}")


def _compare(call: Call, root: Path, folder: Path, cache: Path | None, as_of: str | None) -> None:
    """Build once more in other surroundings; leaves the program if a byte differs."""
    from gxsite.engine.project import CACHE
    from gxsite.engine.twice import differences

    paths = differences(root, folder, cache or root / CACHE, ("--as-of", as_of) if as_of else ())
    zh = call.lang == "zh"
    if paths is None:
        click.echo("第二次生成没有成功，无法比较。" if zh else "The second build failed: there is nothing to compare.")
        leave(FAILED)
    for path in paths:
        click.echo(f"两次生成不一致：{path}" if zh else f"differs between two builds: {path}")
    if paths:
        leave(FAILED)
    click.echo("两次生成的文件逐字节相同。" if zh else "Both builds have the same bytes.")
