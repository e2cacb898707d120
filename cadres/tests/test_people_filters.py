"""Each filter of the people list, what it finds, and that "chưa có dữ liệu" is a choice of it."""

from datetime import date

import pytest

from accounts.models import Role
from cadres.filter_choices import NO_DATA
from cadres.models import Rating
from cadres.models.post import ManagingLevel, PostGroup, PostManagement
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
    make_rule,
    make_title_set,
)
from cadres.tests.pages import list_url, names_of, signed_in, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(client):
    """Names that the list shows the district's staff under a filter, in alphabetical order."""
    signed_in(client)
    return lambda **query: sorted(names_of(client.get(list_url(**query))))


@pytest.fixture
def add():
    """Adds someone with a post of the day."""
    post, commune = make_post(), make_commune()

    def one(name, **fields):
        return make_holding(make_cadre(name, **fields), post, commune).cadre

    return one


def test_by_unit_of_a_post_or_of_a_seat(found):
    here, there = make_commune("Xã Đây"), make_commune("Xã Kia")
    make_holding(make_cadre("An"), commune=here)
    make_membership(make_cadre("Bảo"), here)
    make_holding(make_cadre("Cúc"), commune=there)

    assert found(xa=here.pk) == ["An", "Bảo"]
    assert found(xa="xa kia") == ["Cúc"]
    assert found(xa="²") == []
    assert found(xa="%_'") == []


def test_by_unit_looks_at_the_posts_of_the_day(found):
    before, now = make_commune("Xã Trước"), make_commune("Xã Nay")
    person = make_cadre("An")
    make_holding(person, commune=before, valid_to=date(2022, 1, 1))
    make_holding(person, commune=now, valid_from=date(2022, 1, 1))

    assert found(xa=before.pk) == []
    assert found(xa=before.pk, ngay="2021-12-31") == ["An"]
    assert found(xa=before.pk, ai="moi") == ["An"]


def test_people_without_any_unit_are_found(found, add):
    add("An")
    make_cadre("Không")

    assert found(xa=NO_DATA, ai="moi") == ["Không"]
    assert found(xa=NO_DATA) == []


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        (["civil_servant"], ["Công"]),
        (["leader", "org_deputy"], ["Lãnh", "Phó"]),
        (["cap_uy"], ["Công", "Ủy"]),
        (["cap_uy", "leader"], ["Công", "Lãnh", "Ủy"]),
        ([NO_DATA], ["Ủy"]),
    ],
)
def test_by_group_of_posts_and_the_committee(found, groups, names):
    civil = make_cadre("Công")
    make_holding(civil, make_post(group=PostGroup.CIVIL_SERVANT))
    make_membership(civil)
    make_holding(make_cadre("Lãnh"), make_post(group=PostGroup.LEADER))
    make_holding(make_cadre("Phó"), make_post(group=PostGroup.ORG_DEPUTY))
    make_membership(make_cadre("Ủy"))

    assert found(nhom=groups) == names


def test_by_post(found):
    make_holding(make_cadre("An"), make_post(code="CC05"))
    make_holding(make_cadre("Bảo"), make_post(code="CC06"))
    make_membership(make_cadre("Cúc"))

    assert found(chuc="CC05") == ["An"]
    assert found(chuc=NO_DATA) == ["Cúc"]


def test_by_who_manages_the_post_on_the_day(found):
    holding = make_holding(make_cadre("An"))
    make_holding(make_cadre("Bảo"))
    for level, begins, ends in [
        (ManagingLevel.DISTRICT_COMMITTEE, date(2015, 1, 1), date(2022, 1, 1)),
        (ManagingLevel.DISTRICT_PARTY, date(2022, 1, 1), None),
    ]:
        PostManagement.objects.create(
            post=holding.post, level=level, valid_from=begins, valid_to=ends
        )

    assert found(cap_ql="btv_huyen_uy") == ["An"]
    assert found(cap_ql="ubnd_huyen") == []
    assert found(cap_ql="ubnd_huyen", ngay="2021-12-31") == ["An"]
    assert found(cap_ql=NO_DATA) == ["Bảo"]


def test_by_sex(found, add):
    add("An", sex="F")
    add("Bảo", sex="M")

    assert found(gioi="F") == ["An"]
    assert found(gioi=NO_DATA) == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"sinh_tu": 1980}, ["Chín", "Năm", "Tháng"]),
        ({"sinh_tu": 1981}, ["Chín"]),
        ({"sinh_den": 1980}, ["Bảy", "Năm", "Tháng"]),
        ({"sinh_tu": 1980, "sinh_den": 1980}, ["Năm", "Tháng"]),
        ({"sinh": NO_DATA}, ["Không"]),
    ],
)
def test_by_year_of_birth_however_much_of_it_is_known(found, add, query, names):
    for name, born_on in [
        ("Bảy", "1979-12-31"), ("Năm", "1980"), ("Tháng", "1980-12"), ("Chín", "1990-01-01"),
        ("Không", None),
    ]:  # fmt: skip
        add(name, born_on=born_on)

    assert found(**query) == names


def test_by_people(found, add):
    for name, people in [("An", "Kinh"), ("Bảo", "Tày"), ("Cúc", "Dao"), ("Dũng", "")]:
        add(name, ethnicity=people)

    assert found(dan_toc="Tày") == ["Bảo"]
    assert found(dan_toc="thieu-so") == ["Bảo", "Cúc"]
    assert found(dan_toc=NO_DATA) == ["Dũng"]


def test_by_membership_of_the_party_by_the_day(found, add):
    add("An", party_joined_on="2010-02-03")
    add("Bảo", party_joined_on="2024")
    add("Cúc")

    assert found(dang="co") == ["An"]
    assert found(dang=NO_DATA) == ["Cúc"]


@pytest.mark.parametrize(
    ("name", "strand", "low", "middle", "top"),
    [("cm", "professional", 2, 4, 5), ("llct", "political", 1, 2, 3)],
)
def test_by_level_at_least_exactly_and_below(found, add, name, strand, low, middle, top):
    for person, ranks in [("An", [middle, top]), ("Bảo", [low, middle]), ("Cúc", [low])]:
        cadre = add(person)
        for rank in ranks:
            make_qualification(cadre, strand, rank)
    make_qualification(add("Dũng"), strand, top, awarded_on="2023-06-09")  # a day too late

    assert found(**{name: f"gte-{middle}"}) == ["An", "Bảo"]
    assert found(**{name: f"gte-{top}"}) == ["An"]
    assert found(**{name: f"eq-{middle}"}) == ["Bảo"]
    assert found(**{name: f"eq-{low}"}) == ["Cúc"]
    assert found(**{name: f"lt-{middle}"}) == ["Cúc"]
    assert found(**{name: NO_DATA}) == ["Dũng"]


def test_by_rating_of_the_last_rated_year_or_of_another(found, add):
    for name, year in [("An", 2022), ("Bảo", 2021)]:
        make_rating(add(name), year, Rating.Level.EXCELLENT)
    make_rating(add("Cúc"), 2022, Rating.Level.FAILED)

    assert found(xep_loai=4) == ["An"]
    assert found(xep_loai=4, nam=2021) == ["Bảo"]
    assert found(xep_loai=NO_DATA) == ["Bảo"]
    assert found(xep_loai=NO_DATA, ngay="2021-12-31") == ["An", "Cúc"]


@pytest.mark.parametrize(
    ("verdicts", "names"),
    [
        (["met"], ["Đại"]),
        (["transition"], ["Chờ"]),
        (["not_met"], ["Trung"]),
        (["missing"], ["Thiếu"]),
        (["no_rule"], ["Ngoài"]),
        (["met", "missing"], ["Thiếu", "Đại"]),
    ],
)
def test_by_verdict(found, verdicts, names):
    post = make_post()
    make_title_set(post)
    make_rule(
        transition_until=date(2024, 12, 25),
        transition_condition={"recruited_before": "2019-12-25"},
    )
    for name, rank, recruited_on in [
        ("Đại", 4, None), ("Chờ", 2, "2010-01-01"), ("Trung", 2, "2021-01-01"),
        ("Thiếu", None, None),
    ]:  # fmt: skip
        person = make_cadre(name, recruited_on=recruited_on)
        make_holding(person, post)
        if rank:
            make_qualification(person, rank=rank)
    make_holding(make_cadre("Ngoài"), make_post())

    assert found(dat=verdicts) == sorted(names)


def test_a_verdict_counts_every_post_of_the_people_that_other_filters_leave(client):
    rest, post = make_post(), make_post()
    make_title_set(post)
    make_rule()
    here, there = make_commune("Xã Đây"), make_commune("Xã Kia")
    for name, commune, rank in [("An", here, 2), ("Bảo", here, 4), ("Cúc", there, 2)]:
        person = make_cadre(name)
        make_holding(person, post, commune)
        make_holding(person, rest, commune, is_main=False)
        make_qualification(person, rank=rank)

    signed_in(client)
    assert names_of(client.get(list_url(dat="not_met", xa=here.pk))) == ["An"]
    assert names_of(client.get(list_url(dat=["not_met", "met"], q="bao"))) == ["Bảo"]

    signed_in(client, Role.COMMUNE_CLERK, commune=there)
    assert names_of(client.get(list_url(dat="not_met"))) == ["Cúc"]
    assert names_of(client.get(list_url(dat="met"))) == []


def test_filters_join(found, add):
    add("An", sex="F", born_on="1990")
    add("Bảo", sex="F", born_on="1970")
    add("An Bình", sex="M", born_on="1990")

    assert found(gioi="F", sinh_tu=1980, q="an") == ["An"]


@pytest.mark.parametrize("text", ["%", "_", "😀", " ? ", "'\"", "\u200b%"])
def test_a_text_without_any_letter_or_digit_lists_nobody_and_says_why(client, text):
    signed_in(client)
    make_holding(make_cadre("Nguyễn Văn An"))

    page = client.get(list_url(q=text))

    assert names_of(page) == []
    assert "0 người khớp bộ lọc, trong 1" in words_of(page)
    assert "Không thể tìm bằng chữ đã gõ" in words_of(page)


def test_spaces_alone_are_no_search(client):
    signed_in(client)
    make_holding(make_cadre("Nguyễn Văn An"))

    assert names_of(client.get(list_url(q="  "))) == ["Nguyễn Văn An"]
