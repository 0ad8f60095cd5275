"""Reading single sources, and remembering what they said: bytes to a packed value with what was found.

The reader is inherited by the workers of a pool; it holds what a source is read against, and nothing that changes.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, phrase
from gxsite.base.text import Text, decode
from gxsite.engine.files import digest, read
from gxsite.engine.state import Said, Source
from gxsite.model.agency import Agency
from gxsite.model.form import Form
from gxsite.model.report import Attachment
from gxsite.model.summary import NOTHING_ASKED, Asked, Plain, Summary, plain
from gxsite.source.collect import Role, attachment_name, stand_in
from gxsite.source.front import MAX_FILE, MAX_FRONT

NOTHING = b""


class Job(NamedTuple):
    """A source to be read: what it is by its path, its stat, and how it was read last.

    One that is not ``readable`` is a finding already, and only needs a value that stands for it.
    """

    path: str
    role: Role
    size: int
    time: int
    known: Source | None
    context: bytes
    readable: bool = True


class Read(NamedTuple):
    """A source as read; what it said if that is not as before, and of a report its details and all of it, packed."""

    source: Source
    said: Said | None = None
    details: bytes = NOTHING
    whole: bytes = NOTHING


def unpack(packed: bytes) -> tuple[Diagnostic, ...]:
    """Packed findings."""
    found: tuple[Diagnostic, ...] = pickle.loads(packed) if packed else ()
    return found


def pack(found: Iterable[Diagnostic]) -> bytes:
    """Findings as bytes; none for none."""
    found = tuple(found)
    return pickle.dumps(found, 5) if found else NOTHING


def pack_value(value: object) -> Plain | bytes:
    """What a source says, packed; summaries, of which there are most, as plain values."""
    return plain(value) if isinstance(value, Summary) else pickle.dumps(value, 5)


def blake(data: bytes) -> bytes:
    """The digest that sources are known by."""
    return hashlib.blake2b(data, digest_size=16).digest()


class Reader:
    """Reads sources against forms and agencies."""

    def __init__(
        self, root: Path, forms: Mapping[str, Form], asked: Asked, agencies: Mapping[str, Agency] | None = None
    ) -> None:
        self.root = root
        self.forms = dict(forms)
        self.asked = asked
        self.agencies = agencies or {}

    @staticmethod
    def prepare() -> None:
        """Load what reading reports needs: done before a fork it is done once."""
        from gxsite.source import report  # noqa: F401

    def read_all(self, jobs: Sequence[Job]) -> list[Read]:
        """Some sources."""
        return [self.read(job) for job in jobs]

    def read(self, job: Job) -> Read:
        """One source."""
        if not job.readable:
            return self._parsed(job, NOTHING, Text(job.path, ""), ())
        if job.role.kind == "attachment":
            return self._attachment(job)
        raw = read(self.root, job.path, MAX_FRONT if job.role.kind == "agency" else MAX_FILE)
        if isinstance(raw, Diagnostic):  # an empty value, so that no link to it is called dead and no agency missing
            return self._parsed(job, NOTHING, Text(job.path, ""), (raw,))
        digest = blake(raw)
        known = job.known
        if known and known.digest == digest and known.context == job.context:
            return Read(known._replace(size=job.size, time=job.time))
        text = decode(job.path, raw, MAX_FILE)
        if text.value is None:
            return self._parsed(job, digest, Text(job.path, ""), text.diagnostics)
        return self._parsed(job, digest, text.value, text.diagnostics, readable=True)

    def _parsed(
        self, job: Job, digest: bytes, text: Text, found: Sequence[Diagnostic], *, readable: bool = False
    ) -> Read:
        """A source from its text; what is found in the empty text of an unreadable one is of no use."""
        outcome, whole = self._value(job, text, digest)
        details = outcome.value.details.packed() if isinstance(outcome.value, Summary) else NOTHING
        said = (*found, *outcome.diagnostics) if readable else found
        # Without a digest nothing is known of the file, so it is read again next time.
        source = Source(job.path, job.size, job.time if digest else -1, digest, job.context, job.role.kind)
        if isinstance(outcome.value, Summary):
            source = source._replace(form=outcome.value.form, told=outcome.value.told)
        return Read(source, Said(source.basis, pack_value(outcome.value), pack(said)), details, whole)

    def _value(self, job: Job, text: Text, digest: bytes) -> tuple[Outcome[object], bytes]:
        role = job.role
        if role.kind == "report":
            return self._report(role, text, digest)
        from gxsite.checks.body import check_no_quotes
        from gxsite.checks.run import check_paper
        from gxsite.source.papers import read_agency, read_document, read_page

        if role.kind == "agency":
            return read_agency(text, role.agency), NOTHING
        if role.kind == "document":
            document = read_document(text, role.agency, role.slug)
            return Outcome(document.value, (*document.diagnostics, *check_paper(document.value))), NOTHING
        page = read_page(text, role.slug)
        return Outcome(page.value, (*page.diagnostics, *check_no_quotes(page.value.body))), NOTHING

    def _report(self, role: Role, text: Text, digest: bytes) -> tuple[Outcome[object], bytes]:
        from gxsite.checks.run import examine
        from gxsite.model.summary import summarise
        from gxsite.source.report import read_report

        outcome = read_report(text, role.agency, role.year, self.forms)
        report, form = outcome.value, self.forms.get(outcome.value.form)
        agency = self.agencies.get(role.agency) or stand_in(role.agency)
        examined = examine(report, form, agency)
        compared = self.asked.get(report.form, NOTHING_ASKED)
        summary = summarise(report, form, compared, digest, examined.value)
        return Outcome(summary, (*outcome.diagnostics, *examined.diagnostics)), pickle.dumps(report, 5)

    def _attachment(self, job: Job) -> Read:
        """A file beside a report: its size and digest."""
        try:
            size, sha256 = digest(self.root / job.path)
        except OSError as error:
            problem = phrase("file.unread", reason=error.strerror or "?")
            found = (diagnose("GX817", Place(job.path, START), problem=problem),)
            source = Source(job.path, job.size, -1, NOTHING, NOTHING, "attachment")
            return Read(source, Said(source.basis, pack_value(None), pack(found)))
        value = pack_value(Attachment(job.path, attachment_name(job.path), size, sha256))
        source = Source(job.path, job.size, job.time, bytes.fromhex(sha256), NOTHING, "attachment")
        return Read(source, Said(source.basis, value))
