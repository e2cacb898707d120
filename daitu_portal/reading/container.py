"""Says what kind of file someone sent, by its first bytes, and judges it before it is read."""

from pathlib import Path, PurePosixPath

from daitu_portal.reading.archives import check_archive, kind_of_archive
from daitu_portal.reading.compound import MAGIC, entries
from daitu_portal.reading.delimited import encoding_of
from daitu_portal.reading.limits import INTERACTIVE, MIB, Limits
from daitu_portal.reading.problems import (
    ActiveWorkbook,
    EncryptedWorkbook,
    NotAWorkbook,
    OldWorkbook,
    TooLarge,
)

_ZIP = b"PK\x03\x04"
_START = 4096
_KINDS_BY_START = (
    (b"%PDF", "tệp PDF"),
    (b"\x89PNG", "ảnh"),
    (b"\xff\xd8\xff", "ảnh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"MZ", "chương trình"),
    (b"<", "trang web hoặc XML"),
    (b"{\\rtf", "tệp văn bản RTF"),
    (b"MIME-Version", "trang web"),
)
_IN_TEXT = b"\t\n\x0b\x0c\r\x1a"  # what plain text may hold below the space
_BOOKS, _TEXTS = (".xlsx", ".xls", ".ods"), (".csv", ".tsv", ".txt")
_WORDS = {
    "xlsx": "sổ Excel (.xlsx)",
    "xls": "sổ Excel 97–2003 (.xls)",
    "ods": "bảng tính OpenDocument (.ods)",
    "csv": "văn bản thuần (như .csv)",
}


def check_name(name: str) -> None:
    """Refuse a file whose name ends in none of the endings of a list; say what it seems to be."""
    ending = PurePosixPath(name.lower()).suffix
    if ending in (".xlsm", ".xltm", ".xlam"):
        raise ActiveWorkbook(f"Tệp “{ending}” có thể chứa macro nên không được nhận.")
    if ending == ".xlsb":
        raise OldWorkbook("Tệp “.xlsb” (sổ Excel nhị phân) chưa được nhận; lưu lại thành .xlsx.")
    if ending not in (*_BOOKS, *_TEXTS):
        said = f"Tên tệp kết thúc bằng “{ending}”" if ending else "Tên tệp không có đuôi"
        raise NotAWorkbook(f"{said}; chỉ nhận tệp .xlsx, .xls, .ods và .csv.")


def check_fits(path: Path, name: str) -> str:
    """The kind of the file at `path`, if what is in it may be called `name`.

    Workbooks under another workbook's ending are read as what they are, and plain text called
    .xls too (many programs write it). Else raises NotAWorkbook, which says what to rename.
    """
    check_name(name)
    kind = kind_of(path)
    ending = PurePosixPath(name.lower()).suffix
    if (kind == "csv") == (ending in _TEXTS) or (kind == "csv" and ending == ".xls"):
        return kind
    raise NotAWorkbook(
        f"Tên tệp kết thúc bằng “{ending}” nhưng nội dung là {_WORDS[kind]}.",
        remedy=f"Mở lại tệp xem có đúng danh sách cần gửi không. Nếu đúng, đổi đuôi tên tệp thành "
        f".{kind} rồi tải lên lần nữa.",
    )


def kind_of(path: Path) -> str:
    """xlsx, xls, ods or csv (any plain text), by content alone.

    Raises a WorkbookProblem that says what the file is instead.
    """
    with path.open("rb") as file:
        start = file.read(_START)
    if not start:
        raise NotAWorkbook("Tệp rỗng, không có nội dung.")
    if start.startswith(MAGIC):
        return _kind_of_compound(path)
    if start.startswith(_ZIP):
        return kind_of_archive(path)
    if _is_text(start):
        return "csv"
    return _refuse_start(start)


def check_container(path: Path, limits: Limits = INTERACTIVE) -> str:
    """The kind of a file that is plain and within `limits`, judged before anything reads inside.

    Raises a WorkbookProblem.
    """
    size = path.stat().st_size
    if size > limits.file_size:
        raise TooLarge(
            f"Tệp nặng {size / MIB:.1f} MB, vượt mức {limits.file_size // MIB} MB.".replace(
                ".", ","
            )
        )
    with path.open("rb") as file:
        start = file.read(len(_ZIP))
    return check_archive(path, limits) if start == _ZIP else kind_of(path)


def _other_kind(start: bytes) -> str:
    """What a file that begins so seems to be, "" where nothing tells."""
    stripped = start.lstrip(b"\xef\xbb\xbf \r\n\t")
    return next((kind for begin, kind in _KINDS_BY_START if stripped.startswith(begin)), "")


def _is_text(start: bytes) -> bool:
    if _other_kind(start):
        return False
    if encoding_of(start):
        return True
    return not any(byte < 0x20 and byte not in _IN_TEXT for byte in start)


def _refuse_start(start: bytes) -> str:
    kind = _other_kind(start)
    seems = f" (nội dung là {kind})" if kind else ""
    raise NotAWorkbook(f"Tệp không phải bảng tính{seems}, dù tên có thể cho là vậy.")


def _kind_of_compound(path: Path) -> str:
    """xls, if it holds nothing that could act by itself."""
    found = entries(path.read_bytes())
    if "ENCRYPTEDPACKAGE" in found:
        raise EncryptedWorkbook("Tệp được đặt mật khẩu nên không đọc được.")
    if "WORDDOCUMENT" in found:
        raise NotAWorkbook("Đây là tệp Word 97–2003 (.doc), không phải sổ Excel.")
    if not {"WORKBOOK", "BOOK"} & found:
        raise OldWorkbook("Tệp theo định dạng cũ của Microsoft Office, không phải sổ Excel.")
    if "_VBA_PROJECT_CUR" in found or "_VBA_PROJECT" in found:
        raise ActiveWorkbook("Tệp có macro nên không được nhận.")
    if any(name.startswith("MBD") for name in found):
        raise ActiveWorkbook("Tệp có tệp nhúng nên không được nhận.")
    return "xls"
