"""Training of the demo since 2021: 142 classes, 9 513 participations, 18 sessions beside them."""

import random
from datetime import date, timedelta
from typing import Any

from django.db import connection

from cadres.demo.people import Inventor, a_day
from cadres.models import Commune, Holding
from cadres.models.period import on_day
from training.models import (
    Enrolment,
    HandsOnSession,
    OutsideLearner,
    Programme,
    Provider,
    TrainingClass,
)

CLASSES, SEATS, SEATS_OF_LAST = 142, 67, 66
SESSIONS, OUTSIDERS = 18, 900
FIRST, LAST = date(2021, 1, 11), date(2023, 5, 29)
_ROWS_AT_ONCE = 1000
# (what is taught, group of contents, provider, hours)
SUBJECTS = (
    ("Bồi dưỡng lý luận chính trị cho đảng viên mới", "political", "ttct-huyen", 40),
    ("Sơ cấp lý luận chính trị", "political", "ttct-huyen", 160),
    ("Trung cấp lý luận chính trị, hệ vừa làm vừa học", "political", "tct-tinh", 1056),
    ("Bồi dưỡng nghiệp vụ công tác xây dựng Đảng", "speciality", "ttct-huyen", 24),
    ("Bồi dưỡng kiến thức quốc phòng – an ninh, đối tượng 4", "defence", "bchqs-huyen", 24),
    ("Quản lý nhà nước ngạch chuyên viên", "state_management", "tct-tinh", 240),
    ("Bồi dưỡng kiến thức quản lý nhà nước cấp xã", "state_management", "tct-tinh", 40),
    ("Nghiệp vụ hộ tịch cho công chức Tư pháp – hộ tịch", "speciality", "so-tuphap", 80),
    ("Kế toán ngân sách xã", "speciality", "so-taichinh", 40),
    ("Quản lý đất đai, môi trường cấp xã", "speciality", "so-tnmt", 32),
    ("Công tác lao động, người có công và xã hội", "speciality", "so-ldtbxh", 24),
    ("Nghiệp vụ công tác Mặt trận ở khu dân cư", "speciality", "mttq-huyen", 16),
    ("Kỹ năng chuyển đổi số, dịch vụ công trực tuyến", "it_language", "so-tttt", 24),
    ("Đạo đức công vụ, văn hóa công sở", "ethics", "phong-noivu", 16),
    ("Tiếng dân tộc thiểu số cho cán bộ xã", "it_language", "tct-tinh", 120),
    ("Kiến thức hội nhập cho cán bộ cơ sở", "integration", "dh-kinhte", 24),
)
TOPICS = (
    ("Cầm tay, chỉ việc: số hóa hồ sơ một cửa", "Phòng Nội vụ huyện"),
    ("Cầm tay, chỉ việc: chứng thực điện tử", "Phòng Tư pháp huyện"),
    ("Cầm tay, chỉ việc: quyết toán ngân sách xã", "Phòng Tài chính – Kế hoạch huyện"),
    ("Cầm tay, chỉ việc: cập nhật bản đồ địa chính", "Văn phòng Đăng ký đất đai"),
    ("Cầm tay, chỉ việc: chi trả trợ cấp không dùng tiền mặt", "Bảo hiểm xã hội huyện"),
    ("Cầm tay, chỉ việc: cập nhật dữ liệu hộ nghèo", "Phòng Lao động – TB&XH huyện"),
)
_WORKPLACES = {
    "vien_chuc": "Trường học, trạm y tế",
    "thon": "Xóm, tổ dân phố",
    "khac": "Hợp tác xã",
}


def seed(seed_number: int = 20210111) -> None:
    """The classes with who took part, and the sessions. People must be there already."""
    rng = random.Random(seed_number)
    classes = TrainingClass.objects.bulk_create(_classes(rng))
    outsiders = OutsideLearner.objects.bulk_create(_outsiders(rng), batch_size=_ROWS_AT_ONCE)
    enrolments = []
    for number, each in enumerate(classes, start=1):
        seats = SEATS_OF_LAST if number == CLASSES else SEATS
        enrolments += _participations(rng, each, seats, outsiders)
    Enrolment.objects.bulk_create(enrolments, batch_size=_ROWS_AT_ONCE)
    HandsOnSession.objects.bulk_create(_sessions(rng))


def _classes(rng: random.Random) -> list[TrainingClass]:
    providers = Provider.objects.in_bulk(field_name="code")
    programmes = {each.name: each for each in Programme.objects.all()}
    days = sorted(a_day(rng, FIRST, LAST) for _ in range(CLASSES))
    turns: dict[str, int] = {}
    found = []
    for number, begins in enumerate(days, start=1):
        name, group, provider, hours = SUBJECTS[number % len(SUBJECTS)]
        turns[name] = turns.get(name, 0) + 1
        # Long courses sit some days a month; a class of the demo is over by the reference day.
        days_long = max(2, min(hours // 8, (date(2023, 6, 6) - begins).days))
        found.append(
            TrainingClass(
                code=f"L{begins.year}-{number:03d}",
                name=f"{name}, khóa {turns[name]}",
                programme=programmes[name],
                content_group=group,
                form=programmes[name].form,
                provider=providers[provider],
                venue="Hội trường Trung tâm Chính trị huyện (giả định)",
                begins_on=begins,
                ends_on=begins + timedelta(days=days_long - 1),
                hours=hours,
                state=TrainingClass.State.CLOSED,
            )
        )
    return found


def _outsiders(rng: random.Random) -> list[OutsideLearner]:
    inventor = Inventor(rng)
    communes = list(Commune.objects.on(date(2023, 6, 8)).order_by("kind", "sort_key"))
    found = []
    for number in range(1, OUTSIDERS + 1):
        kind = rng.choices(list(_WORKPLACES), [4, 5, 1])[0]
        person = inventor.person(
            sex=rng.choice("MF"), born_on=a_day(rng, date(1966, 1, 1), date(1999, 12, 1))
        )
        commune = rng.choice(communes)
        found.append(
            OutsideLearner(
                code=f"HV{number:05d}",
                full_name=person.full_name,
                kind=kind,
                workplace=f"{_WORKPLACES[kind]} – {commune.short_name} (giả định)",
                commune=commune,
            )
        )
    return found


def _participations(
    rng: random.Random, each: TrainingClass, seats: int, outsiders: list[OutsideLearner]
) -> list[Enrolment]:
    """Officials who served when the class began, and outsiders for the rest of the seats."""
    held = Holding.objects.filter(on_day(each.begins_on))
    serving = sorted(set(held.values_list("cadre", flat=True)))
    officials = rng.sample(serving, rng.randint(22, 46))
    taught: list[dict[str, Any]] = [{"cadre_id": key} for key in officials]
    taught += [
        {"outside_learner": learner} for learner in rng.sample(outsiders, seats - len(officials))
    ]
    return [
        Enrolment(
            training_class=each,
            result=(result := rng.choices(["passed", "failed"], [96, 4])[0]),
            certificate_number=f"{each.code}/{number:03d}" if result == "passed" else "",
            **who,
        )
        for number, who in enumerate(taught, start=1)
    ]


def _sessions(rng: random.Random) -> list[HandsOnSession]:
    days = sorted(a_day(rng, FIRST, LAST) for _ in range(SESSIONS))
    found = []
    for number, day in enumerate(days, start=1):
        name, partner = TOPICS[number % len(TOPICS)]
        found.append(
            HandsOnSession(
                code=f"TH{day.year}-{number:02d}",
                name=name,
                partner=f"{partner} (giả định)",
                held_on=day,
                venue="Trụ sở UBND xã",
                attendance=rng.randint(12, 48),
            )
        )
    return found


def seed_larger(participations: int, seed_number: int = 20210111) -> None:
    """`participations` participations of officials in classes of 67, for the larger sets."""
    rng = random.Random(seed_number)
    if not participations:
        return
    provider = Provider.objects.order_by("pk").first()
    number = -(-participations // SEATS)
    classes = TrainingClass.objects.bulk_create(
        (
            TrainingClass(
                code=f"LL{each:06d}",
                name=f"{SUBJECTS[each % len(SUBJECTS)][0]}, lớp {each}",
                content_group=SUBJECTS[each % len(SUBJECTS)][1],
                provider=provider,
                begins_on=(begins := a_day(rng, FIRST, LAST)),
                ends_on=begins + timedelta(days=4),
                hours=40,
                state=TrainingClass.State.CLOSED,
            )
            for each in range(1, number + 1)
        ),
        batch_size=_ROWS_AT_ONCE,
    )
    people = sorted(set(Holding.objects.values_list("cadre", flat=True)))
    left = participations
    table = connection.ops.quote_name(Enrolment._meta.db_table)
    texts = ("certificate_number", "exception_reason", "result_note")  # all empty
    columns = ("training_class_id", "cadre_id", "result", *texts)
    marks = ", ".join(["%s"] * len(columns))
    for start in range(0, len(classes), 200):
        rows = []
        for each in classes[start : start + 200]:
            seats = min(SEATS, left)
            left -= seats
            rows += [(each.pk, key, "passed", "", "", "") for key in rng.sample(people, seats)]
        with connection.cursor() as cursor:  # a million model instances would take minutes
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
