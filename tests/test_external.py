"""Links to other sites, asked of real servers on the loopback address."""

import errno
import os
import shutil
import socket
import ssl
import threading
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gxsite.checks.external import Answer
from gxsite.engine import external
from gxsite.engine.external import ask_all
from tests.conftest import RunGxsite
from tests.needs import ROOT

Answers = dict[str, tuple[int, dict[str, str]]]  # by path, or method and path: status and headers


class Server(ThreadingHTTPServer):
    """Answers as it is told, and remembers who asked for what and how many asked at the same time."""

    daemon_threads = True

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str, str]] = []
        self.open = self.most = 0
        self.lock = threading.Lock()
        self.meeting: threading.Barrier | None = None
        super().__init__(("127.0.0.1", 0), Handler)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.open += 1
            self.server.most = max(self.server.most, self.server.open)

    def finish(self) -> None:
        with self.server.lock:
            self.server.open -= 1
        super().finish()

    def do_HEAD(self) -> None:
        server = self.server
        with server.lock:
            server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        if server.meeting:
            with suppress(threading.BrokenBarrierError):
                server.meeting.wait()
        status, headers = server.answers.get(f"{self.command} {self.path}", server.answers.get(self.path, (404, {})))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            with suppress(OSError):
                self.wfile.write(b"x" * 100_000)

    do_GET = do_HEAD  # noqa: N815 - the library's name

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(answers: Answers) -> Iterator[Server]:
    with Server(answers) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def speaking(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """A server that does with a connection what it likes until the test is over; its address."""
    over = threading.Event()

    def answer() -> None:
        with suppress(OSError):
            line, _ = listening.accept()
            with line:
                talk(line, over)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        over.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def ask(*links: str, patience: float = 20.0, longest: float = 20.0) -> list[tuple[str, str]]:
    """The outcome of each link, and the key of what is said or where it has moved to."""
    told: list[tuple[int, int]] = []
    answers = ask_all(list(links), "gxsite/test", lambda *at: told.append(at), patience, longest)
    assert list(answers) == list(links)
    assert told[0] == (0, len(links))
    assert told[-1] == (len(links), len(links))
    return [(answer.outcome, said(answer)) for answer in answers.values()]


def said(answer: Answer) -> str:
    return answer.address or getattr(answer.problem, "key", "")


def test_what_a_status_means() -> None:
    statuses = {"/200": 200, "/204": 204, "/404": 404, "/410": 410, "/403": 403, "/500": 500, "/429": 429, "/304": 304}
    with serving({path: (status, {}) for path, status in statuses.items()}) as server:
        assert ask(*(server.url(path) for path in statuses)) == [
            ("fine", ""),
            ("fine", ""),
            ("dead", "outside.gone"),
            ("dead", "outside.gone"),
            *[("unsure", "outside.status")] * 4,
        ]
        assert {agent for _, _, agent in server.asked} == {"gxsite/test"}


def test_head_first_and_get_where_that_is_refused() -> None:
    answers: Answers = {
        "/plain": (200, {}),
        "HEAD /refused": (405, {}),
        "GET /refused": (200, {}),
        "HEAD /lies": (404, {}),
        "GET /lies": (200, {}),
    }
    with serving(answers) as server:
        assert ask(*(server.url(path) for path in ("/plain", "/refused", "/lies", "/none"))) == [
            *[("fine", "")] * 3,
            ("dead", "outside.gone"),
        ]
        asked = [(method, path) for method, path, _ in server.asked]
        both = [(method, path) for path in ("/refused", "/lies", "/none") for method in ("HEAD", "GET")]
        assert asked == [("HEAD", "/plain"), *both]


@pytest.mark.parametrize("status", [429, 503])
def test_who_is_asked_too_often_is_not_asked_again_at_once(status: int) -> None:
    with serving({"/x": (status, {})}) as server:
        assert ask(server.url("/x")) == [("unsure", "outside.status")]
        assert [method for method, _, _ in server.asked] == ["HEAD"]


def test_where_redirects_lead() -> None:
    with serving({"/here": (200, {}), "/%E6%95%B0%E6%8D%AE": (200, {})}) as other:
        answers: Answers = {
            "/moved": (301, {"Location": "/new?x=1"}),
            "/new?x=1": (200, {}),
            "/moved-away": (308, {"Location": other.url("/here")}),
            "/twice": (301, {"Location": "/moved"}),
            "/for-now": (302, {"Location": "/new?x=1"}),
            "/half": (301, {"Location": "/for-now"}),
            "/later": (307, {"Location": "/moved"}),
            "/gone": (301, {"Location": "/none"}),
            "/round": (302, {"Location": "/and-round"}),
            "/and-round": (302, {"Location": "/round"}),
            "/to-mail": (301, {"Location": "mailto:a@example.com"}),
            "/nowhere": (301, {}),
            "/to-disk": (302, {"Location": "file:///etc/hosts"}),
            "/to-port": (301, {"Location": "http://127.0.0.1:99999/"}),
            "/raw": (301, {"Location": other.url("/数据").encode().decode("latin-1")}),
        }
        with serving(answers) as server:
            wanted = {
                "/moved": ("moved", server.url("/new?x=1")),
                "/moved-away": ("moved", other.url("/here")),
                "/twice": ("moved", server.url("/new?x=1")),
                "/for-now": ("fine", ""),
                "/half": ("moved", server.url("/for-now")),
                "/later": ("fine", ""),
                "/gone": ("dead", "outside.gone"),
                "/round": ("unsure", "outside.circle"),
                "/to-mail": ("dead", "outside.led"),
                "/to-disk": ("dead", "outside.led"),
                "/to-port": ("dead", "outside.led"),
                "/nowhere": ("unsure", "outside.status"),
                "/raw": ("moved", other.url("/数据")),
            }
            assert dict(zip(wanted, ask(*map(server.url, wanted)), strict=True)) == wanted
        assert ("HEAD", "/%E6%95%B0%E6%8D%AE", "gxsite/test") in other.asked


def test_chinese_addresses_are_sent_as_servers_know_them() -> None:
    with serving({"/%E7%BB%9F%E8%AE%A1?a=%E4%B8%80%20b&c=%2F": (200, {})}) as server:
        assert ask(server.url("/统计?a=一 b&c=%2F")) == [("fine", "")]


def test_one_connection_to_a_host_at_a_time() -> None:
    paths = [f"/{n}" for n in range(20)]
    answers: Answers = {path: (302, {"Location": f"{path}/x"}) for path in paths}
    with serving(answers | {f"{path}/x": (200, {}) for path in paths}) as server:
        assert ask(*map(server.url, paths)) == [("fine", "")] * 20
        assert len(server.asked) == 40
        assert server.most == 1


def test_several_hosts_at_the_same_time() -> None:
    """Each of two hosts answers only when the other one is being asked, too."""
    with serving({"/": (200, {})}) as server:
        server.meeting = threading.Barrier(2, timeout=20)
        links = [server.url("/"), server.url("/", "localhost")]
        assert ask(*links) == [("fine", "")] * 2
        assert server.most == 2
        assert not server.meeting.broken


def test_connections_are_really_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were every link a host of its own, the same server would see two at a time."""
    monkeypatch.setattr(external, "_host", lambda address: address)
    with serving({"/1": (200, {}), "/2": (200, {})}) as server:
        server.meeting = threading.Barrier(2, timeout=20)
        ask(server.url("/1"), server.url("/2"))
        assert server.most == 2


def test_a_server_that_says_nothing() -> None:
    def wait(_: socket.socket, over: threading.Event) -> None:
        over.wait(60)

    with speaking(wait) as address:
        assert ask(address, patience=0.2) == [("unsure", "outside.slow")]


def test_a_server_that_answers_word_by_word() -> None:
    def drip(line: socket.socket, over: threading.Event) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while not over.wait(0.02):
            line.sendall(b"X: y\r\n"[:1])

    with speaking(drip) as address:
        assert ask(address, patience=20, longest=0.3) == [("unsure", "outside.slow")]


@pytest.mark.parametrize("words", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 999999 No\r\n\r\n"])
def test_a_server_that_makes_no_sense(words: bytes) -> None:
    with speaking(lambda line, _: line.sendall(words)) as address:
        assert ask(address)[0][0] == "unsure"


def test_a_host_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = {"unknown.example.com": socket.EAI_NONAME, "later.example.com": socket.EAI_AGAIN}

    def look_up(host: str, *_: object, **__: object) -> list[object]:
        raise socket.gaierror(problems[host], "no")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    links = [f"http://{host}/" for host in problems]
    assert ask(*links) == [("dead", "outside.host"), ("unsure", "outside.failed")]


def test_other_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    assert ask(address) == [("unsure", "outside.failed")]
    for address in ("http:///x", "http://[::1", f"http://{'a' * 80}.example.com/"):
        assert ask(address) == [("dead", "outside.address")]
    for address in ("http://a.example.com:port/", "http://a.example.com:99999/"):
        assert ask(address) == [("dead", "outside.port")]

    def forged(*_: object) -> tuple[int, str]:
        error = ssl.SSLCertVerificationError(1, "certificate verify failed")
        error.verify_message = "self-signed certificate"
        raise urllib.error.URLError(error)

    monkeypatch.setattr(external.Asker, "_ask", forged)
    assert ask("https://a.example.com/") == [("unsure", "outside.certificate")]

    def broken(*_: object) -> tuple[int, str]:
        raise RuntimeError("no")

    monkeypatch.setattr(external.Asker, "_ask", broken)
    assert ask("https://a.example.com/") == [("unsure", "outside.failed")]  # and the others need not wait for ever


def test_nobody_is_asked_unless_that_is_wanted(tmp_path: Path, run_gxsite: RunGxsite) -> None:
    root = tmp_path / "portal"
    shutil.copytree(ROOT / "tests/checks/_base", root)
    with serving({"/moved": (301, {"Location": "/new"}), "/new": (200, {})}) as server:
        with (root / "content/hecheng/2018.md").open("a", encoding="utf-8") as report:
            report.write(f"\n[公报]({server.url('/none')}#a)，<{server.url('/moved')}>\n")
        with (root / "gxsite.yaml").open("a", encoding="utf-8") as config:
            config.write(f"  report_error: {server.url('/none')}\n")
        for command in (["check"], ["build"]):
            assert run_gxsite([*command, "--strict"], root).returncode == 0
        assert server.asked == []
        done = run_gxsite(["--lang", "en", "check", "--external"], root)
        assert done.returncode == 0
        assert "warning[GX831]" in done.stdout
        assert "content/hecheng/2018.md:24" in done.stdout
        assert "gxsite.yaml:7:17" in done.stdout
        assert f"write `{server.url('/new')}`" in done.stdout  # a note, but it was asked for
        assert {path for _, path, _ in server.asked} == {"/none", "/moved", "/new"}
        assert all(agent.startswith("gxsite/") for _, _, agent in server.asked)
        verbose = run_gxsite(["--lang", "en", "check", "--external", "-v", "--strict"], root)
        assert verbose.returncode == 1
        assert f"write `{server.url('/new')}`" in verbose.stdout


def test_offline_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> socket.socket:
        raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))

    monkeypatch.setattr(socket, "create_connection", unreachable)
    assert ask("http://127.0.0.1:9/") == [("unsure", "outside.failed")]
