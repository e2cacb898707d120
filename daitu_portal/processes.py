"""Whether another process of this machine is still there."""

import os
import sys
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Whether a process of that number runs. On Windows always: there a signal of any number ends
    the process, so that whoever asks must also look at when it was last heard of."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """A child that ended and was not waited for; only where /proc tells."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False
