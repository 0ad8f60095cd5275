"""The sources of a run: those that lie there as they were read last, and those that are read anew."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Place, phrase
from gxsite.engine.files import Found
from gxsite.engine.pool import spread
from gxsite.engine.quick import YOUNG
from gxsite.engine.reading import Job, Read, Reader, blake, unpack
from gxsite.engine.remembered import Details, Remembered, folder_of
from gxsite.engine.state import Said, Source, State
from gxsite.model.agency import Agency
from gxsite.model.reports import Entry, Reports
from gxsite.model.summary import Summary, of_plain
from gxsite.source.collect import Role, bad_name, role_of

# A fork and its way back cost about as much as reading this many files.
WORTH_A_FORK = 60
NEVER = -1  # the time of no file: it is read again next time
_AHEAD = Source("", 0, 0, b"", b"")
Tick = Callable[[int, int], None]
T = TypeVar("T")


class Sources:
    """Sources by path in the order of their names; ``changed`` are the paths of those that are not as they were.

    A file whose size and time are those of its last reading is not looked at: whatever else there is to be known of
    it, down to its meaning in the project, is remembered with it, and looked into where somebody needs it.
    """

    def __init__(self, state: State, files: Sequence[Found], started: int, tick: Tick, processes: int) -> None:
        self.state = state
        self.known = state.sources()
        self.started = started
        self.tick = tick
        self.processes = processes
        self.now: dict[str, Source] = {}
        self.changed: set[str] = set()
        self.found: list[Diagnostic] = []
        get = self.known.get
        maybe: list[Found] = []
        for file in files:
            source = get(file.path)
            if source is None or source.time != file.time or source.size != file.size or file.problem:
                maybe.append(file)
                source = _AHEAD
            self.now[file.path] = source
        self.ahead = [(file, role) for file, role in self._wanted(maybe)]
        wanted = {file.path for file, _ in self.ahead}
        for file in maybe:
            if file.path not in wanted:
                del self.now[file.path]
        self.gone = self.known.keys() - self.now.keys()
        self._done, self._total = 0, len(self.ahead)
        self._details = Details(state)
        self._new: dict[str, Said] = {}  # what was said in this run
        self._remembered = Remembered(state)

    def _wanted(self, files: Iterable[Found]) -> Iterator[tuple[Found, Role]]:
        """The files that have a meaning; those that have none are findings, one for each folder with a bad name."""
        bad_folders: set[str] = set()
        for file in files:
            role = role_of(file.path)
            if role.kind == "form":
                continue
            bad = bad_name(role, file.path) if role.kind != "stray" else None
            if file.problem:
                self.found.append(file.problem)
                if role.kind in ("agency", "report", "document", "page") and not bad:
                    yield file, role
            elif role.kind == "stray":
                problem = role.problem or phrase("file.stray")
                self.found.append(diagnose("GX808", Place(file.path, START), problem=problem))
            elif bad:
                if not role.agency or role.agency not in bad_folders:
                    self.found.append(bad)
                bad_folders.add(role.agency)
            else:
                yield file, role

    def read_agencies(self, reader: Reader) -> None:
        """Read the agencies."""
        self._read(reader, [self._job(file, role, b"") for file, role in self.ahead if role.kind == "agency"])

    def read_others(self, reader: Reader, forms: bytes) -> None:
        """Read all other sources, and again the reports that are as they were but stand in another context."""
        agencies = ((path, source.digest) for path, source in self.now.items() if source.kind == "agency")
        contexts = {path.rpartition("/")[0]: blake(forms + digest) for path, digest in agencies}

        def context(path: str) -> bytes:
            return contexts.get(path.rpartition("/")[0], forms)

        jobs = [
            self._job(file, role, context(file.path) if role.kind == "report" else b"")
            for file, role in self.ahead
            if role.kind != "agency"
        ]
        for path, source in self.now.items():
            if source.kind == "report" and source.context != context(path):
                file = Found(path, None, source.size, source.time)
                jobs.append(self._job(file, role_of(path), context(path)))
        self._total = self._done + len(jobs)
        self._read(reader, jobs)

    def _job(self, file: Found, role: Role, context: bytes) -> Job:
        return Job(file.path, role, file.size, file.time, self.known.get(file.path), context, not file.problem)

    def _read(self, reader: Reader, jobs: Sequence[Job]) -> None:
        """Read some sources; what a chunk says is remembered when it comes in."""
        before = self._done
        if len(jobs) >= WORTH_A_FORK:
            reader.prepare()
        for done, results in spread(reader.read_all, jobs, self.processes, WORTH_A_FORK):
            self._take(results)
            self._done = before + done
            self.tick(self._done, self._total)

    def _take(self, results: list[Read]) -> None:
        wholes = []
        for source, said, details, whole in results:
            is_young = source.time > self.started - YOUNG
            self.now[source.path] = source._replace(time=NEVER) if is_young else source
            self.changed.add(source.path)
            if said:
                self._say(source.path, said)
            if whole:
                wholes.append((source.path, source.digest, details, whole))
                self._details.add(source.path, source.digest, details)
        if wholes:
            self.state.keep_wholes(wholes)

    def _say(self, path: str, said: Said) -> None:
        self._new[path] = said
        self.now[path] = self.now[path]._replace(noted=bool(said.found or said.judged))

    def said(self, path: str) -> Said:
        """What became of a source."""
        return self._new.get(path) or self._remembered.said(self.now[path])

    def _look_into(self, paths: Iterable[str]) -> None:
        """Unpack together what was said of sources that were not read in this run."""
        self._remembered.look_into({folder_of(path) for path in paths if path not in self._new})

    def found_in_files(self) -> Iterator[Diagnostic]:
        """What was found in the files one by one."""
        for path, source in self.now.items():
            if source.noted:
                yield from unpack(self.said(path).found)

    def judged(self, path: str, asked: bytes, judged: bytes) -> None:
        """What the relations of a report to others rest on, and show."""
        self._say(path, self.said(path)._replace(asked=asked, judged=judged))
        self.changed.add(path)

    def touched(self) -> set[str]:
        """The agencies of which any source is not as it was."""
        return {folder_of(path) for path in self.changed | self.gone}

    def keep(self) -> None:
        """Remember what was read, forget what is gone."""
        changed = [path for path in self.changed if self.now[path] != self.known.get(path)]
        if not changed and not self._new and not self.gone:
            return
        folders: dict[str, dict[str, Said]] = {folder_of(path): {} for path in (*self._new, *self.gone)}
        self._remembered.look_into(folders.keys())
        for path in self.now if folders else ():
            if (folder := folder_of(path)) in folders:
                folders[folder][path] = self.said(path)
        self.state.keep_sources(self.now.values(), folders, self.gone)

    def reports(self) -> Reports:
        """All reports."""
        sources = ((path.split("/"), source) for path, source in self.now.items() if source.kind == "report")
        entries = (Entry(p[1], int(p[2][:4]), s.path, s.form, s.digest, s.told) for p, s in sources)
        return Reports(entries, self._summaries)

    def _summaries(self, entries: Sequence[Entry]) -> Iterator[Summary]:
        self._look_into(entry.path for entry in entries)
        fetch = self._details.fetch
        for entry in entries:
            fields = self.said(entry.path).value
            assert isinstance(fields, tuple)
            yield of_plain(fields, partial(fetch, entry.path, entry.digest))

    def agencies(self) -> list[Agency]:
        """All agencies; they are needed in every build, so they lie in one piece too."""
        own = [(path, source.digest) for path, source in self.now.items() if source.kind == "agency"]
        digest = blake(repr(own).encode())
        packed = self.state.meta("agencies")
        if packed and packed[: len(digest)] == digest:
            known: list[Agency] = pickle.loads(packed[len(digest) :])
            return known
        agencies = self.values("agency", Agency)
        self.state.set_meta({"agencies": digest + pickle.dumps(agencies, 5)})
        return agencies

    def values(self, kind: str, type_: type[T]) -> list[T]:
        """The values of all sources of another kind; an attachment that cannot be read has none."""
        paths = [path for path, source in self.now.items() if source.kind == kind]
        self._look_into(paths)
        packed = (self.said(path).value for path in paths)
        values = (pickle.loads(value) for value in packed if isinstance(value, bytes))
        return [value for value in values if isinstance(value, type_)]
