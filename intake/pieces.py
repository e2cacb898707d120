"""What a long file would write, kept in a file beside it between the comparison and the write.

So that the transaction does nothing but write, and memory never holds all people at once. Rows of
the record as Python keeps them, with units and posts by their keys; only what belongs in such a
file is taken out of it again.
"""

import io
import os
import pickle
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from django.db.models import Choices, Model
from django.utils import timezone

from cadres import records
from cadres.models import Commune, Post, StudyField, Term
from intake.plan import Change, Plan
from intake.reader import SourceRow

_SHARED = (Commune, Post, StudyField, Term)  # rows that many others name
_HEADER = 8  # bytes that tell the length of a piece
_ALLOWED = {
    ("django.db.models.base", "model_unpickle"), ("django.db.models.base", "ModelState"),
    ("django.db.models.fields.related_descriptors", "ForeignKeyDeferredAttribute"),
    ("daitu_portal.dates", "PartialDate"), ("datetime", "date"), ("datetime", "datetime"),
    ("datetime", "timezone"), ("datetime", "timedelta"), ("decimal", "Decimal"),
    ("zoneinfo", "ZoneInfo._unpickle"), ("builtins", "set"),  
}  # fmt: skip


class Pieces:
    """The pieces of one file; `path` is where they stand."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)

    def made_on(self) -> date | None:
        """The day on which they were kept, by the clock here; None where there are none."""
        try:
            made_at = self.path.stat().st_mtime
        except FileNotFoundError:
            return None
        return timezone.localdate(datetime.fromtimestamp(made_at, tz=UTC))

    def anew(self) -> "PiecesWriter":
        """Begin them anew, in a file that only this account of the machine may read."""
        self.drop()
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        return PiecesWriter(os.fdopen(handle, "wb"))

    def plans(self) -> Iterator[Plan]:
        """The changes of each piece, as a plan of them alone."""
        shared = {model: model._default_manager.in_bulk() for model in _SHARED}
        with self.path.open("rb") as file:
            while head := file.read(_HEADER):
                plain = zlib.decompress(file.read(int.from_bytes(head, "big")))
                told = _Unpickler(io.BytesIO(plain), shared).load()
                yield Plan([_change(*each) for each in told], [], {}, [])


class PiecesWriter:
    """Takes the pieces one by one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, changes: Sequence[Change]) -> None:
        """Keep what of these is to be written."""
        told = [
            (each.table.code, each.row, each.cadre, each.is_new, each.before)
            for each in changes if each.is_new or each.before
        ]  # fmt: skip
        plain = io.BytesIO()
        _Pickler(plain, protocol=5).dump(told)
        piece = zlib.compress(plain.getvalue(), 1)
        self._file.write(len(piece).to_bytes(_HEADER, "big") + piece)

    def close(self) -> None:
        self._file.close()


def _change(code: str, row: Any, cadre: Any, is_new: bool, before: dict[str, Any]) -> Change:
    table = records.table(code)
    nowhere = SourceRow(table, "", 0, {}, {}, {})
    return Change(nowhere, table, row, cadre, is_new, before)


class _Pickler(pickle.Pickler):
    def persistent_id(self, thing: Any) -> Any:
        if isinstance(thing, _SHARED):
            return type(thing).__name__, thing.pk
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: IO[bytes], shared: dict[type[Any], dict[Any, Any]]) -> None:
        super().__init__(file)
        self._shared = {model.__name__: rows for model, rows in shared.items()}

    def persistent_load(self, told: Any) -> Any:
        name, key = told
        return self._shared[name][key]

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name)
        is_ours = module.startswith("cadres.models") and isinstance(found, type)
        if (module, name) in _ALLOWED or (is_ours and issubclass(found, Model | Choices)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")
