"""Invented profiles, families, work before the posts, and organisations of the demo's people.

Drawn by a generator of their own for each person, so that nothing else of the demo moves.
"""

import random
from datetime import date

from cadres.demo.lives import TODAY, Life
from cadres.demo.people import Inventor, a_day
from cadres.models import Affiliation, FamilyMember, Profile, WorkPeriod
from daitu_portal.dates import PartialDate, add_months

_MADE_UP = "dữ liệu mẫu"
_JOBS = ("Làm ruộng", "Giáo viên", "Công nhân", "Kế toán hợp tác xã", "Học sinh, sinh viên")
_KIN_JOBS = ("làm ruộng", "giáo viên", "công nhân", "buôn bán nhỏ", "y sĩ")
_STRENGTHS = ("Vận động quần chúng", "Soạn thảo văn bản", "Quản lý đất đai", "Tài chính, kế toán")
_ORGANISATIONS = {"08": "youth", "09": "women", "10": "farmers", "11": "veterans"}
_DEPUTY_OF = {"NK02": "youth", "NK03": "women", "NK04": "farmers", "NK05": "veterans"}
_COUNCIL = ("CB01", "CB03", "CB04", "CB05", "CB06")  # whose holders are deputies of the commune
_HOLE = 0.05  # how many fields nobody has filled in yet


def begins(life: Life) -> date:
    """The first day of any post."""
    return min(each.valid_from for each in life.holdings)


def add_profile(life: Life, rng: random.Random) -> None:
    """The rest of the person's own fields, with some holes."""
    number = int(life.cadre.code[2:])
    first, unit = begins(life), life.holdings[-1].commune.name
    fields = {
        "national_id_issued_on": PartialDate.of(a_day(rng, date(2021, 3, 1), date(2022, 12, 20))),
        "national_id_issued_by": "Cục Cảnh sát QLHC về TTXH",
        "personal_code": life.cadre.national_id,
        "insurance_number": f"0000{number:06d}",
        "insured_from": PartialDate(first.isoformat()[:7]),
        "health_card_number": f"GD400{number:010d}",
        "permanent_residence": f"{unit}, huyện Đại Từ, tỉnh Thái Nguyên",
        "schooling": "10/10" if life.born_on.year < 1970 else "12/12",
        "family_class": rng.choice(["Nông dân", "Nông dân", "Công nhân", "Viên chức"]),
        "prior_job": rng.choice(_JOBS),
        "agency_joined_on": PartialDate.of(max(each.valid_from for each in life.holdings)),
        "main_work": life.holdings[-1].post.name,
        "longest_work": life.holdings[0].post.name,
        "strengths": rng.choice(_STRENGTHS),
        "health": rng.choices(["Tốt", "Khá", "Trung bình"], [70, 25, 5])[0],
        "height_cm": rng.randint(158, 176) if life.cadre.sex == "M" else rng.randint(148, 165),
        "weight_kg": rng.randint(50, 78) if life.cadre.sex == "M" else rng.randint(43, 62),
        "blood_type": rng.choices(["O", "B", "A", "AB"], [43, 30, 21, 6])[0],
        "policy_family": rng.choices(["", "Con thương binh", "Cháu liệt sĩ"], [90, 6, 4])[0],
        "personal_history": f"Không có gì đặc biệt ({_MADE_UP}).",
        "foreign_relations": "Không",
        "household_economy": f"Nhà ở của gia đình; thu nhập từ lương ({_MADE_UP}).",
    }
    told = {name: value for name, value in fields.items() if rng.random() >= _HOLE}
    life.add(Profile(cadre=life.cadre, **told, **_service_in_arms(life, rng, first)))


def _service_in_arms(life: Life, rng: random.Random, before: date) -> dict[str, object]:
    """Military service of some men before their first post; of all commanders and veterans."""
    codes = {each.post.code for each in life.holdings}
    must = bool(codes & {"CC02", "CB11", "NK05"})
    if life.cadre.sex != "M" or not (must or rng.random() < 0.2):
        return {}
    enlisted = date(life.born_on.year + 19, 2, 1)
    years = 12 if codes & {"CB11"} and life.born_on.year + 32 < before.year else 2
    discharged = date(enlisted.year + years, 2, 1)
    if discharged >= before:
        return {}
    rank = "Đại úy" if years > 2 else "Thượng sĩ"
    told: dict[str, object] = {
        "enlisted_on": PartialDate(enlisted.isoformat()[:7]),
        "discharged_on": PartialDate(discharged.isoformat()[:7]),
        "military_rank": rank,
    }
    if years > 2 and rng.random() < 0.15:
        told["war_invalid"] = "4/4"
    return told


def add_family(life: Life, rng: random.Random) -> None:
    """Two to five relatives: parents, and from some age on husband or wife and children."""
    inventor, surname = Inventor(rng), life.cadre.full_name.split()[0]
    unit, year, is_man = life.holdings[-1].commune.name, life.born_on.year, life.cadre.sex == "M"

    names: set[str] = set()

    def relative(relation: str, sex: str, born: int, surname: str) -> None:
        name = inventor.name(surname, sex, born)
        while name in names:
            name = inventor.name(surname, sex, born)
        names.add(name)
        is_dead = born < 1955 and rng.random() < 0.4
        job = rng.choice(_KIN_JOBS)
        job = "hưu trí" if born < 1962 else "học sinh, sinh viên" if born > 2001 else job
        told = f"{job}, {unit} ({_MADE_UP})"
        life.add(
            FamilyMember(
                cadre=life.cadre, relation=relation, full_name=name, is_deceased=is_dead,
                born_on=PartialDate(str(born)),
                detail="" if is_dead else told[:1].upper() + told[1:],
            )
        )  # fmt: skip

    relative("Bố", "M", year - rng.randint(22, 32), surname)
    other = rng.choice(["Lý", "Hoàng", "Trần", "Phạm", "Đỗ", "Vũ"])
    relative("Mẹ", "F", year - rng.randint(20, 28), other)
    if TODAY.year - year < 28:
        return
    theirs = rng.choice(["Nguyễn", "Dương", "Lưu", "Ngô", "Đào"])
    relative("Vợ" if is_man else "Chồng", "F" if is_man else "M", year + rng.randint(-4, 4), theirs)
    for number in range(rng.choice([0, 1, 2, 2])):
        born = year + 26 + 4 * number
        if born <= TODAY.year - 1:
            relative("Con", rng.choice("MF"), born, surname if is_man else theirs)


def add_work(life: Life, rng: random.Random) -> None:
    """What went before the first post, and the posts one after another, by months."""
    first = begins(life)
    grown = date(life.born_on.year + 22, 6, 1)
    if grown < first:
        words = f"{rng.choice(_JOBS)} ({_MADE_UP})"
        _work(life, grown, first, words)
    mains = sorted((h for h in life.holdings if h.is_main), key=lambda each: each.valid_from)
    words, since = "", first
    for holding in [each for each in mains if each.valid_from <= TODAY]:
        told = f"{holding.post.name}, {holding.commune.name}"
        if words and told != words:
            _work(life, since, holding.valid_from, words)
        words, since = told, since if told == words else holding.valid_from
    end = mains[-1].valid_to if mains else None
    if words:
        _work(life, since, end if end and end <= TODAY else None, words)


def add_studies(life: Life, rng: random.Random) -> None:
    """When and where the degrees were studied for, which no figure asks."""
    for each in life.qualifications:
        if each.rank < 2 or each.strand not in ("professional", "political") or not each.awarded_on:
            continue
        months = {"political": 12}.get(each.strand, 48 if each.rank >= 4 else 24)
        until = each.awarded_on.earliest
        each.studied_until = PartialDate(until.isoformat()[:7])
        each.studied_from = PartialDate(add_months(until, -months).isoformat()[:7])
        each.institution = each.institution or "Trường Chính trị tỉnh (giả định)"


def _work(life: Life, since: date, until: date | None, words: str) -> None:
    life.add(
        WorkPeriod(
            cadre=life.cadre, what=words, from_on=PartialDate(since.isoformat()[:7]),
            until_on=PartialDate(until.isoformat()[:7]) if until else None,
        )
    )  # fmt: skip


def add_affiliations(life: Life, rng: random.Random) -> None:
    """Youth union, trade union or association by post; seats in the People's Councils."""
    year, first = life.born_on.year, begins(life)
    left = year + 30 if year + 30 <= TODAY.year else None
    _join(life, "youth", year + 16, left)
    codes = {each.post.code for each in life.holdings}
    for code in sorted(codes):
        body = _DEPUTY_OF.get(code) or (_ORGANISATIONS.get(code[2:]) if code[:2] == "CB" else None)
        if body and body != "youth":
            _join(life, body, first.year, None)
    if any(each.post.category in ("cadre", "civil_servant") for each in life.holdings):
        _join(life, "union", first.year, None)
    for holding in life.holdings:
        if holding.post.code in _COUNCIL and holding.is_in_force(TODAY):
            _sit_in_council(life, rng, holding.valid_from, holding.post.code)
            return


def _join(life: Life, body: str, since: int, until: int | None) -> None:
    life.add(
        Affiliation(
            cadre=life.cadre, body=body, joined_on=PartialDate(str(since)),
            until_on=PartialDate(str(until)) if until else None,
        )
    )  # fmt: skip


def _sit_in_council(life: Life, rng: random.Random, since: date, code: str) -> None:
    """A mandate of the running term: in the commune, for some leaders in the district too."""
    term = life.catalogue.term("hdnd", TODAY)
    bodies = ["council_commune"]
    if code in ("CB01", "CB05") and rng.random() < 0.4:
        bodies.append("council_district")
    for body in bodies:
        day = max(since, term.valid_from) if term else since
        life.add(
            Affiliation(
                cadre=life.cadre, body=body, role="Đại biểu", term=term,
                joined_on=PartialDate.of(day),
            )
        )  # fmt: skip
