"""Reads one file in a process of its own and prints what it holds as lines (told.py).

Started by child.py with an empty environment: it knows no settings and no database, may open no
socket, and may use only so much memory and time. Of the portal it imports what needs no Django.
A crash here is an answer too: the parent calls the file damaged.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daitu_portal.reading.told import Limit, Refused, Teller
from daitu_portal.reading.xlsx import read_xlsx

MARK = "mark"  # the task that is no reading of one kind of file
_REFUSED_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")


def lock_down(limits: Limit) -> None:
    """Take away sockets and child processes for good, and cap memory, time and output."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds there
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"],) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"],) * 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits["output"],) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
        if event.startswith(_REFUSED_EVENTS):
            raise RuntimeError(f"{event} is not allowed while a workbook is read")

    sys.addaudithook(refuse)


def _reader_of(kind: str) -> Callable[[str, Limit, Teller], None]:
    """The reader of a rarer kind; what it needs is loaded only then."""
    if kind == "xls":
        from daitu_portal.reading.xls import read_xls

        return read_xls
    if kind == "ods":
        from daitu_portal.reading.ods import read_ods

        return read_ods
    from daitu_portal.reading.delimited import read_delimited

    return read_delimited


def read(kind: str, path: str, limits: Limit, out: TextIO) -> None:
    """Print the lines of all sheets, and {"done"} at the end."""
    teller = Teller(out)
    reader = read_xlsx if kind == "xlsx" else _reader_of(kind)
    reader(path, limits, teller)
    teller.say({"done": True})


def mark(path: str, limits: Limit, marks_path: str, out_path: str, *, out: TextIO) -> None:
    """Write the marked workbook, and print {"done"}."""
    from daitu_portal.reading.xlsx_marked import mark_xlsx

    mark_xlsx(path, limits, marks_path, out_path)
    Teller(out).say({"done": True})


def main() -> None:
    task, path, limits = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    lock_down(limits)
    teller = Teller(sys.stdout)
    try:
        if task == MARK:
            mark(path, limits, *sys.argv[4:], out=sys.stdout)
        else:
            read(task, path, limits, sys.stdout)
    except Refused as refusal:
        teller.say({"refused": list(refusal.args)})
    except MemoryError:
        teller.say({"refused": ["memory", "", 0, 0]})


if __name__ == "__main__":
    main()
