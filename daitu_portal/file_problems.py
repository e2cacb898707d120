"""What can be wrong with a scan or photo someone sends: typed, each with what to do about it."""


class FileProblem(Exception):
    """The file is not taken. `str()` says in Vietnamese what happened; `remedy` what to do."""

    remedy = "Quét lại giấy tờ thành PDF, JPEG hoặc PNG rồi tải lên lần nữa."

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy or self.remedy


class NotAScan(FileProblem):
    """Something else, whatever its name says: a page, an archive, a program, a Word file."""


class EmptyFile(FileProblem):
    remedy = "Kiểm tra tệp trên máy có mở được không, rồi chọn lại."


class TooLargeFile(FileProblem):
    """In bytes, or in dots once it is unpacked."""


class DamagedFile(FileProblem):
    """It ends too early or contradicts itself."""

    remedy = "Quét hoặc chép lại tệp: bản này thiếu phần cuối hoặc đã hỏng."


class ActiveFile(FileProblem):
    """A PDF that does something when it is opened, or carries other files."""

    remedy = "In tệp ra PDF mới (Tệp → In → Microsoft Print to PDF) rồi tải bản mới lên."


class LockedFile(FileProblem):
    remedy = "Mở tệp, bỏ mật khẩu, lưu lại rồi tải lên."
