"""One signed-in account that uploads files of any name, and another that looks on meanwhile."""

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

_TOKEN = re.compile(r'csrfmiddlewaretoken" value="(\w+)"')
_ALERT = re.compile(r'<div class="note note-error" role="alert">(.*?)</div>', re.S)
_TAGS = re.compile(r"<[^>]+>")
_PLACE = "/nhap-lieu/"
_MARK = b"mark0123456789"


class Account:
    """A connection of its own for each request: one that breaks breaks no other."""

    def __init__(self, port: int, key: str, world: dict[str, Any]) -> None:
        self.port, self.token = port, ""
        self.cookies = {world["cookie"]: key}

    def ask(self, method: str, place: str, body: bytes | None = None, kind: str = "") -> Any:
        """(status, text, place to go). Raises OSError where the server does not answer."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, place, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        for each in response.headers.get_all("Set-Cookie") or []:
            name, _, value = each.split(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, text, response.headers.get("Location", "")

    def upload(self, name: str, content: bytes) -> Any:
        if not self.token:
            found = _TOKEN.search(self.ask("GET", _PLACE)[1])
            self.token = found[1] if found else ""
        shown = name.replace('"', "%22").encode()
        body = b"".join(
            [
                b"--%s\r\nContent-Disposition: form-data; " % _MARK,
                b'name="csrfmiddlewaretoken"\r\n\r\n%s\r\n' % self.token.encode(),
                b"--%s\r\nContent-Disposition: form-data; " % _MARK,
                b'name="tep"; filename="%s"\r\n' % shown,
                b"Content-Type: application/octet-stream\r\n\r\n%s\r\n--%s--\r\n"
                % (content, _MARK),
            ]
        )
        return self.ask("POST", _PLACE, body, f"multipart/form-data; boundary={_MARK.decode()}")

    def wait_for(self, place: str, seconds: float) -> str:
        """Where the work on a long file ends; its page of progress while it does not."""
        until = time.perf_counter() + seconds
        while place.endswith("/tien-do/") and time.perf_counter() < until:
            time.sleep(0.3)
            place = self.ask("GET", place)[2] or place
        return place


def message_of(page: str) -> str:
    """What the page says is wrong with the file; "" where it says nothing."""
    return " ".join(unescape(_TAGS.sub(" ", " ".join(_ALERT.findall(page)))).split())


@dataclass
class Watch:
    """Asks for a page again and again while a file is read, and weighs the server."""

    onlooker: Account
    server: int
    most_bytes: int = 0
    slowest: float = 0.0
    refused: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Watch":
        self.threads = [threading.Thread(target=each) for each in (self._weigh, self._look)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def _weigh(self) -> None:
        while not self.is_over.wait(0.02):
            self.most_bytes = max(self.most_bytes, weight_of(self.server))

    def _look(self) -> None:
        while not self.is_over.wait(0.2):
            begun = time.perf_counter()
            try:
                status, _, _ = self.onlooker.ask("GET", "/can-bo/")
            except OSError as error:
                self.refused.append(repr(error))
                continue
            self.slowest = max(self.slowest, time.perf_counter() - begun)
            if status != 200:
                self.refused.append(str(status))


def weight_of(process: int) -> int:
    """Bytes of memory that a process and all below it hold (Linux)."""
    pages = 0
    for each in [process, *_below(process)]:
        try:
            with open(f"/proc/{each}/statm", encoding="ascii") as file:
                pages += int(file.read().split()[1])
        except (OSError, IndexError):
            continue  # it has ended meanwhile
    return pages * 4096


def _below(process: int) -> list[int]:
    """Whatever a thread of it started, and what those started."""
    found: list[int] = []
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = [int(each) for each in thread.read_text(encoding="ascii").split()]
        except OSError:
            continue  # the thread has ended meanwhile
        for child in children:
            found += [child, *_below(child)]
    return found
