"""Every figure recounted by hand from the exported workbook, without a line of the portal's code.

The recount reads the sheets as anyone could, interprets the rules in them, and counts; the portal's
`figures` must say the same for every indicator, every commune and the district, on three days.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db

DAYS = [date(2023, 6, 8), date(2021, 12, 31), date(2023, 8, 31)]

STRANDS = {
    "Giáo dục phổ thông": "general", "Chuyên môn": "professional", "Lý luận chính trị": "political",
    "Quản lý nhà nước": "state_management", "Tin học": "it", "Ngoại ngữ": "language",
    "Tiếng dân tộc thiểu số": "ethnic_language", "Quốc phòng – an ninh": "defence",
}  # fmt: skip
TRAININGS = {
    "Nghiệp vụ công tác xây dựng Đảng": "party_building",
    "Kiến thức quản lý nhà nước": "state_management",
    "Quản lý kinh tế": "economic_management",
    "Kiến thức pháp luật": "law",
    "Nghiệp vụ hộ tịch": "civil_status",
}
DEGREE = {"level": {"strand": "professional", "min": 4}}
INTERMEDIATE = {"level": {"strand": "professional", "min": 2}}
POLITICAL = {"level": {"strand": "political", "min": 2, "confirmation_before": "2021-07-09"}}
THREE_TRAININGS = {"all": [{"training": t} for t in ("party_building", "state_management", "law")]}
# code: (posts, or None for seats in the committee; requirement, "rating" or "standard"; by person)
INDICATORS = {
    "key_leaders_degree": ("key_leaders", DEGREE, True),
    "committee_intermediate": (None, {"all": [INTERMEDIATE, POLITICAL]}, True),
    "committee_trained": (None, THREE_TRAININGS, True),
    "org_heads_political": ("org_heads", POLITICAL, False),
    "org_deputies_political": ("org_deputies", POLITICAL, False),
    "org_heads_degree": ("org_heads", DEGREE, False),
    "org_deputies_professional": ("org_deputies", INTERMEDIATE, False),
    "civil_servants_degree": ("civil_servants", DEGREE, False),
    "civil_servants_political": ("civil_servants", POLITICAL, False),
    "rated_good": ("cadres_and_civil_servants", "rating", True),
    "standardised_key_leaders": ("key_leaders", "standard", True),
    "standardised_org_heads": ("org_heads", "standard", False),
    "standardised_org_deputies": ("org_deputies", "standard", False),
    "standardised_civil_servants": ("civil_servants", "standard", False),
    "standardised_all": ("cadres_and_civil_servants", "standard", True),
}


# -- the workbook ---------------------------------------------------------------------------------


def sheet(book, title):
    """The rows of a sheet as dictionaries by header."""
    rows = book[title].iter_rows(values_only=True)
    heads = next(rows)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def day_of(value):
    return value.date() if isinstance(value, datetime) else value


def ends_of(value):
    """(earliest, latest) day of a cell that may know only the month or the year; None: empty."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date(), value.date()
    *month, year = (int(part) for part in str(value).split("/"))
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    after = date(year + month[0] // 12, month[0] % 12 + 1, 1)
    return date(year, month[0], 1), after - timedelta(days=1)


def holds(row, day):
    last = day_of(row["Đến hết ngày"])
    return day_of(row["Từ ngày"]) <= day and (last is None or day <= last)


@dataclass
class Person:
    sex: str
    born: tuple | None
    recruited: tuple | None
    records: list = field(default_factory=list)
    trainings: list = field(default_factory=list)
    posts: list = field(default_factory=list)
    ratings: dict = field(default_factory=dict)


class Workbook:
    """What the recount needs of the sheets."""

    def __init__(self, path):
        book = load_workbook(path, read_only=True)
        self.people = {
            row["Số hiệu"]: Person(
                row["Giới tính"], ends_of(row["Ngày sinh"]), ends_of(row["Ngày tuyển dụng"])
            )
            for row in sheet(book, "Hồ sơ")
        }
        for row in sheet(book, "Trình độ"):
            self.people[row["Số hiệu"]].records.append(row)
        for row in sheet(book, "Bồi dưỡng"):
            self.people[row["Số hiệu"]].trainings.append(row)
        for row in sheet(book, "Xếp loại năm"):
            self.people[row["Số hiệu"]].ratings[row["Năm"]] = row["Mức (1–4)"]
        self.held = sheet(book, "Giữ chức vụ")
        for row in self.held:
            self.people[row["Số hiệu"]].posts.append(row)
        self.seats = sheet(book, "Cấp ủy viên")
        self.communes = sheet(book, "Đơn vị")
        self.areas = sheet(book, "Khu vực")
        self.sets = sheet(book, "Nhóm chức danh")
        self.rules = sheet(book, "Tiêu chuẩn")
        book.close()


@pytest.fixture(scope="module")
def workbook(django_db_setup, django_db_blocker, tmp_path_factory):
    path = tmp_path_factory.mktemp("recount") / "record.xlsx"
    with django_db_blocker.unblock():
        call_command("export_cadres", str(path), stdout=StringIO())
    return Workbook(path)


# -- the law --------------------------------------------------------------------------------------


def every(answers):
    answers = list(answers)
    return False if False in answers else None if None in answers else True


def some(answers):
    answers = list(answers)
    return True if True in answers else None if None in answers else False


def years(since, until):
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def answer(tree, person, day, posts=frozenset()):
    """Yes, no, or None where the sheets do not tell."""
    ((word, value),) = tree.items()
    if word in ("all", "any"):
        parts = [answer(branch, person, day, posts) for branch in value]
        return every(parts) if word == "all" else some(parts)
    if word == "level":
        found = [
            reaches(row, value)
            for row in person.records
            if STRANDS[row["Nội dung"]] == value["strand"] and is_by(row["Ngày cấp"], day)
        ]
        return some(found) if found else None
    if word == "training":
        found = [
            row for row in person.trainings
            if TRAININGS.get(row["Nội dung"]) == value and is_by(row["Ngày hoàn thành"], day)
        ]  # fmt: skip
        return True if found else None
    if word == "entry_age":
        return entry_age(value["max"]["M" if person.sex == "Nam" else "F"], person, day, posts)
    if word == "age":
        return of_age(value["min"], person, day)
    limit = date.fromisoformat(value)
    if word == "recruited_before":
        if person.recruited is None:
            return None
        earliest, latest = person.recruited
        return True if latest < limit else False if earliest >= limit else None
    assert word == "held_before", word
    eve = limit - timedelta(days=1)
    return any(row["Mã chức danh"] in posts and holds(row, eve) for row in person.posts)


def is_by(value, day):
    ends = ends_of(value)
    return ends is None or ends[0] <= day


def reaches(row, level):
    if row["Thứ bậc"] < level["min"]:
        return False
    if "confirmation_before" in level and row["Giấy tờ"] == "Giấy xác nhận":
        ends = ends_of(row["Ngày cấp"])
        if ends is None:
            return None
        if ends[0] >= date.fromisoformat(level["confirmation_before"]):
            return False
    if not level.get("fields"):
        return True
    return row["Mã nhóm ngành"] in level["fields"] if row["Mã nhóm ngành"] else None


def of_age(least, person, day):
    if person.born is None:
        return None
    earliest, latest = person.born
    if years(latest, day) >= least:
        return True
    return False if years(earliest, day) < least else None


def entry_age(most, person, day, posts):
    entries = [
        day_of(row["Từ ngày"]) for row in person.posts
        if row["Mã chức danh"] in posts and day_of(row["Từ ngày"]) <= day
    ]  # fmt: skip
    if person.born is None or not entries:
        return None
    entry, (earliest, latest) = min(entries), person.born
    if years(earliest, entry) <= most:
        return True
    return False if years(latest, entry) > most else None


class Law:
    """The title sets and the rules that may decide on a day."""

    def __init__(self, workbook, day):
        self.day = day
        self.sets = {
            row["Mã nhóm chức danh"]: frozenset(row["Gồm các mã chức danh"].split())
            for row in workbook.sets
            if holds(row, day)
        }
        self.rules = [row for row in workbook.rules if holds(row, day)]
        self.floor_at = {
            (row["Mã đơn vị"], row["Đơn vị có từ ngày"]): row["Áp dụng sàn miền núi"] == "Có"
            for row in workbook.areas
            if holds(row, day)
        }

    def posts_of(self, rule):
        return self.sets.get(rule["Mã nhóm chức danh"], frozenset())

    def for_post(self, post):
        """The rules for a post; a special law takes the place of the general one beside it."""
        found = [rule for rule in self.rules if post in self.posts_of(rule)]
        special = {rule["Nội dung"] for rule in found if rule["Luật chuyên ngành"] == "Có"}
        return [
            rule for rule in found
            if rule["Chưa chắc chắn"] == "Không"
            and (rule["Luật chuyên ngành"] == "Có" or rule["Nội dung"] not in special)
        ]  # fmt: skip

    def covers(self, posts):
        return any(self.for_post(post) for post in posts)

    def said_of_rule(self, rule, person, row):
        posts = self.posts_of(rule)
        result = answer(json.loads(rule["Điều kiện"]), person, self.day, posts)
        at = (row["Mã đơn vị"], row["Đơn vị có từ ngày"])
        if result is not True and rule["Điều kiện vùng núi"] and self.floor_at.get(at):
            result = answer(json.loads(rule["Điều kiện vùng núi"]), person, self.day, posts)
        if result is True:
            return "meets"
        if result is None:
            return "unknown"
        until, who = day_of(rule["Hết thời hạn chuyển tiếp"]), rule["Ai được chuyển tiếp"]
        waits = until and self.day < until and answer(json.loads(who), person, self.day, posts)
        return "waits" if waits is True else "fails"

    def said_of(self, person, rows):
        """What the standard says of all of `rows`, posts of one person: the worst decides."""
        said = {
            self.said_of_rule(rule, person, row)
            for row in rows
            for rule in self.for_post(row["Mã chức danh"])
        }
        for word, state in (("fails", "out"), ("unknown", "unknown"), ("waits", "out")):
            if word in said:
                return state
        return "in" if said else "out"


# -- the count ------------------------------------------------------------------------------------


def state_of(requirement, law, person, row, *, by_person):
    day = law.day
    if requirement == "standard":
        rows = [each for each in person.posts if holds(each, day)] if by_person else [row]
        return law.said_of(person, rows)
    if requirement == "rating":
        year = day.year if (day.month, day.day) == (12, 31) else day.year - 1
        level = person.ratings.get(year)
        return "unrated" if level is None else "in" if level >= 3 else "out"
    return {True: "in", False: "out", None: "unknown"}[answer(requirement, person, day)]


def recount(workbook, day):
    """(indicator, commune code or None): (numerator, denominator, unknown)."""
    law = Law(workbook, day)
    codes = [None, *(row["Mã đơn vị"] for row in workbook.communes if holds(row, day))]
    found = {}
    for indicator, (title_set, requirement, by_person) in INDICATORS.items():
        posts = law.sets.get(title_set, frozenset())
        rows = workbook.held if title_set else workbook.seats
        states = defaultdict(dict)
        for number, row in enumerate(rows):
            if not holds(row, day) or (title_set and row["Mã chức danh"] not in posts):
                continue
            person = workbook.people[row["Số hiệu"]]
            state = state_of(requirement, law, person, row, by_person=by_person)
            for code in (None, row["Mã đơn vị"]):
                states[code][row["Số hiệu"] if by_person else number] = state
        is_ruled = requirement != "standard" or law.covers(posts)
        for code in codes:
            found[indicator, code] = count(list(states[code].values()), is_ruled=is_ruled)
    return found


def count(states, *, is_ruled):
    whole = len(states) - states.count("unrated")
    if not is_ruled:
        return None, whole, None
    return states.count("in"), whole, states.count("unknown") + states.count("unrated")


@pytest.mark.parametrize("day", DAYS)
def test_the_figures_are_those_of_a_recount_from_the_workbook(workbook, day):
    out = StringIO()

    call_command("figures", as_of=day.isoformat(), format="json", stdout=out)

    printed = {
        (row["indicator"], row["commune"]): (row["numerator"], row["denominator"], row["unknown"])
        for row in json.loads(out.getvalue())
    }
    assert printed == recount(workbook, day)


def test_the_recount_itself_gives_what_the_district_printed(workbook):
    found = recount(workbook, date(2023, 6, 8))

    assert found["civil_servants_degree", None] == (209, 255, 4)
    assert found["org_deputies_political", None] == (88, 138, 0)
    assert found["rated_good", None] == (486, 540, 4)
    assert found["standardised_org_deputies", None] == (None, 138, None)
