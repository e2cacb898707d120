"""Forms of the record through the browser's eyes: saved, refused, told, logged."""

from datetime import date

import pytest

from accounts.models import AuditEvent, User
from cadres.models import (
    Basis,
    Cadre,
    Change,
    CommitteeMembership,
    Holding,
    Qualification,
    Rating,
    ShortTraining,
)
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
)
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db


def person_form(**fields):
    return {"full_name": "Trần Thị Mới", "sex": "F", "born_on": "05/1985", "national_id": "",
            "phone": "", "ethnicity": "", "note": "", **fields}  # fmt: skip


def test_a_new_person_gets_a_code_and_goes_on_to_the_first_post(hr):
    response = hr.post("/can-bo/them/", person_form(national_id="001 085 000 001"))

    cadre = Cadre.objects.get()
    assert response["Location"] == f"/can-bo/{cadre.pk}/chuc-vu/them/"
    assert (cadre.code, cadre.national_id) == ("DT000001", "001085000001")
    assert cadre.born_on == PartialDate("1985-05")
    event = AuditEvent.objects.get(action="create")
    assert event.subject_ids == [cadre.pk]
    assert "001085" not in f"{event.detail}{event.purpose}"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"full_name": ""}, "Họ và tên"),
        ({"full_name": "12345"}, "bằng chữ"),
        ({"full_name": "@abc"}, "ký tự “@”"),
        ({"full_name": "Hải\u202eHà"}, "U+202E"),
        ({"full_name": "Hải\u200bHà"}, "U+200B"),
        ({"full_name": "Hải\x00"}, "Bỏ ký tự không nhìn thấy U+0000"),
        ({"full_name": "NguyÔn V¨n A"}, "TCVN3"),
        ({"other_name": "=1+1"}, "ký tự “=”"),
        ({"note": "a" * 2001}, "2000"),
        ({"sex": ""}, "Giới tính"),
        ({"born_on": "31/02/1985"}, "không phải ngày hợp lệ"),
        ({"born_on": "2020"}, "kiểm tra lại năm"),
        ({"national_id": "123"}, "12 chữ số"),
        ({"phone": "912345678"}, "10 hoặc 11 chữ số"),
        ({"recruited_on": "1980"}, "sau ngày sinh"),
        ({"party_joined_on": "2010", "party_official_on": "2009"}, "không được trước"),
        ({"party_official_on": "2011"}, "cả ngày vào Đảng"),
        ({"recruited_on": "2090"}, "chưa tới"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(hr, fields, message):
    page = hr.post("/can-bo/them/", person_form(**fields)).content.decode()

    assert message in page
    assert "Chưa ghi được" in page
    assert not Cadre.objects.exists()


def test_a_number_that_someone_has_is_refused(hr):
    make_cadre(national_id="001085000001")

    page = hr.post("/can-bo/them/", person_form(national_id="001085000001")).content.decode()

    assert "đã có trong một hồ sơ khác" in page


def test_someone_alike_is_shown_before_a_second_one_is_made(hr):
    other = make_cadre("Trần Thị Mới", born_on="1985-05")

    page = hr.post("/can-bo/them/", person_form()).content.decode()
    assert other.code in page
    assert "Vẫn thêm" in page
    assert Cadre.objects.count() == 1

    hr.post("/can-bo/them/", person_form(alike_seen=str(other.pk)))
    assert Cadre.objects.count() == 2


def test_the_same_form_sent_twice_makes_one_person(hr):
    hr.post("/can-bo/them/", person_form())
    hr.post("/can-bo/them/", person_form())

    assert Cadre.objects.count() == 1


def test_a_changed_field_is_saved_and_logged_by_name_alone(hr):
    cadre = make_cadre("Trần Thị Cũ", sex="F")

    response = hr.post(f"/can-bo/{cadre.pk}/sua/", person_form(version=1, full_name="Trần Thị Sửa"))

    cadre.refresh_from_db()
    assert response["Location"] == f"/can-bo/{cadre.pk}/"
    assert (cadre.full_name, cadre.version) == ("Trần Thị Sửa", 2)
    assert "full_name" in AuditEvent.objects.get(action="change").detail["fields"]


def test_a_form_opened_before_another_change_shows_both_and_loses_nothing(hr):
    cadre = make_cadre("Trần Thị Cũ", sex="F")
    Cadre.objects.filter(pk=cadre.pk).update(version=2, residence="Xóm Mới")

    page = hr.post(
        f"/can-bo/{cadre.pk}/sua/", person_form(version=1, full_name="Trần Thị Sửa")
    ).content.decode()

    assert "vừa được người khác sửa" in page
    assert "Xóm Mới" in page
    assert 'value="Trần Thị Sửa"' in page
    cadre.refresh_from_db()
    assert cadre.full_name == "Trần Thị Cũ"
    hr.post(f"/can-bo/{cadre.pk}/sua/", person_form(version=2, full_name="Trần Thị Sửa"))
    cadre.refresh_from_db()
    assert cadre.full_name == "Trần Thị Sửa"


def holding_form(post, commune, **fields):
    return {"post": post.pk, "commune": commune.pk, "valid_from": "12/05/2021", "last_on": "",
            "is_main": "on", "standing": "recruited", "term": "", "decision_number": "",
            "note": "", **fields}  # fmt: skip


def test_a_post_is_added_with_its_last_day_stored_as_the_day_after(hr):
    cadre, post, commune = make_cadre(), make_post(), make_commune()

    response = hr.post(
        f"/can-bo/{cadre.pk}/chuc-vu/them/", holding_form(post, commune, last_on="09/04/2023")
    )

    holding = Holding.objects.get()
    assert response["Location"] == f"/can-bo/{cadre.pk}/cong-tac/"
    assert (holding.valid_to, holding.last_on) == (date(2023, 4, 10), date(2023, 4, 9))
    cadre.refresh_from_db()
    assert cadre.version == 2


def test_the_same_post_twice_on_one_day_is_refused(hr):
    holding = make_holding(valid_from=date(2020, 1, 1))
    address = f"/can-bo/{holding.cadre_id}/chuc-vu/them/"

    page = hr.post(address, holding_form(holding.post, holding.commune)).content.decode()

    assert "đã giữ" in page
    assert Holding.objects.count() == 1


@pytest.mark.parametrize(
    ("last_on", "is_saved"), [("09/04/2023", True), ("10/04/2023", False), ("", True)]
)
def test_a_post_ends_with_its_unit_around_the_merger(hr, last_on, is_saved):
    unit = make_commune("Xã Quân Chu Thử", valid_to=date(2023, 4, 10))
    cadre, post = make_cadre(), make_post()

    hr.post(f"/can-bo/{cadre.pk}/chuc-vu/them/", holding_form(post, unit, last_on=last_on))

    assert Holding.objects.exists() is is_saved


@pytest.mark.parametrize(
    ("valid_from", "last_on", "is_saved"),
    [("01/07/2023", "31/07/2023", True), ("01/07/2023", "01/08/2023", False),
     ("01/08/2023", "", False)],
)  # fmt: skip
def test_the_police_chief_ends_on_the_last_of_july_2023(hr, valid_from, last_on, is_saved):
    post = make_post("Trưởng Công an", valid_to=date(2023, 8, 1))
    cadre, commune = make_cadre(), make_commune()
    form = holding_form(post, commune, valid_from=valid_from, last_on=last_on)

    hr.post(f"/can-bo/{cadre.pk}/chuc-vu/them/", form)

    assert Holding.objects.exists() is is_saved


def test_a_post_of_towns_is_refused_in_a_commune(hr):
    post = make_post("Địa chính – đô thị", commune_kind="thi_tran")
    cadre = make_cadre()

    page = hr.post(
        f"/can-bo/{cadre.pk}/chuc-vu/them/", holding_form(post, make_commune("Xã Thử"))
    ).content.decode()

    assert "chỉ có ở Thị trấn" in page


def test_leaving_a_post_says_the_first_day_without_it(hr):
    holding = make_holding(valid_from=date(2020, 1, 1))
    address = f"/can-bo/{holding.cadre_id}/chuc-vu/{holding.pk}/thoi/"

    early = hr.post(address, {"left_on": "01/01/2020", "version": 1}).content.decode()
    assert "Phải sau ngày bắt đầu" in early
    hr.post(address, {"left_on": "10/04/2023", "version": 1})

    holding.refresh_from_db()
    assert holding.last_on == date(2023, 4, 9)


def test_a_row_of_another_person_is_not_found(hr):
    mine, theirs = make_cadre(), make_qualification(make_cadre())

    assert hr.get(f"/can-bo/{mine.pk}/van-bang/{theirs.pk}/").status_code == 404


def test_a_stale_row_is_kept_on_the_form_and_told(hr):
    record = make_qualification(make_cadre())
    Cadre.objects.filter(pk=record.cadre_id).update(version=5)
    form = {"level": "professional:5", "awarded_on": "2020", "evidence": "diploma", "version": 1}

    page = hr.post(f"/can-bo/{record.cadre_id}/van-bang/{record.pk}/", form).content.decode()

    assert "vừa được người khác sửa" in page
    record.refresh_from_db()
    assert record.rank == 4


def test_each_kind_of_row_is_added_and_corrected(hr):
    cadre, commune = make_cadre(), make_commune()
    start = f"/can-bo/{cadre.pk}"
    hr.post(f"{start}/van-bang/them/", {"level": "political:2", "awarded_on": "06/2018",
                                        "evidence": "diploma"})  # fmt: skip
    hr.post(f"{start}/boi-duong/them/", {"content": "law", "completed_on": "2019"})
    hr.post(f"{start}/xep-loai/them/", {"year": 2022, "level": 3})
    hr.post(f"{start}/cap-uy/them/", {"commune": commune.pk, "role": "uv_bch",
                                      "valid_from": "01/06/2020"})  # fmt: skip

    assert Qualification.objects.get().awarded_on == PartialDate("2018-06")
    assert ShortTraining.objects.get().content == "law"
    assert Rating.objects.get().level == 3
    assert CommitteeMembership.objects.get().commune == commune
    rating = Rating.objects.get()
    hr.post(f"{start}/xep-loai/{rating.pk}/", {"year": 2022, "level": 4, "version": 5})
    rating.refresh_from_db()
    assert rating.level == 4


def test_a_year_is_rated_once_and_a_date_to_come_is_refused(hr):
    cadre = make_cadre()
    make_rating(cadre, 2022)

    twice = hr.post(f"/can-bo/{cadre.pk}/xep-loai/them/", {"year": 2022, "level": 3})
    to_come = {"level": "professional:4", "awarded_on": "2090", "evidence": "diploma"}
    late = hr.post(f"/can-bo/{cadre.pk}/van-bang/them/", to_come)

    assert "đã được xếp loại" in twice.content.decode()
    assert "chưa tới" in late.content.decode()


def test_a_seat_is_left_too(hr):
    seat = make_membership()

    hr.post(f"/can-bo/{seat.cadre_id}/cap-uy/{seat.pk}/thoi/",
            {"left_on": "01/07/2023", "version": 1})  # fmt: skip

    seat.refresh_from_db()
    assert seat.last_on == date(2023, 6, 30)


def test_a_row_saved_as_it_was_is_told_so_and_stores_no_basis(hr):
    rating = make_rating(make_cadre(), 2022)
    form = {"year": 2022, "level": rating.level, "version": 1}

    page = hr.post(f"/can-bo/{rating.cadre_id}/xep-loai/{rating.pk}/", form).content.decode()

    assert "Chưa có gì khác với hồ sơ" in page
    assert not Change.objects.exists()
    assert not Basis.objects.exists()


def test_the_same_paper_is_stored_once(hr):
    cadre = make_cadre()
    for version, residence in enumerate(("Xóm Một", "Xóm Hai"), start=1):
        form = person_form(full_name=cadre.full_name, residence=residence, version=version)
        hr.post(f"/can-bo/{cadre.pk}/sua/", form)

    assert Change.objects.count() == 2
    assert Basis.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"basis-reason": ""}, "Ghi lý do của thay đổi"),
     ({"basis-recent": "known"}, "lại gõ căn cứ khác bên dưới")],
)  # fmt: skip
def test_a_reason_is_asked_for_and_of_two_papers_none_is_guessed(hr, fields, message):
    cadre = make_cadre()
    known = make_basis(created_by=User.objects.get())
    fields = {name: known.pk if value == "known" else value for name, value in fields.items()}
    form = person_form(full_name=cadre.full_name, residence="Xóm Một", version=1, **fields)

    page = hr.post(f"/can-bo/{cadre.pk}/sua/", form).content.decode()

    assert message in page
    assert not Change.objects.exists()


def test_the_district_is_told_whose_number_was_typed_again(hr):
    other = make_cadre("Lê Văn Trùng", national_id="001085000001")

    page = hr.post("/can-bo/them/", person_form(national_id="001085000001")).content.decode()

    assert f"Đó là Lê Văn Trùng, số hiệu {other.code}." in page


def test_a_row_that_was_changed_is_logged_as_a_change_not_as_new(hr):
    rating = make_rating(make_cadre(), 2022)
    form = {"year": 2022, "level": rating.level, "note": "Đã kiểm tra", "version": 1}

    hr.post(f"/can-bo/{rating.cadre_id}/xep-loai/{rating.pk}/", form)

    assert AuditEvent.objects.filter(action="change").count() == 1
    assert not AuditEvent.objects.filter(action="create").exists()


def test_the_form_says_how_long_a_name_may_be_and_takes_no_longer_one(hr):
    page = hr.get("/can-bo/them/").content.decode()
    kept = hr.post("/can-bo/them/", person_form(full_name="Hà " * 33 + "Ân")).content.decode()

    assert "Nhiều nhất 100 ký tự, kể cả dấu cách." in page
    assert 'maxlength="100"' in page
    assert "Nhiều nhất 100 ký tự" in kept
