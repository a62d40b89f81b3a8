"""A server that shows pages which were made elsewhere, with the product's own styles and scripts: the database of the
test stays in its transaction, and a page that only a POST shows can be looked at like any other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

STATIC = "/static/"


@dataclass
class Window:
    """Pages by address; `put` them, look at them under `url`."""

    url: str
    pages: dict[str, tuple[dict[str, str], bytes]] = field(default_factory=dict)

    def put(self, address: str, response: Any) -> str:
        """Show this answer of Django's test client at the address; returns where a browser finds it."""
        self.pages[address] = ({**response.headers, "Content-Length": str(len(response.content))}, response.content)
        return self.url + address

    def keep(self, address: str, content: bytes, kind: str) -> None:
        """Show a file at the address, which a browser may keep, and keep ready to run."""
        headers = {"Content-Type": kind, "Content-Length": str(len(content)), "Cache-Control": "max-age=3600"}
        self.pages[address] = (headers, content)


class Handler(BaseHTTPRequestHandler):
    """Static files, which a browser may keep, and the pages that were put."""

    protocol_version = "HTTP/1.1"
    window: Window

    def do_GET(self) -> None:
        headers, body = self.static() if self.path.startswith(STATIC) else self.window.pages.get(self.path, ({}, b""))
        self.send_response(200 if headers else 404)
        for name, value in (headers or {"Content-Length": "0"}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def static(self) -> tuple[dict[str, str], bytes]:
        """A file of the product, if there is one."""
        found = finders.find(self.path.removeprefix(STATIC).partition("?")[0])
        if not found:
            return {}, b""
        body = Path(str(found)).read_bytes()
        kind = "text/javascript" if str(found).endswith(".js") else guess_type(str(found))[0] or "font/woff2"
        return {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "max-age=3600"}, body

    def log_message(self, *_: Any) -> None:
        """Nothing: what is missing shows in the browser's console."""


@contextmanager
def open_window() -> Iterator[Window]:
    """The server, on a free port of loopback, until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    window = Window(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("HandlerOfOne", (Handler,), {"window": window})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield window
    finally:
        server.shutdown()
        server.server_close()
