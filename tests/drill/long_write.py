"""What everybody else sees while a long file is written: pages, and what is sent.

python -m tests.drill.long_write FILE [postgres]
"""

import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.concurrency.driver import BASIS, person_form
from tests.drill.portal import ROOT, Portal
from tests.postgres import server as postgres


class Watcher(threading.Thread):
    """Asks one thing again and again while the file is at work, and notes how long it took."""

    def __init__(self, portal: Portal, number: int, *, sends: bool) -> None:
        super().__init__(daemon=True)
        self.portal, self.session, self.sends = portal, portal.session(number), sends
        self.person = portal.world["communes"][0]["people"][number]
        self.is_over = threading.Event()
        self.times: list[tuple[bool, float, int]] = []  # during the long write, seconds, status

    def run(self) -> None:
        pages = ("/", "/can-bo/", f"/can-bo/{self.person}/", "/nhap-lieu/", "/duyet/")
        form = person_form(self.session.page(f"/can-bo/{self.person}/sua/"), "Xóm mới")
        turn = 0
        while not self.is_over.is_set():
            flag = (self.portal.data / "long-write").exists()
            begun = time.perf_counter()
            if self.sends:
                status, _, _ = self.session.send(f"/can-bo/{self.person}/sua/", **form, **BASIS)
            else:
                status, _, _ = self.session.ask("GET", pages[turn % len(pages)])
            taken = time.perf_counter() - begun
            flag = flag and (self.portal.data / "long-write").exists()
            self.times.append((flag, taken, status))
            turn += 1
            self.is_over.wait(2 if self.sends else 0.3)


def _tell(what: str, watcher: Watcher) -> None:
    for during, words in ((True, "during the write"), (False, "before and after, and its ends")):
        mine = [(taken, status) for flag, taken, status in watcher.times if flag == during]
        if mine:
            took = [taken for taken, _ in mine]
            statuses = sorted({status for _, status in mine})
            print(f"  {what}, {words}: {len(mine)} asked, median {statistics.median(took):.3f} s, "
                  f"at most {max(took):.2f} s, answers {statuses}", flush=True)  # fmt: skip


def measure(portal: Portal, file: Path) -> None:
    """Bring the file in by the command line while others look and send."""
    portal.prepare()
    portal.start()
    watchers = [Watcher(portal, 0, sends=False), Watcher(portal, 1, sends=True)]
    for each in watchers:
        each.start()
    begun = time.perf_counter()
    command = ["/usr/bin/time", "-f", "%M kB at most, %e s, %U s of the processor",
               sys.executable, "manage.py", "import_cadres", str(file), "--bulk"]  # fmt: skip
    work = subprocess.Popen(command, cwd=ROOT, env=portal.environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    flag, wrote = portal.data / "long-write", [0.0, 0.0]
    told = threading.Thread(target=lambda: outcome.extend(work.communicate()), daemon=True)
    outcome: list[str] = []
    told.start()
    while work.poll() is None:
        now = time.perf_counter() - begun
        if flag.exists():
            wrote = [wrote[0] or now, now]
        time.sleep(0.05)
    told.join()
    total = time.perf_counter() - begun
    for each in watchers:
        each.is_over.set()
        each.join(120)
    print(f"  {' '.join(outcome[0].split(chr(10)))}", flush=True)
    print(f"  {outcome[1].strip().splitlines()[-1]}; {total:.0f} s in all, written from "
          f"{wrote[0]:.0f} to {wrote[1]:.0f} s", flush=True)  # fmt: skip
    size = sum(f.stat().st_size for f in portal.data.glob("portal.sqlite3*"))
    print(f"  database file {size / 1e6:.0f} MB, events put aside and not taken in: "
          f"{len(list((portal.data / 'audit-aside').glob('*')))}")  # fmt: skip
    _tell("pages", watchers[0])
    _tell("sent", watchers[1])
    portal.kill()


def main() -> None:
    file = Path(sys.argv[1])
    if len(sys.argv) > 2:
        with postgres() as address:
            print("PostgreSQL", flush=True)
            measure(Portal(address), file)
    else:
        print("SQLite", flush=True)
        measure(Portal(), file)


if __name__ == "__main__":
    main()
