"""What a certificate may say, and what to mind of it. Pure."""

from dataclasses import dataclass
from datetime import date

from cadres.rules.levels import Strand
from intake.rules.row_doubts import CONFIRMATIONS_END

# Kết luận 09-KL/TW (09/07/2021): LLCT is proved by a diploma; others are certified by either.
_BY_DIPLOMA = (Strand.GENERAL, Strand.PROFESSIONAL, Strand.POLITICAL)


def usual_evidence(strand: str) -> str:
    """The paper that a level of `strand` is proved by; "" is short training."""
    return "diploma" if strand in _BY_DIPLOMA else "certificate"


@dataclass(frozen=True)
class Course:
    """What a certificate may come of: `began`, and since when it is completed (`done_on`), in the
    words of `done_words`; `closed_on`: the closing day of a class, on which certificates are handed
    out though the result be entered of a later day."""

    began: date
    done_on: date | None = None
    closed_on: date | None = None
    done_words: str = "ngày có kết quả"


def forbids(awarded_on: date, course: Course, today: date) -> str:
    """Why a certificate of that day cannot come of `course`, in words; "" where it can."""
    if awarded_on > today:
        return (
            f"ngày cấp {awarded_on:%d/%m/%Y} chưa tới; ghi đúng ngày trên văn bằng, chứng chỉ, "
            "hoặc chờ đến khi được cấp"
        )
    if awarded_on < course.began:
        return (
            f"ngày cấp {awarded_on:%d/%m/%Y} trước ngày bắt đầu học {course.began:%d/%m/%Y}; "
            "kiểm tra lại ngày cấp"
        )
    done_on = course.done_on
    if done_on and awarded_on < done_on and awarded_on != course.closed_on:
        return (
            f"ngày cấp {awarded_on:%d/%m/%Y} trước {course.done_words} {done_on:%d/%m/%Y}; ghi "
            "đúng ngày cấp, hoặc sửa ngày kia trước"
        )
    return ""


def to_mind(strand: str, evidence: str, awarded_on: date) -> str:
    """What to mind before a certificate is confirmed, in words; "" for nothing.

    A paper of confirmation of LLCT counts only if issued before 09/07/2021 (Kết luận 09-KL/TW).
    """
    is_late = awarded_on >= CONFIRMATIONS_END
    if strand == Strand.POLITICAL and evidence == "confirmation" and is_late:
        return (
            "giấy xác nhận lý luận chính trị cấp từ 09/07/2021 không được tính (Kết luận "
            "09-KL/TW): cần bằng tốt nghiệp"
        )
    return ""
