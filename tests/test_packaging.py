"""The wheel and the editable install hold everything, and work in a folder that knows nothing of this checkout.

No network: the built wheel goes into an empty environment, and only the distributions that it declares, and those
that they declare in turn, are linked in beside it. A dependency that is used and not declared is therefore missing.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.needs import ROOT


def clean_environment() -> dict[str, str]:
    """The environment without what could show this checkout or the user's own packages to a foreign Python."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GXSITE_", "VIRTUAL"))}
    return kept | {"PYTHONNOUSERSITE": "1", "LC_ALL": "C.UTF-8"}


def run(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        args, check=False, cwd=cwd, env=clean_environment(), capture_output=True, encoding="utf-8", timeout=120
    )


def succeed(*args: str | Path, cwd: Path) -> str:
    done = run(*args, cwd=cwd)
    assert done.returncode == 0, f"{args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(hook: str, source: Path, target: Path) -> Path:
    """What pip would build of `source` by the PEP 517 or 660 `hook`, put into the new folder `target`."""
    target.mkdir()
    succeed(sys.executable, "-c", f"import hatchling.build as b; b.{hook}({str(target)!r})", cwd=source)
    (made,) = target.iterdir()
    return made


def files_of(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def files_under(folder: Path, *, as_if: str) -> set[str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"{as_if}/{path.relative_to(folder).as_posix()}" for path in paths}


def requirements_of(wheel: Path) -> list[str]:
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        text = archive.read(name).decode()
    head = text.split("\n\n", 1)[0]
    return [line.removeprefix("Requires-Dist: ") for line in head.splitlines() if line.startswith("Requires-Dist: ")]


def closure(requirements: Iterable[str]) -> dict[str, metadata.Distribution]:
    """The installed distributions that `requirements` name, directly or through one another, without extras."""
    found: dict[str, metadata.Distribution] = {}
    waiting = list(requirements)
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found[name] = metadata.distribution(name)
        waiting.extend(found[name].requires or ())
    return found


def link(distribution: metadata.Distribution, site_packages: Path) -> None:
    """Links the modules and metadata of an installed distribution into another environment."""
    tops = {path.parts[0] for path in distribution.files or ()} - {"..", "__pycache__"}
    assert tops, f"{distribution.name} lists no files"
    for top in tops:
        (site_packages / top).symlink_to(Path(str(distribution.locate_file(top))).resolve())


def install(wheel: Path, folder: Path) -> Path:
    """A new environment in `folder` with `wheel` and what it declares; returns its folder of programs."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    succeed(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    site_packages = Path(succeed(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=folder).strip())
    for distribution in closure(requirements_of(wheel)).values():
        link(distribution, site_packages)
    return python.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("build_wheel", ROOT, tmp_path_factory.mktemp("wheel") / "made")


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("build_editable", ROOT, tmp_path_factory.mktemp("editable") / "made")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(wheel, tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def developing(editable: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(editable, tmp_path_factory.mktemp("developing"))


def new_portal(programs: Path, foreign: Path) -> Path:
    succeed(programs / "gxsite", "new", "site", "demo", cwd=foreign)
    return foreign / "demo"


def package_folder(programs: Path, cwd: Path) -> Path:
    code = "import gxsite, pathlib; print(pathlib.Path(gxsite.__file__).resolve().parent)"
    return Path(succeed(programs / "python", "-c", code, cwd=cwd).strip())


def test_wheel_holds_the_package_and_the_themes_and_nothing_else(wheel: Path) -> None:
    package = files_under(ROOT / "gxsite", as_if="gxsite")
    themes = files_under(ROOT / "themes", as_if="gxsite/_themes")
    assert files_of(wheel) == package | themes
    known = {"gxsite/forms/cn-2014.yaml", *(f"gxsite/_themes/{name}/theme.yaml" for name in ("default", "qinghua"))}
    assert known <= files_of(wheel)


def test_editable_install_holds_no_copy(editable: Path) -> None:
    assert files_of(editable) == {"_gxsite.pth"}


def test_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(build("build_sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    rebuilt = build("build_wheel", source, tmp_path / "rebuilt")
    assert rebuilt.name == wheel.name
    assert files_of(rebuilt) == files_of(wheel)


def test_version_has_one_source(wheel: Path, installed: Path, tmp_path: Path) -> None:
    version = succeed(installed / "python", "-c", "import gxsite; print(gxsite.__version__)", cwd=tmp_path).strip()
    assert wheel.name == f"gxsite-{version}-py3-none-any.whl"


def test_wheel_builds_a_portal_in_a_foreign_folder(installed: Path, tmp_path: Path) -> None:
    package = package_folder(installed, tmp_path)
    assert package.is_relative_to(installed.parent.resolve())
    demo = new_portal(installed, tmp_path)
    succeed(installed / "gxsite", "build", cwd=demo)
    assert (demo / "build/index.html").is_file()
    with (demo / "gxsite.yaml").open("a", encoding="utf-8") as config:
        config.write("theme: qinghua\n")
    succeed(installed / "gxsite", "build", cwd=demo)
    assert list((demo / "build/assets").glob("qinghua.*.css"))


def test_editable_install_builds_a_portal_in_a_foreign_folder(developing: Path, tmp_path: Path) -> None:
    assert package_folder(developing, tmp_path) == ROOT / "gxsite"
    demo = new_portal(developing, tmp_path)
    succeed(developing / "gxsite", "build", cwd=demo)
    assert (demo / "build/index.html").is_file()


def test_the_theme_came_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """Without the wheel's theme there is none: the build says so and writes nothing."""
    demo = new_portal(installed, tmp_path)
    themes = package_folder(installed, tmp_path) / "_themes"
    themes.rename(tmp_path / "themes-away")
    try:
        done = run(installed / "gxsite", "build", cwd=demo)
    finally:
        shutil.move(tmp_path / "themes-away", themes)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert not (demo / "build/index.html").exists()
