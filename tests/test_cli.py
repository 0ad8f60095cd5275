"""The command line as a clerk, a webmaster and a CI machine use it: real processes, real files, real HTTP."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from gxsite import __version__
from gxsite.cli import COMMANDS
from tests.checks.test_codes import project
from tests.conftest import RunGxsite
from tests.needs import ROOT

REPORT = "content/hecheng/2018.md"
SUM = ("requests.received.total: 12", "requests.received.total: 21")


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A small portal without any finding: one agency, one report, one document, one page."""
    return project("", "ok", tmp_path / "portal")


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """A folder as it lies on the disk: bytes and time of every file."""
    found = (p for p in sorted(folder.rglob("*")) if p.is_file() and ".gxsite-stage" not in p.parts)
    return {p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mtime_ns) for p in found}


def text(file: Path) -> str:
    return file.read_text("utf-8")


def change(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    before = text(file)
    assert before.count(old) == 1, old
    file.write_text(before.replace(old, new), "utf-8")


def break_the_sum(root: Path) -> None:
    change(root, REPORT, *SUM)


class Run(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def gxsite(run_gxsite: RunGxsite, portal: Path) -> "Gxsite":
    return Gxsite(run_gxsite, portal)


class Gxsite:
    """Runs commands in a folder, the portal by default; none may ever end in a traceback."""

    def __init__(self, run: RunGxsite, portal: Path) -> None:
        self.run = run
        self.portal = portal

    def __call__(self, *args: str, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Run:
        done = self.run(args, cwd or self.portal, env=env)
        assert "Traceback" not in done.stderr, done.stderr
        return Run(done.returncode, done.stdout, done.stderr)


# -- words that every command understands ----------------------------------------------------------------------------


def test_version(gxsite: Gxsite) -> None:
    assert gxsite("--version").out == f"gxsite, version {__version__}\n"


def test_a_profile_is_written_at_the_end(tmp_path: Path) -> None:
    """The program ends without tidying up, but not under the eyes of a profiler."""
    profile = tmp_path / "profile"
    command = [sys.executable, "-m", "cProfile", "-o", str(profile), "-m", "gxsite", "--version"]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True, timeout=60)
    assert profile.stat().st_size


@pytest.mark.parametrize("command", [*COMMANDS, "new site", "new agency", "new report", "forms list", "forms show"])
def test_help_has_an_example(gxsite: Gxsite, command: str) -> None:
    done = gxsite(*command.split(), "-h")
    assert done.code == 0
    if command not in ("new", "forms"):
        assert f"例 Example:\n    gxsite {command}" in done.out


@pytest.mark.parametrize(
    "args",
    [
        ("bild",),
        ("build", "--wrong"),
        ("check", "--format", "xml"),
        ("check", "-C", "nowhere"),
        ("-C", "nowhere", "check"),
        ("new", "report", "hecheng"),
        ("new", "report", "hecheng", "1989"),
        ("new", "report", "hecheng", "2018"),
        ("new", "site", "."),
        ("forms", "show"),
        ("--lang", "fr", "check"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2_and_changes_nothing(gxsite: Gxsite, args: tuple[str, ...]) -> None:
    before = tree(gxsite.portal)
    done = gxsite(*args)
    assert done.code == 2
    assert done.out == ""
    assert "Error: " in done.err
    assert tree(gxsite.portal) == before


def test_no_portal_is_a_finding(gxsite: Gxsite, tmp_path: Path) -> None:
    done = gxsite("check", cwd=tmp_path)
    assert done.code == 1
    assert done.out.startswith(f"错误[GX901]：从 {tmp_path} 起向上都找不到 gxsite.yaml\n")


def test_the_portal_is_found_upwards_and_by_c(gxsite: Gxsite, tmp_path: Path) -> None:
    break_the_sum(gxsite.portal)
    inside = gxsite("check", cwd=gxsite.portal / "content/hecheng")
    assert inside.code == 1
    assert inside.out == gxsite("check", "-C", "portal", cwd=tmp_path).out
    assert inside.out == gxsite("-C", "portal", "check", cwd=tmp_path).out
    assert f"{REPORT}:10:28" in inside.out


# -- check -----------------------------------------------------------------------------------------------------------


def test_check_of_a_clean_portal(gxsite: Gxsite) -> None:
    before = tree(gxsite.portal)
    assert gxsite("check", "--strict") == (0, "没有发现问题\n", "")
    shutil.rmtree(gxsite.portal / ".gxsite")  # what it remembers, and nothing else
    assert gxsite("check", "--lang", "en") == (0, "no problems found\n", "")
    assert gxsite("check", "--format", "github") == (0, "", "")
    shutil.rmtree(gxsite.portal / ".gxsite")
    assert tree(gxsite.portal) == before


def test_check_names_every_problem_of_every_file(gxsite: Gxsite) -> None:
    break_the_sum(gxsite.portal)
    change(gxsite.portal, "content/hecheng/agency.yaml", "kind:", "knd:")
    change(gxsite.portal, "content/pages/help.md", "title: 使用帮助", "title: 使用帮助\norder: 一")
    done = gxsite("check")
    assert done.code == 1
    assert re.findall(r"错误\[(GX...)\]", done.out) == ["GX301", "GX201", "GX203"]
    assert done.out.endswith("\n共 3 个错误\n")
    english = gxsite("check", "--lang", "en")
    assert english.code == 1
    assert re.findall(r"error\[(GX...)\]: ", english.out) == ["GX301", "GX201", "GX203"]
    assert "╰ help: did you mean `kind`?" in english.out


def test_a_warning_fails_only_strict(gxsite: Gxsite) -> None:
    change(gxsite.portal, REPORT, "published: 2019-03-20", "published: 2019-04-20")
    assert gxsite("check").code == 0
    done = gxsite("check", "--strict")
    assert done.code == 1
    assert done.out.endswith("共 1 个警告\n")


def test_notes_are_shown_on_demand(gxsite: Gxsite) -> None:
    change(gxsite.portal, "gxsite.yaml", "licence: ", "# licence: ")
    assert gxsite("check", "--strict") == (0, "没有错误，也没有警告（另有 1 条提示）\n", "")
    shown = gxsite("check", "-v").out
    assert "提示[GX903]" in shown
    assert f"{REPORT}：关系 5 条成立，0 条不成立，1 条" in shown


def test_check_as_json(gxsite: Gxsite) -> None:
    break_the_sum(gxsite.portal)
    done = gxsite("check", "--format", "json")
    assert done.code == 1
    found = json.loads(done.out)
    assert found["summary"] == {"error": 1, "warning": 0, "note": 0}
    (finding,) = found["diagnostics"]
    assert (
        finding.items()
        >= {
            "code": "GX301",
            "severity": "error",
            "path": REPORT,
            "line": 10,
            "column": 28,
            "relation": "requests.received",
            "expect": "21 ≠ 12",
        }.items()
    )
    assert finding["cells"] == [f"requests.received.{part}" for part in ("total", "counter", "web", "letter")]
    assert finding["suggestions"][0] == {"cell": "requests.received.total", "value": "12"}
    assert [(label["line"], label["column"]) for label in finding["labels"]] == [(11, 30), (12, 26), (13, 29)]
    assert finding["message"].startswith("（一）收到申请数 = 21，")
    assert len(finding["help"]) == 4
    english = json.loads(gxsite("check", "--format", "json", "--lang", "en").out)
    assert "both sides must be equal" in english["diagnostics"][0]["message"]


def test_check_for_github(gxsite: Gxsite) -> None:
    break_the_sum(gxsite.portal)
    done = gxsite("check", "--format", "github")
    assert done.code == 1
    (line,) = done.out.splitlines()
    assert line.startswith(f"::error file={REPORT},line=10,endLine=10,col=28,endColumn=30,title=GX301 ")


# -- build -----------------------------------------------------------------------------------------------------------


def test_build_and_build_again(gxsite: Gxsite) -> None:
    first = gxsite("build")
    assert first.code == 0
    built = tree(gxsite.portal / "build")
    assert {"index.html", "404.html", "hecheng/2018/index.html", "hecheng/2018/hecheng-2018.xlsx"} <= set(built)
    again = gxsite("build")
    assert again.code == 0
    assert "更新 0 个，删除 0 个" in again.out
    now = tree(gxsite.portal / "build")
    del now[".gxsite-output"], built[".gxsite-output"]
    assert now == built


def test_build_says_why_and_how_long(gxsite: Gxsite) -> None:
    assert gxsite("build").code == 0
    change(gxsite.portal, REPORT, "title: ", "title: 新")
    done = gxsite("build", "--explain", "--timings")
    assert done.code == 0
    assert "hecheng/2018/index.html：report:hecheng/2018 已变\n" in done.out
    assert "years/2018/index.html：summary:hecheng/2018 已变\n" in done.out
    assert re.search(r"^ +[0-9.]+ s  report × 1$", done.out, re.M)
    assert re.search(r"^ +[0-9.]+ ms report:hecheng/2018$", done.out, re.M)
    english = gxsite("--lang", "en", "build", "--explain", "--timings")
    assert "No file had to be made.\n" in english.out


def test_build_twice_compares_every_byte(gxsite: Gxsite) -> None:
    done = gxsite("build", "--twice")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("两次生成的文件逐字节相同。\n")
    page = gxsite.portal / "build/index.html"
    stat, data = page.stat(), page.read_bytes()
    page.write_bytes(data.replace(b"</html>", b"</HTML>"))
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    done = gxsite("build", "--twice")
    assert done.code == 1
    assert done.out.endswith("两次生成不一致：index.html\n")
    assert gxsite("build", "--verify-output", "--twice").code == 0


def test_the_state_lies_where_it_is_told_to(gxsite: Gxsite, tmp_path: Path) -> None:
    assert gxsite("build", "--cache", str(tmp_path / "cache")).code == 0
    assert (tmp_path / "cache/state.db").is_file()
    assert not (gxsite.portal / ".gxsite").exists()


def test_build_elsewhere(gxsite: Gxsite, tmp_path: Path) -> None:
    done = gxsite("build", "--output", str(tmp_path / "www/nianbao"), "--lang", "en")
    assert done.code == 0
    assert f"Built {tmp_path}/www/nianbao: " in done.out
    assert (tmp_path / "www/nianbao/index.html").is_file()
    assert not (gxsite.portal / "build").exists()


def broken_theme(root: Path) -> None:
    """A theme whose report page asks for a name that only shows when the page is made."""
    templates = root / "themes/river/templates"
    templates.mkdir(parents=True)
    (root / "themes/river/theme.yaml").write_text("name: river\nextends: default\n", "utf-8")
    macro = "{% macro heading(report) %}{{ report.titel }}{% endmacro %}{{ heading(view) }}\n"
    (templates / "report.html").write_text(macro, "utf-8")
    change(root, "gxsite.yaml", "footer:", "theme: river\nfooter:")


@pytest.mark.parametrize("harm", [break_the_sum, broken_theme])
def test_an_error_leaves_the_old_tree_untouched(gxsite: Gxsite, harm: Callable[[Path], None]) -> None:
    assert gxsite("build").code == 0
    before = tree(gxsite.portal / "build")
    change(gxsite.portal, "content/pages/help.md", "查找", "检索")
    harm(gxsite.portal)
    done = gxsite("build")
    assert done.code == 1
    assert done.out.endswith("没有写入任何文件，原有网页保持不变。\n")
    assert tree(gxsite.portal / "build") == before
    assert not (gxsite.portal / "build/.gxsite-stage").exists()


def test_strict_stops_at_a_warning(gxsite: Gxsite) -> None:
    change(gxsite.portal, REPORT, "published: 2019-03-20", "published: 2019-04-20")
    assert gxsite("build", "--strict").code == 1
    assert not (gxsite.portal / "build").exists()
    assert gxsite("build").code == 0


def test_a_killed_build_leaves_a_whole_tree(gxsite: Gxsite) -> None:
    """Killed when everything is made and nothing is in place yet; the next build clears up."""
    assert gxsite("build").code == 0
    before = tree(gxsite.portal / "build")
    change(gxsite.portal, "content/pages/help.md", "查找", "检索")
    script = (
        "import os, signal; from gxsite.engine.output import Output; "
        "Output.finish = lambda *args: os.kill(os.getpid(), signal.SIGKILL); from gxsite.cli import main; main()"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, "build"],
        check=False,
        cwd=gxsite.portal,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    waiting = [path.read_text("utf-8") for path in (gxsite.portal / "build/.gxsite-stage").iterdir()]
    assert any("检索" in page for page in waiting)
    assert tree(gxsite.portal / "build") == before
    assert gxsite("build").code == 0
    assert not (gxsite.portal / "build/.gxsite-stage").exists()
    assert "检索" in text(gxsite.portal / "build/help/index.html")


def test_a_foreign_folder_is_refused_and_left_alone(gxsite: Gxsite, tmp_path: Path) -> None:
    foreign = tmp_path / "www"
    (foreign / "news").mkdir(parents=True)
    (foreign / "news/index.html").write_text("别人的网页", "utf-8")
    before = tree(foreign)
    done = gxsite("build", "-o", str(foreign))
    assert done.code == 1
    assert "错误[GX813]" in done.out
    assert tree(foreign) == before
    assert gxsite("build", "-o", str(foreign), "--adopt").code == 0
    assert text(foreign / "news/index.html") == "别人的网页"
    assert gxsite("build", "-o", str(foreign)).code == 0
    assert text(foreign / "news/index.html") == "别人的网页"


def test_what_is_gone_is_pruned_and_nothing_else(gxsite: Gxsite) -> None:
    more = gxsite.portal / "content/hecheng/2017.md"
    more.write_text((gxsite.portal / REPORT).read_text("utf-8").replace("2019-03", "2018-03"), "utf-8")
    attachment = gxsite.portal / "content/hecheng/2017/明细/甲.csv"
    attachment.parent.mkdir(parents=True)
    attachment.write_text("项目\n", "utf-8")
    assert gxsite("build").code == 0
    build = gxsite.portal / "build"
    assert (build / "hecheng/2017/明细/甲.csv").is_file()
    assert (build / "years/2017/index.html").is_file()
    (build / "years/note.txt").write_text("站长的文件", "utf-8")
    attachment.unlink()
    more.unlink()
    done = gxsite("build")
    assert done.code == 0
    assert "删除 7 个" in done.out
    assert not (build / "hecheng/2017").exists()
    assert not (build / "years/2017").exists()
    assert (build / "years/note.txt").is_file()
    assert (build / "hecheng/2018/index.html").is_file()


def test_a_tampered_list_removes_nothing_outside(gxsite: Gxsite) -> None:
    assert gxsite("build").code == 0
    listed = gxsite.portal / "build/.gxsite-output"
    listed.write_text(listed.read_text("utf-8") + "../gxsite.yaml\n", "utf-8")
    assert gxsite("build").code == 0
    assert (gxsite.portal / "gxsite.yaml").is_file()


# -- quarantine ------------------------------------------------------------------------------------------------------


@pytest.fixture
def lenient(portal: Path) -> Path:
    """The portal with ``on_error: quarantine``."""
    change(portal, "gxsite.yaml", "footer:", "on_error: quarantine\nfooter:")
    return portal


def test_quarantine_keeps_the_last_good_version(lenient: Path, gxsite: Gxsite) -> None:
    assert gxsite("build").code == 0
    report = lenient / "build/hecheng/2018"
    good = {name: text(report / name) for name in ("index.html", "hecheng-2018.csv")}
    break_the_sum(lenient)
    change(lenient, "content/pages/help.md", "查找", "检索")
    done = gxsite("build")
    assert done.code == 3
    assert "错误[GX301]" in done.out
    assert "警告[GX818]：本文件有错误，暂缓发布，网页保留上一个合格版本" in done.out
    assert "检索" in text(lenient / "build/help/index.html")
    assert text(report / "hecheng-2018.csv") == good["hecheng-2018.csv"]
    kept = text(report / "index.html")
    assert "上一个合格的版本" in kept
    assert "上一个合格的版本" not in good["index.html"]
    change(lenient, REPORT, *reversed(SUM))
    assert gxsite("build").code == 0
    assert text(report / "index.html") == good["index.html"]


def test_quarantine_leaves_out_what_was_never_good(lenient: Path, gxsite: Gxsite) -> None:
    change(lenient, REPORT, "全年收到", "见[新页](../pages/new.md)。全年收到")
    (lenient / "content/pages/new.md").write_text("---\ntitle: 新页\nauthor: 某人\n---\n正文\n", "utf-8")
    done = gxsite("build", "--lang", "en")
    assert done.code == 3
    assert "this file has errors and was held back; there is no good version of it yet" in done.out
    assert not (lenient / "build/new").exists()
    page = text(lenient / "build/hecheng/2018/index.html")
    assert "新页" in page
    assert "new/index.html" not in page


def test_quarantine_cannot_hold_an_agency(lenient: Path, gxsite: Gxsite) -> None:
    change(lenient, "content/hecheng/agency.yaml", "kind:", "knd:")
    assert gxsite("build").code == 1
    assert not (lenient / "build").exists()


# -- new, explain, forms ---------------------------------------------------------------------------------------------


def test_a_new_site_grows_report_by_report(gxsite: Gxsite, tmp_path: Path) -> None:
    assert gxsite("new", "site", "demo", cwd=tmp_path).out.endswith("下一步：cd demo && gxsite build\n")
    demo = tmp_path / "demo"
    assert gxsite("build", cwd=demo).code == 0
    assert gxsite("new", "agency", "tanghe-edu", "--name", "唐河县教育局: 新", cwd=demo).code == 0
    for year in ("2012", "2018"):
        assert gxsite("new", "report", "tanghe-edu", year, cwd=demo).code == 0
    assert gxsite("new", "report", "my-agency", "2015", "--form", "cn-2014", cwd=demo).code == 0
    found = json.loads(gxsite("check", "--format", "json", cwd=demo).out)
    assert {d["code"] for d in found["diagnostics"]} == {"GX402", "GX902", "GX903", "GX907"}
    assert found["summary"]["error"] == 0
    assert gxsite("build", cwd=demo).code == 0
    assert "<h1" in text(demo / "build/tanghe-edu/2012/index.html")


def test_a_new_report_has_every_row_with_label_and_unit(gxsite: Gxsite) -> None:
    assert gxsite("new", "report", "hecheng", "2017", "--form", "hecheng-2010").code == 0
    made = text(gxsite.portal / "content/hecheng/2017.md")
    assert re.search(r"^  requests\.received\.web: +# +　　2\.网络申请数（件）$", made, re.M)
    assert re.search(r"^  review\.cases: \[~, ~, ~\] +# ", made, re.M)
    assert "各列依次为：维持、纠正、总计" in made


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("new", "report", "hechen", "2017"), "GX809", "是不是想写 hecheng？"),
        (("new", "report", "hecheng", "2017", "--form", "cn-2041"), "GX211", "是不是想写 cn-2014？"),
        (("new", "agency", "years"), "GX807", "留给门户自己"),
        (("new", "agency", "河城"), "GX807", "小写字母"),
        (("new", "agency", "../outside"), "GX807", "小写字母"),
    ],
)
def test_new_refuses_with_a_way_out(gxsite: Gxsite, args: tuple[str, ...], code: str, says: str) -> None:
    before = tree(gxsite.portal.parent)
    done = gxsite(*args)
    assert done.code == 1
    assert f"错误[{code}]" in done.out
    assert says in done.out
    assert tree(gxsite.portal.parent) == before


def test_explain(gxsite: Gxsite) -> None:
    done = gxsite("explain", "gx301")
    assert done.code == 0
    assert done.out.startswith("GX301  合计与分项不相等（错误，可以豁免）\n")
    assert gxsite("explain", "GX402", "--lang", "en").out.startswith("GX402  no publication date (warning, waivable)\n")
    wrong = gxsite("explain", "GX31")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err.startswith("没有代码 GX31。是不是 GX")
    every = gxsite("explain").out.splitlines()
    assert "GX808  没有用上的文件" in every


def test_forms(gxsite: Gxsite, tmp_path: Path) -> None:
    assert "hecheng-2010" in gxsite("forms", "list").out
    outside = gxsite("forms", "list", cwd=tmp_path).out
    assert "cn-2014" in outside
    assert "hecheng-2010" not in outside
    shown = gxsite("forms", "show", "hecheng-2010").out
    assert re.search(r"^  requests\.received\.web +　　2\.网络申请数（件）$", shown, re.M)
    assert "[error] requests.received: requests.received.total = " in shown
    wrong = gxsite("forms", "show", "cn-2041")
    assert wrong.code == 1
    assert wrong.err == "没有表样 cn-2041。是不是 cn-2014？\n"


# -- consoles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"LC_ALL": "C"}, "错误[GX301]"),
        ({"LC_ALL": "zh_CN.UTF-8"}, "错误[GX301]"),
        ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, "error[GX301]"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "error[GX301]"),
        ({"PYTHONIOENCODING": "ascii"}, "error[GX301]"),
    ],
)
def test_the_locale_chooses_the_language(gxsite: Gxsite, env: dict[str, str], says: str) -> None:
    """A console that cannot show Chinese gets English, and the excerpt with escapes instead of an exception."""
    break_the_sum(gxsite.portal)
    done = gxsite("check", env=env)
    assert done.code == 1
    assert done.out.startswith(says)
    assert gxsite("check", "--lang", "zh", env=env).code == 1


def test_a_gbk_console(gxsite: Gxsite) -> None:
    """Chinese in the console's own encoding, a character it lacks as an escape; JSON is UTF-8 all the same."""
    break_the_sum(gxsite.portal)
    change(gxsite.portal, REPORT, "title: 河城县", "titel: \U0002070e河城县")

    def run(*args: str) -> bytes:
        done = subprocess.run(
            [sys.executable, "-m", "gxsite", *args],
            check=False,
            cwd=gxsite.portal,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            timeout=60,
        )
        assert done.returncode == 1
        assert done.stderr == b""
        return done.stdout

    shown = run("check").decode("gbk")
    assert "错误[GX301]：（一）收到申请数 = 21" in shown
    assert "titel: \\U0002070e河城县" in shown
    assert json.loads(run("check", "--format", "json").decode("utf-8"))["summary"]["error"] == 2
    assert "收到申请数".encode() in run("check", "--format", "github")


# -- serve -----------------------------------------------------------------------------------------------------------


class Preview(NamedTuple):
    """A server of the portal's pages that runs for the length of a test."""

    process: "subprocess.Popen[str]"
    port: int

    def get(self, path: str, method: str = "GET", host: str = "") -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers={"Host": host} if host else {})
        return connection.getresponse()


def _hear_interrupts() -> None:
    """What a shell starts in the background has Ctrl+C switched off, and so has all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def serving(portal: Path, *, code: int = 0) -> Iterator[Preview]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "gxsite", "serve", "--port", "0"],
        cwd=portal,
        env=env | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=_hear_interrupts,  # noqa: PLW1509 - nothing else runs in this process
    )
    assert process.stdout is not None
    try:
        address = next(m for line in process.stdout if (m := re.search(r"http://127\.0\.0\.1:([0-9]+)/", line)))
        yield Preview(process, int(address[1]))
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert "Traceback" not in errors
        assert process.returncode == code
    finally:
        process.kill()
        process.communicate()


def test_serve_gives_pages_and_nothing_else(portal: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("外面的文件", "utf-8")
    with serving(portal) as preview:
        build = portal / "build"
        (build / "link.txt").symlink_to(secret)
        (build / "folder").symlink_to(tmp_path, target_is_directory=True)
        home = preview.get("/")
        page = home.read().decode()
        assert home.status == 200
        assert home.headers["Content-Type"] == "text/html; charset=utf-8"
        assert page.count('<script src="/.gxsite/reload.js" defer></script></body>') == 1
        assert "script-src 'self'; connect-src 'self'" in page
        assert "<script" not in (build / "index.html").read_text("utf-8")
        assert preview.get("/hecheng/2018/index.html?from=here").status == 200
        moved = preview.get("/hecheng/2018")
        assert (moved.status, moved.headers["Location"]) == (301, "/hecheng/2018/")
        csv = preview.get("/hecheng/2018/hecheng-2018.csv")
        assert csv.read() == (build / "hecheng/2018/hecheng-2018.csv").read_bytes()
        assert csv.headers["X-Content-Type-Options"] == "nosniff"
        head = preview.get("/", "HEAD")
        assert (head.status, head.read()) == (200, b"")
        assert int(head.headers["Content-Length"]) > 1000
        assert preview.get("/", "POST").status == 501
        missing = preview.get("/nowhere/")
        assert missing.status == 404
        assert "找不到" in missing.read().decode()
        for path in (
            "/../gxsite.yaml",
            "/%2e%2e/gxsite.yaml",
            "/..%2fgxsite.yaml",
            "/hecheng/..%2f..%2f..%2fgxsite.yaml",
            "/.gxsite-output",
            "/%2egxsite-output",
            "/link.txt",
            "/folder/secret.txt",
            "/index.html%00.txt",
            "//127.0.0.1/../gxsite.yaml",
        ):
            refused = preview.get(path)
            assert refused.status == 404, path
            body = refused.read().decode()
            assert "外面的文件" not in body, path
            assert "site_id:" not in body, path


def test_serve_answers_this_machine_only(portal: Path) -> None:
    with serving(portal) as preview:
        for host in (f"localhost:{preview.port}", "127.0.0.1", f"127.0.0.1:{preview.port}"):
            assert preview.get("/", host=host).status == 200
        for host in ("www.example.gov.cn", f"rebound.example:{preview.port}", "127.0.0.1.example"):
            assert preview.get("/", host=host).status == 421
        assert preview.get("/.gxsite/events", host="rebound.example").status == 421


class Told(NamedTuple):
    """What the browser hears: the number of the last good build, and the errors since."""

    number: int
    errors: list[str]


def hear(events: http.client.HTTPResponse) -> Told:
    while True:
        line = events.readline().decode()
        assert line, "the stream of events ended"
        if line.startswith("data: "):
            return Told(**json.loads(line.removeprefix("data: ")))


def test_serve_rebuilds_and_tells_the_browser(portal: Path) -> None:
    with serving(portal) as preview:
        events = preview.get("/.gxsite/events")
        assert events.headers["Content-Type"] == "text/event-stream"
        assert hear(events) == Told(1, [])
        change(portal, "content/pages/help.md", "查找", "检索")
        assert hear(events) == Told(2, [])
        assert "检索" in preview.get("/help/").read().decode()
        break_the_sum(portal)
        state = hear(events)
        assert state.number == 2
        (error,) = state.errors
        assert error.startswith(f"{REPORT}:10  GX301  （一）收到申请数 = 21")
        assert preview.get("/hecheng/2018/").status == 200
        change(portal, REPORT, *reversed(SUM))
        assert hear(events) == Told(3, [])
        events.close()


def test_serve_outlives_a_portal_that_is_broken_at_first(portal: Path) -> None:
    break_the_sum(portal)
    with serving(portal) as preview:
        assert preview.get("/").status == 404
        change(portal, REPORT, *reversed(SUM))
        events = preview.get("/.gxsite/events")
        while hear(events).number != 1:
            continue
        assert preview.get("/").status == 200
        events.close()
