"""Doubts about a person's own fields: number, dates, Party, recruitment. Pure."""

from types import MappingProxyType

from intake.rules.completeness import Moment
from intake.rules.doubts import Rows, Test, before_age, doubt
from intake.rules.identity_digits import said_by
from intake.rules.record_facts import Facts, Group, Kind

PARTY_AGE = 18  # Điều lệ Đảng, art. 1
WORK_AGE = 16
SERVICE_AGE = 18  # TT 13/2019/TT-BNV, art. 1; NĐ 33/2023, art. 10


@doubt(
    "party_before_birth",
    Group.PARTY,
    "cadre",
    "party_joined_on",
    "Ngày sinh sau ngày vào Đảng: một trong hai ngày sai",
)
def _party_before_birth(facts: Facts, moment: Moment) -> Rows:
    joined = facts.day_of("party_joined_on")
    if facts.born and joined and joined.latest < facts.born.earliest:
        yield None


@doubt(
    "party_too_young",
    Group.PARTY,
    "cadre",
    "party_joined_on",
    "Vào Đảng khi chưa đủ 18 tuổi: kiểm tra ngày sinh và ngày vào Đảng",
)
def _party_too_young(facts: Facts, moment: Moment) -> Rows:
    joined = facts.day_of("party_joined_on")
    if before_age(facts.born, joined, PARTY_AGE) and not [*_party_before_birth(facts, moment)]:
        yield None


@doubt(
    "official_before_joined",
    Group.PARTY,
    "cadre",
    "party_official_on",
    "Ngày chính thức trước ngày vào Đảng: một trong hai ngày sai",
)
def _official_before_joined(facts: Facts, moment: Moment) -> Rows:
    joined, official = facts.day_of("party_joined_on"), facts.day_of("party_official_on")
    if joined and official and official.latest < joined.earliest:
        yield None


@doubt("recruited_too_young", Group.SERVICE, "cadre", "recruited_on",
        "Tuyển dụng khi chưa đủ tuổi (công chức: 18; người khác: 16): kiểm tra ngày sinh và ngày "
        "tuyển dụng")  # fmt: skip
def _recruited_too_young(facts: Facts, moment: Moment) -> Rows:
    least = SERVICE_AGE if Kind.CIVIL_SERVANT in facts.kinds else WORK_AGE
    if before_age(facts.born, facts.day_of("recruited_on"), least):
        yield None


@doubt(
    "number_of_nine",
    Group.IDENTITY,
    "cadre",
    "national_id",
    "Còn ghi số CMND 9 chữ số: thay bằng số CCCD 12 chữ số",
)
def _number_of_nine(facts: Facts, moment: Moment) -> Rows:
    if len(str(facts.own.get("national_id") or "")) == 9:
        yield None


@doubt("number_malformed", Group.IDENTITY, "cadre", "national_id", "Số CCCD không đủ 12 chữ số")
def _number_malformed(facts: Facts, moment: Moment) -> Rows:
    number = str(facts.own.get("national_id") or "")
    if number and len(number) != 9 and said_by(number) is None:
        yield None


@doubt(
    "number_of_other_sex",
    Group.IDENTITY,
    "cadre",
    "national_id",
    "Chữ số thứ tư của số CCCD không hợp với giới tính và thế kỷ sinh (NĐ 137/2015)",
)
def _number_of_other_sex(facts: Facts, moment: Moment) -> Rows:
    said = said_by(str(facts.own.get("national_id") or ""))
    if said and facts.born:
        is_of_sex = (said.sex == "F") == (facts.own["sex"] == "F")
        if not is_of_sex or said.year // 100 != facts.born.year // 100:
            yield None


@doubt(
    "number_of_other_year",
    Group.IDENTITY,
    "cadre",
    "national_id",
    "Chữ số thứ năm, sáu của số CCCD không hợp với năm sinh (NĐ 137/2015)",
)
def _number_of_other_year(facts: Facts, moment: Moment) -> Rows:
    said = said_by(str(facts.own.get("national_id") or ""))
    if said and facts.born and said.year % 100 != facts.born.year % 100:
        yield None


_DATES = MappingProxyType(
    {
        "born_on": (Group.IDENTITY, "cadre", "Ngày sinh"),
        "national_id_issued_on": (Group.IDENTITY, "profile", "Ngày cấp CCCD"),
        "recruited_on": (Group.SERVICE, "cadre", "Ngày tuyển dụng"),
        "agency_joined_on": (Group.SERVICE, "profile", "Ngày vào cơ quan"),
        "party_joined_on": (Group.PARTY, "cadre", "Ngày vào Đảng"),
        "party_official_on": (Group.PARTY, "cadre", "Ngày vào Đảng chính thức"),
        "insured_from": (Group.PAY, "profile", "Tháng bắt đầu đóng BHXH"),
    }
)


def _is_yet_to_come(name: str) -> Test:
    def test(facts: Facts, moment: Moment) -> Rows:
        day = facts.day_of(name)
        if day and day.earliest > moment.today:
            yield None

    return test


for _name, (_group, _table, _words) in _DATES.items():
    doubt(f"future_{_name}", _group, _table, _name, f"{_words} ở sau hôm nay: kiểm tra năm")(
        _is_yet_to_come(_name)
    )
