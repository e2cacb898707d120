"""Individual study of the demo: 12 people sent by decision. Whoever graduated had the degree on
record before, so that no credit waits and no figure moves."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from cadres.models import Basis, Cadre, Holding, Qualification
from cadres.models.period import on_day
from training.models import Programme, Study, StudyStep

DAY = date(2023, 6, 8)
_UNIVERSITY, _MASTER = 4, 5
_DEGREES = "Trường Đại học (giả định)"


@dataclass(frozen=True)
class Plan:
    """One study of the demo: of whom, where, when; its steps as (kind, day, what more)."""

    who: str  # "lacks" a degree, "has" one and goes on, "leads" a commune, "graduated"
    programme: str
    begins: date
    due: date
    support: int = 0
    steps: list[tuple[str, date, dict]] = field(default_factory=list)


def _paid(day: date, amount: int) -> tuple[str, date, dict]:
    return ("support", day, {"amount": amount, "text": "Học phí năm học"})


def _year(day: date, text: str) -> tuple[str, date, dict]:
    return ("progress", day, {"text": text})


PLANS = (
    Plan("lacks", "dh-luat-vlvh", date(2020, 9, 7), date(2024, 12, 15), 24_000_000, [
        _year(date(2021, 8, 20), "Năm thứ nhất: khá"), _paid(date(2021, 9, 15), 6_000_000),
        _year(date(2022, 8, 19), "Năm thứ hai: khá"), _paid(date(2022, 9, 15), 6_000_000),
    ]),
    Plan("lacks", "dh-ketoan-vlvh", date(2019, 9, 9), date(2023, 12, 15), 24_000_000, [
        _year(date(2020, 8, 21), "Năm thứ nhất: trung bình khá"),
        ("extension", date(2022, 6, 10), {"until": date(2023, 12, 15),
                                          "due_before": date(2023, 6, 30),
                                          "text": "Bảo lưu một học kỳ"}),
    ]),
    Plan("lacks", "dh-datdai-vlvh", date(2021, 9, 6), date(2025, 12, 15), 20_000_000, [
        _year(date(2022, 8, 22), "Năm thứ nhất: khá"), _paid(date(2022, 10, 3), 5_000_000),
    ]),
    Plan("lacks", "dh-qlnn-vlvh", date(2022, 9, 5), date(2026, 12, 15), 20_000_000),
    Plan("has", "ths-quanly", date(2021, 11, 1), date(2023, 11, 30), 30_000_000, [
        _paid(date(2022, 1, 10), 15_000_000), _year(date(2022, 10, 31), "Năm thứ nhất: giỏi"),
    ]),
    Plan("has", "ths-quanly", date(2022, 11, 1), date(2024, 11, 30), 30_000_000),
    Plan("leads", "llct-caocap-ktt", date(2022, 3, 14), date(2024, 6, 30)),
    Plan("leads", "llct-caocap-ktt", date(2022, 9, 12), date(2024, 12, 31)),
    Plan("lacks", "dh-luat-vlvh", date(2019, 9, 9), date(2023, 12, 15), 24_000_000, [
        _paid(date(2019, 10, 1), 6_000_000),
        ("stopped", date(2021, 3, 15), {"text": "Xin thôi học vì hoàn cảnh gia đình"}),
        ("broken", date(2021, 4, 20), {"amount": 6_000_000, "text": "Thôi học, bồi hoàn học phí"}),
        ("repayment", date(2021, 7, 5), {"amount": 4_000_000, "text": "Thu lần thứ nhất"}),
    ]),
    Plan("has", "ths-quanly", date(2020, 11, 2), date(2022, 11, 30), 0, [
        ("stopped", date(2021, 9, 30), {"text": "Chuyển công tác, không thu xếp được"}),
    ]),
    Plan("graduated", "", date(2016, 9, 5), date(2020, 12, 15), 16_000_000, [
        _paid(date(2017, 10, 2), 8_000_000), _paid(date(2018, 10, 1), 8_000_000),
    ]),
    Plan("graduated", "", date(2017, 9, 4), date(2021, 12, 15), 16_000_000, [
        _paid(date(2018, 10, 1), 8_000_000), _paid(date(2019, 10, 7), 8_000_000),
    ]),
)  # fmt: skip
_ENDS = ("stopped", "graduated", "failed")


def seed() -> None:
    """The studies with their decisions and steps. People and the catalogue must be there."""
    programmes = Programme.objects.select_related("provider").in_bulk(field_name="code")
    pools = {who: iter(people) for who, people in _pools().items()}
    for number, plan in enumerate(PLANS, start=1):
        cadre = next(pools[plan.who])
        _sent(number, plan, cadre, programmes.get(plan.programme))


def _pools() -> dict[str, Iterable[Cadre]]:
    """Civil servants and leaders of the day, the last by name first, each used once."""
    held = Holding.objects.filter(on_day(DAY))
    officials = held.filter(post__category="civil_servant").values("cadre")
    heads = held.filter(post__group="leader").values("cadre")
    degrees = Qualification.objects.filter(strand="professional", rank__gte=_UNIVERSITY)
    late = degrees.filter(rank=_UNIVERSITY, awarded_on__gte="2020", awarded_on__lt="2023")
    high = Qualification.objects.filter(strand="political", rank__gte=3).values("cadre")
    masters = degrees.filter(rank__gte=_MASTER).values("cadre")
    people = Cadre.objects.order_by("-name_sort_key", "-pk")
    mine = people.filter(pk__in=officials)
    graduated = list(mine.filter(pk__in=late.values("cadre"))[:2])
    having = mine.filter(pk__in=degrees.values("cadre")).exclude(pk__in=masters)
    return {
        "lacks": list(mine.exclude(pk__in=degrees.values("cadre"))[:5]),
        "has": list(having.exclude(pk__in=[each.pk for each in graduated])[:3]),
        "leads": list(people.filter(pk__in=heads).exclude(pk__in=high)[:2]),
        "graduated": graduated,
    }


def _sent(number: int, plan: Plan, cadre: Cadre, programme: Programme | None) -> None:
    decision = Basis.objects.create(
        kind=Basis.Kind.DECISION, number=f"{100 + number}/QĐ-UBND", signed_on=plan.begins,
        issuer="UBND huyện Đại Từ (giả định)", about="Cử cán bộ, công chức đi học",
    )  # fmt: skip
    degree = None if programme else _degree_of(cadre)
    strand, rank = _level_of(programme)
    steps = [*plan.steps, *_graduation(degree)]
    ended = next((day for kind, day, _ in steps if kind in _ENDS), None)
    study = Study.objects.create(
        cadre=cadre, commune=_unit(cadre), programme=programme, decision=decision,
        school=programme.provider.name if programme and programme.provider else _DEGREES,
        major=degree.major if degree else "", field=programme.field if programme else None,
        strand=strand,
        rank=rank,
        begins_on=min(plan.begins, _years_before(ended)) if degree else plan.begins,
        due_on=plan.due, support_agreed=plan.support,
        committed_until=plan.due.replace(year=plan.due.year + 5) if plan.support else None,
        state=_state(steps), ended_on=ended,
    )  # fmt: skip
    StudyStep.objects.bulk_create(
        StudyStep(study=study, kind=kind, on=day, **more) for kind, day, more in steps
    )


def _level_of(programme: Programme | None) -> tuple[str, int]:
    if programme is None or programme.rank is None:
        return "professional", _UNIVERSITY
    return programme.strand, programme.rank


def _degree_of(cadre: Cadre) -> Qualification:
    degrees = cadre.qualifications.filter(strand="professional", rank=_UNIVERSITY)
    return degrees.filter(awarded_on__gte="2020", awarded_on__lt="2023").order_by("awarded_on")[0]


def _graduation(degree: Qualification | None) -> list[tuple[str, date, dict]]:
    if degree is None or degree.awarded_on is None:
        return []
    text = "Văn bằng đã có trong hồ sơ"
    return [("graduated", date(degree.awarded_on.year, 12, 15), {"text": text})]


def _years_before(ended: date | None) -> date:
    return date((ended or DAY).year - 4, 9, 5)


def _state(steps: list[tuple[str, date, dict]]) -> str:
    kinds = [kind for kind, _, _ in steps]
    ends = [kind for kind in kinds if kind in _ENDS]
    return ends[-1] if ends else "extended" if "extension" in kinds else "studying"


def _unit(cadre: Cadre):
    held = cadre.holdings.filter(on_day(DAY)).order_by("-is_main", "pk").first()
    return held.commune if held else None
