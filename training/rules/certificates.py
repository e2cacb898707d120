"""What a certificate may say, and what to mind of it. Pure."""

from datetime import date

from cadres.rules.levels import Strand
from intake.rules.row_doubts import CONFIRMATIONS_END

# Kết luận 09-KL/TW (09/07/2021): LLCT is proved by a diploma; others are certified by either.
_BY_DIPLOMA = (Strand.GENERAL, Strand.PROFESSIONAL, Strand.POLITICAL)


def usual_evidence(strand: str) -> str:
    """The paper that a level of `strand` is proved by; "" is short training."""
    return "diploma" if strand in _BY_DIPLOMA else "certificate"


def forbids(awarded_on: date, *, began: date, today: date) -> str:
    """Why a certificate of that day cannot come of what began on `began`; "" where it can."""
    if awarded_on > today:
        return (
            f"ngày cấp {awarded_on:%d/%m/%Y} chưa tới; ghi đúng ngày trên văn bằng, chứng chỉ, "
            "hoặc chờ đến khi được cấp"
        )
    if awarded_on < began:
        return (
            f"ngày cấp {awarded_on:%d/%m/%Y} trước ngày bắt đầu học {began:%d/%m/%Y}; "
            "kiểm tra lại ngày cấp"
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
