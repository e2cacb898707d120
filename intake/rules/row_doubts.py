"""Doubts about the rows of a record: posts, seats, degrees, relatives. Pure."""

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from types import MappingProxyType

from cadres.rules.requirements import CONFIRMATION
from cadres.rules.retirement import retirement
from daitu_portal.dates import PartialDate
from intake.rules.completeness import Moment
from intake.rules.doubts import Rows, before_age, doubt
from intake.rules.record_facts import Facts, Group

# Kết luận 09-KL/TW: a paper of confirmation counts only if issued before this day.
CONFIRMATIONS_END = date(2021, 7, 9)
DEGREE_AGE = 15


@doubt("late_confirmation", Group.EDUCATION, "qualification", "awarded_on",
        "Giấy xác nhận trình độ lý luận chính trị cấp từ 09/07/2021 trở đi không được tính "
        "(Kết luận 09-KL/TW): cần bằng tốt nghiệp, hoặc sửa ngày cấp nếu ghi nhầm")  # fmt: skip
def _late_confirmation(facts: Facts, moment: Moment) -> Rows:
    for each in _confirmations(facts):
        if each[1] and each[1].earliest >= CONFIRMATIONS_END:
            yield each[0]


@doubt("vague_confirmation", Group.EDUCATION, "qualification", "awarded_on",
        "Giấy xác nhận trình độ lý luận chính trị chưa ghi rõ cấp trước hay sau 09/07/2021: "
        "ghi đủ ngày cấp")  # fmt: skip
def _vague_confirmation(facts: Facts, moment: Moment) -> Rows:
    for key, awarded in _confirmations(facts):
        if awarded and awarded.earliest < CONFIRMATIONS_END <= awarded.latest:
            yield key


def _confirmations(facts: Facts) -> Iterator[tuple[int, PartialDate | None]]:
    for each in facts.degrees:
        if each.strand == "political" and each.evidence == CONFIRMATION:
            yield each.key, each.awarded


@doubt("retirement_passed", Group.POSTS, "holding", "last_on",
        "Đã quá ngày nghỉ hưu theo tuổi (NĐ 135/2020) mà vẫn đang giữ chức vụ: kiểm tra ngày sinh, "
        "hoặc ghi quyết định nghỉ hưu, kéo dài")  # fmt: skip
def _retirement_passed(facts: Facts, moment: Moment) -> Rows:
    if facts.born is None or not facts.is_staff:
        return
    try:
        passed = retirement(moment.ages, str(facts.own["sex"]), facts.born).last_day < moment.day
    except LookupError:  # a birth date beyond the table, of which another check tells
        return
    if passed:
        yield _main_row(facts, moment.day)


def _main_row(facts: Facts, day: date) -> int | None:
    held = [each for each in facts.posts if each.is_in_force(day)]
    main = [each for each in held if each.is_main]
    return (main or held)[0].key if held else None


@doubt(
    "left_but_serving",
    Group.POSTS,
    "holding",
    "last_on",
    "Đã ghi nghỉ hưu, thôi việc, chuyển đi hoặc từ trần mà chức vụ vẫn chưa có ngày thôi",
)
def _left_but_serving(facts: Facts, moment: Moment) -> Rows:
    if facts.has_left and any(each.is_in_force(moment.day) for each in facts.posts):
        yield _main_row(facts, moment.day)


@doubt(
    "two_main_posts",
    Group.POSTS,
    "holding",
    "is_main",
    "Có hai chức vụ chính cùng một ngày: bỏ dấu “chức vụ chính” ở chức vụ kiêm nhiệm",
)
def _two_main_posts(facts: Facts, moment: Moment) -> Rows:
    main = [each for each in facts.posts if each.is_main and each.is_in_force(moment.day)]
    if len(main) > 1:
        yield main[-1].key


@doubt(
    "no_main_post",
    Group.POSTS,
    "holding",
    "is_main",
    "Đang giữ chức vụ mà chưa chức vụ nào là chính: chọn chức vụ chính",
)
def _no_main_post(facts: Facts, moment: Moment) -> Rows:
    held = [each for each in facts.posts if each.is_in_force(moment.day)]
    if held and not any(each.is_main for each in held):
        yield held[0].key


@doubt(
    "post_in_absent_unit",
    Group.POSTS,
    "holding",
    "commune",
    "Thời gian giữ chức vụ nằm ngoài thời gian có đơn vị: kiểm tra đơn vị và ngày",
)
def _post_in_absent_unit(facts: Facts, moment: Moment) -> Rows:
    for each in facts.posts:
        if _is_outside(each.valid_from, each.valid_to, each.unit_from, each.unit_to):
            yield each.key


@doubt(
    "seat_in_absent_unit",
    Group.POSTS,
    "membership",
    "commune",
    "Thời gian tham gia cấp ủy nằm ngoài thời gian có đơn vị: kiểm tra đơn vị và ngày",
)
def _seat_in_absent_unit(facts: Facts, moment: Moment) -> Rows:
    for each in facts.seats:
        if _is_outside(each.valid_from, each.valid_to, each.unit_from, each.unit_to):
            yield each.key


def _is_outside(start: date, end: date | None, unit_from: date, unit_to: date | None) -> bool:
    return start < unit_from or (unit_to is not None and (end is None or end > unit_to))


# What general education a professional level is built on (Luật Giáo dục nghề nghiệp 2014).
_BUILT_ON = MappingProxyType({2: 2, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3})


@doubt(
    "general_too_low",
    Group.EDUCATION,
    "qualification",
    "level",
    "Giáo dục phổ thông thấp hơn mức cần có cho trình độ chuyên môn: kiểm tra lại cả hai",
)
def _general_too_low(facts: Facts, moment: Moment) -> Rows:
    general, professional = facts.highest("general"), facts.highest("professional")
    if general is not None and general < _BUILT_ON.get(professional or 0, 0):
        yield next(e.key for e in facts.degrees if e.strand == "general" and e.rank == general)


@doubt(
    "degree_too_early",
    Group.EDUCATION,
    "qualification",
    "awarded_on",
    "Văn bằng, chứng chỉ cấp khi chưa đủ 15 tuổi: kiểm tra ngày cấp và ngày sinh",
)
def _degree_too_early(facts: Facts, moment: Moment) -> Rows:
    for each in facts.degrees:
        is_of_age = each.strand != "general" or each.rank == 3
        if each.rank and is_of_age and before_age(facts.born, each.awarded, DEGREE_AGE):
            yield each.key


@doubt(
    "future_degree",
    Group.EDUCATION,
    "qualification",
    "awarded_on",
    "Ngày cấp văn bằng, chứng chỉ ở sau hôm nay: kiểm tra năm",
)
def _future_degree(facts: Facts, moment: Moment) -> Rows:
    for each in facts.degrees:
        if each.awarded and each.awarded.earliest > moment.today:
            yield each.key


@doubt(
    "repeated_degree",
    Group.EDUCATION,
    "qualification",
    "level",
    "Văn bằng, chứng chỉ ghi hai lần: giữ một dòng",
)
def _repeated_degree(facts: Facts, moment: Moment) -> Rows:
    yield from _repeated((e.key, (e.strand, e.rank, e.awarded, e.major)) for e in facts.degrees)


@doubt(
    "repeated_relative", Group.FAMILY, "family", "full_name", "Người thân ghi hai lần: giữ một dòng"
)
def _repeated_relative(facts: Facts, moment: Moment) -> Rows:
    yield from _repeated(
        (e.key, (e.relation.casefold(), e.full_name.casefold())) for e in facts.family
    )


@doubt(
    "repeated_post",
    Group.POSTS,
    "holding",
    "post",
    "Cùng chức vụ ở cùng đơn vị ghi hai lần trong ngày này: giữ một dòng",
)
def _repeated_post(facts: Facts, moment: Moment) -> Rows:
    held = [each for each in facts.posts if each.is_in_force(moment.day)]
    yield from _repeated((each.key, (each.post, each.unit)) for each in held)


def _repeated(rows: Iterable[tuple[int, Hashable]]) -> Rows:
    """The keys of rows that say what an earlier one says."""
    seen: set[Hashable] = set()
    for key, said in rows:
        if said in seen:
            yield key
        seen.add(said)
