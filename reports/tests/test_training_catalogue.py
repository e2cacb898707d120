"""The catalogues of training on HR's pages: added, corrected, closed, no longer offered."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from accounts.tests.factories import make_user
from cadres.catalogue_actions import mark_of
from cadres.models import StudyField
from cadres.tests.factories import make_post
from training.models import (
    Competence,
    CostNorm,
    PostCompetence,
    Programme,
    Provider,
    TrainingSetting,
)
from training.tests.factories import (
    make_asked,
    make_assessment,
    make_competence,
    make_programme,
    make_provider,
)

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/danh-muc"


@pytest.fixture
def office(client):
    """The district's staff signed in."""
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client


def add(client, catalogue, **fields):
    return client.post(f"{LIST}/{catalogue}/them/?ngay=2023-06-08", fields)


def programme(**fields):
    return {"code": "thu", "name": "Trung cấp LLCT", "kind": "training", "form": "on_site",
            "content_group": "political", "awards": "political:2", "report_column": "E",
            "hours": "1.056", "is_offered": "on", "confidence": "assumed", **fields}  # fmt: skip


def setting(**fields):
    return {"code": "hours_min", "value": "40", "confidence": "assumed",
            "valid_from": "10/12/2021", **fields}  # fmt: skip


def norm(**fields):
    return {"what": "Nước uống", "unit": "participation", "amount": "20.000",
            "confidence": "assumed", "valid_from": "01/01/2023", **fields}  # fmt: skip


def competence(**fields):
    return {"code": "nl", "name": "Tin học", "group": "it", "levels": "Biết\r\nLàm\r\n\r\nThạo",
            **fields}  # fmt: skip


@pytest.mark.parametrize(
    ("awards", "stored"),
    [("political:2", ("political", 2, "")), ("content:law", ("", None, "law")),
     ("", ("", None, ""))],
)  # fmt: skip
def test_what_a_programme_awards_is_one_choice(office, awards, stored):
    add(office, "chuong-trinh", **programme(awards=awards))

    made = Programme.objects.get()
    assert (made.strand, made.rank, made.content) == stored
    assert made.hours == 1056
    page = office.get(f"{LIST}/chuong-trinh/{made.pk}/sua/").content.decode()
    assert not awards or f'value="{awards}" selected' in page
    assert 'value="1.056"' in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"awards": "political:0"}, "lựa chọn hợp lệ"), ({"awards": "political"}, "lựa chọn hợp lệ"),
     ({"hours": "1,5"}, "số nguyên"), ({"hours": "99999"}, "9.999"), ({"code": ""}, "bắt buộc"),
     ({"report_column": "A"}, "lựa chọn hợp lệ"), ({"admission": "x"}, "lựa chọn hợp lệ"),
     ({"name": "x" * 201}, "200")],
)  # fmt: skip
def test_what_is_wrong_with_a_programme_is_told(office, fields, told):
    page = add(office, "chuong-trinh", **programme(**fields))

    assert page.status_code == 200
    assert told in page.content.decode()
    assert not Programme.objects.exists()


def test_a_field_of_study_goes_with_a_professional_level_alone(office):
    law = StudyField.objects.create(code="law", name="Luật")

    refused = add(office, "chuong-trinh", **programme(field=law.pk)).content.decode()
    add(office, "chuong-trinh", **programme(field=law.pk, awards="professional:4"))

    assert "Nhóm ngành chỉ đi với" in refused
    assert Programme.objects.get().field == law


def test_a_programme_is_offered_no_more_instead_of_removed(office):
    row = make_programme("Chương trình cũ")
    data = programme(awards="political:2", reason="QĐ 5", seen=mark_of(row), name=row.name)
    del data["is_offered"]

    office.post(f"{LIST}/chuong-trinh/{row.pk}/sua/", data)

    row.refresh_from_db()
    assert not row.is_offered
    assert row not in Programme.objects.offered()
    office.get(LIST + "/")  # where the message is told
    offered = office.get(f"{LIST}/chuong-trinh/").content.decode()
    every = office.get(f"{LIST}/chuong-trinh/?tat_ca=1").content.decode()
    assert "Chương trình cũ" not in offered
    assert "0 dòng còn mở, trong 1" in offered
    assert "Chương trình cũ" in every


def test_the_list_of_catalogues_counts_what_is_offered_and_in_force(office):
    make_programme(is_offered=False)
    make_programme()
    add(office, "thong-so-dao-tao", **setting(last_on="31/12/2022"))

    page = office.get(f"{LIST}/?ngay=2023-06-08").content.decode()

    def line(name):
        return page.split(f">{name}</a></th>")[1].split("</tr>")[0]

    assert line("Chương trình đào tạo, bồi dưỡng") == "<td>1</td><td>2</td>"
    assert line("Thông số đào tạo") == "<td>0</td><td>1</td>"


def test_rows_without_days_are_not_closed(office):
    for kind, row in (("co-so-dao-tao", make_provider()), ("nang-luc", make_competence())):
        assert office.get(f"{LIST}/{kind}/{row.pk}/dong/").status_code == 404
        assert "Từ ngày" not in office.get(f"{LIST}/{kind}/").content.decode()


def test_a_provider_is_added_once_and_named_once(office):
    add(office, "co-so-dao-tao", code="tct", name="Trường Chính trị")
    again = add(office, "co-so-dao-tao", code="tct2", name="Trường Chính trị")

    assert Provider.objects.count() == 1
    assert again.status_code == 200
    assert AuditEvent.objects.get(subject_type="provider").action == "create"


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"code": "away_share", "value": "101"}, "từ 0 đến 100"),
     ({"code": "sessions_count", "value": "2"}, "từ 0 đến 1"), ({"value": "abc"}, "số nguyên"),
     ({"code": "khac"}, "lựa chọn hợp lệ"), ({"valid_from": "x"}, "ngày có thật"),
     ({"last_on": "09/12/2021"}, "Ngày kết thúc")],
)  # fmt: skip
def test_what_is_wrong_with_a_setting_is_told(office, fields, told):
    page = add(office, "thong-so-dao-tao", **setting(**fields)).content.decode()

    assert told in page
    assert not TrainingSetting.objects.exists()


@pytest.mark.parametrize(
    ("kind", "data", "model"),
    [("thong-so-dao-tao", setting, TrainingSetting), ("dinh-muc-chi", norm, CostNorm)],
)
def test_two_rows_of_one_subject_never_share_a_day(office, kind, data, model):
    add(office, kind, **data())
    twice = add(office, kind, **data()).content.decode()
    later = add(office, kind, **data(valid_from="01/06/2024")).content.decode()

    assert model.objects.count() == 1
    assert "đã có" in twice or "Trùng thời gian" in twice
    assert "Trùng thời gian" in later


def test_a_setting_changes_by_closing_and_adding(office):
    add(office, "thong-so-dao-tao", **setting())
    row = TrainingSetting.objects.get()

    office.post(f"{LIST}/thong-so-dao-tao/{row.pk}/dong/",
                {"last_on": "31/12/2023", "reason": "NĐ mới"})  # fmt: skip
    add(office, "thong-so-dao-tao", **setting(value="48", valid_from="01/01/2024"))

    values = list(TrainingSetting.objects.order_by("valid_from").values_list("value", "valid_to"))
    assert values == [(40, date(2024, 1, 1)), (48, None)]


def test_a_norm_is_of_a_programme_or_of_a_group_with_its_amount_in_points(office):
    row = make_programme()
    both = add(office, "dinh-muc-chi", **norm(programme=row.pk, content_group="political"))
    add(office, "dinh-muc-chi", **norm(programme=row.pk, amount="1.200.000"))

    assert "để trống nhóm nội dung" in both.content.decode()
    assert CostNorm.objects.get().amount == 1_200_000
    assert "<td>1.200.000</td>" in office.get(f"{LIST}/dinh-muc-chi/").content.decode()


def test_levels_are_typed_a_line_each(office):
    add(office, "nang-luc", **competence())

    made = Competence.objects.get()
    assert made.levels == ["Biết", "Làm", "Thạo"]
    assert "1. Biết; 2. Làm; 3. Thạo" in office.get(f"{LIST}/nang-luc/").content.decode()
    assert "Biết\nLàm\nThạo" in office.get(f"{LIST}/nang-luc/{made.pk}/sua/").content.decode()


@pytest.mark.parametrize(
    ("levels", "told"),
    [("", "ở đây có 0 dòng"), ("Một\nHai", "ở đây có 2 dòng"),
     ("1\n2\n3\n4\n5\n6", "ở đây có 6 dòng"),
     ("Biết\nbiết\nThạo", "viết giống nhau"), ("a\nb\n" + "c" * 121, "Dòng 3 dài quá 120"),
     ("\x00\n\x00\n\x00", "ở đây có 0 dòng")],
)  # fmt: skip
def test_what_is_wrong_with_levels_is_told(office, levels, told):
    page = add(office, "nang-luc", **competence(levels=levels))

    assert page.status_code == 200
    assert told in page.content.decode()
    assert not Competence.objects.exists()


@pytest.mark.parametrize("in_use", [make_asked, make_assessment])
def test_a_level_in_use_is_not_taken_away(office, in_use):
    row = make_competence(levels=["Một", "Hai", "Ba", "Bốn"])
    subject = make_post() if in_use is make_asked else None
    in_use(subject, row, 4)
    data = {"name": row.name, "group": "it", "reason": "gọn", "seen": mark_of(row)}
    address = f"{LIST}/nang-luc/{row.pk}/sua/"

    refused = office.post(address, {**data, "levels": "Một\nHai\nBa"}).content.decode()
    office.post(address, {**data, "levels": "Một\nHai\nBa\nTư"})

    row.refresh_from_db()
    assert "Mức 4 đang được" in refused
    assert row.levels == ["Một", "Hai", "Ba", "Tư"]


def test_a_post_asks_a_level_that_the_competence_has_once_at_a_time(office):
    post, row = make_post(), make_competence(levels=["Biết", "Làm", "Thạo"])
    data = {"post": post.pk, "competence": row.pk, "level": "2", "valid_from": "01/01/2023"}

    refused = add(office, "nang-luc-chuc-danh", **data | {"level": "4"}).content.decode()
    add(office, "nang-luc-chuc-danh", **data)
    again = add(office, "nang-luc-chuc-danh", **data | {"valid_from": "01/02/2023"})

    assert "không có mức 4. Các mức: Mức 1: Biết; Mức 2: Làm; Mức 3: Thạo" in refused
    assert PostCompetence.objects.get().level == 2
    assert "Trùng thời gian" in again.content.decode()


def test_a_stale_correction_shows_both_and_keeps_the_reason_as_it_was_typed(office):
    row = make_competence(name="Tin học")
    seen = mark_of(row)
    Competence.objects.filter(pk=row.pk).update(levels=["Một", "Hai", "Ba"])

    page = office.post(f"{LIST}/nang-luc/{row.pk}/sua/", {
        "name": "Tin học", "group": "it", "levels": "Biết\nLàm được\nThạo nhất",
        "reason": "QĐ 9", "seen": seen,
    }).content.decode()  # fmt: skip

    assert "Dòng này vừa được người khác sửa" in page
    assert "Một\nHai\nBa" in page
    assert 'value="QĐ 9"' in page
    assert f'value="{mark_of(Competence.objects.get())}"' in page
