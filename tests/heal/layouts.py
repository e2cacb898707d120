"""The lists that offices keep: their columns, each with the heads that stand over it.

Sources of the two forms: 02/CL.CBCCX (48 columns, grouped by title) and BM04 of circular
11/2012/TT-BNV. `info` columns are derived from others and say nothing of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.heal.vocabulary import GROUP_HEADS, HEADS


@dataclass(frozen=True)
class Column:
    """`path`: the heads over it from the top; `target`: what the column says."""

    path: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Layout:
    name: str
    columns: tuple[Column, ...]
    groups: str  # what group rows tell: "post", "category", "commune" or ""


def _head(rng: Random, target: str) -> str:
    return rng.choice(HEADS[target])


def _column(rng: Random, target: str, *above: str) -> Column:
    return Column((*above, _head(rng, target)), target)


def _marks(rng: Random, strand: str, heads: dict[str, str]) -> list[Column]:
    """A head of a strand with a column for each level: {its head: ranks, parted by |}."""
    above = rng.choice(GROUP_HEADS[strand])
    return [Column((above, head), f"mark.{strand}.{ranks}") for head, ranks in heads.items()]


def _births(rng: Random) -> list[Column]:
    above = rng.choice(GROUP_HEADS["birth"])
    return [Column((above, "Nam"), "born.male"), Column((above, "Nữ"), "born.female")]


def _name(rng: Random) -> list[Column]:
    """In one column, or surname and given name apart."""
    if rng.random() < 0.75:
        return [_column(rng, "full_name")]
    if rng.random() < 0.5:
        return [_column(rng, "name.family"), _column(rng, "name.given")]
    above = rng.choice(GROUP_HEADS["name"])
    return [Column((above, "Họ và đệm"), "name.family"), Column((above, "Tên"), "name.given")]


def commune_form(rng: Random) -> Layout:
    """Form 02/CL.CBCCX: 48 columns, an x under each level, grouped by title."""
    columns = [
        _column(rng, "index"), _column(rng, "full_name"), *_births(rng),
        _column(rng, "profile.insured_from"), Column(("Đảng viên",), "party"),
        _column(rng, "ethnicity"), _column(rng, "religion"),
        *(Column(("Đại biểu HĐND", level), "info") for level in ("Xã", "Huyện", "Tỉnh")),
        Column(("Tham gia cấp ủy cấp xã",), "info"),
        *_marks(rng, "general", {"Tiểu học": "Tiểu học", "THCS": "THCS", "THPT": "THPT"}),
        *_marks(rng, "professional", _PROFESSIONAL_MARKS),
        *_marks(rng, "political", _POLITICAL_MARKS),
        *_marks(rng, "state_management", _STATE_MARKS),
        *_marks(rng, "it", _IT_MARKS),
        *_marks(rng, "language", _LANGUAGE_MARKS),
        _column(rng, "defence.text"),
        *_bands(), _column(rng, "note"),
    ]  # fmt: skip
    return Layout("commune_form", tuple(columns), "post")


_PROFESSIONAL_MARKS = {
    "Chưa qua ĐT": "Chưa qua đào tạo", "SC": "Sơ cấp", "TC": "Trung cấp", "CĐ": "Cao đẳng",
    "ĐH": "Đại học", "ThS-TS": "Thạc sĩ|Tiến sĩ",
}  # fmt: skip
_POLITICAL_MARKS = {"SC": "Sơ cấp", "TC": "Trung cấp", "CC": "Cao cấp", "CN": "Cử nhân"}
_STATE_MARKS = {
    "Chưa qua": "Chưa qua bồi dưỡng", "CV&TĐ": "Chuyên viên", "CVC&TĐ": "Chuyên viên chính",
}  # fmt: skip
_IT_MARKS = {
    "CC (A,B,C)": "Chứng chỉ A, B, C", "TC": "Trung cấp", "CĐ": "Cao đẳng", "ĐH": "Đại học trở lên",
}  # fmt: skip
_LANGUAGE_MARKS = {
    "CC (A,B,C)": "Bậc 1 (A1, A)|Bậc 2 (A2, B)|Bậc 3 (B1, C)", "TC": "-", "CĐ": "-",
    "ĐH": "Bậc 6 (C2), đại học",
}  # fmt: skip


def _bands() -> list[Column]:
    """Ages and years of insurance: told by the dates already."""
    ages = ["≤30", "31-40", "41-50"]
    last = ["Tổng", "Nữ 51-55", "Nam 56-60"]
    years = ["<15 năm", "15-20 năm", "21-30 năm", ">30 năm"]
    return [
        *(Column(("Tuổi", age), "info") for age in ages),
        *(Column(("Tuổi", "51-60", each), "info") for each in last),
        Column(("Tuổi", ">60"), "info"),
        *(Column(("Thâm niên đóng BHXH", each), "info") for each in years),
    ]


def bm04(rng: Random) -> Layout:
    """Form BM04: list and salary."""
    salary, allowance = (rng.choice(GROUP_HEADS[each]) for each in ("salary", "allowance"))
    grade = [_column(rng, "salary.grade_code", salary)] if rng.random() < 0.5 else []
    columns = [
        _column(rng, "index"), *_name(rng), *_births(rng), _column(rng, "holding.post"),
        _column(rng, "holding.commune"), _column(rng, "holding.valid_from"), *grade,
        _column(rng, "salary.coefficient", salary), _column(rng, "salary.step", salary),
        _column(rng, "allowance.position", allowance),
        _column(rng, "allowance.responsibility", allowance),
        _column(rng, "allowance.area", allowance),
        Column((allowance, "Tổng phụ cấp theo %"), "info"), _column(rng, "note"),
    ]  # fmt: skip
    return Layout("bm04", tuple(columns), rng.choice(["category", "commune", ""]))


def free_list(rng: Random) -> Layout:
    """“Danh sách trích ngang”: everybody's own, with levels in words."""
    above = rng.choice(GROUP_HEADS["learning"])
    levels = ["general", "professional", "political", "state_management", "it", "language"]
    born = _births(rng) if rng.random() < 0.5 else [_column(rng, "born_on"), _column(rng, "sex")]
    more = ["ethnicity", "religion", "home_town", "residence", "recruited_on", "rating.level"]
    chosen = [target for target in more if rng.random() < 0.55]
    party = ["party_joined_on", *(["party_official_on"] if rng.random() < 0.5 else [])]
    columns = [
        _column(rng, "index"), *_name(rng), *born, _column(rng, "holding.post"),
        *(_column(rng, target) for target in chosen),
        *(_column(rng, f"{strand}.text", above) for strand in levels),
        *(_column(rng, target) for target in (*party, "national_id", "phone", "note")),
    ]  # fmt: skip
    return Layout("free_list", tuple(columns), rng.choice(["category", "commune", "post", ""]))


def simple_list(rng: Random) -> Layout:
    """Few columns, one row of heads."""
    sex = rng.choice(["word", "marks"])
    sexes = [_column(rng, "sex")]
    if sex == "marks":
        sexes = [Column((word,), f"mark.sex.{word}") for word in ("Nam", "Nữ")]
    targets = ["born_on", "ethnicity", "holding.post", "holding.commune", "professional.text",
               "political.text", "party_joined_on", "national_id", "phone",
               "residence"]  # fmt: skip
    kept = [each for each in targets if each in _ALWAYS or rng.random() < 0.7]
    columns = [
        _column(rng, "index"), *_name(rng), *sexes, *(_column(rng, each) for each in kept),
    ]  # fmt: skip
    return Layout("simple_list", tuple(columns), rng.choice(["category", ""]))


_ALWAYS = {"born_on", "holding.post"}
LAYOUTS: tuple[Callable[[Random], Layout], ...] = (commune_form, bm04, free_list, simple_list)


def draw_layout(rng: Random) -> Layout:
    layout = rng.choices(LAYOUTS, [3, 3, 5, 3])[0](rng)
    if any(column.target == "holding.post" for column in layout.columns):
        return layout if layout.groups != "post" else Layout(layout.name, layout.columns, "")
    return layout
