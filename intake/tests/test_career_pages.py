"""Posts and seats through the browser's eyes: their ends, old flaws, terms, holders too many."""

from datetime import date

import pytest
from django.contrib.messages import get_messages

from cadres.models import CommitteeMembership, Holding, Term
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_status,
)
from intake.tests.test_record_pages import holding_form

pytestmark = pytest.mark.django_db
MERGED = date(2023, 4, 10)


def add(hr, cadre, post, commune, **fields):
    return hr.post(f"/can-bo/{cadre.pk}/chuc-vu/them/", holding_form(post, commune, **fields))


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_new_post_without_an_end_ends_with_its_unit_and_says_so(hr):
    gone = make_commune("Xã Cũ", valid_to=MERGED)

    response = add(hr, make_cadre(), make_post(), gone)

    assert Holding.objects.get().last_on == date(2023, 4, 9)
    assert "kết thúc cùng Xã Cũ, hết ngày 09/04/2023" in said(response)


def test_a_new_seat_ends_with_its_unit_too_and_an_open_unit_ends_nothing(hr):
    gone, open_one, cadre = make_commune(valid_to=MERGED), make_commune(), make_cadre()
    for unit in (gone, open_one):
        hr.post(f"/can-bo/{cadre.pk}/cap-uy/them/",
                {"commune": unit.pk, "role": "uv_bch", "valid_from": "01/06/2020"})  # fmt: skip

    ends = dict(CommitteeMembership.objects.values_list("commune", "valid_to"))
    assert ends == {gone.pk: MERGED, open_one.pk: None}


@pytest.fixture
def flawed():
    """A post that began before its unit, as old records have them."""
    unit = make_commune("Thị trấn Mới", valid_from=date(2013, 12, 14), valid_to=date(2025, 7, 1))
    return make_holding(commune=unit, valid_from=date(2010, 1, 1), valid_to=unit.valid_to)


def test_an_old_flaw_does_not_keep_anyone_in_office(hr, flawed):
    address = f"/can-bo/{flawed.cadre_id}/chuc-vu/{flawed.pk}/thoi/"

    too_late = hr.post(address, {"left_on": "02/07/2025", "version": 1}).content.decode()
    assert "Đã thôi từ ngày 01/07/2025 rồi" in too_late
    hr.post(address, {"left_on": "01/03/2023", "version": 1})

    flawed.refresh_from_db()
    assert flawed.last_on == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("fields", "is_saved"),
    [({"decision_number": "12/QĐ"}, True), ({"last_on": "09/04/2023"}, True),
     ({"valid_from": "02/01/2010"}, False), ({"valid_from": "14/12/2013"}, True)],
)  # fmt: skip
def test_an_old_flaw_forbids_only_what_touches_it(hr, flawed, fields, is_saved):
    form = holding_form(flawed.post, flawed.commune, valid_from="01/01/2010",
                        last_on="30/06/2025", version=1) | fields  # fmt: skip

    response = hr.post(f"/can-bo/{flawed.cadre_id}/chuc-vu/{flawed.pk}/", form)

    assert (response.status_code == 302) is is_saved


def test_a_person_whose_stored_name_and_dates_are_flawed_can_still_be_corrected(hr):
    cadre = make_cadre("Người Thử 2", sex="F", born_on="1985", recruited_on="1980")
    form = {"full_name": "Người Thử 2", "sex": "F", "born_on": "1985", "recruited_on": "1980",
            "residence": "Xóm Mới", "version": 1}  # fmt: skip

    saved = hr.post(f"/can-bo/{cadre.pk}/sua/", form)
    touched = hr.post(f"/can-bo/{cadre.pk}/sua/", {**form, "version": 2, "recruited_on": "1981"})

    assert saved.status_code == 302
    assert "sau ngày sinh" in touched.content.decode()


def test_a_post_outside_its_term_is_refused_and_the_term_told(hr):
    term = Term.objects.create(organisation="dang_bo", name="2020–2025",
                               valid_from=date(2020, 6, 1), valid_to=date(2025, 7, 1))  # fmt: skip
    cadre, post, unit = make_cadre(), make_post(), make_commune()
    years = {"valid_from": "01/01/2019", "last_on": "31/12/2019"}

    page = add(hr, cadre, post, unit, term=term.pk, **years).content.decode()

    assert "Đảng bộ 2020–2025 từ ngày 01/06/2020 đến hết ngày 30/06/2025" in page
    assert not Holding.objects.exists()


def test_a_second_holder_of_a_single_post_is_asked_about_and_then_saved(hr):
    first = make_holding(make_cadre("Lê Văn Trước"), make_post("Bí thư Đảng ủy", per_commune=1))
    second = make_cadre()

    page = add(hr, second, first.post, first.commune).content.decode()
    assert "mỗi đơn vị 1 người" in page
    assert "Lê Văn Trước" in page
    assert "Vẫn lưu" in page
    assert f'name="crowd_seen" value="{first.pk}"' in page
    assert second.holdings.count() == 0

    add(hr, second, first.post, first.commune, crowd_seen=str(first.pk))
    assert second.holdings.count() == 1


def test_nobody_is_asked_when_the_other_left_or_sits_elsewhere(hr):
    post = make_post("Bí thư Đảng ủy", per_commune=1)
    left = make_holding(post=post, valid_from=date(2018, 1, 1), valid_to=date(2021, 5, 12))
    make_holding(post=post)
    second = make_cadre()

    add(hr, second, post, left.commune)

    assert second.holdings.count() == 1


def test_correcting_the_number_of_the_decision_asks_nothing(hr):
    post = make_post("Bí thư Đảng ủy", per_commune=1)
    first = make_holding(post=post)
    second = make_holding(post=post, commune=first.commune)
    form = holding_form(post, first.commune, decision_number="1/QĐ", version=1)

    hr.post(f"/can-bo/{second.cadre_id}/chuc-vu/{second.pk}/", form)

    second.refresh_from_db()
    assert second.decision_number == "1/QĐ"


def test_a_seat_outside_its_term_is_refused(hr):
    seat = make_membership()
    term = Term.objects.create(organisation="dang_bo", name="2015–2020",
                               valid_from=date(2015, 6, 1), valid_to=date(2020, 6, 1))  # fmt: skip
    form = {"commune": seat.commune_id, "role": "uv_bch", "valid_from": "01/06/2020",
            "term": term.pk, "version": 1}  # fmt: skip

    page = hr.post(f"/can-bo/{seat.cadre_id}/cap-uy/{seat.pk}/", form).content.decode()

    assert "chọn nhiệm kỳ có ngày bắt đầu ấy" in page


def test_the_form_refuses_a_post_of_someone_dead_at_its_first_day(hr):
    cadre = make_cadre()
    make_status(cadre, "deceased", valid_from=date(2021, 1, 1))

    page = add(hr, cadre, make_post(), make_commune(), valid_from="01/02/2021").content.decode()

    assert "Người này đã từ trần từ ngày 01/01/2021" in page
    assert not cadre.holdings.exists()


def test_the_form_ends_a_post_where_the_person_will_retire_and_says_so(hr):
    cadre = make_cadre()
    make_status(cadre, "retired", valid_from=date(2027, 1, 1))

    response = add(hr, cadre, make_post(), make_commune(), valid_from="01/02/2021")

    assert cadre.holdings.get().last_on == date(2026, 12, 31)
    assert "kết thúc cùng việc nghỉ hưu của người này, hết ngày 31/12/2026" in said(response)


def test_the_page_of_a_decision_says_that_the_person_is_dead(hr):
    cadre = make_cadre()
    make_status(cadre, "deceased", valid_from=date(2021, 1, 1))
    form = {
        "nguoi": [cadre.pk], "phan": ["0:designation"], "n0-effective_on": "01/02/2023",
        "n0-post": make_post().pk, "n0-commune": make_commune().pk, "viec": "kiem-tra",
        "basis-kind": "decision", "basis-number": "99/QĐ-UBND", "basis-signed_on": "30/05/2023",
        "basis-issuer": "UBND huyện Đại Từ",
    }  # fmt: skip

    page = hr.post("/nhap-lieu/quyet-dinh/them/", form).content.decode()

    assert "Người này đã từ trần từ ngày 01/01/2021" in page
    assert 'name="da-xem"' not in page
