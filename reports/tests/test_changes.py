"""What stands beside a figure: its change, of whom, and why there is none."""

import re
from datetime import date

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import CommuneSuccession, Post
from cadres.rulebook import Rulebook
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_qualification
from reports.queries import Figures
from reports.scope import ABSENT, ENDED, Scopes
from reports.tests import test_figure_pages
from reports.tests.test_figure_pages import DEGREE, counted, signed_in, text_of

district = test_figure_pages.district
pytestmark = pytest.mark.django_db

BEFORE, MERGED, DAY = date(2022, 12, 31), date(2023, 4, 10), date(2023, 6, 8)


def make_civil_servant(commune, rank, **fields):
    make_holding(cadre := make_cadre(), Post.objects.get(code="CC07"), commune, **fields)
    make_qualification(cadre, rank=rank)


def make_link(old, new, share="whole"):
    CommuneSuccession.objects.create(
        old=old, new=new, effective_on=MERGED, share=share, document="NQ"
    )


NOTHING = r"\b0 ?/ ?0\b"


@pytest.fixture
def merged(district):
    """A township made of two units: 1/3 before in both, 2/2 now."""
    first, second = (make_commune(f"Xã Cũ {n}", valid_to=MERGED) for n in "AB")
    new = make_commune("Thị trấn Mới", valid_from=MERGED)
    for commune, rank in ((first, 4), (first, 3), (second, 3)):
        make_civil_servant(commune, rank, valid_to=MERGED)
    for _ in range(2):
        make_civil_servant(new, 4, valid_from=MERGED)
    return first, second, new


def linked(merged, shares=("whole", "whole")):
    first, second, new = merged
    for old, share in zip((first, second), shares, strict=True):
        make_link(old, new, share)
    return new


def pages_of(client, new):
    """What the clerk and the leader read of the new unit, each as text."""
    clerk = signed_in(client, Role.COMMUNE_CLERK, commune=new)
    yield text_of(clerk.get("/?ngay=2023-06-08"))
    yield text_of(clerk.get("/bao-cao/?ngay=2023-06-08"))
    yield from (
        text_of(clerk.get(f"{DEGREE}?ngay=2023-06-08&muc={tab}"))
        for tab in ("chua", "theo-xa", "xu-huong")
    )
    leader = signed_in(client)
    yield from (
        text_of(leader.get(f"{DEGREE}?ngay=2023-06-08&xa={new.pk}&muc={tab}"))
        for tab in ("chua", "xu-huong")
    )


def test_a_unit_made_of_others_is_compared_with_what_they_were_together(client, merged):
    new = linked(merged)

    for text in pages_of(client, new):
        assert "▲ +66,7 điểm % tử số +1, mẫu số −1" in text
        assert "Xã Cũ A, Xã Cũ B" in text
        assert re.search(NOTHING, text) is None, text
    trend = text_of(signed_in(client).get(f"{DEGREE}?ngay=2023-06-08&xa={new.pk}&muc=xu-huong"))
    assert "31/12/2022 1 /3 (33,3 %)" in trend


@pytest.mark.parametrize("shares", [None, ("whole", "partial")])
def test_a_unit_without_whole_predecessors_says_why_it_has_no_change(client, merged, shares):
    new = linked(merged, shares) if shares else merged[2]

    for text in pages_of(client, new):
        assert f"— {ABSENT}" in text
        assert "▲" not in text
        assert re.search(NOTHING, text) is None, text
    trend = text_of(signed_in(client).get(f"{DEGREE}?ngay=2023-06-08&xa={new.pk}&muc=xu-huong"))
    assert "31/12/2022 —" in trend


def test_a_clerk_reads_the_sum_of_the_predecessors_and_none_of_their_names(client, merged):
    first, _, new = merged
    linked(merged)
    clerk = signed_in(client, Role.COMMUNE_CLERK, commune=new)

    past = clerk.get(DEGREE + "?ngay=2022-12-31&muc=tat-ca")

    assert "Không có ai thuộc nhóm này" in text_of(past)
    assert clerk.get(f"{DEGREE}?ngay=2022-12-31&xa={first.pk}").status_code == 404


def test_units_are_asked_once_and_only_where_a_scope_has_some(merged, django_assert_num_queries):
    new, book = linked(merged), Rulebook()

    with django_assert_num_queries(0):
        assert Scopes(None, DAY, book).on(BEFORE).line is None
        assert Scopes({new.pk}, DAY, book).on(DAY).line == {new.pk}
    scopes = Scopes({new.pk}, DAY, book)
    with django_assert_num_queries(1):
        assert scopes.on(BEFORE).stand_ins == ("Xã Cũ A", "Xã Cũ B")
        assert scopes.on(date(2021, 12, 31)).line == {merged[0].pk, merged[1].pk}
    with django_assert_num_queries(0):
        assert Scopes({new.pk}, DAY, book, new).on(MERGED).line == {new.pk}


def test_the_predecessors_cost_one_query(client, merged):
    new = linked(merged)
    clerk = signed_in(client, Role.COMMUNE_CLERK, commune=new)
    clerk.get("/bao-cao/")

    counts = [counted(clerk, f"{address}?ngay=2023-06-08")[0] for address in ("/", DEGREE)]
    later = [counted(clerk, f"{address}?ngay=2024-06-08")[0] for address in ("/", DEGREE)]

    assert counts[0] <= 15
    assert counts[1] - later[1] == 1


def test_a_unit_that_has_ended_is_not_compared_with_its_successor(merged):
    linked(merged)
    clerk = make_user(Role.COMMUNE_CLERK, commune=merged[0])
    figures = Figures(clerk, day=BEFORE)

    found = figures.matrices([BEFORE, DAY])

    change = found[BEFORE].change("civil_servants_degree", found[DAY])
    assert change.why_none == ENDED
    assert str(change.now) == "1/2"


def test_a_day_without_anyone_prints_dashes(client, district):
    """No 0/0, and no change against what was there before."""
    for commune in district:
        commune.holdings.update(valid_to=date(2025, 7, 1))

    client = signed_in(client, Role.DISTRICT_HR)
    pages = [text_of(client.get(f"{address}?ngay=2025-07-01"))
             for address in ("/", "/bao-cao/", "/don-vi/", DEGREE)]  # fmt: skip

    for text in pages:
        assert re.search(NOTHING, text) is None
        assert "▼" not in text
    assert "— không có ai thuộc nhóm này" in pages[0]
    assert "đủ dữ liệu" not in pages[0]


def test_an_empty_unit_is_not_said_to_have_complete_records(client, district):
    empty = make_commune("Xã Trống")

    page = text_of(signed_in(client).get(f"/don-vi/{empty.pk}/?ngay=2023-06-08"))

    assert "Chưa có hồ sơ nào để xét" in page
    assert "Ai cũng có" not in page


def test_the_front_page_shows_the_change_of_the_standards_too(client, district):
    first, _ = district
    for cadre in (holding.cadre for holding in first.holdings.all()):
        make_qualification(cadre, rank=4, field="culture", awarded_on="2023-03")
    clerk = {"commune": first}

    for role, fields in ((Role.LEADER, {}), (Role.DISTRICT_HR, {}), (Role.COMMUNE_CLERK, clerk)):
        html = signed_in(client, role, **fields).get("/?ngay=2023-06-08").content.decode()

        row = html.split("Công chức đạt chuẩn chức danh")[1].split("</tr>")[0]
        assert "điểm %" in row
        assert "so sánh" not in html
