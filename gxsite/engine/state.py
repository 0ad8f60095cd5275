"""What earlier runs knew, in one file that may be deleted at any time: read sources, converted bodies, written files.

Everything in it is keyed by content, so a stale entry is never used, only not found. A file that is damaged, or that
another version of gxsite wrote, is put aside: the next run does all the work, and says so.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gxsite.engine.left import Left, Record, left, records_of

if TYPE_CHECKING:
    import tempfile

    from gxsite.model.summary import Plain

NAME = "state.db"
SEAL = 8
WAIT = 60.0  # seconds for another process that writes
_TABLES = """
create table if not exists meta (name text primary key, value blob) without rowid;
create table if not exists source (folder text primary key, said blob);
create table if not exists whole (path text primary key, digest blob, details blob, value blob);
create table if not exists body (path text primary key, key blob, html blob);
create table if not exists made (folder text primary key, files blob, inputs blob);
create table if not exists page (path text primary key, leads blob);
create table if not exists fault (path text primary key, faults blob);
create table if not exists good (path text primary key, digest blob, data blob);
"""


class Source(NamedTuple):
    """A source as it was read: where and how large it lay on the disk, and what is asked of all in every build.

    ``time`` is -1 where the file was so young that its stat proves nothing. ``digest`` is that of its bytes,
    ``context`` that of all else that its reading depends on; ``kind`` is the file's role; ``form`` and ``told`` are
    those of a report's entry; it is ``noted`` that something was found or judged.
    """

    path: str
    size: int
    time: int
    digest: bytes
    context: bytes
    kind: str = ""
    form: str = ""
    told: bytes = b""
    noted: bool = False

    @property
    def basis(self) -> bytes:
        """What all that became of it rests on."""
        return self.digest + self.context


class Said(NamedTuple):
    """What became of a source: looked into only where somebody needs it.

    ``basis`` is that of the source; ``value`` is the plain summary of a report, or packed; ``found`` is packed;
    ``asked`` is what the relations to other reports depended on, ``judged`` (packed) what they showed.
    """

    basis: bytes
    value: Plain | bytes
    found: bytes = b""
    asked: bytes = b""
    judged: bytes = b""


class Leads(NamedTuple):
    """A page that was written, and where it leads: files of the output, one on each line, and (path, id) of anchors."""

    unit: str
    language: str
    files: str
    anchors: tuple[tuple[str, str], ...]


class Faulty(NamedTuple):
    """A page that was written, and what is wrong with it: (kind, what, id)."""

    unit: str
    language: str
    faults: tuple[tuple[str, str, str], ...]


class Links(NamedTuple):
    """What a build found out about links: where the ``pages`` lead that it made, which are ``gone``, all faulty ones.

    ``anchored`` are the pages in which others name an anchor, and perhaps some more.
    """

    pages: Mapping[str, Leads] = {}
    gone: Set[str] = frozenset()
    faulty: Mapping[str, Faulty] = {}
    anchored: Set[str] = frozenset()


class DamagedError(Exception):
    """Something in the state is not as it was written, or not by this user."""


def _folder_of(unit: str) -> str:
    """The folder of the output that a unit belongs to, as far as its name tells; "" for those that stand alone.

    What is known of a folder's units lies in one piece: a build asks for all, and an edit touches few folders.
    """
    return unit.partition(":")[2].partition("/")[0]


def _by_folder(units: Iterable[str]) -> dict[str, dict[str, None]]:
    """Units by the folder that they belong to, in their order."""
    found: dict[str, dict[str, None]] = {}
    for unit in units:
        found.setdefault(_folder_of(unit), {})[unit] = None
    return found


class State:
    """The state of one project. In a folder that cannot be written to it lives in a temporary one.

    Whatever is unpacked from it bears a seal made with the ``secret``; a broken one is a :class:`DamagedError`.
    """

    def __init__(self, folder: Path, version: bytes, secret: bytes) -> None:
        self.file = folder / NAME
        self._secret = secret
        self._version = version
        self.note = ""
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._connections: dict[int, sqlite3.Connection] = {}
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._open(version)
        except (sqlite3.Error, OSError, DamagedError) as error:
            self.start_anew(error)

    def start_anew(self, error: Exception) -> None:
        """Go on without what is remembered, because of an error.

        A broken seal leaves the last good versions, which bear none because they are never unpacked. A file that is no
        database any more is removed; one that is there and cannot be used, locked or on a full disk, is left alone.
        """
        self.close()
        try:
            if isinstance(error, sqlite3.OperationalError | OSError):
                raise error
            if not isinstance(error, DamagedError):
                self.file.unlink(missing_ok=True)
            self._clear()
            self.note = "damaged"
        except (sqlite3.Error, OSError):
            self.close()
            import tempfile

            self._temporary = tempfile.TemporaryDirectory(prefix="gxsite-")
            self.file = Path(self._temporary.name) / NAME
            self._clear()
            self.note = "unwritable"

    def _sealed(self, data: bytes) -> bytes:
        """Data behind its seal."""
        return blake2b(data, key=self._secret, digest_size=SEAL).digest() + data

    def _packed(self, value: Any) -> bytes:
        """A plain value packed and sealed."""
        return self._sealed(marshal.dumps(value, 2))

    def _unsealed(self, sealed: bytes) -> bytes:
        """Data that this user has sealed."""
        return bytes(self._checked(sealed))

    def _unpacked(self, sealed: bytes) -> Any:
        """The value that this user has packed and sealed."""
        return marshal.loads(self._checked(sealed))

    def _checked(self, sealed: bytes) -> memoryview:
        """What lies behind an unbroken seal, not copied."""
        data = memoryview(sealed)[SEAL:]
        if sealed[:SEAL] != blake2b(data, key=self._secret, digest_size=SEAL).digest():
            raise DamagedError
        return data

    def _open(self, version: bytes) -> None:
        is_new = not self.file.exists()
        connection = self._connect()
        known = None if is_new else self._meta(connection, "version")
        if known != version:
            if not is_new:
                self.note = "version"
            self._clear()

    def _clear(self) -> None:
        """Forget all but the last good versions, which are sources."""
        connection = self._connect()
        for table in ("meta", "source", "whole", "body", "made", "page", "fault"):
            connection.execute(f"drop table if exists {table}")
        connection.executescript(_TABLES)
        connection.commit()
        self.set_meta({"version": self._version})

    def _connect(self) -> sqlite3.Connection:
        """The connection of this process: a forked one must not use that of its parent."""
        connection = self._connections.get(os.getpid())
        if connection is None:
            connection = sqlite3.connect(self.file, timeout=WAIT, check_same_thread=False)
            connection.execute("pragma synchronous = off")  # the file may be lost; it must not be slow
            self._connections[os.getpid()] = connection
        return connection

    def close(self) -> None:
        """Let go of the file."""
        connection = self._connections.pop(os.getpid(), None)
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    # -- single values -------------------------------------------------------------------------------------------------

    def _meta(self, connection: sqlite3.Connection, name: str) -> bytes | None:
        try:
            row = connection.execute("select value from meta where name = ?", (name,)).fetchone()
        except sqlite3.OperationalError:  # another program's tables
            return None
        return self._unsealed(row[0]) if row else None

    def meta(self, name: str) -> bytes | None:
        """A value by name."""
        return self._meta(self._connect(), name)

    def set_meta(self, values: Mapping[str, bytes]) -> None:
        """Keep some values."""
        with self._connect() as connection:
            rows = [(name, self._sealed(value)) for name, value in values.items()]
            connection.executemany("replace into meta values (?, ?)", rows)

    # -- sources -------------------------------------------------------------------------------------------------------

    def sources(self) -> dict[str, Source]:
        """All sources as they were read last, by path; they lie in one piece, in columns."""
        packed = self.meta("sources")
        columns = marshal.loads(packed) if packed else ()
        return dict(zip(columns[0], map(Source._make, zip(*columns, strict=True)), strict=True)) if columns else {}

    def said(self, folders: Iterable[str] | None = None) -> dict[str, Said]:
        """What became of the sources in some folders below ``content``, by path; of all sources without ``folders``."""
        read = self._connect().execute
        if folders is None:
            rows = read("select said from source").fetchall()
        else:
            rows = [row for f in folders for row in read("select said from source where folder = ?", (f,))]
        return {path: Said._make(fields) for (sealed,) in rows for path, fields in self._unpacked(sealed).items()}

    def keep_sources(
        self, sources: Iterable[Source], folders: Mapping[str, Mapping[str, Said]], gone: Iterable[str] = ()
    ) -> None:
        """Remember all sources, what became of those in some folders, and forget files that are gone."""
        with self._connect() as connection:
            columns = self._packed(tuple(zip(*sources, strict=True)))
            connection.execute("replace into meta values ('sources', ?)", (columns,))
            connection.executemany("delete from source where folder = ?", [(folder,) for folder in folders])
            for folder, said in folders.items():
                if said:
                    row = self._packed({path: tuple(fields) for path, fields in said.items()})
                    connection.execute("insert into source values (?, ?)", (folder, row))
            for table in ("whole", "body"):
                connection.executemany(f"delete from {table} where path = ?", [(path,) for path in gone])

    def keep_wholes(self, rows: Iterable[tuple[str, bytes, bytes, bytes]]) -> None:
        """Remember reports, as soon as something else is kept: path, digest, packed details, packed report.

        Without the sources that say what they were read from they would be of no use, and in the way of older ones.
        """
        sealed = ((path, digest, self._sealed(details), self._sealed(report)) for path, digest, details, report in rows)
        self._connect().executemany("replace into whole values (?, ?, ?, ?)", sealed)

    def details(self, path: str, digest: bytes) -> bytes | None:
        """The packed details of a summary, if its report was read from what ``digest`` is the digest of."""
        return self._of_whole("select details from whole where path = ? and digest = ?", path, digest)

    def whole(self, path: str, digest: bytes) -> bytes | None:
        """A packed report, if it was read from what ``digest`` is the digest of."""
        return self._of_whole("select value from whole where path = ? and digest = ?", path, digest)

    def _of_whole(self, query: str, path: str, digest: bytes) -> bytes | None:
        row = self._connect().execute(query, (path, digest)).fetchone()
        return self._unsealed(row[0]) if row else None

    # -- bodies --------------------------------------------------------------------------------------------------------

    def has_bodies(self) -> bool:
        """Whether any body is remembered."""
        return self._connect().execute("select 1 from body limit 1").fetchone() is not None

    def body(self, path: str, key: bytes) -> bytes | None:
        """A packed body, if it was made from what ``key`` is the digest of."""
        row = self._connect().execute("select html from body where path = ? and key = ?", (path, key)).fetchone()
        return self._unsealed(row[0]) if row else None

    def keep_bodies(self, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Remember bodies: path, key, packed HTML."""
        with self._connect() as connection:
            sealed = ((path, key, self._sealed(html)) for path, key, html in rows)
            connection.executemany("replace into body values (?, ?, ?)", sealed)

    # -- what was written ----------------------------------------------------------------------------------------------

    def bases(self) -> dict[str, bytes]:
        """What each unit rested on when it was made."""
        packed = self.meta("bases")
        bases: dict[str, bytes] = marshal.loads(packed) if packed else {}
        return bases

    def records(self, units: Iterable[str]) -> dict[str, tuple[Record, ...]]:
        """The records of those of some units that have any."""
        found: dict[str, tuple[Record, ...]] = {}
        for folder, own in _by_folder(units).items():
            found.update(self._made_in(folder, own, among=True))
        return found

    def _made_in(self, folder: str, units: Container[str], *, among: bool) -> dict[str, tuple[Record, ...]]:
        """What was written of those units of a folder that are, or are not, among some."""
        row = self._connect().execute("select files, inputs from made where folder = ?", (folder,)).fetchone()
        return records_of(Left._make(self._unpacked(row[0])), self._unpacked(row[1]), units, among=among) if row else {}

    def files(self) -> Sequence[Callable[[], Left]]:
        """All files as they were left, those of each folder together, each to be unpacked by who needs it."""
        rows = self._connect().execute("select files from made order by folder").fetchall()  # and let writers go on
        return [partial(self._left, sealed) for (sealed,) in rows]

    def _left(self, sealed: bytes) -> Left:
        return Left._make(self._unpacked(sealed))

    def units_of(self, paths: Set[str]) -> frozenset[str]:
        """The units that some files belong to."""
        found: set[str] = set()
        for folder in self.files():
            files = folder()
            own = files.paths
            if not paths.isdisjoint(own):
                found.update(unit for unit, places in files.of_units() if any(own[at] in paths for at in places))
        return frozenset(found)

    def keep_made(
        self, units: Mapping[str, Sequence[Record]], bases: Mapping[str, bytes], gone: Iterable[str], links: Links
    ) -> None:
        """Remember what was written of some units and where it leads, what all rest on; forget what is gone."""
        with self._connect() as connection:
            for folder, own in _by_folder((*units, *gone)).items():
                made = self._made_in(folder, own, among=False)
                made.update((unit, tuple(units[unit])) for unit in own if unit in units)
                inputs = [record.inputs for records in made.values() for record in records]
                row = (folder, self._packed(tuple(left(made))), self._packed(inputs))
                connection.execute("replace into made values (?, ?, ?)", row)
            connection.execute("replace into meta values ('bases', ?)", (self._packed(bases),))
            self._keep_links(connection, links)

    def _keep_links(self, connection: sqlite3.Connection, links: Links) -> None:
        connection.executemany("delete from page where path = ?", [(path,) for path in links.gone])
        leads = ((path, self._packed(tuple(page))) for path, page in links.pages.items())
        connection.executemany("replace into page values (?, ?)", leads)
        if links.faulty != self.faulty():
            connection.execute("delete from fault")
            faults = ((path, self._packed(tuple(page))) for path, page in links.faulty.items())
            connection.executemany("insert into fault values (?, ?)", faults)
        if links.anchored != self.anchored():
            anchored = self._sealed("\n".join(sorted(links.anchored)).encode())
            connection.execute("replace into meta values ('anchored', ?)", (anchored,))

    def forget_made(self) -> None:
        """Nothing of what was written is known."""
        with self._connect() as connection:
            for table in ("made", "page", "fault"):
                connection.execute(f"delete from {table}")
            connection.execute("delete from meta where name in ('output', 'list', 'count', 'bases', 'anchored')")

    # -- where it leads ------------------------------------------------------------------------------------------------

    def pages(self) -> Iterator[tuple[str, Leads]]:
        """All pages by path, with where they lead."""
        rows = self._connect().execute("select path, leads from page").fetchall()
        return ((path, Leads._make(self._unpacked(leads))) for path, leads in rows)

    def page(self, path: str) -> Leads | None:
        """Where a page leads."""
        row = self._connect().execute("select leads from page where path = ?", (path,)).fetchone()
        return Leads._make(self._unpacked(row[0])) if row else None

    def faulty(self) -> dict[str, Faulty]:
        """The pages with which something is wrong, by path."""
        rows = self._connect().execute("select path, faults from fault").fetchall()
        return {path: Faulty._make(self._unpacked(faults)) for path, faults in rows}

    def anchored(self) -> frozenset[str]:
        """The pages in which others name an anchor, and perhaps some more."""
        known = self.meta("anchored")
        return frozenset(known.decode().split("\n")) if known else frozenset()

    # -- last good versions --------------------------------------------------------------------------------------------

    def good_rows(self) -> list[tuple[str, bytes, bytes]]:
        """All last good versions: path, digest, bytes."""
        return self._connect().execute("select path, digest, data from good").fetchall()

    def good(self, path: str) -> bytes | None:
        """The last good version of a source."""
        row = self._connect().execute("select data from good where path = ?", (path,)).fetchone()
        return row[0] if row else None

    def good_digests(self) -> dict[str, bytes]:
        """The digests of all last good versions."""
        return dict(self._connect().execute("select path, digest from good").fetchall())

    def keep_good(self, rows: Iterable[tuple[str, bytes, bytes]], gone: Iterable[str] = ()) -> None:
        """Remember good versions: path, digest, bytes."""
        with self._connect() as connection:
            connection.executemany("replace into good values (?, ?, ?)", rows)
            connection.executemany("delete from good where path = ?", [(path,) for path in gone])
