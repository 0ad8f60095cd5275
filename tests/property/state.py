"""What has to be known of the state's file: that it is an SQLite database, and one table of it is no cache.

The last good versions of sources that are held back are kept there; without them a clean build would publish less.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

FOLDER = ".gxsite"
NAME = "state.db"
GOOD = "good"
HEAD = b"SQLite format 3"


def files_of(root: Path) -> list[Path]:
    """The files of a project's state."""
    return sorted(place for place in (root / FOLDER).rglob("*") if place.is_file())


def carry_good(source: Path, target: Path) -> None:
    """Give one project the last good versions that another one keeps, if its state can be read."""
    with tempfile.TemporaryDirectory() as name:
        if not (source / FOLDER).is_dir():
            return
        copy = shutil.copytree(source / FOLDER, Path(name) / FOLDER)  # to open it may change it
        try:
            with closing(sqlite3.connect(copy / NAME)) as state:
                made = state.execute("select sql from sqlite_master where name = ?", (GOOD,)).fetchone()
                rows = state.execute(f"select * from {GOOD}").fetchall() if made else []
        except sqlite3.Error:
            return
    if not rows:
        return
    (target / FOLDER).mkdir()
    with closing(sqlite3.connect(target / FOLDER / NAME)) as state:
        state.execute(made[0])
        state.executemany(f"insert into {GOOD} values ({', '.join('?' * len(rows[0]))})", rows)
        state.commit()


def forget_all_but_good(root: Path) -> None:
    """Take everything out of a state but the last good versions."""
    if not (root / FOLDER).is_dir():
        return
    with tempfile.TemporaryDirectory() as name:
        carry_good(root, Path(name))
        shutil.rmtree(root / FOLDER)
        if (Path(name) / FOLDER).is_dir():
            shutil.copytree(Path(name) / FOLDER, root / FOLDER)
