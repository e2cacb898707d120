"""Reads and marks in this process, where coverage sees it: limits and locks are tested in
test_reading.py, through processes of their own."""

import io
import sys
import traceback

from daitu_portal.reading import child, marking, reader, worker


class ChildHere(child.Child):
    """Does what the process would do, and ends as it would."""

    def __enter__(self):
        self._told = io.StringIO()
        arguments, sys.argv = sys.argv, ["worker.py", *self._arguments]
        stdout, sys.stdout = sys.stdout, self._told
        try:
            worker.main()
        except Exception:  # noqa: BLE001 - whatever it is, the process would end
            self._crash = traceback.format_exc()
        else:
            self._crash = ""
        finally:
            sys.argv, sys.stdout = arguments, stdout
        return self

    def __exit__(self, *error):
        pass

    def lines(self):
        yield from self._told.getvalue().encode().split(b"\n")
        if self._crash:
            child.refuse_crash(1, self._crash)

    def wait(self):
        if self._crash:
            child.refuse_crash(1, self._crash)


def stay_here(monkeypatch):
    """Let nothing start a process."""
    monkeypatch.setattr(worker, "lock_down", lambda limits: None)
    monkeypatch.setattr(reader, "Child", ChildHere)
    monkeypatch.setattr(marking, "Child", ChildHere)
