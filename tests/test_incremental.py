"""Builds after builds: only what a change reaches is made again, every file says why, and the state may be lost."""

import errno
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gxsite.base.catalogue import message
from gxsite.engine.build import build
from gxsite.engine.intact import Inquiry
from gxsite.engine.lock import held
from gxsite.engine.make import Maker
from gxsite.engine.output import Output
from gxsite.engine.result import Result
from gxsite.engine.secret import secret
from gxsite.engine.state import State
from gxsite.engine.twice import differences
from gxsite.engine.version import code_version
from gxsite.model.summary import Plain, Summary, of_plain
from gxsite.render.body import BodyEngine
from gxsite.site.inputs import Inputs
from gxsite.site.plan import Target
from tests.needs import ROOT

STATE = ".gxsite/state.db"


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """The small golden portal, built once, long enough ago for its stats to be trusted."""
    root = tmp_path / "portal"
    shutil.copytree(ROOT / "tests/golden/full/project", root)
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (1_600_000_000, 1_600_000_000))
    assert not once(root).stopped
    return root


def once(root: Path, *, verify: bool = False) -> Result:
    return build(root, jobs=1, verify=verify)


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def change(path: Path, old: str, new: str) -> None:
    """Change a file so that its age, by its stat, is certain too."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    at = time.time() - 60
    os.utime(path, (at, at))


def reasons(result: Result) -> dict[str, str]:
    return {path: what or cause for path, cause, what in result.reasons}


def test_nothing_changed_nothing_done(portal: Path) -> None:
    before = tree(portal / "build")
    again = once(portal)
    assert (again.changed, again.removed, again.reasons) == ((), (), ())
    assert again.made == len(before) - 1  # without the list
    assert tree(portal / "build") == before


def test_findings_are_told_again(portal: Path) -> None:
    first = build(portal, jobs=1, strict=True, output=portal.parent / "other")
    again = build(portal, jobs=1, strict=True, output=portal.parent / "other")
    assert [message(d, "en") for d in first.findings] == [message(d, "en") for d in again.findings] != []


def test_an_edit_of_a_body_makes_one_page(portal: Path) -> None:
    report = next(portal.glob("content/hecheng/2015.md"))
    report.write_text(report.read_text("utf-8") + "\n又一段。\n", "utf-8")
    assert reasons(once(portal)) == {
        "hecheng/2015/index.html": "report:hecheng/2015",
        "hecheng/2015/hecheng-2015.csv": "report:hecheng/2015",
        "hecheng/2015/hecheng-2015.excel.csv": "report:hecheng/2015",
        "hecheng/2015/hecheng-2015.xlsx": "report:hecheng/2015",
        "hecheng/2015/hecheng-2015.json": "report:hecheng/2015",
    }
    assert "又一段。" in (portal / "build/hecheng/2015/index.html").read_text("utf-8")


def refuse(*_: object) -> None:
    raise AssertionError


def test_after_an_edit_of_a_body_no_index_is_asked(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inputs, "_agency", refuse)
    report = portal / "content/hecheng/2015.md"
    report.write_text(report.read_text("utf-8") + "\n又一段。\n", "utf-8")
    assert "hecheng/2015/index.html" in once(portal).changed
    change(report, "title: ", "title: 新")
    with pytest.raises(AssertionError):
        once(portal)


def test_after_an_edit_of_a_body_only_its_neighbours_are_unpacked(
    portal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[str] = []

    def watched(fields: Plain, details: Callable[[], bytes]) -> Summary:
        summary = of_plain(fields, details)
        unpacked.append(summary.key)
        return summary

    monkeypatch.setattr("gxsite.engine.sources.of_plain", watched)
    monkeypatch.setattr("gxsite.engine.steps.check_across", refuse)
    report = portal / "content/hecheng/2015.md"
    report.write_text(report.read_text("utf-8") + "\n又一段。\n", "utf-8")
    assert "hecheng/2015/index.html" in once(portal).changed
    assert sorted(unpacked) == ["hecheng/2015", "hecheng/2016"]
    change(report, "title: ", "title: 新")
    with pytest.raises(AssertionError):
        once(portal)


def test_a_state_of_which_a_part_is_older_is_damaged(portal: Path) -> None:
    """A power cut may leave the index of one run beside what another run kept."""
    with sqlite3.connect(portal / STATE) as state:
        (before,) = state.execute("select value from meta where name = 'sources'").fetchone()
        change(portal / "content/hecheng/2015.md", "title: ", "title: 新")
        once(portal)
        state.execute("update meta set value = ? where name = 'sources'", (before,))
    state.close()
    change(portal / "content/hecheng/2015.md", "title: 新", "title: ")
    change(portal / "content/hecheng/2016.md", "title: ", "title: 新")
    again = once(portal)
    assert again.note == "damaged"
    assert not again.stopped


def test_what_was_said_of_the_surroundings_ends_with_a_build_that_does_not(
    portal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = portal / "content/hecheng/2015.md"
    before = report.read_text("utf-8")
    change(report, "title: ", "title: 新")
    monkeypatch.setattr(State, "keep_made", refuse)
    with pytest.raises(AssertionError):
        once(portal)
    monkeypatch.undo()
    change(report, "title: 新", "title: ")
    assert report.read_text("utf-8") == before
    once(portal)
    whole = tree(portal / "build")
    shutil.rmtree(portal / ".gxsite")
    shutil.rmtree(portal / "build")
    once(portal)
    assert tree(portal / "build") == whole


def test_the_configuration_is_parsed_when_it_changes(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gxsite.engine.load.read_config", refuse)
    change(portal / "content/hecheng/2015.md", "title: ", "title: 新")
    assert "hecheng/2015/index.html" in once(portal).changed
    change(portal / "gxsite.yaml", "name: ", "name: 新")
    with pytest.raises(AssertionError):
        once(portal)


def test_a_title_reaches_the_lists_that_show_it(portal: Path) -> None:
    change(portal / "content/hecheng/2015.md", "title: ", "title: 新")
    made = reasons(once(portal))
    assert made["hecheng/index.html"] == made["years/2015/index.html"] == "summary:hecheng/2015"
    assert "years/2016/index.html" not in made


def test_a_report_that_goes_shortens_the_lists(portal: Path) -> None:
    (portal / "content/hecheng/2016.md").unlink()
    result = once(portal)
    made = reasons(result)
    assert made["hecheng/index.html"] == "list"
    assert made["hecheng/2015/index.html"] == "neighbours"
    assert "hecheng/2016/index.html" in result.removed
    assert not (portal / "build/hecheng/2016").exists()


def test_a_theme_edit_converts_no_body_again(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "themes/default", portal / "themes/default")
    template = portal / "themes/default/templates/base.html"
    template.write_text(template.read_text("utf-8").replace("跳到主要内容", "跳到正文"), "utf-8")
    monkeypatch.setattr(BodyEngine, "convert", refuse)
    result = once(portal)
    assert "hecheng/2015/index.html" in result.changed
    assert not [path for path in result.changed if path.endswith((".csv", ".json", ".xlsx"))]


def test_a_file_that_was_tampered_with_is_made_again(portal: Path) -> None:
    (portal / "build/hecheng/2015/index.html").unlink()
    (portal / "build/years/index.html").write_bytes(b"x")
    expected = {"hecheng/2015/index.html": "altered", "years/index.html": "altered"}
    result = once(portal)
    assert reasons(result) == expected
    assert set(result.changed) == expected.keys()


def at_once() -> None:
    """A child that takes its share."""


def too_late() -> None:
    """A child that leaves everything to others."""
    time.sleep(0.5)


def never() -> None:
    """A child that the system kills."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("child", [at_once, too_late, never])
def test_two_processes_look_at_the_output(
    portal: Path, monkeypatch: pytest.MonkeyPatch, child: Callable[[], None]
) -> None:
    take, parent = Inquiry._take, os.getpid()

    def taken(self: Inquiry, folder: str) -> frozenset[str]:
        if os.getpid() != parent:
            child()
        return take(self, folder)

    monkeypatch.setattr(Inquiry, "_take", taken)
    monkeypatch.setattr("gxsite.engine.intact.WORTH_A_FORK", 1)
    monkeypatch.setattr("gxsite.engine.intact.cores", lambda: 2)
    expected = {"hecheng/2015/index.html", "hecheng-edu/2016/index.html", "years/index.html"}
    for path in expected:
        (portal / "build" / path).unlink()
    assert reasons(build(portal, jobs=2)) == dict.fromkeys(expected, "altered")
    assert build(portal, jobs=2).reasons == ()


def quietly_alter(path: Path) -> None:
    """Other bytes of the same size, with the time that the file had."""
    stat, data = path.stat(), path.read_bytes()
    path.write_bytes(data[:-1] + b"!")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_only_reading_finds_what_keeps_size_and_time(portal: Path) -> None:
    page = portal / "build/hecheng/2015/index.html"
    good = page.read_bytes()
    quietly_alter(page)
    assert once(portal).reasons == ()
    assert reasons(once(portal, verify=True)) == {"hecheng/2015/index.html": "altered"}
    assert page.read_bytes() == good


def lose(state: Path) -> None:
    state.unlink()


def truncate(state: Path) -> None:
    state.write_bytes(state.read_bytes()[:5000])


def scribble(state: Path) -> None:
    state.write_bytes(b"gxsite" * 1000)


def scatter(state: Path) -> None:
    """One byte in a thousand is another one; SQLite itself sees few of them."""
    data = bytearray(state.read_bytes())
    for at in range(4500, len(data), 1000):
        data[at] ^= 1
    state.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "note"), [(lose, ""), (truncate, "damaged"), (scribble, "damaged"), (scatter, "damaged")]
)
def test_the_state_may_be_lost_or_damaged(portal: Path, spoil: Callable[[Path], None], note: str) -> None:
    before = tree(portal / "build")
    quietly_alter(portal / "build/hecheng/2015/index.html")
    spoil(portal / STATE)
    result = once(portal)
    assert result.note == note
    assert result.changed == ("hecheng/2015/index.html",)
    assert tree(portal / "build") == before


class Trap:
    """What a packed value does when it is unpacked."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.place,)


def test_a_state_from_elsewhere_is_not_unpacked(portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another user's seal is as good as none: packed values may do anything when they are unpacked."""
    with sqlite3.connect(portal / STATE) as state:
        for table, column in (
            ("source", "said"),
            ("whole", "details"),
            ("whole", "value"),
            ("made", "files"),
            ("body", "html"),
            ("meta", "value"),
        ):
            state.execute(f"update {table} set {column} = ?", (b"P" + pickle.dumps(Trap(tmp_path / "sprung")),))
    state.close()
    before = tree(portal / "build")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache of another"))
    assert once(portal).note == "damaged"
    assert once(portal).note == ""
    assert not (tmp_path / "sprung").exists()
    assert tree(portal / "build") == before


def test_nothing_is_left_of_a_build_that_died(portal: Path) -> None:
    """Killed as it moved files into place: what it staged is cleared away, and its files are not trusted."""
    build_folder = portal / "build"
    before = tree(build_folder)
    (build_folder / ".gxsite-stage").mkdir()
    (build_folder / ".gxsite-stage/index.html").write_bytes(b"half")
    (build_folder / "..gxsite-output.77.tmp").write_bytes(b"half")
    state = State(portal / ".gxsite", code_version(), secret())
    state.set_meta({"open": b"1"})
    state.close()
    quietly_alter(build_folder / "hecheng/2015/index.html")
    assert once(portal).changed == ("hecheng/2015/index.html",)
    assert tree(build_folder) == before
    assert once(portal).reasons == ()


def test_a_folder_in_which_a_build_died_over_its_first_list_is_as_good_as_empty(portal: Path) -> None:
    before = tree(portal / "build")
    shutil.rmtree(portal / "build")
    (portal / "build").mkdir()
    (portal / "build/..gxsite-output.77.tmp").write_bytes(b"half")
    assert not once(portal).stopped
    assert tree(portal / "build") == before


def test_a_file_that_the_system_takes_in_pieces_is_whole(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr("gxsite.engine.output.os.write", lambda file, data: write(file, data[:1000]))
    before = tree(portal / "build")
    assert build(portal, portal / "other", jobs=1).changed
    monkeypatch.undo()
    assert tree(portal / "other") == before


def test_another_version_of_the_program_makes_everything_again(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gxsite.engine.build.code_version", lambda: b"another")
    result = once(portal)
    assert result.note == "version"
    assert {reason.cause for reason in result.reasons} == {"new"}
    assert result.changed == ()


def test_a_portal_whose_state_cannot_be_written_is_built_all_the_same(portal: Path) -> None:
    shutil.rmtree(portal / ".gxsite")
    (portal / ".gxsite").write_bytes(b"")
    before = tree(portal / "build")
    assert once(portal).changed == ()
    assert tree(portal / "build") == before


def test_the_state_can_lie_elsewhere(portal: Path, tmp_path: Path) -> None:
    shutil.rmtree(portal / ".gxsite")
    build(portal, jobs=1, cache=tmp_path / "cache")
    assert (tmp_path / "cache" / "state.db").is_file()
    assert not (portal / ".gxsite").exists()


def test_two_outputs_of_one_project(portal: Path, tmp_path: Path) -> None:
    first = tree(portal / "build")
    for _ in range(2):
        assert not build(portal, tmp_path / "other", jobs=1).stopped
        assert not once(portal).stopped
    assert tree(tmp_path / "other") == tree(portal / "build") == first


def test_processes_make_the_same_bytes(portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gxsite.engine.steps.WORTH_A_FORK", 2)
    monkeypatch.setattr("gxsite.engine.sources.WORTH_A_FORK", 2)
    result = build(portal, tmp_path / "other", jobs=3, cache=tmp_path / "cache")
    assert len(result.changed) == result.made
    assert tree(tmp_path / "other") == tree(portal / "build")


def test_a_large_portal_leads_to_agencies_and_they_to_their_reports(
    portal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gxsite.site.portal.MANY_AGENCIES", 1)
    assert not build(portal, portal.parent / "other", jobs=1).stopped
    home, sitemap = (
        (portal.parent / "other" / page).read_text("utf-8") for page in ("index.html", "sitemap/index.html")
    )
    assert "2015—2016年度，2 份" in home
    assert 'href="hecheng/2015/' not in home.partition('id="newest"')[0]
    assert 'href="../hecheng/index.html"' in sitemap
    assert "hecheng/2015/" not in sitemap


def test_a_notice_reaches_the_lists_that_show_it(portal: Path) -> None:
    change(portal / "content/hecheng-edu/2016.md", "table:\n", "withdrawn: {date: 2017-05-01, reason: 有误}\ntable:\n")
    made = reasons(once(portal))
    assert made["hecheng-edu/index.html"] == made["years/2016/index.html"] == "summary:hecheng-edu/2016"
    assert "index.html" in made
    assert "2017-05-01" in (portal / "build/index.html").read_text("utf-8")
    for page in ("index.html", "hecheng-edu/index.html", "years/2016/index.html"):
        assert "撤回" in (portal / "build" / page).read_text("utf-8"), page


def test_what_stands_in_for_a_broken_report_is_marked_in_lists(portal: Path) -> None:
    config = portal / "gxsite.yaml"
    config.write_text(config.read_text("utf-8") + "on_error: quarantine\n", "utf-8")
    assert not once(portal).held
    assert "正在核对" not in (portal / "build/hecheng/index.html").read_text("utf-8")
    change(portal / "content/hecheng/2015.md", "table:\n", "no_such_key: 1\ntable:\n")
    result = once(portal)
    assert result.held
    assert reasons(result)["hecheng/index.html"] == "summary:hecheng/2015"
    for page in ("hecheng/index.html", "years/2015/index.html"):
        assert "正在核对" in (portal / "build" / page).read_text("utf-8"), page


def test_predecessors_and_successors_name_each_other(portal: Path) -> None:
    edu = portal / "content/hecheng-edu/agency.yaml"
    edu.write_text(edu.read_text("utf-8") + "predecessors: [{id: hecheng, until: 2015}]\n", "utf-8")
    made = reasons(once(portal))
    assert made["hecheng/index.html"] == "agencies"
    assert "由<a" in (portal / "build/hecheng/index.html").read_text("utf-8")
    change(portal / "content/hecheng/agency.yaml", "name: 河城市人民政府（示例）", "name: 河城市政府")
    made = reasons(once(portal))
    assert "hecheng-edu/index.html" in made
    assert "前身<a" in (portal / "build/hecheng-edu/index.html").read_text("utf-8")
    change(portal / "content/hecheng-edu/agency.yaml", "name: ", "name: 新")
    assert "hecheng/index.html" in reasons(once(portal))
    assert same_as_from_nothing(portal)


def test_a_crosswalk_joins_what_stood_apart(portal: Path) -> None:
    """Two years on two forms: two tables; joined by a crosswalk of the portal's own: one."""
    form = portal / "content/forms/hecheng-2015.yaml"
    text = form.read_text("utf-8")
    assert "headlines:" not in text
    later = text.replace("id: hecheng-2015", "id: hecheng-2016").replace("from: 2015, to: 2016", "from: 2016, to: 2016")
    form.write_text(text.replace("from: 2015, to: 2016", "from: 2015, to: 2015"), "utf-8")
    form.with_name("hecheng-2016.yaml").write_text(later, "utf-8")
    for report in portal.glob("content/*/2016.md"):
        change(report, "form: hecheng-2015", "form: hecheng-2016")
    assert not once(portal).stopped
    page = portal / "build/hecheng/index.html"
    assert page.read_text("utf-8").count("<tbody>") == 2
    same = "same:\n  - {older: hecheng-2015, newer: hecheng-2016, tables: [disclosure, requests]}\n"
    (portal / "content/forms/crosswalk.yaml").write_text(same, "utf-8")
    assert "hecheng/index.html" in reasons(once(portal))
    assert page.read_text("utf-8").count("<tbody>") == 1


def same_as_from_nothing(portal: Path) -> bool:
    other = portal.parent / "from-nothing"
    assert not build(portal, other, jobs=1, cache=portal.parent / "no-cache").stopped
    return tree(other) == tree(portal / "build")


# -- builds that die, and builds at the same time -----------------------------------------------------------------

FORM = """\
id: staff
family: staff
years: {from: 2014, to: 2018}
title: 工作人员情况表
tables:
  - rows:
      - {id: total, label: 工作人员数, unit: 人}
      - {id: full_time, label: 专职, unit: 人}
      - {id: part_time, label: 兼职, unit: 人}
relations:
  - {id: sum, rule: total = full_time + part_time, because: 专职与兼职之和等于工作人员数}
"""
STAFF = """\
---
title: 年度报告
form: staff
published: 2018-01-10
signed: 2018-01-05
table:
  total: 3
  full_time: 2
  part_time: 1
---
"""


def old(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))


def test_a_form_edit_is_not_forgotten_with_the_build_that_died_of_it(
    portal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old(portal / "content/forms/staff.yaml", FORM)
    old(portal / "content/hecheng/2017.md", STAFF)
    assert not once(portal).stopped

    def die(_: object) -> None:
        raise KeyboardInterrupt

    change(portal / "content/forms/staff.yaml", "total = full_time + part_time", "total = full_time")
    with monkeypatch.context() as patch:
        patch.setattr("gxsite.engine.sources.Sources.keep", die)
        with pytest.raises(KeyboardInterrupt):
            once(portal)
    assert [d.code for d in once(portal).findings if d.code == "GX301"] == ["GX301"]


def test_what_was_read_by_a_build_that_died_is_not_in_the_way_of_what_was_known(
    portal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_: object) -> None:
        raise KeyboardInterrupt

    report = portal / "content/hecheng/2015.md"
    change(report, "title: ", "title: 新")
    with monkeypatch.context() as patch:
        patch.setattr("gxsite.engine.sources.Sources.keep", die)
        with pytest.raises(KeyboardInterrupt):
            once(portal)
    change(report, "title: 新", "title: ")
    change(portal / "gxsite.yaml", "name: ", "name: 新")
    assert "hecheng/2015/index.html" in once(portal).changed


def test_files_are_counted_anew_when_the_output_is_gone(portal: Path) -> None:
    made = once(portal).made
    for _ in range(2):
        shutil.rmtree(portal / "build")
        assert once(portal).made == made
    assert once(portal).made == made


def test_a_theme_behind_a_link_is_seen(portal: Path) -> None:
    shutil.copytree(ROOT / "themes/default", portal / "elsewhere/river")
    (portal / "themes").mkdir()
    (portal / "themes/river").symlink_to(portal / "elsewhere/river")
    config = portal / "gxsite.yaml"
    config.write_text(config.read_text("utf-8") + "theme: river\n", "utf-8")
    os.utime(config, (1_600_000_000, 1_600_000_000))
    assert not once(portal).stopped
    change(portal / "elsewhere/river/templates/404.html", "{% block main %}", "{% block main %}<p>新</p>")
    assert once(portal).changed == ("404.html",)


def test_last_good_versions_outlive_a_broken_seal(
    portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = portal / "gxsite.yaml"
    config.write_text(config.read_text("utf-8") + "on_error: quarantine\n", "utf-8")
    assert not once(portal).stopped
    page = (portal / "build/hecheng/2015/index.html").read_text("utf-8")
    report = portal / "content/hecheng/2015.md"
    report.write_text(report.read_text("utf-8").replace("form: ", "form: x", 1), "utf-8")
    assert once(portal).held == ("content/hecheng/2015.md",)
    held = (portal / "build/hecheng/2015/index.html").read_text("utf-8")
    assert held != page
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    result = once(portal)
    assert (result.note, result.held, result.removed) == ("damaged", ("content/hecheng/2015.md",), ())
    assert (portal / "build/hecheng/2015/index.html").read_text("utf-8") == held
    assert differences(portal, portal / "build", portal / ".gxsite", ()) == []


def test_a_second_build_waits_for_the_first(portal: Path) -> None:
    command = [sys.executable, "-m", "gxsite", "-C", str(portal), "--lang", "en", "build"]
    with held(portal / "build", lambda: None):
        second = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert second.stderr
        assert second.stderr.readline() == "Waiting for another gxsite.\n"
        assert second.poll() is None
    assert second.wait(60) == 0
    second.communicate()


def test_a_build_that_stops_halfway_says_so(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = portal / "gxsite.yaml"
    config.write_text(config.read_text("utf-8").replace("name: ", "name: 新", 1), "utf-8")
    real = Output._move
    moves: list[str] = []

    def move(self: Output, path: str) -> None:
        if len(moves) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        moves.append(path)
        real(self, path)

    with monkeypatch.context() as patch:
        patch.setattr(Output, "_move", move)
        result = once(portal)
    assert result.stopped
    assert list(result.changed) == moves
    again = once(portal)
    assert not again.stopped
    assert not differences(portal, portal / "build", portal / ".gxsite", ())


def test_the_work_of_a_killed_worker_is_done_all_the_same(
    portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system kills a process when memory runs out."""
    real, parent = Maker.make, os.getpid()

    def make(self: Maker, target: Target) -> bytes:
        if os.getpid() != parent and target.kind == "report":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, target)

    monkeypatch.setattr(Maker, "make", make)
    monkeypatch.setattr("gxsite.engine.steps.WORTH_A_FORK", 2)
    assert not build(portal, tmp_path / "other", jobs=2, cache=tmp_path / "cache").stopped
    assert tree(tmp_path / "other") == tree(portal / "build")
