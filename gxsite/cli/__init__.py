"""The command line: ``gxsite COMMAND``. One small module for each command, imported when it is called."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

from gxsite import __version__

# The values of a build hold hardly any circles; to look for them after every 700 objects takes a tenth of its time.
SELDOM = 500_000
COMMANDS = {
    "build": "检查并生成门户 Check and build the portal",
    "check": "检查全部文件，不写任何内容 Check all files, write nothing",
    "serve": "在本机预览，改动后自动刷新 Preview on this machine, reloading on change",
    "new": "新建门户、机构、报告或版式 Make a new portal, agency, report or theme",
    "explain": "解释一个代码 Explain a code",
    "forms": "列出或查看表样 List or show forms",
}


class _Lazy(click.Group):
    """A group whose commands are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"gxsite.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="gxsite")
@click.option("-C", "directory", metavar="DIR", default=".", help="门户所在文件夹 Folder of the portal.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="信息语言 Language of messages.")
@click.pass_context
def main(ctx: click.Context, directory: str, lang: str | None) -> None:
    """把年度报告文件夹变成公众门户。A folder of annual reports in, a public portal out.

    \b
    例 Example:
      gxsite new site demo && cd demo && gxsite build
    """
    ctx.obj = {"directory": directory, "lang": lang}


def run() -> None:
    """The program itself: a process of its own, whose memory the system takes back faster than it can be tidied up."""
    gc.set_threshold(SELDOM)
    try:
        main()
    except SystemExit as end:
        watched = sys.getprofile() or sys.gettrace()  # who writes down at the end what it saw
        if isinstance(end.code, int) and not watched and _is_said():
            os._exit(end.code)
        raise


def _is_said() -> bool:
    """Whether all that was printed has gone out."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody listens any more, or they are closed
        return False
    return True
