"""Every code of the catalogue: a project that has it, a near miss that has not, and what is printed.

``<CODE>/bad`` and ``<CODE>/ok`` lie over ``_base``, a small portal without any finding; where there is no ``ok``, the
base itself is the near miss. ``expected.txt`` is what a clerk reads, and the same sentences in English.
``python -m tests.checks.test_codes --update [CODE ...]`` writes it anew, to be looked at before it is kept.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

import pytest

from gxsite.base.catalogue import ENTRIES, help_lines, message
from gxsite.base.diagnostic import Diagnostic, ProjectError, phrase
from gxsite.base.printing import text
from gxsite.checks.external import Answer
from gxsite.cli.common import paths_of
from gxsite.engine.build import build, check
from gxsite.engine.external import check_external
from gxsite.engine.load import Project, texts_of
from gxsite.engine.project import find_root

HERE = Path(__file__).parent
CODES = tuple(ENTRIES)

# Found only by a build, because checking does not look at the output folder and makes no pages.
PAGES = ("GX821", "GX822", "GX823", "GX824", "GX825", "GX826", "GX827")
BUILT = ("GX813", "GX818", "GX819", "GX820", *PAGES)

# Found only where other sites are asked; here they answer so, and every other one well.
OUTSIDE = {
    "https://gone.example.com/2018/x.html": Answer("dead", phrase("outside.gone", status=404)),
    "http://moved.example.com/old/": Answer("moved", address="https://moved.example.com/new/"),
    "https://busy.example.com/": Answer("unsure", phrase("outside.slow")),
}

# What else a bad case has to show, and why it is no second finding about one cause.
COMPANIONS = {
    "GX305": ({"GX301"}, "a waiver that has expired waives nothing, so the broken sum is back"),
    "GX308": ({"GX301"}, "a waiver without figures waives nothing, so the broken sum is back"),
    "GX818": ({"GX201", "GX301"}, "a file is held back because of an error"),
}


def _gbk(root: Path) -> None:
    for name in ("2018.md", "agency.yaml"):
        path = root / "content/hecheng" / name
        path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    (root / "content/pages/help.md").write_bytes("---\ntitle: 使用帮助\n---\n".encode("utf-16"))


def _too_large(root: Path) -> None:
    path = root / "content/hecheng/2018.md"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:3], "# 说明\n" * 30_000, *lines[3:]]), "utf-8")
    body = "一二三四五六七八九十\n" * 70_000
    (root / "content/hecheng/documents/long.md").write_text(f"---\ntitle: 长文\n---\n{body}", "utf-8")


def _control_characters(root: Path) -> None:
    path = root / "content/hecheng/2018.md"
    source = path.read_text("utf-8").replace("total: 120", "total: 120\u200b", 1)
    path.write_text(source.replace("全年收到", "全年\u2028收到\u2028\x00", 1), "utf-8")


def _link_to_the_outside(root: Path) -> None:
    outside = root.parent / "outside.md"
    outside.write_text("别处的文件\n", "utf-8")
    (root / "content/hecheng/2017.md").symlink_to(outside)


def _no_portal(root: Path) -> None:
    (root / "gxsite.yaml").unlink()


def _place_taken(root: Path) -> None:
    build(root)
    page = root / "build/hecheng/2018/index.html"
    page.unlink()
    page.mkdir()


def _output_is_a_file(root: Path) -> None:
    (root / "build").write_text("别的东西\n", "utf-8")


# What no text file can hold, or no repository.
MADE: dict[str, Callable[[Path], None]] = {
    "GX101": _gbk,
    "GX109": _too_large,
    "GX110": _control_characters,
    "GX817": _link_to_the_outside,
    "GX819": _place_taken,
    "GX820": _output_is_a_file,
    "GX901": _no_portal,
}


# Found only where a library is not installed.
WITHOUT = {"GX909": "comrak", "GX912": "opencc"}


def project(code: str, kind: str, root: Path) -> Path:
    """The base project with a case laid over it, in a new folder."""
    shutil.copytree(HERE / "_base", root)
    if code == "GX818":
        _published_before(code, root)
    overlay = HERE / code / kind
    if overlay.is_dir():
        shutil.copytree(overlay, root, dirs_exist_ok=True)
    if kind == "bad" and code in MADE:
        MADE[code](root)
    return root


def _published_before(code: str, root: Path) -> None:
    """What is held back now was good when the portal was built before."""
    shutil.copytree(HERE / code / "ok", root, dirs_exist_ok=True)
    assert not build(root).held


def findings(code: str, root: Path) -> tuple[Diagnostic, ...]:
    """Everything that gxsite finds in a project."""
    missing = {WITHOUT[code]: None} if code in WITHOUT else {}
    try:
        root = find_root(root)
        with mock.patch.dict(sys.modules, missing) if missing else nullcontext():
            if code in BUILT:
                return build(root).findings
            project, found = check(root)
            return (*found.diagnostics, *outside(root, project)) if code.startswith("GX83") else found.diagnostics
    except ProjectError as error:
        return error.diagnostics


def outside(root: Path, project: Project) -> tuple[Diagnostic, ...]:
    """What is found of links to other sites, of which none is asked."""

    def ask(links: list[str], *_: object) -> dict[str, Answer]:
        return {link: OUTSIDE.get(link, Answer("fine")) for link in links}

    with mock.patch("gxsite.engine.external.ask_all", ask):
        return check_external(root, project, "test", lambda done, total: None)


def printed(found: tuple[Diagnostic, ...], root: Path) -> str:
    """Findings as a terminal shows them, and their sentences in English."""
    sources = texts_of(root, paths_of(found)) if found else {}
    english = []
    for diagnostic in found:
        assert text.render([diagnostic], sources, "en", color=False)
        assert help_lines(diagnostic, "zh"), f"{diagnostic.code} says no way out"
        english += [message(diagnostic, "en"), *(f"  {line}" for line in help_lines(diagnostic, "en"))]
    shown = text.render(found, sources, "zh", color=False) + "\nEnglish:\n" + "".join(f"{line}\n" for line in english)
    return shown.replace(str(root.resolve()), "/门户")


def update(codes: list[str]) -> None:
    """Write ``expected.txt`` of some codes, or of all."""
    for code in codes or CODES:
        with tempfile.TemporaryDirectory() as folder:
            root = project(code, "bad", Path(folder, "p"))
            found = tuple(d for d in findings(code, root) if d.code == code)
            if not found:
                raise SystemExit(f"{HERE / code / 'bad'}: no finding {code}")
            (HERE / code / "expected.txt").write_text(printed(found, root), "utf-8")


def test_the_base_project_is_clean(tmp_path: Path) -> None:
    root = project("", "ok", tmp_path / "p")
    result = build(root)
    assert result.findings == ()
    assert not result.stopped


def test_every_code_has_its_cases_and_no_case_is_left_over() -> None:
    assert {p.parent.name for p in HERE.glob("*/expected.txt")} == set(CODES)
    assert {p.name for p in HERE.iterdir() if p.is_dir() and p.name.startswith("GX")} == set(CODES)
    assert all((HERE / code / "bad").is_dir() != (code in MADE) for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_bad(code: str, tmp_path: Path) -> None:
    """What is printed, and that one cause has one finding."""
    root = project(code, "bad", tmp_path / "p")
    found = findings(code, root)
    own = tuple(d for d in found if d.code == code)
    assert own
    assert printed(own, root) == (HERE / code / "expected.txt").read_text("utf-8")
    assert {d.code for d in found} == {code} | COMPANIONS.get(code, (set(), ""))[0]
    assert len({(d.place, d.relation, d.facts) for d in found}) == len(found)


@pytest.mark.parametrize("code", CODES)
def test_ok(code: str, tmp_path: Path) -> None:
    found = findings(code, project(code, "ok", tmp_path / "p"))
    assert [d for d in found if d.code == code] == []


if __name__ == "__main__":
    if sys.argv[1:2] != ["--update"]:
        raise SystemExit("python -m tests.checks.test_codes --update [CODE ...]")
    update(sys.argv[2:])
