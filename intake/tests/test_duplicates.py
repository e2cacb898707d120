"""People who may be one person: listed, told apart, compared, made one and split again."""

from datetime import date
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.changes import Ground
from cadres.merging import merge
from cadres.models import Cadre, Change, Holding, Profile, Rating
from cadres.rules.likeness import Sign
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_rating,
)
from intake.models import NotSame, Proposal, ProposalItem, Review, ReviewLine
from intake.tests.conftest import BASIS
from intake.twins import find_twins, statement

pytestmark = pytest.mark.django_db
PAGE = "/nhap-lieu/trung-lap/"


_numbers = count()


def twins(number=1, **fields):
    """Pairs of one name and birth date, each of a year of its own; the last pair is returned."""
    pair = ()
    for n in (next(_numbers) for _ in range(number)):
        name = f"Nguyễn {'BĐHKMPTV'[n // 40 % 8]}anh"
        pair = tuple(
            make_cadre(name, **{"born_on": f"{1950 + n % 40}-03-04", **fields}) for _ in range(2)
        )
    return pair


def keys(found):
    return [(each.first, each.second) for each in found.pairs]


# -- finding --------------------------------------------------------------------------------------
def test_pairs_are_found_by_sound_and_year_or_telephone_the_likeliest_first():
    weak = make_cadre("Trần Lý", born_on="1970-01-02"), make_cadre("Chần Lí", born_on="1970-11-30")
    strong = make_cadre("Lê Hoà", born_on="1971-01-02"), make_cadre("Lê Hòa", born_on="1971-01-02")
    called = [make_cadre(n, born_on=None, phone="0912345678") for n in ("Ngô An", "Vũ Bình")]
    make_cadre("Lê Hoà", born_on="1972-01-02")
    make_cadre("Trần Lý", born_on=None)

    found = find_twins()

    assert keys(found) == [
        tuple(c.pk for c in strong), tuple(c.pk for c in weak), tuple(c.pk for c in called),
    ]  # fmt: skip
    assert found.pairs[2].likeness.has(Sign.PHONE)


def test_a_pair_found_twice_is_listed_once():
    pair = twins(phone="0912345678")

    assert keys(find_twins()) == [tuple(c.pk for c in pair)]


def test_a_year_without_a_day_meets_a_day_of_that_year():
    pair = make_cadre("Lê Hà", born_on="1970"), make_cadre("Lê Thị Hà", born_on="1970-03-04")

    assert keys(find_twins()) == [tuple(c.pk for c in pair)]


def test_records_set_aside_and_pairs_told_apart_are_no_pairs():
    one, other = twins()
    gone = make_cadre(one.full_name, is_kept=False)
    NotSame.objects.create(first=one, second=other, by=make_user(), reason="hai anh em")

    assert gone.pk
    assert keys(find_twins()) == []


def test_the_pairs_of_a_unit_are_those_of_whom_one_is_or_was_there():
    unit = make_commune()
    mine = twins()
    make_holding(mine[1], commune=unit, valid_from=date(2010, 1, 1), valid_to=date(2012, 1, 1))
    twins(2)
    seated = twins(3)
    make_membership(seated[0], commune=unit)

    assert keys(find_twins([unit.pk])) == [tuple(c.pk for c in mine), tuple(c.pk for c in seated)]
    assert keys(find_twins([])) == []


def test_more_pairs_than_are_looked_at_are_cut_and_said_so(monkeypatch):
    monkeypatch.setattr("intake.twins.MOST_PAIRS", 2)
    twins(4)

    found = find_twins()

    assert (len(found.pairs), found.is_cut) == (2, True)


@pytest.mark.parametrize(("number", "index"), [(0, "by_sound"), (1, "by_phone"), (2, "by_sound")])
def test_the_database_pairs_by_an_index_never_all_with_all(number, index):
    if connection.vendor != "sqlite":
        pytest.skip("the planner of PostgreSQL reads ten rows without any index")
    text, parameters = statement(number, None)

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {text}", parameters)
        steps = [row[3] for row in cursor.fetchall()]

    assert any(f"SEARCH other USING INDEX cadre_{index}" in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


# -- the list -------------------------------------------------------------------------------------
def test_the_list_names_both_with_unit_and_reasons_and_is_logged(hr):
    one, other = twins()
    make_holding(one, commune=make_commune("Xã La Bằng"))

    page = hr.get(PAGE).content.decode()

    for told in (one.code, other.code, "Xã La Bằng", "cùng họ tên; cùng ngày sinh", "Rất giống"):
        assert told in page
    assert f"{PAGE}{one.pk}/{other.pk}/" in page
    assert AuditEvent.objects.get(action="list").subject_ids == [one.pk, other.pk]


def test_filters_narrow_by_unit_and_sign(hr):
    one, _ = twins(born_on="1975-02-03")
    unit = make_commune("Xã Lọc")
    make_holding(one, commune=unit)
    called = [make_cadre(n, born_on=None, phone="0912345678") for n in ("Ngô An", "Vũ Bình")]

    by_unit = hr.get(PAGE, {"xa": unit.pk}).content.decode()
    by_sign = hr.get(PAGE, {"ly_do": "phone"}).content.decode()

    assert one.code in by_unit
    assert called[0].code not in by_unit
    assert called[0].code in by_sign
    assert one.code not in by_sign


def test_each_empty_tab_says_what_it_would_hold(hr):
    assert "Không thấy hồ sơ nào trùng" in hr.get(PAGE).content.decode()
    assert "Chưa có cặp nào" in hr.get(PAGE, {"muc": "khac"}).content.decode()
    assert "Chưa gộp hồ sơ nào" in hr.get(PAGE, {"muc": "gop"}).content.decode()
    assert "khớp bộ lọc" in hr.get(PAGE, {"ly_do": "phone"}).content.decode()


def test_the_list_asks_as_many_queries_for_two_as_for_a_page(hr):
    counts = []
    hr.get(PAGE)
    for number in (1, 60):
        twins(number)
        with CaptureQueriesContext(connection) as queries:
            assert hr.get(PAGE).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 16, counts


# -- told apart -----------------------------------------------------------------------------------
def test_two_people_are_told_apart_with_who_when_and_why_and_put_back(hr):
    one, other = twins()

    hr.post(f"{PAGE}{other.pk}/{one.pk}/khac-nguoi/", {"reason": "hai chị em sinh đôi"})

    told = NotSame.objects.get()
    assert (told.first, told.second, told.reason) == (one, other, "hai chị em sinh đôi")
    assert one.code not in hr.get(PAGE).content.decode()
    page = hr.get(PAGE, {"muc": "khac"}).content.decode()
    assert "hai chị em sinh đôi" in page
    assert told.by.full_name in page

    hr.post(f"{PAGE}{one.pk}/{other.pk}/xem-lai/")
    assert one.code in hr.get(PAGE).content.decode()


def test_telling_apart_needs_a_reason(hr):
    one, other = twins()

    response = hr.post(f"{PAGE}{one.pk}/{other.pk}/khac-nguoi/", {"reason": " "}, follow=True)

    assert "nhập lý do" in response.content.decode()
    assert not NotSame.objects.exists()


# -- merging --------------------------------------------------------------------------------------
def merge_form(left, right, **fields):
    return {"left_version": left.version, "right_version": right.version,
            "reason": "Đã đối chiếu CCCD gốc", **fields}  # fmt: skip


def test_the_page_shows_both_sides_what_moves_and_what_clashes(hr):
    left, right = twins()
    Cadre.objects.filter(pk=left.pk).update(residence="Xóm Trên")
    Cadre.objects.filter(pk=right.pk).update(residence="Xóm Dưới")
    Profile.objects.create(cadre=right, health="Tốt")
    holding = make_holding(right)
    make_rating(left, 2022, level=2)
    make_rating(right, 2022, level=3)

    page = hr.get(f"{PAGE}{left.pk}/{right.pk}/").content.decode()

    for told in ("Xóm Trên", "Xóm Dưới", str(holding), "hai mức xếp loại của một năm",
                 f"Giữ của {left.code}, bỏ của {right.code}"):  # fmt: skip
        assert told in page


def test_what_clashes_must_be_chosen_and_what_was_chosen_is_kept_on_the_page(hr):
    left, right = twins()
    Cadre.objects.filter(pk=left.pk).update(residence="Xóm Trên")
    Cadre.objects.filter(pk=right.pk).update(residence="Xóm Dưới")
    here, there = make_rating(left, 2022, level=2), make_rating(right, 2022, level=3)
    address = f"{PAGE}{left.pk}/{right.pk}/"
    sent = merge_form(left, right, **{"chon-cadre.residence": "right"})

    page = hr.post(address, sent).content.decode()
    assert "Chưa gộp: còn 1 chỗ" in page
    assert 'name="chon-cadre.residence" value="right" checked' in page
    assert Rating.objects.count() == 2

    sent[f"chon-rating-{here.pk}-{there.pk}"] = "right"
    response = hr.post(address, sent)
    assert response["Location"] == f"/can-bo/{left.pk}/"
    left.refresh_from_db()
    assert left.residence == "Xóm Dưới"
    assert Rating.objects.get() == there
    assert AuditEvent.objects.filter(action="change", subject_ids=[left.pk, right.pk]).exists()


def test_without_a_reason_or_on_an_old_page_nothing_is_merged(hr):
    left, right = twins()
    address = f"{PAGE}{left.pk}/{right.pk}/"

    hr.post(address, merge_form(left, right, reason=""))
    assert not Change.objects.exists()

    Cadre.objects.filter(pk=right.pk).update(version=5)
    page = hr.post(address, merge_form(left, right)).content.decode()
    assert "vừa đổi" in page
    assert 'name="right_version" value="5"' in page
    assert not Change.objects.exists()


def test_nobody_is_merged_with_oneself_or_with_nobody(hr):
    left, _ = twins()

    assert hr.get(f"{PAGE}{left.pk}/{left.pk}/").status_code == 404
    assert hr.get(f"{PAGE}{left.pk}/999999/").status_code == 404


def made_one(left, right, hr):
    ground = Ground(make_user(), None, "Một người")
    return merge(left.pk, right.pk, choices={}, ground=ground, versions=(1, 1))


def test_a_merge_is_listed_and_split_again_from_there(hr):
    left, right = twins()
    make_holding(right)
    made_one(left, right, hr)

    page = hr.get(PAGE, {"muc": "gop"}).content.decode()
    change = Change.objects.get(cadre=right)
    address = f"/can-bo/{right.pk}/thay-doi/{change.pk}/huy/"
    assert address in page
    assert "Những gì sẽ đổi" in hr.get(address).content.decode()
    hr.post(address, {"version": 2, **BASIS})

    right.refresh_from_db()
    assert right.is_kept
    assert Holding.objects.get().cadre == right
    assert "Chưa gộp hồ sơ nào" in hr.get(PAGE, {"muc": "gop"}).content.decode()


def test_the_address_of_a_merged_record_leads_to_the_one_that_stays(hr):
    left, right = twins()
    made_one(left, right, hr)

    for part in ("", "cong-tac/", "dao-tao/"):
        response = hr.get(f"/can-bo/{right.pk}/{part}?ngay=2023-06-08")
        assert response.status_code == 302
        assert response["Location"] == f"/can-bo/{left.pk}/{part}?ngay=2023-06-08"
    assert hr.get(f"/can-bo/{right.pk}/sua/").status_code == 404


def test_the_address_leads_nowhere_for_who_may_not_see_the_one_that_stays():
    left, right = twins()
    make_holding(left)
    made_one(left, right, None)
    clerk, absent = Client(), 999_999
    clerk.force_login(make_user(Role.COMMUNE_CLERK), "accounts.backends.WithCommune")

    assert clerk.get(f"/can-bo/{right.pk}/").status_code == 404
    assert clerk.get(f"/can-bo/{absent}/").status_code == 404


def test_a_chain_of_merges_leads_to_its_end(hr):
    one, two = twins()
    three = make_cadre("Người Ba")
    made_one(two, one, hr)
    ground = Ground(make_user(), None, "Một người")
    merge(three.pk, two.pk, choices={}, ground=ground, versions=(1, 2))

    assert hr.get(f"/can-bo/{one.pk}/")["Location"] == f"/can-bo/{three.pk}/"


# -- what waits about the record that goes ---------------------------------------------------------
def test_what_waits_follows_and_what_a_head_confirmed_stays(hr):
    left, right = twins()
    draft = Proposal.objects.create(author=make_user(Role.COMMUNE_CLERK))
    row = draft.items.create(kind="record", table="cadres.holding", cadre=right)
    own = draft.items.create(kind="record", table="cadres.cadre", cadre=right)
    review = Review.objects.create(title="Đợt", as_of=date(2023, 1, 1), due_on=date(2023, 2, 1),
                                   opened_by=make_user())  # fmt: skip
    lines = [
        ReviewLine.objects.create(
            unit=review.units.create(commune=make_commune(), state=state), cadre=right
        )
        for state in ("open", "confirmed")
    ]

    made_one(left, right, hr)

    items = dict(ProposalItem.objects.values_list("pk", "cadre"))
    assert items == {row.pk: left.pk, own.pk: right.pk}
    assert [ReviewLine.objects.get(pk=line.pk).cadre for line in lines] == [left, right]
