"""The manual's examples are run: a page shows what the program prints today, or the tests fail.

In a page, in an empty folder of its own, from top to bottom:

    <!-- run: gxsite new site demo; cd demo -->    commands that must succeed and whose output is not shown
    <!-- file: content/a/2018.md -->               the code block below is written to this file
    <!-- report: content/a/2018.md -->             as file, with HEAD above and BODY below the block
    ```console                                     lines that begin with "$ " are run, their output follows them

Only ``gxsite`` and ``cd`` are run; ``| head -n N`` behind a command keeps its first lines.
"""

import contextlib
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from gxsite.cli import main

HEAD = """\
---
title: 唐河县教育局{year}年政府信息公开工作年度报告
form: {form}
published: {after}-01-20
signed: {after}-01-14
"""
BODY = """\
---
## 一、总体情况

没有收取信息处理费。
"""
# What stands for the folder in which the examples were run.
HOME = "/srv"
_BLOCK = re.compile(
    r"<!-- run: (?P<run>[^\n]+) -->"
    r"|(?:<!-- (?P<kind>file|report): (?P<path>\S+) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.S | re.M,
)


def refreshed(page: str) -> str:
    """The text of a page with the output of its commands as it is now. ValueError: a command cannot be run."""
    with tempfile.TemporaryDirectory() as folder:
        shell = _Shell(Path(folder).resolve())

        def replace(match: re.Match[str]) -> str:
            if match["run"]:
                for command in match["run"].split(";"):
                    shell.run(command.strip(), must=True)
            elif match["path"]:
                shell.write(match["path"], match["text"], whole=match["kind"] == "file")
            elif match["language"] == "console":
                return f"```console\n{''.join(shell.session(match['text']))}```"
            return match[0]

        return _BLOCK.sub(replace, page)


def commands(page: str) -> Iterator[str]:
    """Every ``gxsite`` command line that a page shows, run or not."""
    for match in _BLOCK.finditer(page):
        if match["language"] in ("console", "sh"):
            lines = (line.removeprefix("$ ") for line in match["text"].splitlines())
            yield from (line.partition(" | ")[0] for line in lines if line.startswith("gxsite "))
    prose = _BLOCK.sub("", page)
    yield from (found[1] for found in re.finditer(r"`(gxsite [^`\n]+)`", prose))


def _head(year: int) -> str:
    form = "cn-2014" if year < 2019 else "cn-2019" if year < 2021 else "cn-2021"
    return HEAD.format(year=year, form=form, after=year + 1)


class _Shell:
    """A folder and the place in it where the next command is run."""

    def __init__(self, home: Path) -> None:
        self.home = self.here = home

    def write(self, path: str, text: str, *, whole: bool) -> None:
        place = self.here / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text if whole else f"{_head(int(place.stem))}{text}{BODY}", encoding="utf-8")

    def session(self, text: str) -> Iterator[str]:
        """The commands of a block, each with what it prints."""
        for line in text.splitlines():
            if line.startswith("$ "):
                yield f"{line}\n"
                command, _, pipe = line.removeprefix("$ ").partition(" | ")
                shown = self.run(command).splitlines(keepends=True)
                yield from shown[: int(pipe.removeprefix("head -n "))] if pipe else shown

    def run(self, command: str, *, must: bool = False) -> str:
        """What a command prints, with the folder's name replaced. ValueError: it ``must`` succeed and did not."""
        program, *args = shlex.split(command)
        if program == "cd":
            self.here = (self.here / args[0]).resolve()
            return ""
        if program != "gxsite":
            raise ValueError(f"examples run gxsite only, not {program}")
        with contextlib.chdir(self.here):
            environment = {"LC_ALL": "zh_CN.UTF-8", "NO_COLOR": "1"}
            done = CliRunner().invoke(main, args, env=environment, prog_name="gxsite")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        if must and done.exit_code:
            raise ValueError(f"{command}\n{done.output}")
        lines = (line.rstrip() for line in done.output.replace(str(self.home), HOME).splitlines())
        return "".join(f"{line}\n" for line in lines)
