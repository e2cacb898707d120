"""Judges an .xlsx by its name, first bytes and zip directory, before anything reads inside.

The directory can lie about sizes, so every part is inflated and counted, a piece at a time.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from daitu_portal.reading.limits import INTERACTIVE, MIB, Limits
from daitu_portal.reading.problems import (
    ActiveWorkbook,
    DamagedWorkbook,
    EncryptedWorkbook,
    NotAWorkbook,
    OldWorkbook,
    TooLarge,
)

_PIECE = 64 * 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_STREAM = 2
_KINDS_BY_START = (
    (b"%PDF", "tệp PDF"),
    (b"\x89PNG", "ảnh"),
    (b"\xff\xd8\xff", "ảnh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"MZ", "chương trình"),
    (b"<", "trang web hoặc XML"),
)
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


def check_name(name: str) -> None:
    """Refuse a file whose name does not end in .xlsx; say what else it seems to be."""
    ending = PurePosixPath(name.lower()).suffix
    if ending in (".xls", ".xlsb", ".ods"):
        raise OldWorkbook(f"Tệp “{ending}” là định dạng cũ hoặc khác; chỉ nhận tệp .xlsx.")
    if ending in (".xlsm", ".xltm", ".xlam"):
        raise ActiveWorkbook(f"Tệp “{ending}” có thể chứa macro nên không được nhận.")
    if ending != ".xlsx":
        raise NotAWorkbook(
            f"Tên tệp kết thúc bằng “{ending}”, không phải .xlsx."
            if ending
            else "Tên tệp không có đuôi .xlsx."
        )


def check_container(path: Path, limits: Limits = INTERACTIVE) -> str:
    """Refuse whatever is no plain .xlsx within `limits`. Raises a WorkbookProblem."""
    size = path.stat().st_size
    if size > limits.file_size:
        raise TooLarge(
            f"Tệp nặng {size / MIB:.1f} MB, vượt mức {limits.file_size // MIB} MB.".replace(
                ".", ","
            )
        )
    _check_start(path, size)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_directory(archive.infolist(), limits)
            _check_parts(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise DamagedWorkbook("Tệp bị hỏng hoặc tải lên chưa trọn vẹn.") from error
    return "xlsx"


def _check_start(path: Path, size: int) -> None:
    with path.open("rb") as file:
        start = file.read(512)
    if size == 0:
        raise NotAWorkbook("Tệp rỗng, không có nội dung.")
    if start.startswith(_OLE):
        _refuse_ole(path)
    if not start.startswith(b"PK\x03\x04"):
        stripped = start.lstrip(b"\xef\xbb\xbf \r\n\t")
        kind = next((k for begin, k in _KINDS_BY_START if stripped.startswith(begin)), "")
        seems = f" (nội dung là {kind})" if kind else ""
        raise NotAWorkbook(f"Tệp không phải sổ Excel .xlsx{seems}, dù tên có đuôi .xlsx.")


def _refuse_ole(path: Path) -> None:
    streams = _ole_streams(path.read_bytes())
    if "EncryptedPackage" in streams:
        raise EncryptedWorkbook("Tệp được đặt mật khẩu nên không đọc được.")
    if streams & {"Workbook", "Book"}:
        raise OldWorkbook("Tệp là Excel 97–2003 (.xls), chỉ nhận tệp .xlsx.")
    if "WordDocument" in streams:
        raise NotAWorkbook("Đây là tệp Word 97–2003 (.doc), không phải sổ Excel.")
    raise OldWorkbook("Tệp theo định dạng cũ của Microsoft Office, chỉ nhận tệp Excel .xlsx.")


def _ole_streams(content: bytes) -> set[str]:
    """Names of the streams: each entry of the directory stands at a multiple of 128 bytes."""
    names = set()
    for at in range(512, len(content) - 127, 128):
        length = int.from_bytes(content[at + 64 : at + 66], "little")  # with the NUL
        if content[at + 66] == _OLE_STREAM and 2 < length <= 64:
            names.add(content[at : at + length - 2].decode("utf-16-le", "replace"))
    return names


def _check_directory(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts:
        raise TooLarge(f"Tệp gồm {len(parts)} phần, vượt mức {limits.parts} phần.")
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names):
        raise DamagedWorkbook("Trong tệp có hai phần trùng tên.")
    for part in parts:
        _check_part(part)
    for name in names:
        for piece, what in _FORBIDDEN:
            if piece in name:
                raise ActiveWorkbook(f"Tệp có {what} nên không được nhận.")
    _check_kind(set(names))
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


def _check_kind(names: set[str]) -> None:
    if "word/document.xml" in names:
        raise NotAWorkbook("Đây là tệp Word, không phải sổ Excel.")
    if "ppt/presentation.xml" in names:
        raise NotAWorkbook("Đây là tệp trình chiếu, không phải sổ Excel.")
    if "xl/workbook.bin" in names:
        raise OldWorkbook("Đây là sổ Excel nhị phân (.xlsb), chỉ nhận tệp .xlsx.")
    if "content.xml" in names and "mimetype" in names:
        raise OldWorkbook("Đây là tệp OpenDocument (.ods), chỉ nhận tệp .xlsx.")
    if "[content_types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise NotAWorkbook("Đây là tệp nén, bên trong không có sổ Excel.")


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
