"""Judges the zip that an .xlsx or .ods is, by its directory and by what it really unpacks to.

The directory can lie about sizes, so every part is inflated and counted, a piece at a time.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from daitu_portal.reading.limits import MIB, Limits
from daitu_portal.reading.problems import (
    ActiveWorkbook,
    DamagedWorkbook,
    EncryptedWorkbook,
    NotAWorkbook,
    OldWorkbook,
    TooLarge,
)

_PIECE = 64 * 1024
_FORBIDDEN = (
    ("vbaproject", "macro"),
    ("xl/macrosheets/", "macro"),
    ("xl/dialogsheets/", "hộp thoại"),
    ("xl/externallinks/", "liên kết tới tệp khác"),
    ("xl/activex/", "điều khiển ActiveX"),
    ("xl/embeddings/", "tệp nhúng"),
    ("xl/ctrlprops/", "nút điều khiển"),
    ("xl/connections.xml", "kết nối dữ liệu ngoài"),
)
_FORBIDDEN_IN_ODS = (("basic/", "macro"), ("scripts/", "macro"))
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


def kind_of_archive(path: Path) -> str:
    """xlsx or ods. Raises a WorkbookProblem for another kind of archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _kind(archive)
    except _BROKEN as error:
        raise _damaged() from error


def check_archive(path: Path, limits: Limits) -> str:
    """The kind of a workbook that is plain and within `limits`. Raises a WorkbookProblem."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_directory(archive.infolist(), limits)
            kind = _kind(archive)
            _check_active(archive.namelist(), kind)
            _check_parts(archive, limits)
            if kind == "ods":
                _check_password(archive)
    except _BROKEN as error:
        raise _damaged() from error
    return kind


def _plain(name: str) -> str:
    """The name of a part as it is compared: some programs write \\ for /."""
    return name.lower().replace("\\", "/")


def _damaged() -> DamagedWorkbook:
    return DamagedWorkbook("Tệp bị hỏng hoặc tải lên chưa trọn vẹn.")


def _check_directory(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts:
        raise TooLarge(f"Tệp gồm {len(parts)} phần, vượt mức {limits.parts} phần.")
    names = [_plain(part.filename) for part in parts]
    if len(set(names)) != len(names):
        raise DamagedWorkbook("Trong tệp có hai phần trùng tên.")
    for part in parts:
        _check_part(part)
    if sum(part.file_size for part in parts) > limits.unpacked:
        raise TooLarge(f"Nội dung giải nén vượt mức {limits.unpacked // MIB} MB.")


def _check_part(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 0x1:
        raise EncryptedWorkbook("Tệp được nén kèm mật khẩu nên không đọc được.")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DamagedWorkbook("Tệp dùng kiểu nén mà Excel không dùng.")
    # ZipInfo.filename ends at a NUL; orig_filename shows what is really written there.
    name = part.orig_filename.replace("\\", "/")
    is_outside = name.startswith("/") or ":" in name or ".." in name.split("/") or "\0" in name
    if is_outside or stat.S_ISLNK(part.external_attr >> 16):
        raise DamagedWorkbook("Trong tệp có phần mang đường dẫn không hợp lệ.")


def _check_active(names: list[str], kind: str) -> None:
    """Refuse what could act by itself."""
    for name in map(_plain, names):
        for piece, what in _FORBIDDEN if kind == "xlsx" else _FORBIDDEN_IN_ODS:
            if piece in name if kind == "xlsx" else name.startswith(piece):
                raise ActiveWorkbook(f"Tệp có {what} nên không được nhận.")


def _kind(archive: zipfile.ZipFile) -> str:
    names = {_plain(name) for name in archive.namelist()}
    if "word/document.xml" in names:
        raise NotAWorkbook("Đây là tệp Word, không phải sổ Excel.")
    if "ppt/presentation.xml" in names:
        raise NotAWorkbook("Đây là tệp trình chiếu, không phải sổ Excel.")
    if "xl/workbook.bin" in names:
        raise OldWorkbook("Đây là sổ Excel nhị phân (.xlsb), chưa nhận loại này.")
    if {"content.xml", "mimetype"} <= names:
        return _ods(archive)
    if "[content_types].xml" not in names or not any(n.endswith("workbook.xml") for n in names):
        raise NotAWorkbook("Đây là tệp nén, bên trong không có sổ Excel.")
    return "xlsx"


def _ods(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as part:
        if not part.read(100).strip().startswith(_ODS):
            raise NotAWorkbook("Đây là tệp OpenDocument khác, không phải bảng tính .ods.")
    return "ods"


def _check_password(archive: zipfile.ZipFile) -> None:
    if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
        raise EncryptedWorkbook("Tệp được đặt mật khẩu nên không đọc được.")


def _check_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Inflate every part and count; the sizes in the directory are only what the sender says."""
    total = 0
    for part in archive.infolist():
        inflated = 0
        for piece in _pieces(archive, part):
            inflated += len(piece)
            total += len(piece)
            if total > limits.unpacked:
                raise TooLarge(f"Nội dung giải nén vượt mức {limits.unpacked // MIB} MB.")
            if inflated > limits.ratio_counts_from and inflated > limits.ratio * max(
                part.compress_size, 1
            ):
                raise TooLarge(
                    "Tệp nén bất thường: nội dung giải nén lớn gấp hơn "
                    f"{limits.ratio} lần (dạng “bom nén”)."
                )
            if part.filename == "[Content_Types].xml" and b"macroEnabled" in piece:
                raise ActiveWorkbook("Tệp là sổ Excel có macro nên không được nhận.")


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            yield piece
