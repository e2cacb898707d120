"""Many people at once over HTTP: reads, edits, proposals, approvals and imports, mixed."""

import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from openpyxl import Workbook

_TOKEN = re.compile(r'csrfmiddlewaretoken" value="(\w+)"')
_PERSON = {"full_name": "", "sex": "M", "born_on": "12/05/1980"}
_PAUSE = (3.0, 7.0)  # seconds between what one person does
BASIS = {"basis-kind": "declaration", "basis-number": "01/TK", "basis-reason": "Thử"}


@dataclass
class Found:
    """What the run saw; the lists must stay empty."""

    asked: int = 0
    accepted: int = 0
    stale: int = 0
    approved: int = 0
    imported: int = 0
    faults: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    edit_ms: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, **more: int) -> None:
        with self.lock:
            for name, number in more.items():
                setattr(self, name, getattr(self, name) + number)


class Session:
    """One signed-in account on one connection."""

    def __init__(self, port: int, key: str, world: dict[str, Any], found: Found,
                 foreign: list[str]) -> None:  # fmt: skip
        self.port, self.found, self.foreign = port, found, foreign
        self.cookies = {world["cookie"]: key}
        self.csrf, self.token = world["csrf"], ""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, address: str, body: bytes | None = None, kind: str = "") -> Any:
        """(status, text, place to go); a fault of the server is written down."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        try:
            self.connection.request(method, address, body, headers)
            response = self.connection.getresponse()
            text = response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.connection.close()  # the server closes a connection that has been idle
            self.connection.request(method, address, body, headers)
            response = self.connection.getresponse()
            text = response.read().decode(errors="replace")
        for each in response.headers.get_all("Set-Cookie") or []:
            name, _, value = each.split(";")[0].partition("=")
            self.cookies[name] = value
        self._look(method, address, response.status, text)
        return response.status, text, response.headers.get("Location", "")

    def _look(self, method: str, address: str, status: int, text: str) -> None:
        self.found.add(asked=1)
        if status >= 500 or "database is locked" in text:
            self.found.faults.append(f"{method} {address}: {status}")
        for code in self.foreign:
            if f"Xóm-{code}-" in text:
                self.found.leaks.append(f"{method} {address} shows {code}")

    def page(self, address: str) -> str:
        status, text, _ = self.ask("GET", address)
        token = _TOKEN.search(text)
        if token:
            self.token = token[1]
        return text if status == 200 else ""

    def send(self, address: str, **form: Any) -> Any:
        body = urlencode({"csrfmiddlewaretoken": self.token, **form}).encode()
        return self.ask("POST", address, body, "application/x-www-form-urlencoded")

    def upload(self, address: str, content: bytes) -> Any:
        mark = b"mark0123456789"
        parts = [
            b'--%s\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n%s\r\n'
            % (mark, self.token.encode()),
            b'--%s\r\nContent-Disposition: form-data; name="tep"; filename="ds.xlsx"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n%s\r\n--%s--\r\n"
            % (mark, content, mark),
        ]
        kind = f"multipart/form-data; boundary={mark.decode()}"
        return self.ask("POST", address, b"".join(parts), kind)


def value_of(page: str, name: str) -> str:
    """The value of a field of the page."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    found = re.search(r'value="([^"]*)"', tag[0]) if tag else None
    return found[1] if found else ""


def person_form(page: str, residence: str) -> dict[str, str]:
    """The form of a person as the page shows it, with another residence."""
    return {**_PERSON, "full_name": value_of(page, "full_name"), "residence": residence,
            "version": value_of(page, "version")}  # fmt: skip


class Staff:
    """Someone of the district: corrects records at once, and decides what waits."""

    def __init__(self, session: Session, communes: list[dict[str, Any]], seed: int) -> None:
        self.session, self.communes, self.random = session, communes, random.Random(seed)

    def act(self) -> None:
        drawn = self.random.random()
        if drawn < 0.5:
            self.session.page(self.random.choice(("/", "/can-bo/", "/duyet/", "/don-vi/")))
        elif drawn < 0.8:
            unit = self.random.choice(self.communes)
            self.correct(self.random.choice(unit["people"]), unit["code"])
        else:
            self.decide()

    def correct(self, person: int, code: str) -> None:
        page = self.session.page(f"/can-bo/{person}/sua/")
        if not page:
            return
        told = f"Xóm-{code}-{self.random.randrange(10**9)}"
        begun = time.perf_counter()
        status, text, _ = self.session.send(
            f"/can-bo/{person}/sua/", **person_form(page, told), **BASIS
        )
        self.session.found.edit_ms.append(1000 * (time.perf_counter() - begun))
        if status == 302:
            self.session.found.add(accepted=1)
        elif "vừa được người khác sửa" in text and told in text:
            self.session.found.add(stale=1)
        elif status < 500:
            self.session.found.faults.append(f"person {person}: {status}, what was typed is gone")

    def decide(self) -> None:
        waiting = re.findall(r'href="(/duyet/\d+/)"', self.session.page("/duyet/"))
        if not waiting:
            return
        address = self.random.choice(waiting)
        page = self.session.page(address)
        digest, version = value_of(page, "digest"), value_of(page, "version")
        if 'name="tat-ca"' in page:
            status, _, to = self.session.send(
                f"{address}quyet-dinh/", digest=digest, version=version, **{"tat-ca": "1"}
            )
            self.session.found.add(approved=int(status == 302 and to.endswith("/duyet/")))


class Clerk:
    """Someone of a commune: looks, drafts, sends, and now and then brings a workbook in."""

    def __init__(self, session: Session, unit: dict[str, Any], seed: int) -> None:
        self.session, self.unit, self.random = session, unit, random.Random(seed)

    def act(self) -> None:
        drawn, person = self.random.random(), self.random.choice(self.unit["people"])
        if drawn < 0.7:
            places = (
                "/",
                "/can-bo/",
                "/duyet/",
                f"/can-bo/{person}/",
                f"/can-bo/{person}/nhat-ky/",
            )
            self.session.page(self.random.choice(places))
        elif drawn < 0.98:
            self.propose(person)
        else:
            self.bring_in()

    def propose(self, person: int) -> None:
        page = self.session.page(f"/can-bo/{person}/sua/")
        told = f"Xóm-{self.unit['code']}-{self.random.randrange(10**9)}"
        _, _, to = self.session.send(f"/can-bo/{person}/sua/", **person_form(page, told))
        if to.startswith("/duyet/"):
            self.send(to)

    def send(self, address: str) -> None:
        page = self.session.page(address)
        version = value_of(page, "version")
        self.session.send(f"{address}gui/", version=version, title="Đổi nơi ở", **BASIS)

    def bring_in(self) -> None:
        book = Workbook()
        sheet = book.active
        sheet.title = "Hồ sơ"
        sheet.append(["Số hiệu", "Họ và tên", "Giới tính", "Ngày sinh"])
        for _ in range(20):
            words = "".join(self.random.choices("bcdghklmnpqrstvx", k=6)).capitalize()
            sheet.append(["", f"Trần Thị {words}", "Nữ", f"{self.random.randint(1965, 2000)}"])
        content = BytesIO()
        book.save(content)
        self.session.page("/nhap-lieu/")
        _, _, to = self.session.upload("/nhap-lieu/", content.getvalue())
        if to:
            self.session.page(to)
            _, _, draft = self.session.send(f"{to}ghi/")
            if draft.startswith("/duyet/"):
                self.session.found.add(imported=1)
                self.send(draft)


def people_of(world: dict[str, Any], port: int, found: Found) -> list[Any]:
    """Everybody of the world, each with a session of its own."""
    units = world["communes"]
    codes = [unit["code"] for unit in units]
    everyone: list[Any] = [
        Clerk(Session(port, key, world, found, [c for c in codes if c != unit["code"]]), unit, seed)
        for unit in units
        for seed, key in enumerate(unit["clerks"], start=int(unit["code"]))
    ]
    everyone += [
        Staff(Session(port, key, world, found, []), units, seed)
        for seed, key in enumerate(world["staff"])
    ]
    return everyone


def mixed(world: dict[str, Any], port: int, found: Found, seconds: float) -> None:
    """Everybody at once for so many seconds; ends by itself."""
    until = time.monotonic() + seconds

    def work(person: Any) -> None:
        while time.monotonic() < until:
            time.sleep(min(random.uniform(*_PAUSE), max(0.0, until - time.monotonic())))
            try:
                person.act()
            except Exception as error:  # noqa: BLE001 - a thread that dies would hide what it saw
                found.faults.append(f"{type(error).__name__}: {error}")
                return

    _together([lambda each=each: work(each) for each in people_of(world, port, found)])


def races(world: dict[str, Any], port: int, found: Found, rounds: int) -> tuple[int, int]:
    """(winners, told that they came late) of two people who save one form at once, again and
    again; and a form that is sent twice at once, whose rows `recount` counts."""
    first, second = (Session(port, key, world, found, []) for key in world["staff"][:2])
    code_of = {person: unit["code"] for unit in world["communes"] for person in unit["people"]}
    people = list(code_of)
    outcome: list[tuple[int, str]] = []
    for number in range(rounds):
        person = people[number % len(people)]
        code = world["communes"][number % len(people) // len(world["communes"][0]["people"])][
            "code"
        ]
        outcome += _race_for(person, code, (first, second), number)
        _doubled(person, (first, second), number)
    won = sum(status == 302 for status, _ in outcome)
    late = sum("vừa được người khác sửa" in text and "đua" in text for _, text in outcome)
    found.add(accepted=won)
    return won, late


def _race_for(
    person: int, code: str, pair: tuple[Session, Session], number: int
) -> list[tuple[int, str]]:
    address = f"/can-bo/{person}/sua/"
    pages = [session.page(address) for session in pair]
    answers: list[tuple[int, str]] = []

    def save(session: Session, page: str, mark: int) -> None:
        form = person_form(page, f"Xóm-{code}-đua-{number}-{mark}")
        status, text, _ = session.send(address, **form, **BASIS)
        answers.append((status, text))

    _together([lambda s=s, p=p, m=m: save(s, p, m)
               for m, (s, p) in enumerate(zip(pair, pages, strict=True))])  # fmt: skip
    return answers


def _doubled(person: int, pair: tuple[Session, Session], number: int) -> None:
    address = f"/can-bo/{person}/van-bang/them/"
    for session in pair:
        session.page(address)
    form = {"level": "professional:4", "awarded_on": "2020", "major": f"Ngành {number}",
            "evidence": "diploma", **BASIS}  # fmt: skip
    answers: list[int] = []
    _together([lambda s=s: answers.append(s.send(address, **form)[0]) for s in pair])
    pair[0].found.add(accepted=sum(status == 302 for status in answers))


def _together(jobs: list[Any]) -> None:
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
