"""kill -9 at random moments during 200 imports: nothing half written, nothing acknowledged lost.

    python -m tests.drill.kill [IMPORTS] [SECONDS]      on SQLite, then on PostgreSQL

Only processes that the drill started are killed: the server's group, and the processes that work
on long files, by the numbers that their progress tells. What no kill of a process shows, a loss of
power, is not tried here.
"""

import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.concurrency.driver import BASIS
from tests.drill.portal import Portal
from tests.postgres import server as postgres

_SENDERS, _SMALL, _LONG, _EVERY = 3, 15, 3000, 16  # every so many files, a long one
_BETWEEN_KILLS = (0.5, 6.0)  # seconds


@dataclass
class Tally:
    """What the senders were told, by number of the file."""

    sent: int = 0
    acknowledged: dict[int, int] = field(default_factory=dict)  # file: its batch
    uploaded: dict[int, int] = field(default_factory=dict)
    kills: int = 0
    jobs_killed: int = 0
    restarts: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def _file(number: int) -> tuple[bytes, int]:
    """A template of people whose names say which file they are of; every sixteenth is long."""
    count = _LONG if number % _EVERY == 0 else _SMALL
    drawn = random.Random(number)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cán bộ")
    sheet.append(["Số hiệu", "Họ và tên", "Giới tính", "Ngày sinh", "Nơi ở hiện nay", "Quê quán",
                  "Nơi sinh", "Cơ quan tuyển dụng"])  # fmt: skip
    for _ in range(count):
        words = ["".join(drawn.choices("bcdghklmnpqrstvx", k=7)).capitalize() for _ in range(2)]
        size = 240 if count == _LONG else 6
        filler = ["".join(drawn.choices("bcdghklmnpqrstvx", k=size)) for _ in range(3)]
        sheet.append(["", f"Trần Thị {' '.join(words)}", "Nữ", str(drawn.randint(1965, 2000)),
                      f"drill-{number}-", *filler])  # fmt: skip
    out = BytesIO()
    book.save(out)
    return out.getvalue(), count


class Sender(threading.Thread):
    """Brings files in one after the other; after a kill it looks what became of the last one."""

    def __init__(self, portal: Portal, number: int, tally: Tally, most: int, until: float) -> None:
        super().__init__(daemon=True)
        self.portal, self.number, self.tally = portal, number, tally
        self.most, self.until = most, until

    def run(self) -> None:
        while time.monotonic() < self.until:
            if not self.portal.answers():
                time.sleep(0.1)
                continue
            with self.tally.lock:
                if self.tally.sent >= self.most:
                    return
                self.tally.sent += 1
                number = self.tally.sent
            try:
                self._bring_in(number)
            except (OSError, HTTPException):
                time.sleep(0.3)  # the server was killed; the file may or may not have gone in

    def _bring_in(self, number: int) -> None:
        session = self.portal.session(self.number)
        content, _ = _file(number)
        session.page("/nhap-lieu/")
        _, _, to = session.upload("/nhap-lieu/", content)
        if not to:
            return
        batch = int("".join(each for each in to if each.isdigit()))
        self.tally.uploaded[number] = batch
        address = f"/nhap-lieu/{batch}/"
        self._wait(session, address)
        page = session.page(address)
        if "basis-kind" not in page:
            return
        _, _, to = session.send(f"{address}ghi/", **BASIS)
        if "tien-do" in to:
            self._wait(session, address)
        if "Đã ghi ·" in session.page(address):
            self.tally.acknowledged[number] = batch

    def _wait(self, session: Any, address: str) -> None:
        for _ in range(120):
            _, text, to = session.ask("GET", f"{address}tien-do/")
            if to or 'hx-trigger="every 2s"' not in text:
                return
            time.sleep(0.25)


def _kill(portal: Portal, tally: Tally, drawn: random.Random) -> None:
    """The server, or a process that works on a long file, or both."""
    jobs = _jobs(portal)
    if jobs and drawn.random() < 0.6:
        for pid in jobs:
            _end(pid)
            tally.jobs_killed += 1
        if drawn.random() < 0.5:
            return
    portal.kill()
    tally.kills += 1
    time.sleep(drawn.random() / 2)
    tally.restarts.append(portal.start())


def _jobs(portal: Portal) -> list[int]:
    """Processes at work on this portal's files, by their own progress; none that is not ours."""
    found = []
    for path in (portal.data / "files" / "imports").glob("*.progress"):
        try:
            told = json.loads(path.read_text())
            command = Path(f"/proc/{told['pid']}/cmdline").read_bytes()
            place = Path(f"/proc/{told['pid']}/environ").read_bytes()
        except (OSError, ValueError):
            continue
        is_ours = f"DATA_DIR={portal.data}".encode() in place and b"work_on_import" in command
        if not told["is_ended"] and is_ours:
            found.append(told["pid"])
    return found


def _end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def drill(portal: Portal, imports: int, seconds: float) -> bool:
    """Run on one database; whether nothing was found wrong."""
    portal.prepare()
    portal.start()
    tally, drawn = Tally(), random.Random(7)
    until = time.monotonic() + seconds
    senders = [Sender(portal, number, tally, imports, until) for number in range(_SENDERS)]
    for each in senders:
        each.start()
    while any(each.is_alive() for each in senders) and time.monotonic() < until:
        time.sleep(drawn.uniform(*_BETWEEN_KILLS))
        _kill(portal, tally, drawn)
    for each in senders:
        each.join(150)
    for pid in _jobs(portal):
        _end(pid)
    portal.kill()
    time.sleep(0.5)
    portal.run("manage.py", "tidy_imports", "--minutes", "0")
    return _judge(portal, tally)


def _judge(portal: Portal, tally: Tally) -> bool:
    told = {str(number): batch for number, batch in tally.acknowledged.items()}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"acknowledged": told, "small": _SMALL, "long": _LONG, "every": _EVERY}, file)
        file.flush()
        found = json.loads(portal.run("-m", "tests.drill.recount", file.name))
    portal.start()
    silent = _silent(portal, found["broken"])
    portal.kill()
    slowest = max(tally.restarts, default=0.0)
    print(f"  {tally.sent} files sent, {len(tally.uploaded)} kept, {len(tally.acknowledged)} "
          f"acknowledged, {found['done']} written; {tally.kills} kills of the server, "
          f"{tally.jobs_killed} of processes at work; {len(found['broken'])} broken off, "
          f"restart to first answer at most {slowest:.1f} s", flush=True)  # fmt: skip
    wrong = {
        "partial": found["partial"], "lost": found["lost"], "orphans": found["orphans"],
        "integrity": found["integrity"], "says nothing": silent,
        "slow restart": [slowest] if slowest > 10 else [],
    }  # fmt: skip
    for name, each in wrong.items():
        print(f"  {name}: {len(each)} {each[:3] if each else ''}", flush=True)
    return not any(wrong.values())


def _silent(portal: Portal, broken: list[int]) -> list[int]:
    """Batches that broke off and whose page does not say so."""
    session, found = portal.session(), []
    for batch in broken:
        address = f"/nhap-lieu/{batch}/"
        text = session.page(address) or session.page(f"{address}tien-do/")
        if "ngắt giữa chừng" not in text:
            found.append(batch)
    return found


def main() -> int:
    imports = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 360
    is_sound = True
    for name, opened in (("SQLite", nullcontext("")), ("PostgreSQL", postgres())):
        with opened as address:
            print(name, flush=True)
            is_sound = drill(Portal(address), imports, seconds) and is_sound
    return 0 if is_sound else 1


if __name__ == "__main__":
    sys.exit(main())
