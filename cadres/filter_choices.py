"""What the filters of the people list offer, in the words of the form."""

from typing import Any

from cadres.models.post import PostGroup
from cadres.rules.levels import LEVELS, Strand
from cadres.rules.peoples import PEOPLES
from cadres.rules.standards import VERDICT_LABELS, Verdict

NO_DATA = "khong-ro"
NO_DATA_CHOICE = (NO_DATA, "Chưa có dữ liệu")
EVERYBODY = "moi"
COMMITTEE = "cap_uy"
MINORITY = "thieu-so"

_GROUP_WORDS = {
    PostGroup.LEADER: "Lãnh đạo Đảng, HĐND, UBND",
    PostGroup.ORG_HEAD: "Cấp trưởng MTTQ, đoàn thể",
    PostGroup.ORG_DEPUTY: "Cấp phó MTTQ, đoàn thể",
    PostGroup.CIVIL_SERVANT: "Công chức",
    PostGroup.OTHER: "Khác",
}
GROUP_CHOICES = [
    *((group.value, words) for group, words in _GROUP_WORDS.items()),
    (COMMITTEE, "Cấp ủy viên"),
    (NO_DATA, "Chưa có dữ liệu chức vụ"),
]
PARTY_CHOICES = [("co", "Đảng viên"), (NO_DATA, "Chưa có dữ liệu ngày vào Đảng")]
PEOPLE_CHOICES = [
    NO_DATA_CHOICE,
    (MINORITY, "Dân tộc thiểu số (khác Kinh)"),
    *((name, name) for name in PEOPLES),
]
_VERDICT_WORDS = VERDICT_LABELS | {
    Verdict.MISSING: "thiếu dữ liệu (chưa có dữ liệu)",
    Verdict.TRANSITION: "chưa đạt, còn thời hạn",
}
VERDICT_CHOICES = [
    (verdict.value, words[:1].upper() + words[1:])
    for verdict, words in _VERDICT_WORDS.items()
    if verdict != Verdict.NOT_REQUIRED  # the verdict of a requirement, never of a person
]


def _level_choices(strand: Strand) -> list[Any]:
    """At least, exactly and below each level of a strand, the sign said in words."""
    names = list(enumerate(LEVELS[strand]))
    return [
        NO_DATA_CHOICE,
        ("Từ mức … trở lên (≥)", [(f"gte-{r}", f"{name} trở lên") for r, name in names[1:]]),
        ("Cao nhất đúng mức … (=)", [(f"eq-{r}", f"cao nhất là {name}") for r, name in names]),
        ("Dưới mức … (<)", [(f"lt-{r}", f"dưới {name}") for r, name in names[1:]]),
    ]


PROFESSIONAL_CHOICES = _level_choices(Strand.PROFESSIONAL)
POLITICAL_CHOICES = _level_choices(Strand.POLITICAL)
