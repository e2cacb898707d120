"""Plans of the demo: 2023 approved, tied to the classes held in it; 2024 open for registering."""

import random
from collections import defaultdict
from datetime import date

from cadres.models import Basis, Commune
from training.models import PlanLine, Programme, TrainingClass, TrainingPlan
from training.rules.planning import classes_for

APPROVED, OPEN = 2023, 2024
DAY = date(2023, 6, 8)
SEATS = 67  # the demo's classes are a little over the sixty that the district plans
LEAD = "Phòng Nội vụ huyện (giả định)"
_A_CLASS = 21_000_000  # đồng, what the demo plans for a class of five days
# (programme as the catalogue calls it, how many communes ask for it, people each)
_ASKED = (
    ("Trung cấp lý luận chính trị, hệ vừa làm vừa học", 6, (1, 3)),
    ("Quản lý nhà nước ngạch chuyên viên", 5, (1, 4)),
    ("Kỹ năng chuyển đổi số, dịch vụ công trực tuyến", 7, (3, 9)),
    ("Nghiệp vụ hộ tịch cho công chức Tư pháp – hộ tịch", 4, (1, 2)),
)


def seed(seed_number: int = 20231001) -> None:
    """Both plans. Classes and the catalogue of programmes must be there already; what the
    catalogue does not know is left out."""
    rng = random.Random(seed_number)
    programmes = {each.name: each for each in Programme.objects.order_by("-pk")}
    _approved(rng, programmes)
    _open(rng, programmes)


def _approved(rng: random.Random, programmes: dict[str, Programme]) -> None:
    decision = Basis.objects.create(
        kind=Basis.Kind.DECISION, number="112/QĐ-UBND", signed_on=date(2023, 1, 6),
        issuer="UBND huyện (giả định)", about=f"Phê duyệt kế hoạch đào tạo năm {APPROVED}",
    )  # fmt: skip
    plan = TrainingPlan.objects.create(
        year=APPROVED, state=TrainingPlan.State.APPROVED, decision=decision
    )
    for programme, held in _held(programmes).items():
        line = _line(plan, programme, classes=len(held) + rng.randint(0, 2), rng=rng)
        TrainingClass.objects.filter(pk__in=held).update(plan_line=line)


def _held(programmes: dict[str, Programme]) -> dict[Programme, list[int]]:
    """Keys of the year's classes by their programme: named by the class, or as the class is."""
    found: dict[Programme, list[int]] = defaultdict(list)
    classes = TrainingClass.objects.filter(begins_on__year=APPROVED, begins_on__lte=DAY)
    for each in classes.select_related("programme").order_by("code"):
        programme = each.programme or programmes.get(each.name.rpartition(", khóa")[0])
        if programme:
            found[programme].append(each.pk)
    return found


def _line(
    plan: TrainingPlan, programme: Programme, *, classes: int, rng: random.Random
) -> PlanLine:
    cost = classes * _A_CLASS
    central = cost // 3 // 1_000_000 * 1_000_000 if rng.random() < 0.4 else 0
    return PlanLine.objects.create(
        plan=plan, programme=programme, classes=classes, participations=classes * SEATS,
        target_group="Cán bộ, công chức cấp xã và người hoạt động ở cơ sở",
        hours=programme.hours, days=programme.days, provider=programme.provider,
        period_from=date(plan.year, 2, 1), period_to=date(plan.year, 11, 30),
        cost_central=central, cost_local=cost - central, lead=LEAD,
    )  # fmt: skip


def _open(rng: random.Random, programmes: dict[str, Programme]) -> None:
    plan = TrainingPlan.objects.create(year=OPEN)
    communes = list(Commune.objects.on(DAY).order_by("sort_key"))
    for name, number, (fewest, most) in _ASKED:
        programme = programmes.get(name)
        if programme is None:
            continue
        for commune in rng.sample(communes, min(number, len(communes))):
            people = rng.randint(fewest, most)
            PlanLine.objects.create(
                plan=plan, commune=commune, programme=programme, participations=people,
                classes=classes_for(people), hours=programme.hours, days=programme.days,
                target_group="Cán bộ, công chức xã chưa đạt chuẩn",
            )  # fmt: skip
