"""A small web server on the loopback address that does what a test scripts, then serves one file with ranges."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Web:
    """The file to serve, the answers to give before that, and the requests that came."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.headers = {"ETag": '"v1"', "Last-Modified": "Tue, 01 Mar 2005 01:20:00 GMT"}
        self.script: list[Callable[[BaseHTTPRequestHandler], None]] = []
        self.requests: list[Message] = []
        self.url = ""


def answer(status: int, body: bytes = b"", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """A scripted answer; underscores in header names stand for hyphens."""

    def handle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return handle


def cut_after(size: int) -> Callable[[BaseHTTPRequestHandler], None]:
    """Serve the file, and break the connection after some bytes of it."""

    def handle(handler: BaseHTTPRequestHandler) -> None:
        serve(handler, cut=size)
        handler.close_connection = True

    return handle


def serve(handler: BaseHTTPRequestHandler, cut: int | None = None) -> None:
    web: Web = handler.server.web
    asked = handler.headers
    if asked.get("If-None-Match") == web.headers.get("ETag") and "If-None-Match" in asked:
        return answer(304, ETag=web.headers["ETag"])(handler)
    start, status, extra = 0, 200, {}
    match = re.fullmatch(r"bytes=(\d+)-", asked.get("Range", ""))
    if match and asked.get("If-Range") in (web.headers.get("ETag"), web.headers.get("Last-Modified")):
        start, status = int(match[1]), 206
        if start >= len(web.body):
            return answer(416)(handler)
        extra = {"Content-Range": f"bytes {start}-{len(web.body) - 1}/{len(web.body)}"}
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(web.body) - start), **web.headers, **extra}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(web.body[start:][:cut])
    return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        web: Web = self.server.web
        web.requests.append(self.headers)
        (web.script.pop(0) if web.script else serve)(self)

    def log_message(self, *_) -> None:
        pass


@contextmanager
def running(body: bytes) -> Iterator[Web]:
    """A server on a free port, for as long as the context lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.web = web = Web(body)
        web.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()
