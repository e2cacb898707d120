"""The closed list of rules on who may be sent to a programme, which programmes name by code.

The rules themselves stand in training/rules/admission.py.
"""

from enum import StrEnum
from types import MappingProxyType


class AdmissionCode(StrEnum):
    """Which rule a programme admits people by; a programme without one admits everybody."""

    LLCT_BASIC = "llct_basic"
    LLCT_MIDDLE = "llct_middle"
    LLCT_HIGH = "llct_high"
    POSTGRADUATE = "postgraduate"


ADMISSION_LABELS = MappingProxyType(
    {
        AdmissionCode.LLCT_BASIC: "Đối tượng học sơ cấp lý luận chính trị",
        AdmissionCode.LLCT_MIDDLE: "Đối tượng học trung cấp lý luận chính trị",
        AdmissionCode.LLCT_HIGH: "Đối tượng học cao cấp lý luận chính trị",
        AdmissionCode.POSTGRADUATE: "Điều kiện đào tạo sau đại học",
    }
)

# Who it is that a rule admits, told once over a list and not with each person of it.
ADMITTED: MappingProxyType[str, str] = MappingProxyType(
    {
        AdmissionCode.LLCT_BASIC: (
            "đảng viên, đoàn viên, công chức cấp xã (trừ Trưởng Công an và Chỉ huy trưởng Ban "
            "CHQS), người hoạt động không chuyên trách (Quy định 57-QĐ/TW)"
        ),
        AdmissionCode.LLCT_MIDDLE: (
            "cấp ủy viên cấp xã; Chủ tịch, Phó Chủ tịch HĐND, UBND; cấp trưởng, cấp phó MTTQ và "
            "đoàn thể; Chỉ huy trưởng Ban CHQS (Quy định 57-QĐ/TW)"
        ),
    }
)
