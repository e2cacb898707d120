"""The names behind a figure against a recount row by row, for people drawn at random."""

from collections import Counter
from datetime import date, timedelta

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Cadre, Commune, Holding
from cadres.rulebook import Rulebook
from cadres.rules.standards import Verdict
from cadres.standards_sql import IN, OUT, UNKNOWN
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_title_set,
)
from reports.models import Indicator
from reports.names import NOT_IN, LineWriter, names_of
from reports.queries import Figures, line_of, matrix
from reports.tests.test_queries import DAYS, Recount, everyone_at_random

pytestmark = pytest.mark.django_db

JUNE = date(2023, 6, 8)
WORDS = {IN: "in", OUT: "out", UNKNOWN: "unknown"}


def test_each_name_has_the_state_and_verdict_that_the_functions_give():
    everyone_at_random(11)
    book = Rulebook()

    for day in DAYS:
        recount = Recount(day)
        for indicator in Indicator.objects.all():
            for other_unit in (False, True):
                found = names_of(indicator, None, day, book, other_unit=other_unit)
                by_person = found.counted.by_person
                rows = {row.pk: row for row in recount.members(indicator)}
                told = {
                    (row.cadre_id if by_person else row.pk): recount.state(
                        indicator, row, by_person
                    ).replace("unrated", "unknown")
                    for row in rows.values()
                }
                assert told == {
                    (n.row.cadre_id if by_person else n.row.row_id): WORDS[n.state]
                    for n in found.everyone
                }, (indicator.code, day)
                for name in found.everyone:
                    person = recount.verdicts[name.row.cadre_id]
                    posts = {post.holding_id: post.verdict for post in person.posts}
                    of_post = not by_person and indicator.population != "committee"
                    said = posts[name.row.row_id] if of_post else person.verdict
                    assert (name.verdict or Verdict.NO_RULE) == said


def test_the_names_add_up_to_the_figure_of_the_matrix():
    everyone_at_random(12)
    book, figures = Rulebook(), Figures(None)

    for day in DAYS:
        for other_unit in (False, True):
            whole = figures.matrix(day, other_unit=other_unit)
            commune = Commune.objects.filter(name__startswith="Xã Số").last()
            for indicator in whole.indicators:
                found = names_of(indicator, None, day, book, other_unit=other_unit)
                here = names_of(
                    indicator, None, day, book, commune_id=commune.pk, other_unit=other_unit
                )
                assert found.ratio == whole.ratio(indicator.code)
                assert len(found.everyone) == sum(found.count.values())
                assert here.ratio == whole.ratio(indicator.code, commune.pk)


def test_the_figure_of_the_earlier_day_comes_with_the_names():
    everyone_at_random(13)
    book, before = Rulebook(), date(2022, 12, 31)

    for indicator in matrix(None, JUNE).indicators:
        found = names_of(indicator, None, JUNE, book, earlier=before)
        assert found.earlier == matrix(None, before).ratio(indicator.code)
        assert found.everyone == names_of(indicator, None, JUNE, book).everyone


def test_verdicts_are_asked_only_of_the_states_that_want_them():
    everyone_at_random(14)
    indicator = Indicator.objects.get(code="civil_servants_degree")

    found = names_of(indicator, None, JUNE, Rulebook(), judged=NOT_IN)
    everyone = names_of(indicator, None, JUNE, Rulebook())

    assert [n for n in found.everyone if n.state in NOT_IN] == everyone.within(NOT_IN)
    assert Counter(n.verdict for n in found.within((OUT,))) == Counter(
        n.verdict for n in everyone.within((OUT,))
    )


def test_names_stand_in_the_order_of_vietnamese_names():
    civil_servants = make_title_set(make_post())
    for full_name in ("Nguyễn Văn Bình", "Đỗ Thị An", "Nguyễn Văn Ân", "Lê Văn Bính"):
        make_holding(make_cadre(full_name), civil_servants.posts.get())

    found = names_of(an_indicator(), None, JUNE, Rulebook())

    assert full_names(found) == ["Đỗ Thị An", "Nguyễn Văn Ân", "Nguyễn Văn Bình", "Lê Văn Bính"]


def an_indicator(**fields):
    return Indicator.objects.create(
        **{
            "code": "thu",
            "name": "Chỉ tiêu thử",
            "short_name": "Thử",
            "population": "holders",
            "title_set": "civil_servants",
            "predicate": {"level": {"strand": "professional", "min": 4}},
            "unit": "post",
            "valid_from": date(2004, 1, 1),
            **fields,
        }
    )


def full_names(found):
    people = Cadre.objects.in_bulk()
    return [people[name.row.cadre_id].full_name for name in found.everyone]


def test_someone_with_two_posts_is_two_posts_and_one_person():
    first, second = make_post(), make_post("Kế toán")
    make_title_set(first, second)
    cadre, commune = make_cadre(), make_commune()
    make_holding(cadre, second, commune, is_main=False)
    make_holding(cadre, first, commune)
    indicator = an_indicator()

    posts = names_of(indicator, None, JUNE, Rulebook())
    people = names_of(indicator, None, JUNE, Rulebook(), other_unit=True)

    assert [name.row.post_id for name in posts.everyone] == [first.pk, second.pk]
    assert [name.row.post_id for name in people.everyone] == [first.pk]


def test_a_post_elsewhere_is_no_row_of_the_commune_but_counts_for_the_person():
    """Someone stands in two communes; the rows of one are those of one, in names and in numbers."""
    make_title_set(post := make_post())
    here, there, cadre = make_commune(), make_commune("Xã Khác"), make_cadre()
    for commune in (here, there):
        make_holding(cadre, post, commune)
    indicator = an_indicator()
    clerk = make_user(Role.COMMUNE_CLERK, commune=here)

    found = names_of(indicator, line_of(clerk), JUNE, Rulebook())

    assert found.ratio.denominator == 1
    assert matrix(clerk, JUNE).ratio("thu").denominator == 1
    assert matrix(None, JUNE).ratio("thu").denominator == 2


def test_another_commune_has_no_names_for_a_clerk():
    make_title_set(post := make_post())
    make_holding(post=post, commune=(there := make_commune()))
    line = line_of(make_user(Role.COMMUNE_CLERK))

    found = names_of(an_indicator(), line, JUNE, Rulebook(), commune_id=there.pk)

    assert found.everyone == []


def test_an_administrator_has_no_names():
    make_title_set(post := make_post())
    make_holding(post=post)

    line = line_of(make_user(Role.ADMIN))

    assert names_of(an_indicator(), line, JUNE, Rulebook()).everyone == []


def lines_for(user, indicator, day=JUNE):
    line, book = line_of(user), Rulebook()
    names = names_of(indicator, line, day, book)
    return LineWriter(names, book, line).lines(names.everyone)


def test_someone_who_moved_away_stays_a_name_without_a_link_for_the_old_commune():
    make_title_set(post := make_post())
    here, there, cadre = make_commune(), make_commune("Xã Khác"), make_cadre()
    moved_on = JUNE + timedelta(days=1)
    make_holding(cadre, post, here, valid_to=moved_on)
    make_holding(cadre, post, there, valid_from=moved_on)
    indicator = an_indicator()

    (of_clerk,) = lines_for(make_user(Role.COMMUNE_CLERK, commune=here), indicator)
    (of_district,) = lines_for(make_user(Role.LEADER), indicator)

    assert (of_clerk.person, of_clerk.url) == (cadre, "")
    assert of_district.url == f"/can-bo/{cadre.pk}/"
    assert lines_for(make_user(Role.COMMUNE_CLERK, commune=here), indicator, moved_on) == []


def test_a_line_tells_the_post_counted_and_for_a_person_all_that_belong():
    first, second = make_post("Văn phòng", order=1), make_post("Kế toán", order=2)
    make_title_set(first, second)
    cadre, commune = make_cadre(), make_commune()
    make_holding(cadre, first, commune)
    make_holding(cadre, second, commune, is_main=False)
    make_holding(cadre, make_post("Ngoài nhóm"), commune, is_main=False)
    leader = make_user(Role.LEADER)

    by_post = lines_for(leader, an_indicator())
    (person,) = lines_for(leader, an_indicator(code="nguoi", unit="person"))

    assert [line.posts for line in by_post] == ["Văn phòng", "Kế toán"]
    assert person.posts == "Văn phòng; Kế toán"


def test_a_member_of_the_committee_without_a_post_is_told_as_such():
    make_membership(cadre := make_cadre())
    make_qualification(cadre, rank=2)
    indicator = an_indicator(population="committee", title_set="", unit="person")

    (line,) = lines_for(make_user(Role.LEADER), indicator)

    assert line.posts == "Cấp ủy viên"
    assert line.reason.why == "thiếu 2 mức: cần đại học"
    assert line.verdict.verdict == Verdict.NO_RULE


def test_lines_cost_the_same_queries_for_one_as_for_many(django_assert_num_queries):
    make_title_set(post := make_post())
    commune = make_commune()
    for _ in range(12):
        make_qualification(make_holding(post=post, commune=commune).cadre, rank=3)
    indicator, book = an_indicator(), Rulebook()

    for number in (1, 12):
        with django_assert_num_queries(5):
            names = names_of(indicator, None, JUNE, book)
            lines = LineWriter(names, book, None).lines(names.everyone[:number])
        assert len(lines) == number
    assert LineWriter(names, book, None).lines([]) == []
    assert Holding.objects.count() == 12
