"""Keeping scans and photos: on disk before the row, gone with a transaction that fails.

Nothing is removed once it is kept: a file that does not belong is set aside. What was not looked
into (`daitu_portal.file_content.checked`) cannot be stored.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from cadres.models import Attachment, Basis, Cadre, Change
from daitu_portal.file_content import Checked
from daitu_portal.private_files import private_folder

_MEGABYTE = 1024 * 1024
_KIND_OF_BASIS = {
    Basis.Kind.DECISION: Attachment.Kind.DECISION,
    Basis.Kind.CERTIFICATE: Attachment.Kind.DIPLOMA,
    Basis.Kind.DECLARATION: Attachment.Kind.DECLARATION,
}
_written: ContextVar[list[Path] | None] = ContextVar("written", default=None)


@contextmanager
def storing() -> Iterator[None]:
    """A transaction whose files go with it: where it fails, what was stored inside is removed.

    Use it in place of `transaction.atomic()` round whatever stores files; it may be nested, the
    outermost one decides. The outermost must hold the whole transaction: files stored inside a
    plain `atomic()` round it that fails later are left behind, for `check_files` to find.
    """
    outer, mine = _written.get(), list[Path]()
    token, is_done = _written.set(mine), False
    try:
        with transaction.atomic():
            yield
        is_done = True
    finally:
        _written.reset(token)
        if not is_done:
            for path in mine:
                path.unlink(missing_ok=True)
        elif outer is not None:
            outer.extend(mine)


def store(
    file: Checked,
    *,
    kind: str,
    by: User | None,
    cadre: Cadre | None = None,
    basis: Basis | None = None,
) -> Attachment:
    """Keep a file of a person or of a basis (or both) and return its row.

    The content stands on disk (fsync, mode 0600) before the row is written. Raises
    ValidationError where the room of the person's record or of the account's day is used up.
    """
    if cadre is None and basis is None:
        raise ValueError("a file belongs to a person or to a basis")
    with storing():
        _check_room(len(file.data), by=by, cadre=cadre)
        kept = Attachment(
            cadre=cadre, basis=basis, kind=kind, name=file.name, content_type=file.content_type,
            size=len(file.data), sha256=hashlib.sha256(file.data).hexdigest(), uploaded_by=by,
            commune_id=by.commune_id if by is not None else None,
        )  # fmt: skip
        _write(kept.path, file.data)
        kept.save(force_insert=True)
    return kept


def store_scans(files: Iterable[Checked], *, basis: Basis, by: User | None) -> list[Attachment]:
    """Keep the scans of a basis, as `ScanField` gives them: all of them or none.

    Call it inside the `storing()` that also writes the basis and its changes.
    """
    kind = _KIND_OF_BASIS[Basis.Kind(basis.kind)]
    with storing():
        return [store(file, kind=kind, by=by, basis=basis) for file in files]


def store_of_person(
    files: Iterable[Checked], *, cadre: Cadre, kind: str, by: User | None
) -> tuple[list[Attachment], list[str]]:
    """Keep files of a person, all of them or none: (rows, names of files that were there already).

    What the person's record holds under the same kind with the same content is not kept again,
    so that a form sent twice does nothing the second time.
    """
    stored, known = [], []
    with storing():
        Cadre.objects.select_for_update().get(pk=cadre.pk)
        held = Attachment.objects.kept().filter(cadre=cadre, kind=kind)
        digests = set(held.values_list("sha256", flat=True))
        for file in files:
            digest = hashlib.sha256(file.data).hexdigest()
            if digest in digests:
                known.append(file.name)
            else:
                digests.add(digest)
                stored.append(store(file, kind=kind, by=by, cadre=cadre))
    return stored, known


def set_aside(attachment: Attachment) -> bool:
    """Take a file out of the record; its content stays. False where it was out already."""
    kept = Attachment.objects.filter(pk=attachment.pk, set_aside_at=None)
    return bool(kept.update(set_aside_at=timezone.now()))


def take_back(attachment: Attachment) -> bool:
    """Put a file that was set aside into the record again. False where it is there."""
    out = Attachment.objects.filter(pk=attachment.pk, set_aside_at__isnull=False)
    return bool(out.update(set_aside_at=None))


def read(attachment: Attachment) -> bytes | None:
    """The content as it was stored; None where it is missing or is no longer what it was."""
    try:
        data = attachment.path.read_bytes()
    except FileNotFoundError:
        return None
    return data if hashlib.sha256(data).hexdigest() == attachment.sha256 else None


def people_named(attachment: Attachment) -> list[int]:
    """Keys of those whom the basis of a scan changes: whoever reads it reads of them."""
    changes = Change.objects.filter(basis=attachment.basis_id)
    return sorted(set(changes.values_list("cadre", flat=True)))


def fault_of(attachment: Attachment) -> str:
    """What is wrong with the kept file, in a word or two; "" where it is as it was."""
    if not attachment.path.exists():
        return "mất"
    return "" if read(attachment) is not None else "bị đổi"


def _check_room(size: int, *, by: User | None, cadre: Cadre | None) -> None:
    if cadre is not None:
        most, mine = settings.SCANS_OF_PERSON_BYTES, Attachment.objects.filter(cadre=cadre)
        if _sum(mine) + size > most:
            raise ValidationError(
                f"Hồ sơ này đã giữ gần {most // _MEGABYTE} MB tệp nên không nhận thêm. "
                "Quét lại gọn hơn (đen trắng, 200 dpi) hoặc báo Tổ chức – Nội vụ huyện."
            )
    if by is not None:
        since = timezone.now() - timedelta(days=1)
        sent = Attachment.objects.filter(uploaded_by=by, uploaded_at__gte=since)
        most = settings.SCANS_A_DAY_BYTES
        if _sum(sent) + size > most:
            raise ValidationError(
                f"Tài khoản này đã tải lên gần {most // _MEGABYTE} MB trong 24 giờ qua. "
                "Mai tải tiếp, hoặc báo Tổ chức – Nội vụ huyện nếu cần hơn."
            )


def _sum(rows) -> int:
    return rows.aggregate(total=Sum("size"))["total"] or 0


def _write(path: Path, data: bytes) -> None:
    """Write a new private file so that it is there after a power failure too."""
    for folder in (path.parent.parent.parent, path.parent.parent, path.parent):
        private_folder(folder)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    written = _written.get()
    if written is not None:
        written.append(path)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
