"""One cause, one finding: mistakes that might easily be told twice."""

from pathlib import Path

import pytest

from gxsite.engine.build import check
from tests.checks.test_codes import project

REPORT, AGENCY, CONFIG = "content/hecheng/2018.md", "content/hecheng/agency.yaml", "gxsite.yaml"


def doubled(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=reason)


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        pytest.param(REPORT, "2019-03-20", "2019年3月20日", "GX401", id="a bad date is not a missing one"),
        pytest.param(REPORT, "form: hecheng-2010", "form: hecheng-2001", "GX211", id="unknown form"),
        pytest.param(REPORT, "signed: 2019", "signed：2019", "GX104", id="a line that was mended is read as meant"),
        pytest.param(REPORT, "counter: 3", "counter: 三", "GX207", id="what cannot be read breaks no sum"),
        pytest.param(REPORT, "[2, 1, 3]", "[2, 1]", "GX206", id="nor does a list of the wrong length"),
        pytest.param(REPORT, "title: 河城县", "title: 河城县: ", "GX102", id="a line set aside is not a missing key"),
        pytest.param(AGENCY, "name: 河城县", "name: @河城县", "GX102", id="nor is that of an agency"),
        pytest.param(
            REPORT,
            "title: 河城县",
            "titel: 河城县",
            "GX201",
            id="a misspelt key is not a missing one",
        ),
        pytest.param(
            REPORT,
            "received.total: 12",
            "received.totl: 12",
            "GX204",
            id="a misspelt row is not a blank one",
        ),
        pytest.param(
            CONFIG,
            "base: https://",
            "base: ",
            "GX203",
            id="a bad address is not a missing one",
        ),
        pytest.param(
            REPORT,
            "  disclosure.total: 120",
            "  section:disclosure: 无",
            "GX215",
            id="a figure under 无 breaks no sum",
        ),
        pytest.param(
            REPORT,
            "  fee.total: 0",
            "　　fee.total: 0",
            "GX111",
            id="a wide indent spoils its own line only",
            marks=doubled("base/yaml.py: the line ends the table, so those after it seem wrongly indented"),
        ),
        pytest.param(
            REPORT,
            "published: 2019-03-20",
            "published: 2018-03-20",
            "GX406",
            id="published in the wrong year",
        ),
    ],
)
def test_one_cause_has_one_finding(tmp_path: Path, path: str, old: str, new: str, code: str) -> None:
    root = project("", "ok", tmp_path / "p")
    text = (root / path).read_text("utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), "utf-8")
    assert {d.code for d in check(root)[1].diagnostics} == {code}


@pytest.mark.parametrize("path", [REPORT, AGENCY, "content/hecheng/documents/guide.md", "content/pages/help.md"])
@pytest.mark.parametrize("harm", ["gbk", "link"])
def test_a_file_that_cannot_be_read_is_one_finding(tmp_path: Path, path: str, harm: str) -> None:
    """No link to it is called dead, no agency missing, no attachment left over."""
    root = project("", "ok", tmp_path / "p")
    attachment = root / "content/hecheng/2018/明细.csv"
    attachment.parent.mkdir()
    attachment.write_text("项目\n", "utf-8")
    page = root / "content/pages/more.md"
    links = "".join(f"[见](../{name.removeprefix('content/')})\n" for name in (REPORT, AGENCY))
    page.write_text(f"---\ntitle: 更多\n---\n{links}[帮助](help.md) [指南](../hecheng/documents/guide.md)\n", "utf-8")
    file = root / path
    if harm == "gbk":
        file.write_bytes(file.read_text("utf-8").encode("gbk"))
    else:
        file.unlink()
        file.symlink_to(tmp_path / "nowhere.md")
    assert [d.code for d in check(root)[1].diagnostics] == ["GX101" if harm == "gbk" else "GX817"]
