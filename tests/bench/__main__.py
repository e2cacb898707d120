"""`make bench`: pages against a yardstick of the same run, the matrix against SQL by hand, a large
workbook against the fastest writer.

    make bench                        the demo district (S)
    make bench PEOPLE=10000 COMMUNES=480 PARTICIPATIONS=45000

Two workers, production settings, plain http on loopback, one connection kept. What it prints goes
to docs/benchmarks.md by hand, with the machine's facts. All parts are run; at the end it names what
was past its limit, and fails then. The limits of pages are those of the demo district.
"""

import http.client
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import django
from django.db.models import F

from tests.bench import excel, importing
from tests.serving import ROOT, served

REQUESTS = 40
IS_LARGE = bool(os.environ.get("PEOPLE"))
WRITES = 1 if IS_LARGE else 9  # a page made from nothing takes long on a large set
PASSWORD = "thước-đo-thước-đo"
DAY = "2023-06-08"
# (name, address, how many times the yardstick at the most)
PAGES = (
    ("front page", f"/?ngay={DAY}", 6),
    ("people list", f"/can-bo/?ngay={DAY}", 4),
    ("people list, search", f"/can-bo/?ngay={DAY}&q=nguyen+van", 4),
    ("person", f"/can-bo/5/?ngay={DAY}", 4),
    ("person, trình độ", f"/can-bo/5/trinh-do/?ngay={DAY}", 4),
    ("person, công tác", f"/can-bo/5/cong-tac/?ngay={DAY}", 4),
    ("person, đào tạo", f"/can-bo/5/dao-tao/?ngay={DAY}", 4),
    ("person, đánh giá", f"/can-bo/5/danh-gia/?ngay={DAY}", 4),
    ("figure with names", f"/bao-cao/civil_servants_degree/?ngay={DAY}", 4),
    ("communes", f"/don-vi/?ngay={DAY}", 4),
    ("classes", f"/dao-tao/?ngay={DAY}", 4),
    ("class", f"/dao-tao/1/?ngay={DAY}", 4),
    ("needs", f"/dao-tao/nhu-cau/?ngay={DAY}", 4),
    ("plan", f"/dao-tao/ke-hoach/2023/?ngay={DAY}", 4),
    ("studies", f"/dao-tao/cu-di-hoc/?ngay={DAY}", 4),
    ("candidates", f"/dao-tao/nguon/?ngay={DAY}", 4),
    ("totals", f"/dao-tao/tong-hop/?ngay={DAY}", 4),
)


class Browser:
    """One kept connection, signed in."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, address: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if data is not None:
            body, headers["Content-Type"] = urlencode(data), "application/x-www-form-urlencoded"
        self.connection.request(method, address, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode(errors="replace")
        for each in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {k: m.value for k, m in SimpleCookie(each).items()}
        return response.status, text

    def sign_in(self, username: str) -> None:
        _, page = self.ask("GET", "/dang-nhap/")
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
        status, _ = self.ask("POST", "/dang-nhap/", {
            "csrfmiddlewaretoken": token, "login": username, "password": PASSWORD})  # fmt: skip
        if status != 302:
            raise SystemExit(f"sign-in answered {status}")

    def milliseconds(self, address: str) -> float:
        start = time.perf_counter()
        status, _ = self.ask("GET", address)
        if status != 200:
            raise SystemExit(f"{address} answered {status}")
        return 1000 * (time.perf_counter() - start)


def _prepare(environment: dict[str, str]) -> None:
    size = ["--people", "--communes", "--participations"]
    given = [os.environ.get(name) for name in ("PEOPLE", "COMMUNES", "PARTICIPATIONS")]
    run = [sys.executable, "manage.py"]
    subprocess.run([*run, "prepare"], cwd=ROOT, env={**environment, "DEMO": "0"}, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    more = [word for pair in zip(size, given, strict=True) if pair[1] for word in pair]
    start = time.perf_counter()
    subprocess.run([*run, "seed_demo", *more], cwd=ROOT, env=environment, check=True)
    print(f"seeded in {time.perf_counter() - start:.1f} s", flush=True)


def _memory(pid: int) -> list[int]:
    """Resident MiB of the children of the server."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if f"\nPPid:\t{pid}\n" in text and (rss := re.search(r"VmRSS:\s+(\d+)", text)):
            found.append(int(rss[1]) // 1024)
    return found


def _writer(environment: dict[str, str]) -> Callable[[], object]:
    """What moves the record's version, so that the page after it is made from nothing."""
    os.environ.update(environment)
    django.setup()
    from cadres.models import Post

    return lambda: Post.objects.filter(code="CB01").update(order=F("order"))


def past_limit(times: dict[str, float]) -> list[str]:
    """Which pages are past their limit, by the milliseconds of each and of the yardstick."""
    return [
        f"page, {name}: {times[name] / times['yardstick']:.1f} x the yardstick, at most {most}"
        for name, _, most in PAGES
        if times[name] > most * times["yardstick"]
    ]


def _pages(port: int, write: Callable[[], object]) -> list[str]:
    """Print what each page takes; what is past its limit."""
    browser = Browser(port)
    browser.sign_in("lanhdao")
    addresses = {"yardstick": "/thuoc-do/", **{name: address for name, address, _ in PAGES}}
    times: dict[str, list[float]] = {name: [] for name in addresses}
    for turn in range(REQUESTS + 4):  # in turn, so that a slow moment falls on all of them
        for name, address in addresses.items():
            taken = browser.milliseconds(address)
            if turn >= 4:
                times[name].append(taken)
    after_write = {
        name: statistics.median(_after(write, browser, address) for _ in range(WRITES))
        for name, address, _ in PAGES
    }
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    yardstick = medians["yardstick"]
    heads = ("median ms", "× yardstick", "at most", "after a write")
    print(f"{'page':24}" + "".join(f" {head:>13}" for head in heads))
    print(f"{'yardstick':24} {yardstick:13.1f} {1:13.1f}")
    for name, _, most in PAGES:
        print(f"{name:24} {medians[name]:13.1f} {medians[name] / yardstick:13.1f} {most:13}"
              f" {after_write[name]:13.1f}")  # fmt: skip
    return [] if IS_LARGE else past_limit(medians)


def _after(write: Callable[[], object], browser: Browser, address: str) -> float:
    """The time of the first page after something was written, when nothing is remembered."""
    write()
    return browser.milliseconds(address)


def _matrix(environment: dict[str, str]) -> list[str]:
    """What is past its limit of the aggregates: of figures, and of the report of training."""
    return [*_aside("matrix", environment), *_aside("training_report", environment)]


def _aside(module: str, environment: dict[str, str]) -> list[str]:
    """Its own process says what is past its limit, or why there is no figure, last."""
    done = subprocess.run([sys.executable, "-m", f"tests.bench.{module}"], cwd=ROOT,
                          env=environment, stderr=subprocess.PIPE, text=True)  # fmt: skip
    said = done.stderr.strip().splitlines()
    return (said[-1:] or [f"{module}: no figure"]) if done.returncode else []


def main() -> int:
    """1 where a figure is past its limit."""
    data = tempfile.mkdtemp(prefix="portal-bench-")
    environment = {**os.environ, "DATA_DIR": data, "HTTPS": "0", "DEMO_PASSWORD": PASSWORD,
                   "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}  # fmt: skip
    database = "PostgreSQL" if environment.get("DATABASE_URL") else "SQLite"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"{database}", flush=True)  # fmt: skip
    wrong = [*excel.main(), *importing.main()]
    _prepare(environment)
    wrong += _matrix(environment)
    with served(environment, log_level="warning") as (port, server, seconds):
        print(f"server ready in {seconds:.1f} s", flush=True)
        print(f"memory of the workers at rest, MiB: {_memory(server)}")
        wrong += _pages(port, _writer(environment))
    for each in wrong:
        print(f"FAIL: {each}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
