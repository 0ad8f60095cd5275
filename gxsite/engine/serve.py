"""A preview on this machine: builds, serves on loopback only, builds again and reloads when a file changes.

The pages are served as they were built, except that a script of the server's own is let in; the built files stay clean.
"""

from __future__ import annotations

import json
import mimetypes
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gxsite.base.catalogue import Language, message
from gxsite.base.diagnostic import Severity, UsageError
from gxsite.engine.build import build
from gxsite.engine.load import load_config
from gxsite.engine.project import OUTPUT
from gxsite.engine.quick import Snapshot
from gxsite.engine.result import Result

INTERVAL = 0.4
HEARTBEAT = 15.0
_SCRIPT = "/.gxsite/reload.js"
_EVENTS = "/.gxsite/events"
_CSP = b"default-src 'none'"
_CSP_HERE = b"default-src 'none'; script-src 'self'; connect-src 'self'"
_RELOAD = """\
"use strict";
(() => {
  let shown = null;
  const box = document.createElement("pre");
  box.setAttribute("role", "alert");
  const source = new EventSource("%s");
  source.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (state.errors.length) {
      box.textContent = state.errors.join("\\n");
      document.body.prepend(box);
    } else if (shown !== null && shown !== state.number) {
      location.reload();
    } else {
      box.remove();
    }
    shown = state.number;
  };
})();
"""


class Preview:
    """The state that the browser hears of: the number of the last good build, and the errors since."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.number = 0
        self.errors: list[str] = []
        self.base = ""

    def tell(self, result: Result, lang: Language) -> None:
        """A build has ended."""
        errors = [d for d in result.findings if d.severity is Severity.ERROR] if result.stopped else []
        with self.changed:
            self.errors = [f"{d.place.path}:{d.place.span.line}  {d.code}  {message(d, lang)}" for d in errors]
            self.number += not errors
            self.changed.notify_all()

    def state(self) -> str:
        """The state as JSON."""
        return json.dumps({"number": self.number, "errors": self.errors}, ensure_ascii=False)


def serve(
    root: Path,
    port: int,
    lang: Language,
    built: Callable[[Result], None],
    listening: Callable[[str], None],
) -> None:
    """Serve until interrupted. ``built`` hears of every build, ``listening`` of the address."""
    preview = Preview()
    preview.base = load_config(root).value.base
    output = root / OUTPUT

    def once() -> None:
        result = build(root, output)
        built(result)
        preview.tell(result, lang)

    try:
        server = make_server(output, port, preview)
    except OSError as error:
        raise UsageError(f"--port {port}: {error.strerror}") from None
    seen = Snapshot(root).digest  # before the build: what changes while it runs is built again
    once()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    listening(f"http://127.0.0.1:{server.server_address[1]}/")
    try:
        while True:
            time.sleep(INTERVAL)
            now = Snapshot(root).digest
            if now != seen:
                seen = now
                once()
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        server.server_close()


def make_server(output: Path, port: int, preview: Preview) -> ThreadingHTTPServer:
    """A server of a folder, on the loopback address only."""

    class Handler(_Handler):
        folder = output.resolve()
        state = preview

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


class _Handler(BaseHTTPRequestHandler):
    """GET and HEAD of files below one folder; nothing hidden, nothing outside, no foreign host name."""

    folder: Path
    state: Preview
    server_version = "gxsite"
    sys_version = ""

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in ("127.0.0.1", "localhost", "[::1]"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = unquote(urlsplit(self.path).path)
        if path == _EVENTS:
            self._events()
        elif path == _SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", (_RELOAD % _EVENTS).encode())
        else:
            self._file(path)

    do_HEAD = do_GET  # noqa: N815 - the name that the server calls

    def _file(self, path: str) -> None:
        parts = [part for part in path.split("/") if part]
        place = self.folder.joinpath(*parts) if not any(p.startswith(".") or "\0" in p for p in parts) else None
        if place and self._is_folder(place):
            if not path.endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", urlsplit(self.path).path + "/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            place /= "index.html"
        if place is None or not self._servable(place):
            self._missing()
            return
        kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind.endswith(("xml", "json")):
            kind += "; charset=utf-8"
        self._send(HTTPStatus.OK, kind, place.read_bytes())

    @staticmethod
    def _is_folder(place: Path) -> bool:
        try:
            return place.is_dir()
        except OSError:  # a name too long for any file
            return False

    def _servable(self, place: Path) -> bool:
        """Whether a path is a file inside the folder."""
        try:
            return place.resolve().is_relative_to(self.folder) and place.is_file()
        except (OSError, RuntimeError):
            return False

    def _missing(self) -> None:
        """The portal's own page, its full addresses turned to this server."""
        page = self.folder / "404.html"
        body = page.read_bytes() if page.is_file() else b"404"
        if self.state.base:
            body = body.replace(self.state.base.encode(), b"/")
        self._send(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", body)

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        if kind.startswith("text/html"):
            body = body.replace(_CSP, _CSP_HERE, 1)
            body = body.replace(b"</body>", f'<script src="{_SCRIPT}" defer></script></body>'.encode(), 1)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            while True:
                with self.state.changed:
                    data = self.state.state()
                    self.wfile.write(f"data: {data}\n\n".encode())
                    self.wfile.flush()
                    self.state.changed.wait(HEARTBEAT)
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the server uses
        """Say nothing of single requests."""
