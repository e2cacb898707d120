"""What a record must hold ("đủ") and what in it is doubtful ("đúng, sạch"). Pure.

Which fields are asked of whom follows the forms: 2C-BNV/2008 (QĐ 02/2008/QĐ-BNV), the electronic
profile of TT 06/2023/TT-BNV, and the columns of BM03, BM04 (TT 11/2012/TT-BNV). Doubts are in
own_doubts.py and row_doubts.py. Findings name a field and a row, never a value of the record.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from cadres.rules.retirement import Table
from intake.rules.record_facts import Facts, Group, Kind


class Severity(StrEnum):
    MISSING = "missing"
    DOUBTFUL = "doubtful"


SEVERITY_LABELS = MappingProxyType({Severity.MISSING: "thiếu", Severity.DOUBTFUL: "nghi ngờ"})


@dataclass(frozen=True)
class Moment:
    """When a record is looked at: as of `day`, by someone who asks on `today`; the table of the
    ages of retirement."""

    day: date
    today: date
    ages: Table


@dataclass(frozen=True)
class Check:
    """A kind of finding: in words, and the form and field that mend it.

    `table` is a kind of rows of the forms (intake/urls.py), "cadre" for the person's own page.
    """

    code: str
    group: Group
    severity: Severity
    words: str
    table: str
    field: str = ""


class Finding(NamedTuple):
    """A check that a record does not pass; `row` is the key of the row that is meant, or None."""

    code: str
    row: int | None = None


@dataclass(frozen=True)
class Need:
    """A field that must be filled for those of `kinds`, or a row that must be there.

    `holds` says whether it is, from the facts; `asked` whether it is asked of this person at all.
    """

    check: Check
    kinds: frozenset[Kind]
    holds: Callable[[Facts], bool]
    asked: Callable[[Facts], bool] = lambda facts: True

    def is_asked_of(self, facts: Facts) -> bool:
        return bool(self.kinds & facts.kinds) and self.asked(facts)


@dataclass(frozen=True)
class RowNeed:
    """A field that must be filled in each row of a table: `rows` gives (key, whether it is)."""

    check: Check
    rows: Callable[[Facts, date], Iterator[tuple[int, bool]]]


_STAFF = frozenset({Kind.CADRE, Kind.CIVIL_SERVANT})
_PAID = _STAFF | {Kind.PART_TIME}
_ALL = frozenset(Kind)
_PROFILE = frozenset(
    {
        "national_id_issued_on", "insurance_number", "insured_from", "permanent_residence",
        "family_class", "prior_job", "agency_joined_on", "main_work", "health", "blood_type",
    }
)  # fmt: skip

# (group, kinds, fields of the person or the profile with the words for each)
_FIELDS: tuple[tuple[Group, frozenset[Kind], dict[str, str]], ...] = (
    (Group.IDENTITY, _ALL, {
        "born_on": "ngày sinh", "national_id": "số CCCD", "ethnicity": "dân tộc",
        "religion": "tôn giáo (ghi “Không” nếu không theo)", "home_town": "quê quán",
        "residence": "nơi ở hiện nay",
    }),
    (Group.IDENTITY, _PAID, {"phone": "số điện thoại", "birthplace": "nơi sinh"}),
    (Group.IDENTITY, _STAFF, {
        "national_id_issued_on": "ngày cấp CCCD", "permanent_residence": "hộ khẩu thường trú",
    }),
    (Group.SERVICE, frozenset({Kind.CIVIL_SERVANT}), {
        "recruited_on": "ngày tuyển dụng", "recruited_by": "cơ quan tuyển dụng",
    }),
    (Group.SERVICE, _STAFF, {
        "prior_job": "nghề nghiệp trước khi tuyển dụng", "agency_joined_on": "ngày vào cơ quan",
        "main_work": "công việc chính được giao",
    }),
    (Group.PARTY, frozenset({Kind.COMMITTEE}), {
        "party_joined_on": "ngày vào Đảng", "party_official_on": "ngày vào Đảng chính thức",
    }),
    (Group.PAY, _PAID, {"insurance_number": "số sổ BHXH"}),
    (Group.PAY, _STAFF, {"insured_from": "tháng bắt đầu đóng BHXH"}),
    (Group.FAMILY, _STAFF, {"family_class": "thành phần gia đình xuất thân"}),
    (Group.HEALTH, _STAFF, {"health": "tình trạng sức khỏe", "blood_type": "nhóm máu"}),
)  # fmt: skip

_STRANDS: tuple[tuple[str, str, frozenset[Kind]], ...] = (
    ("general", "trình độ giáo dục phổ thông", _ALL),
    ("professional", "trình độ chuyên môn", _ALL),
    ("political", "trình độ lý luận chính trị", _ALL),
    ("state_management", "trình độ quản lý nhà nước", _STAFF),
    ("it", "trình độ tin học", _STAFF),
    ("language", "trình độ ngoại ngữ", _STAFF),
)


def _missing(code: str, group: Group, words: str, table: str, field: str) -> Check:
    return Check(f"missing_{code}", group, Severity.MISSING, f"Chưa có {words}", table, field)


def _is_filled(name: str) -> Callable[[Facts], bool]:
    return lambda facts: facts.own.get(name) not in (None, "")


def _has_strand(strand: str) -> Callable[[Facts], bool]:
    return lambda facts: facts.highest(strand) is not None


def _field_needs() -> Iterator[Need]:
    for group, kinds, fields in _FIELDS:
        for name, words in fields.items():
            table = "profile" if name in _PROFILE else "cadre"
            yield Need(_missing(name, group, words, table, name), kinds, _is_filled(name))
    for strand, words, kinds in _STRANDS:
        check = _missing(strand, Group.EDUCATION, words, "qualification", "level")
        yield Need(check, kinds, _has_strand(strand))


def _is_candidate_no_more(facts: Facts) -> bool:
    """Not of a committee, which is asked anyway, and in the Party at all."""
    return Kind.COMMITTEE not in facts.kinds and facts.day_of("party_joined_on") is not None


NEEDS: tuple[Need, ...] = (
    *_field_needs(),
    Need(
        _missing("pay", Group.PAY, "mức lương ngày này", "salary_step", "coefficient"),
        _STAFF, lambda facts: facts.has_pay,
    ),
    Need(
        _missing("rating", Group.PAY, "xếp loại của năm gần nhất", "rating", "level"),
        _STAFF, lambda facts: facts.is_rated, lambda facts: _served_half_of(facts),
    ),
    Need(
        _missing("work", Group.SERVICE, "tóm tắt quá trình công tác", "work_period", "what"),
        _STAFF, lambda facts: facts.has_work,
    ),
    Need(
        _missing("family", Group.FAMILY, "quan hệ gia đình", "family", "relation"),
        _STAFF, lambda facts: bool(facts.family),
    ),
    Need(
        Check("missing_party_official", Group.PARTY, Severity.MISSING,
              "Có ngày vào Đảng mà chưa có ngày chính thức", "cadre", "party_official_on"),
        _PAID, _is_filled("party_official_on"), _is_candidate_no_more,
    ),
)  # fmt: skip


def _served_half_of(facts: Facts) -> bool:
    """Whether a post was held from the middle of the year that is rated to its end."""
    middle, end = date(facts.rated_year, 7, 1), date(facts.rated_year, 12, 31)
    ranked = [each for each in facts.posts if each.category in ("cadre", "civil_servant")]
    return any(h.valid_from <= middle for h in ranked) and any(h.is_in_force(end) for h in ranked)


def _decisions(facts: Facts, day: date) -> Iterator[tuple[int, bool]]:
    for post in facts.posts:
        if post.is_in_force(day):
            yield post.key, bool(post.decision_number)


def _papers(facts: Facts, day: date) -> Iterator[tuple[int, bool]]:
    """Degrees of the two strands that standards ask for; "not trained" needs no paper."""
    for degree in facts.degrees:
        if degree.strand in ("professional", "political") and degree.rank:
            yield degree.key, bool(degree.evidence_number)


def _award_days(facts: Facts, day: date) -> Iterator[tuple[int, bool]]:
    for degree in facts.degrees:
        if degree.strand in ("professional", "political") and degree.rank:
            yield degree.key, degree.awarded is not None


def _births(facts: Facts, day: date) -> Iterator[tuple[int, bool]]:
    for relative in facts.family:
        yield relative.key, relative.born is not None


ROW_NEEDS: tuple[RowNeed, ...] = (
    RowNeed(
        _missing("decision", Group.POSTS, "số quyết định của chức vụ đang giữ", "holding",
                 "decision_number"), _decisions,
    ),
    RowNeed(
        _missing("paper", Group.EDUCATION, "số hiệu văn bằng, chứng chỉ", "qualification",
                 "evidence_number"), _papers,
    ),
    RowNeed(
        _missing("awarded", Group.EDUCATION, "ngày cấp văn bằng, chứng chỉ", "qualification",
                 "awarded_on"), _award_days,
    ),
    RowNeed(
        _missing("relative_born", Group.FAMILY, "năm sinh của người thân", "family", "born_on"),
        _births,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Exam:
    """How full a record is, by group of fields, and what was found, the doubtful first."""

    required: Counter[Group] = field(default_factory=Counter)
    filled: Counter[Group] = field(default_factory=Counter)
    findings: tuple[Finding, ...] = ()


def needs_of(facts: Facts, day: date) -> Iterator[tuple[Check, int | None, bool]]:
    """Everything asked of a record: (check, row or None, whether it is there)."""
    for need in NEEDS:
        if need.is_asked_of(facts):
            yield need.check, None, need.holds(facts)
    for row_need in ROW_NEEDS:
        for key, is_filled in row_need.rows(facts, day):
            yield row_need.check, key, is_filled
