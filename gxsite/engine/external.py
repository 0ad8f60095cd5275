"""Asking other sites whether links to them hold: all hosts at the same time, each host one question after the other."""

from __future__ import annotations

import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from gxsite.base.diagnostic import Diagnostic, Phrase, phrase
from gxsite.checks.external import Answer, by_address, findings, links_in, links_in_template, links_of
from gxsite.checks.run import weighed
from gxsite.engine.files import walk
from gxsite.engine.load import Project, texts_of
from gxsite.engine.project import FILE

HOSTS_AT_A_TIME = 8
PATIENCE = 15.0  # seconds without a word from a server
LONGEST = 45.0  # seconds that one question may take, however slowly it is answered
MAX_STEPS = 10
_PERMANENT, _TEMPORARY = (301, 308), (300, 302, 303, 307)
_GONE = (404, 410)
_BUSY = (429, 503)  # asked too often, or too much: another question would be the wrong answer
# The name does not exist; any other trouble may be that of this machine's own network.
_NO_HOST = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)}
_SAFE = "%/:=&?~#+!$,;'@()*[]"


def check_external(
    root: Path, project: Project, agent: str, tick: Callable[[int, int], None]
) -> tuple[Diagnostic, ...]:
    """Ask for every link to another site in bodies, front matter, settings, and templates of the portal's own.

    ``agent`` is the name under which that is done.
    """
    catalog = project.catalog
    papers = (catalog.agencies, catalog.reports, catalog.documents, catalog.pages)
    paths = [FILE, *(paper.path for kind in papers for paper in kind.values())]
    texts = texts_of(root, paths)
    heads = (link for path in paths if path in texts for link in links_in(path, texts[path]))
    names = [file.path for file in walk(root, f"themes/{project.config.theme}/templates") if not file.problem]
    templates = (link for path, text in texts_of(root, names).items() for link in links_in_template(path, text))
    places = by_address((*links_of(catalog), *heads, *templates))
    return weighed(findings(places, ask_all(list(places), agent, tick)), dict(project.config.severities))


class Question(NamedTuple):
    """A link to be asked for: as written, where it has led so far, and by how many steps.

    ``moved`` is where it has moved to for good, "" if it has not.
    """

    link: str
    address: str
    steps: int = 0
    moved: str = ""
    is_lasting: bool = True  # all steps so far are for good


class Queue:
    """Questions by host; a host is handed to one thread at a time."""

    def __init__(self, links: Iterable[str]) -> None:
        self.answers: dict[str, Answer] = {}
        self._waiting: dict[str, deque[Question]] = {}
        self._busy: set[str] = set()
        self._changed = threading.Condition()
        self._open = 0
        for link in links:
            self._open += 1
            self.put(Question(link, link))

    def put(self, question: Question) -> None:
        """Add a question."""
        with self._changed:
            self._waiting.setdefault(_host(question.address), deque()).append(question)
            self._changed.notify_all()

    def answer(self, link: str, answer: Answer) -> None:
        """A link needs no more questions."""
        with self._changed:
            self.answers[link] = answer
            self._open -= 1
            self._changed.notify_all()

    def take(self) -> str | None:
        """A host that nobody asks and somebody has questions for; None when all are answered."""
        with self._changed:
            while self._open:
                host = next((host for host in self._waiting if host not in self._busy), None)
                if host is not None:
                    self._busy.add(host)
                    return host
                self._changed.wait()
            return None

    def next(self, host: str) -> Question | None:
        """The next question for a host; None gives it back."""
        with self._changed:
            if questions := self._waiting.get(host):
                return questions.popleft()
            self._waiting.pop(host, None)
            self._busy.discard(host)
            self._changed.notify_all()
            return None

    def wait(self, known: int) -> int:
        """How many links are answered, as soon as that is more than ``known``."""
        with self._changed:
            while len(self.answers) <= known:
                self._changed.wait()
            return len(self.answers)


def ask_all(
    links: list[str],
    agent: str,
    tick: Callable[[int, int], None],
    patience: float = PATIENCE,
    longest: float = LONGEST,
) -> dict[str, Answer]:
    """The answers to all links, in their order."""
    queue = Queue(links)
    asker = Asker(agent, patience, longest)
    for _ in range(min(HOSTS_AT_A_TIME, len({_host(link) for link in links}))):
        threading.Thread(target=_work, args=(queue, asker), daemon=True).start()
    done = 0
    tick(done, len(links))
    while done < len(links):
        done = queue.wait(done)
        tick(done, len(links))
    return {link: queue.answers[link] for link in links}


def _work(queue: Queue, asker: Asker) -> None:
    """Ask one host after the other until nothing is left to be asked."""
    while (host := queue.take()) is not None:
        while (question := queue.next(host)) is not None:
            try:
                found = asker.follow(question)
            except Exception as error:  # a thread that died would leave the others waiting
                found = _failed(error, question.address)
            if isinstance(found, Question):
                queue.put(found)
            else:
                queue.answer(question.link, found)


class Asker:
    """Asks single questions. Redirects come back as questions, because they may lead to another host."""

    def __init__(self, agent: str, patience: float, longest: float) -> None:
        self._headers = {"User-Agent": agent, "Accept": "*/*"}
        self._patience = patience
        self._longest = longest
        self._context = ssl.create_default_context()

    def follow(self, question: Question) -> Answer | Question:
        """The answer, or what to ask next."""
        try:
            address = _encoded(question.address)
        except _NotAskedError as error:
            if question.steps:
                return Answer("dead", phrase("outside.led", address=question.address, problem=error.problem))
            return Answer("dead", error.problem)
        try:
            status, location = self._ask(address, "HEAD")
            if status >= 400 and status not in _BUSY:  # many a server refuses what it would give
                status, location = self._ask(address, "GET")
        except (OSError, HTTPException, ValueError) as error:
            return _failed(error, address)
        if status in (*_PERMANENT, *_TEMPORARY) and location:
            location = location.encode("latin-1", "replace").decode("utf-8", "replace")
            return self._step(question, urljoin(address, location), is_lasting=status in _PERMANENT)
        return _judged(status, question)

    def _step(self, question: Question, address: str, *, is_lasting: bool) -> Answer | Question:
        if question.steps >= MAX_STEPS:
            return Answer("unsure", phrase("outside.circle"))
        lasting = question.is_lasting and is_lasting
        return Question(question.link, address, question.steps + 1, address if lasting else question.moved, lasting)

    def _ask(self, address: str, method: str) -> tuple[int, str]:
        """The status and where it leads on. Of the content nothing is read."""
        request = urllib.request.Request(address, method=method, headers=self._headers)
        watch = _Watch(self._longest)
        opener = urllib.request.OpenerDirector()  # with nothing that would follow, retry, or open files
        for handler in (urllib.request.ProxyHandler(), _Plain(watch), _Secure(watch, self._context)):
            opener.add_handler(handler)
        try:
            with watch, closing(opener.open(request, timeout=self._patience)) as answer:
                said = answer.status, answer.headers.get("Location") or ""
        except (OSError, HTTPException) as error:
            raise (TimeoutError() if watch.rang else error) from None
        if watch.rang:
            raise TimeoutError
        return said


class _Watch:
    """Hangs up on a server that answers word by word: a timeout alone counts the silence between two of them."""

    def __init__(self, seconds: float) -> None:
        self.rang = False
        self._line: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()

    def over(self, line: socket.socket) -> None:
        """The connection to hang up."""
        self._line = line
        if self.rang:
            self._ring()

    def _ring(self) -> None:
        self.rang = True
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


class _Plain(urllib.request.HTTPHandler):
    """Opens connections that are watched."""

    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self._watch = watch

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(partial(_connection, HTTPConnection, self._watch), req)


class _Secure(urllib.request.HTTPSHandler):
    """The same, encrypted."""

    def __init__(self, watch: _Watch, context: ssl.SSLContext) -> None:
        super().__init__()
        self._watch = watch
        self._secrets = context

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(partial(_connection, HTTPSConnection, self._watch, context=self._secrets), req)


def _connection(kind: type[HTTPConnection], watch: _Watch, host: str, **options: Any) -> HTTPConnection:
    """A connection that tells the watch when it is open."""
    made = kind(host, **options)
    connect = made.connect

    def watched() -> None:
        connect()
        watch.over(made.sock)

    made.connect = watched  # type: ignore[method-assign]
    return made


def _judged(status: int, question: Question) -> Answer:
    """What a status means."""
    if status in _GONE:
        return Answer("dead", phrase("outside.gone", status=status))
    if not 200 <= status < 300:
        return Answer("unsure", phrase("outside.status", status=status))
    return Answer("moved", address=question.moved) if question.moved else Answer("fine")


def _failed(error: Exception, address: str) -> Answer:
    """What the failure of a question means."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, socket.gaierror) and reason.errno in _NO_HOST:
        return Answer("dead", phrase("outside.host", host=_host(address)))
    if isinstance(reason, ssl.SSLCertVerificationError):
        return Answer("unsure", phrase("outside.certificate", reason=reason.verify_message))
    if isinstance(reason, TimeoutError):
        return Answer("unsure", phrase("outside.slow"))
    said = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason) or type(reason).__name__
    return Answer("unsure", phrase("outside.failed", reason=said))


def _host(address: str) -> str:
    """The host of an address, by which connections are counted."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


class _NotAskedError(Exception):
    """An address that cannot be asked for, and why."""

    def __init__(self, problem: Phrase) -> None:
        super().__init__(problem.key)
        self.problem = problem


def _encoded(address: str) -> str:
    """An address as it is sent: its host in ASCII, everything else percent-encoded."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        raise _NotAskedError(phrase("outside.address")) from None
    if parts.scheme.lower() not in ("http", "https"):
        raise _NotAskedError(phrase("outside.scheme", scheme=parts.scheme))
    if not host:
        raise _NotAskedError(phrase("outside.address"))
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise _NotAskedError(phrase("outside.port")) from None
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, host + port, quote(parts.path, _SAFE) or "/", quote(parts.query, _SAFE), ""))
