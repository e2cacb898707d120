"""What can be wrong with a workbook someone sends: typed, each with a message for the sender."""


class WorkbookProblem(Exception):
    """The file cannot be read. `str()` says in Vietnamese what happened; `remedy` what to do."""

    remedy = "Mở lại tệp bằng Excel, lưu dưới dạng “Excel Workbook (.xlsx)” rồi tải lên lần nữa."

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy or self.remedy


class NotAWorkbook(WorkbookProblem):
    """Something else: text, a picture, a Word file, an empty file, a wrong extension."""


class OldWorkbook(WorkbookProblem):
    """.xlsb, or another program of old Office."""


class EncryptedWorkbook(WorkbookProblem):
    remedy = "Mở tệp, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc), lưu lại rồi tải lên."


class ActiveWorkbook(WorkbookProblem):
    """It holds macros, links to other files or embedded objects."""

    remedy = "Lưu tệp dưới dạng “Excel Workbook (.xlsx)” không có macro, không có liên kết ngoài."


class TooLarge(WorkbookProblem):
    """The file, what it unpacks to, or its sheets are beyond the limits; or it takes too long."""

    remedy = "Chia thành nhiều tệp nhỏ hơn, hoặc chép riêng phần dữ liệu sang tệp mẫu mới."


class DamagedWorkbook(WorkbookProblem):
    """It contradicts itself or ends too early."""
