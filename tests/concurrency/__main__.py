"""`python -m tests.concurrency`: the 60-second run of clerks and the district together, with its
control. Loopback only; ends by itself.

    SECONDS=600 ROUNDS=200 python -m tests.concurrency      the drill before a release
"""

import json
import os
import statistics
import sys
from typing import Any

from tests.concurrency.driver import Found, mixed, races
from tests.serving import DOOR, run_python, seeded, served

SECONDS = float(os.environ.get("SECONDS", "60"))
ROUNDS = int(os.environ.get("ROUNDS", "40"))
CONTROL_SECONDS, CONTROL_ROUNDS = 10, 25
GUARDED, UNGUARDED = DOOR, "tests.concurrency.unguarded:application"


def _run(database: str, door: str, seconds: float, rounds: int) -> tuple[Found, dict[str, Any]]:
    environment, world = seeded("concurrency", database)
    found = Found()
    with served(environment, door=door) as (port, _, _):
        won, late = races(world, port, found, rounds)
        mixed(world, port, found, seconds)
    stands = json.loads(run_python(environment, "-m", "tests.concurrency.recount"))
    return found, {**stands, "won": won, "late": late, "rounds": rounds}


def wrong_with(found: Found, stands: dict[str, Any]) -> list[str]:
    """Everything that a sound portal would not show."""
    wrong = [f"{len(found.faults)} faults: {found.faults[:5]}"] if found.faults else []
    wrong += [f"{len(found.leaks)} leaks: {found.leaks[:5]}"] if found.leaks else []
    wrong += [f"lost update: {each}" for each in stands["broken"][:5]]
    if stands["won"] != stands["rounds"] or stands["late"] != stands["rounds"]:
        wrong.append(f"{stands['won']} won, {stands['late']} told late of {stands['rounds']} races")
    if stands["doubled"]:
        wrong.append(f"{stands['doubled']} rows of forms that were sent twice")
    if stands["unwritten"]:
        wrong.append(f"{stands['unwritten']} items approved and not written")
    if stands["changes"] != found.accepted + stands["approved"]:
        wrong.append(f"{stands['changes']} changes, {found.accepted} accepted and "
                     f"{stands['approved']} approved")  # fmt: skip
    return wrong


def _tell(name: str, found: Found, stands: dict[str, Any]) -> None:
    edits = sorted(found.edit_ms) or [0.0]
    p95 = edits[int(0.95 * (len(edits) - 1))]
    print(
        f"{name}: {found.asked} requests, {found.accepted} edits, {found.stale} told late, "
        f"{stands['approved']} items approved, {found.imported} files; edit median "
        f"{statistics.median(edits):.0f} ms, p95 {p95:.0f} ms; races {stands['won']} won, "
        f"{stands['late']} late of {stands['rounds']}",
        flush=True,
    )


def main(database: str = "") -> int:
    """1 where the portal shows what it must not, or the control does not show it."""
    name = "PostgreSQL" if database else "SQLite"
    found, stands = _run(database, GUARDED, SECONDS, ROUNDS)
    _tell(name, found, stands)
    wrong = wrong_with(found, stands)
    for each in wrong:
        print(f"FAIL: {each}", flush=True)
    control, without = _run(database, UNGUARDED, CONTROL_SECONDS, CONTROL_ROUNDS)
    shown = wrong_with(control, without)
    print(f"{name}, the control shows: {'; '.join(shown)[:400] or 'nothing'}", flush=True)
    return 1 if wrong or not shown else 0


if __name__ == "__main__":
    sys.exit(main(os.environ.get("DATABASE_URL", "")))
