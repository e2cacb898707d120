"""Scenarios over people on record: classes, studies, leavers, terms, hires, rules."""

from datetime import date

import pytest

from cadres.models import Commune, Term
from cadres.rulebook import Rulebook
from cadres.tests.factories import make_holding, make_membership, make_qualification, make_status
from reports.forecast.outcome import Outcome, calculate, series_of
from reports.forecast.plan import Kind, Part, Plan
from reports.forecast.tests.factories import make_part
from reports.models import Indicator
from reports.queries import matrix
from training.rules.forecast import Role
from training.tests.factories import make_programme, make_study

UNTIL, RESULT = date(2024, 12, 31), date(2023, 12, 31)
POLITICAL = {"strand": "political", "rank": 2}


@pytest.fixture
def foresee(district):
    """The forecast of some parts."""

    def made(*parts, until=UNTIL, codes=(district.code,), base=district.base):
        return calculate(district.hr, Plan(base, until, codes, parts), Rulebook())

    return made


def told(outcome, code="org_deputies_political", number=-1, commune=None):
    """(low, middle, high, denominator) of a day."""
    cell = outcome.cell(code, number % len(outcome.days), commune)
    low, middle, high, whole, _ = cell.plain
    return low, middle, high, whole


def on(outcome, day):
    return outcome.days.index(day)


def class_of(*people, on=RESULT, **fields):
    return make_part(Kind.CLASS, people, on=on, **{**POLITICAL, **fields})


def test_without_anything_supposed_it_is_the_figure_of_each_month(district, foresee):
    found = foresee()

    assert found.days[:3] == [district.base, date(2023, 6, 30), date(2023, 7, 31)]
    assert found.days[-1] == UNTIL
    assert {told(found, number=n) for n in range(len(found.days))} == {(1, 1, 1, 4)}


def test_a_class_counts_from_its_result_and_in_its_communes(district, foresee):
    found = foresee(class_of(*district.people[1:3]))

    assert told(found, number=on(found, date(2023, 11, 30))) == (1, 1, 1, 4)
    assert told(found, number=on(found, RESULT)) == (3, 3, 3, 4)
    assert told(found, commune=district.here.pk) == (2, 2, 2, 2)
    assert told(found, commune=district.there.pk) == (1, 1, 1, 2)


def test_a_programme_says_what_it_gives(district, foresee):
    programme = make_programme()
    part = make_part(Kind.CLASS, district.people[1:2], on=RESULT, programme=programme)

    assert told(foresee(part)) == (2, 2, 2, 4)
    assert part.words == (
        "1 người học Trung cấp lý luận chính trị (Trung cấp lý luận chính trị), "
        "kết quả ngày 31/12/2023, 100 % đạt"
    )


def test_a_programme_that_awards_nothing_changes_nothing(district, foresee):
    programme = make_programme("Nghe thời sự", strand="")
    part = make_part(Kind.CLASS, district.people, on=RESULT, programme=programme)

    assert told(foresee(part)) == (1, 1, 1, 4)


def test_rates_that_are_given_are_the_bounds_and_else_chance_is(district, foresee):
    given = class_of(*district.people[1:], pass_middle=50, pass_low=0, pass_high=100)
    chance = class_of(*district.people[1:], pass_middle=50)

    assert told(foresee(given)) == (1, 3, 4, 4)  # 1 + 1,5 rounded up
    assert told(foresee(chance)) == (1, 3, 4, 4)  # (1/2)³ = 12,5 % that nobody passes
    assert "thấp nhất và cao nhất" in foresee(given).bounds
    assert "nhị thức" in foresee(chance).bounds


def test_someone_in_two_classes_has_two_chances_and_is_one(district, foresee):
    one = district.people[1]
    found = foresee(class_of(one), class_of(one))

    assert told(found) == (2, 2, 2, 4)
    assert "1 người có trong hai lớp trở lên" in " ".join(found.told)
    assert found.people[0].parts == [0, 1]


def test_who_has_the_level_or_is_of_no_interest_is_told_as_such(district, foresee):
    stranger = district.deputy("Trần Văn Ngoài", district.here)
    stranger.holdings.update(valid_to=date(2023, 1, 1))
    found = foresee(class_of(*district.people[:2], stranger))

    roles = {each.key: each.roles[district.code][0] for each in found.people}
    assert roles == {
        district.people[0].pk: Role.ALREADY, district.people[1].pk: Role.GAINS,
        stranger.pk: Role.OUTSIDE,
    }  # fmt: skip
    assert told(found) == (2, 2, 2, 4)


def test_people_are_listed_in_vietnamese_order(district, foresee):
    found = foresee(class_of(*district.people))

    by_name = sorted(district.people, key=lambda each: each.name_sort_key)
    assert [each.key for each in found.people] == [each.pk for each in by_name]


def test_keys_of_nobody_are_passed_over_and_told(district, foresee):
    part = Part(class_of(district.people[1]).item, (district.people[1].pk, 999_999))

    found = foresee(part)

    assert told(found) == (2, 2, 2, 4)
    assert "1 người được chọn không có hồ sơ xem được: bỏ qua." in found.told


# -- studies --------------------------------------------------------------------------------------


def test_studies_on_record_end_on_their_day_those_that_are_late_at_once(district, foresee):
    due = make_study(district.people[1], strand="political", rank=2, due_on=date(2024, 6, 15))
    late = make_study(district.people[2], strand="political", rank=2, due_on=date(2023, 1, 15))
    part = make_part(Kind.STUDY)
    part = Part(part.item, studies=((due.cadre_id, due.pk), (late.cadre_id, late.pk)))

    found = foresee(part)

    assert told(found, number=0) == (1, 1, 1, 4)
    assert told(found, number=1) == (2, 2, 2, 4)
    assert told(found, number=on(found, date(2024, 6, 30))) == (3, 3, 3, 4)
    assert part.words == "2 lượt cử đi học đang học, theo ngày dự kiến, 100 % đạt"


def test_people_may_be_sent_to_study(district, foresee):
    part = make_part(Kind.STUDY, district.people[1:2], on=RESULT, **POLITICAL)

    assert told(foresee(part)) == (2, 2, 2, 4)
    assert part.words.startswith("Cử đi học: 1 người học Trung cấp lý luận chính trị")


# -- leavers --------------------------------------------------------------------------------------


def test_who_retires_leaves_after_the_last_day_and_who_is_overdue_at_once(district, foresee):
    soon, overdue = district.people[1], district.people[2]
    make_status(soon, valid_from=date(2024, 3, 1))
    overdue.born_on = "1950-01-01"
    overdue.save()

    found = foresee(make_part(Kind.RETIREMENT))

    assert told(found, number=0) == (1, 1, 1, 4)
    assert told(found, number=1) == (1, 1, 1, 3)
    assert told(found, number=on(found, date(2024, 2, 29))) == (1, 1, 1, 3)
    assert told(found, number=on(found, date(2024, 3, 31))) == (1, 1, 1, 2)
    assert any("1 người đã quá tuổi nghỉ hưu" in words for words in found.told)


def test_someone_of_unknown_age_stays_and_is_told(district, foresee):
    district.people[1].born_on = None
    district.people[1].save()

    found = foresee(make_part(Kind.RETIREMENT))

    assert told(found) == (1, 1, 1, 4)
    assert any("1 người chưa có ngày sinh" in words for words in found.told)


def test_named_leavers_go_on_their_day_the_earlier_of_two(district, foresee):
    one = district.people[0]
    early = make_part(Kind.LEAVERS, [one], on=date(2024, 1, 1))
    late = make_part(Kind.LEAVERS, [one], on=date(2024, 9, 1))

    found = foresee(late, early)

    assert told(found, number=on(found, RESULT)) == (1, 1, 1, 4)
    assert told(found, number=on(found, date(2024, 1, 31))) == (0, 0, 0, 3)
    assert found.people[0].leaves == "2024-01-01"
    assert early.words == "1 người thôi giữ chức vụ từ 01/01/2024"


def test_everybody_gone_leaves_no_ratio(district, foresee):
    found = foresee(make_part(Kind.LEAVERS, district.people, on=date(2024, 1, 1)))

    assert str(found.last(district.code).middle) == "—"
    assert found.last(district.code).middle.percent is None


def test_a_term_ends_its_posts_and_seats_but_of_those_who_stay(district, foresee):
    term = Term.objects.filter(organisation="mttq").on(district.base).get()
    for person in district.people:
        person.holdings.update(term=term)
    part = make_part(Kind.TERM, district.people[:1], term=term, on=date(2024, 1, 1))

    found = foresee(part)

    assert told(found, number=on(found, RESULT)) == (1, 1, 1, 4)
    assert told(found) == (1, 1, 1, 1)
    assert part.words.endswith("từ 01/01/2024, trừ 1 người ở lại")
    assert any("người kế nhiệm không được giả định" in words for words in found.told)


def test_a_seat_ends_with_its_term_too(district, foresee):
    term = Term.objects.filter(organisation="dang_bo").on(district.base).get()
    make_membership(district.people[0], district.here, term=term)
    part = make_part(Kind.TERM, term=term, on=date(2024, 1, 1))

    found = foresee(part, codes=("committee_trained",))

    assert told(found, "committee_trained", 0)[3] == 1
    assert told(found, "committee_trained")[3] == 0


# -- hires, rules ---------------------------------------------------------------------------------


def test_hires_come_to_their_commune_in_their_month(district, foresee):
    part = make_part(
        Kind.HIRES, number=3, post=district.post, commune=district.there, on=RESULT,
        levels={"political": 2},
    )  # fmt: skip

    found = foresee(part)

    assert told(found, number=on(found, date(2023, 11, 30))) == (1, 1, 1, 4)
    assert told(found) == (4, 4, 4, 7)
    assert told(found, commune=district.there.pk) == (3, 3, 3, 5)
    assert told(found, commune=district.here.pk) == (1, 1, 1, 2)
    assert "Tuyển 3 " in part.words
    assert "có lý luận chính trị trung cấp" in part.words
    assert [each.key for each in found.people] == []


def test_a_hire_of_whom_nothing_is_known_is_unknown(district, foresee):
    part = make_part(Kind.HIRES, number=1, post=district.post, commune=district.there, on=RESULT)

    cell = foresee(part).last(district.code)

    assert (cell.middle.numerator, cell.middle.denominator, cell.middle.unknown) == (1, 5, 1)
    assert "chưa rõ trình độ" in part.words


def test_a_new_rule_asks_for_more_from_its_day_of_its_strand_alone(district, foresee):
    make_qualification(district.people[0], "professional", 2)
    part = make_part(Kind.RULE, title_set="org_deputies", strand="political", rank=3, on=RESULT)

    found = foresee(part, codes=(district.code, "org_deputies_professional"))

    assert told(found, number=on(found, date(2023, 11, 30))) == (1, 1, 1, 4)
    assert told(found) == (0, 0, 0, 4)
    assert told(found, "org_deputies_professional") == (1, 1, 1, 4)


def test_a_new_rule_of_a_wider_set_counts_and_of_another_does_not(district, foresee):
    other = make_part(Kind.RULE, title_set="org_heads", strand="political", rank=3, on=RESULT)

    assert told(foresee(other)) == (1, 1, 1, 4)


def test_a_new_rule_is_asked_of_the_standard_and_a_class_can_meet_it(district, foresee):
    for person in district.people:
        make_qualification(person, "professional", 2)
    code = "standardised_org_deputies"
    part = make_part(Kind.RULE, title_set="org_deputies", strand="political", rank=2, on=RESULT)

    alone = foresee(part, codes=(code,))
    with_class = foresee(part, class_of(*district.people[1:3], on=date(2024, 6, 30)), codes=(code,))

    assert told(alone, code, on(alone, date(2023, 11, 30))) == (4, 4, 4, 4)
    assert told(alone, code) == (1, 1, 1, 4)
    assert told(with_class, code) == (3, 3, 3, 4)


def test_the_rule_that_is_supposed_covers_a_population_that_had_none(district, foresee):
    code = "standardised_org_deputies"
    day = date(2023, 7, 31)  # NĐ 33/2023 comes on 01/08/2023
    part = make_part(Kind.RULE, title_set="org_deputies", strand="political", rank=2, on=day)

    found = foresee(part, codes=(code,), until=day)

    assert found.first(code).middle.numerator is None
    assert told(found, code) == (1, 1, 1, 4)


# -- the record moves too -------------------------------------------------------------------------


def test_what_is_on_record_of_later_days_is_counted(district, foresee):
    district.people[0].holdings.update(valid_to=date(2024, 1, 1))
    make_holding(
        district.deputy("Trần Thị Sau", district.there), district.post, district.here,
        valid_from=date(2024, 5, 1),
    )  # fmt: skip

    found = foresee(class_of(*district.people[:2]))

    assert told(found, number=on(found, RESULT)) == (2, 2, 2, 5)
    assert told(found) == (1, 1, 1, 5)
    assert told(found)[1] - 1 == matrix(None, UNTIL).ratio(district.code).numerator


def test_a_commune_that_ends_is_told(district, foresee):
    Commune.objects.filter(pk=district.there.pk).update(valid_to=date(2024, 5, 1))

    found = foresee()

    assert any("Từ 01/05/2024 không còn: Hai." in words for words in found.told)
    assert {"Đầu", "Hai"} <= set(found.communes.values())


def test_many_communes_that_end_are_told_by_their_number(district, foresee):
    for n in range(11):
        Commune.objects.create(
            code=f"5{n:04d}", name=f"Xã {n}", short_name=str(n), kind="xa", district_code="171",
            province_code="19", valid_from=date(2004, 1, 1), valid_to=date(2024, 7, 1),
        )  # fmt: skip

    assert any("không còn: 11 xã, thị trấn." in words for words in foresee().told)


def test_an_indicator_that_ends_has_no_figure_after(district, foresee):
    Indicator.objects.filter(code=district.code).update(valid_to=date(2024, 1, 1))

    found = foresee(class_of(*district.people[1:2]))

    assert found.last(district.code) is None
    assert told(found, number=on(found, RESULT)) == (2, 2, 2, 4)
    assert foresee(codes=("khong-co",)).told[-1] == (
        "Chỉ tiêu không có trong thời gian này: khong-co."
    )


# -- kept and drawn -------------------------------------------------------------------------------


def test_what_is_kept_reads_as_it_was(district, foresee):
    Indicator.objects.filter(code=district.code).update(valid_to=date(2024, 9, 1))
    codes = (district.code, "standardised_org_deputies")
    found = foresee(class_of(*district.people, pass_middle=40), codes=codes)

    assert Outcome.of(found.plain) == found


def test_low_and_high_are_drawn_where_they_differ_and_what_happened_where_it_is_known(
    district, foresee
):
    sure = foresee(class_of(*district.people))
    unsure = foresee(class_of(*district.people, pass_middle=50))
    real = {sure.days[1]: None}

    assert [each.label for each in series_of(sure, district.code, {})] == ["Dự báo"]
    drawn = [each.label for each in series_of(unsure, district.code, real)]
    assert drawn == ["Dự báo", "Thấp", "Cao", "Thực tế"]


@pytest.mark.parametrize("number", [1, 30])
def test_more_people_cost_no_more_queries(district, foresee, django_assert_max_num_queries, number):
    people = [district.deputy(f"Lê Thị Số {n}", district.here) for n in range(number)]

    with django_assert_max_num_queries(16):
        foresee(class_of(*people), make_part(Kind.RETIREMENT))
