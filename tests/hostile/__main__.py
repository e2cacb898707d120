"""`python -m tests.hostile`: every hostile file is uploaded to a served portal, one after another.

Each must be answered below 500, in time, in words of Vietnamese, without more than 300 MiB of
memory, with nothing written, while another account still gets its pages. Loopback only.

    ONLY=bomb python -m tests.hostile      those whose name holds a word
"""

import http.client
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.hostile.case import ACCEPTED, PROBLEMS, REFUSED, Case
from tests.hostile.client import Account, Watch, message_of, weight_of
from tests.hostile.corpus import corpus
from tests.serving import seeded, served

MOST_BYTES = 300 * 1024 * 1024
SLOWEST_PAGE = 5.0  # seconds that somebody else may wait for a page meanwhile
_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", re.I)
# What the import itself keeps, and what every visit leaves.
_NOT_RECORDS = ("intake_import", "accounts_", "django_", "axes_", "account_", "usersessions_",
                "sqlite_")  # fmt: skip


class Records:
    """The portal's database beside the portal: what is written, and what an import found."""

    def __init__(self, environment: dict[str, str]) -> None:
        os.environ.update(environment)
        import django

        django.setup()

    def counts(self) -> dict[str, int]:
        """Rows of each table that holds a record."""
        from django.db import connection

        names = [n for n in connection.introspection.table_names() if _is_record(n)]
        found = {}
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")
                found[name] = cursor.fetchone()[0]
        return found

    def last_problems(self) -> tuple[int, str]:
        """(key of the last file, what was said against it)."""
        from intake.models import ImportBatch

        batch = ImportBatch.objects.order_by("-pk").first()
        if batch is None:
            return 0, ""
        return batch.pk, " ".join(f"{p['message']} {p['remedy']}" for p in batch.problems[:50])


def _is_record(table: str) -> bool:
    return not table.startswith(_NOT_RECORDS)


class Run:
    """All cases against one served portal; `wrong` grows."""

    def __init__(self, port: int, server: int, world: dict[str, Any], records: Records) -> None:
        self.server, self.records = server, records
        first, second = world["staff"][:2]
        self.sender, self.onlooker = Account(port, first, world), Account(port, second, world)
        self.wrong: list[str] = []
        self.answers: dict[str, int] = {}
        self.before = records.counts()
        self.most_bytes, self.slowest = 0, 0.0

    def go(self, cases: list[Case]) -> None:
        for _ in range(8):  # both workers have loaded what they need
            self.sender.ask("GET", "/nhap-lieu/")
            self.onlooker.ask("GET", "/can-bo/")
        for case in cases:
            for fault in self._upload(case):
                self.wrong.append(f"{case.name}: {fault}")
                print(f"WRONG {self.wrong[-1]}", flush=True)

    def _upload(self, case: Case) -> Iterator[str]:
        content = case.make()
        last, _ = self.records.last_problems()
        weight, begun = weight_of(self.server), time.perf_counter()
        with Watch(self.onlooker, self.server) as watch:
            try:
                status, page, place = self.sender.upload(case.file, content)
                place = self.sender.wait_for(place, case.seconds)
            except (OSError, http.client.HTTPException) as error:
                yield f"no answer: {error!r}"
                return
            took = time.perf_counter() - begun
        yield from self._cost(case, watch, watch.most_bytes - weight, took)
        if status >= 500:
            yield f"status {status}"
            return
        answer, message = self._answer(last, page, place)
        self.answers[answer] = self.answers.get(answer, 0) + 1
        yield from _judged(case, answer, message)
        now = self.records.counts()
        if now != self.before:
            changed = {name for name in now if now[name] != self.before.get(name)}
            self.before = now
            yield f"written: {sorted(changed)}"

    def _cost(self, case: Case, watch: Watch, added: int, took: float) -> Iterator[str]:
        self.most_bytes = max(self.most_bytes, added)
        self.slowest = max(self.slowest, took)
        if took > case.seconds:
            yield f"took {took:.1f} s, {case.seconds:.0f} allowed"
        if added > MOST_BYTES:
            yield f"{added / 1024 / 1024:.0f} MiB more, {MOST_BYTES // 1024 // 1024} allowed"
        if watch.refused or watch.slowest > SLOWEST_PAGE:
            yield f"others meanwhile: {watch.refused[:3]}, slowest {watch.slowest:.1f} s"

    def _answer(self, last: int, page: str, place: str) -> tuple[str, str]:
        """What the portal said to the file, and in which words."""
        if not place:
            return REFUSED, message_of(page)
        key, problems = self.records.last_problems()
        if key == last:
            return REFUSED, ""
        return (PROBLEMS, problems) if problems else (ACCEPTED, "")


def _judged(case: Case, answer: str, message: str) -> Iterator[str]:
    if answer not in case.expected:
        yield f"{answer} ({message[:160]}), expected {' or '.join(case.expected)}"
    elif answer != ACCEPTED and not _VIETNAMESE.search(message):
        yield f"{answer} without a word that its sender reads: {message[:160]!r}"
    elif answer != ACCEPTED and case.word:
        words = case.word.lower().split("|")
        if not any(word in message.lower() for word in words):
            yield f"no word of {words} in: {message[:200]!r}"


def main(address: str = "") -> int:
    """1 where a file is not answered as it must be. `address`: of an empty PostgreSQL database;
    "": SQLite."""
    only = os.environ.get("ONLY", "")
    cases = [case for case in corpus() if only in case.name]
    environment, world = seeded("hostile", address)
    with served(environment, log=Path(environment["DATA_DIR"], "server.log")) as (port, server, _):
        run = Run(port, server, world, Records(environment))
        run.go(cases)
    print(
        f"{len(cases)} hostile files: {run.answers}; most memory {run.most_bytes / 2**20:.0f} MiB, "
        f"slowest {run.slowest:.1f} s; {len(run.wrong)} wrong",
        flush=True,
    )
    return 1 if run.wrong or not cases else 0


if __name__ == "__main__":
    sys.exit(main(os.environ.get("DATABASE_URL", "")))
