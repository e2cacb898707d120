"""Personal data on disk: only the portal's own account of the machine may read it.

Windows has no such modes; there the folder's own rights must keep others out.
"""

import os
from pathlib import Path

HAS_MODES = os.name == "posix"
# Everything that the portal keeps in its folder. Nothing else is touched: the folder may be shared.
_KEPT = ("*.sqlite3", "*.sqlite3-*", "portal.log*", "secret-key", "demo-accounts.txt", "files",
         "long-write", "audit-aside")  # fmt: skip


def make_new_files_private() -> None:
    """From now on this process, and what it starts, makes files that others cannot open."""
    if HAS_MODES:
        os.umask(0o077)


def private_folder(folder: Path) -> Path:
    """`folder`, made with mode 0700 where there is none; one that is there keeps its mode."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def tighten(folder: Path) -> None:
    """Take from group and others what earlier starts left open to them in `folder`."""
    if not HAS_MODES:
        return
    for pattern in _KEPT:
        for kept in folder.glob(pattern):
            _tighten_one(kept)
            for inner in kept.rglob("*") if kept.is_dir() else ():
                _tighten_one(inner)


def _tighten_one(path: Path) -> None:
    mode = path.lstat().st_mode
    if not path.is_symlink() and mode & 0o077:
        path.chmod(mode & 0o700)
