"""Sources of cadres of the demo: 24 people whom 8 communes introduced, and what became of them."""

import random
from datetime import date, timedelta

from cadres.demo.people import Inventor, a_day
from cadres.models import Commune
from training.models import Candidate, CandidateStep

COMMUNES, PER_COMMUNE = 8, 3
TOWN = "Hùng Sơn"
DAY = date(2023, 6, 8)
_State, _Kind, _Body = Candidate.State, Candidate.Kind, Candidate.Body
# (what the person is, who introduces, the body's name, strengths, what was agreed, last state)
_STORIES = (
    (_Kind.YOUNG_MEMBER, _Body.CELL, "Chi bộ xóm", "Bí thư chi đoàn xóm, nhiệt tình",
     "Bồi dưỡng nghiệp vụ công tác Đảng", _State.TRAINING),
    (_Kind.PART_TIME, _Body.FRONT, "Ban Thường trực MTTQ xã", "Quen việc Mặt trận 4 năm",
     "Trung cấp lý luận chính trị", _State.ELECTED),
    (_Kind.VILLAGE, _Body.FARMERS, "Hội Nông dân xã", "Trưởng xóm, được dân tin",
     "Sơ cấp lý luận chính trị", _State.INTRODUCED),
    (_Kind.STUDENT, _Body.YOUTH, "Đoàn xã", "Sinh viên luật năm cuối, là người địa phương",
     "Thực tập ở bộ phận một cửa", _State.TRAINING),
    (_Kind.VILLAGE, _Body.WOMEN, "Hội Phụ nữ xã", "Chi hội trưởng, vận động tốt",
     "Bồi dưỡng nghiệp vụ công tác phụ nữ", _State.INTRODUCED),
    (_Kind.PART_TIME, _Body.CELL, "Chi bộ cơ quan xã", "Có bằng đại học kế toán",
     "Bồi dưỡng quản lý nhà nước", _State.RECRUITED),
    (_Kind.YOUNG_MEMBER, _Body.VETERANS, "Hội Cựu chiến binh xã", "Xuất ngũ, đảng viên trẻ",
     "Bồi dưỡng nghiệp vụ quân sự cơ sở", _State.ENDED),
)  # fmt: skip
_WAY = {
    _State.INTRODUCED: (),
    _State.TRAINING: (_State.TRAINING,),
    _State.RECRUITED: (_State.TRAINING, _State.RECRUITED),
    _State.ELECTED: (_State.TRAINING, _State.ELECTED),
    _State.ENDED: (_State.ENDED,),
}
_NOTES = {_State.ENDED: "Chuyển nơi cư trú", _State.RECRUITED: "Trúng tuyển công chức xã"}


def seed(seed_number: int = 20230115) -> None:
    """The candidates with their steps. Communes must be there already."""
    rng = random.Random(seed_number)
    inventor = Inventor(rng)
    communes = list(Commune.objects.on(DAY).order_by("sort_key"))
    chosen = [each for each in communes if each.short_name == TOWN]
    chosen += [each for each in communes if each not in chosen][: COMMUNES - len(chosen)]
    number = 0
    for commune in chosen:
        for _ in range(PER_COMMUNE):
            _introduce(rng, inventor, commune, _STORIES[number % len(_STORIES)])
            number += 1


def _introduce(rng: random.Random, inventor: Inventor, commune: Commune, story: tuple) -> None:
    kind, body, body_name, strengths, agreed, last = story
    young = kind in (_Kind.STUDENT, _Kind.YOUNG_MEMBER)
    first, latest = (date(1996, 1, 1), date(2001, 12, 1)) if young else (
        date(1979, 1, 1), date(1995, 12, 1))  # fmt: skip
    sex = "F" if body == _Body.WOMEN else rng.choice("MF")
    person = inventor.person(sex=sex, born_on=a_day(rng, first, latest))
    # A unit of a later day introduced nobody before it.
    introduced_on = a_day(rng, max(date(2022, 1, 10), commune.valid_from), date(2023, 3, 31))
    days = [introduced_on]
    for _ in _WAY[last]:
        days.append(a_day(rng, days[-1] + timedelta(days=20), days[-1] + timedelta(days=34)))
    made = Candidate.objects.create(
        full_name=person.full_name, sex=person.sex, born_on=person.born_on, kind=kind,
        commune=commune, body=body, body_name=body_name, introduced_on=introduced_on,
        strengths=strengths, training_agreed=agreed, state=last, state_on=days[-1],
    )  # fmt: skip
    states = (_State.INTRODUCED, *_WAY[last])
    CandidateStep.objects.bulk_create(
        CandidateStep(candidate=made, state=state, on=on, note=_NOTES.get(state, ""))
        for state, on in zip(states, days, strict=True)
    )
