"""The kinds of rows that HR enters: what each needs, what it moves, how lists tell it."""

from datetime import date

import pytest

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres import catalogue as cadres_catalogue
from cadres.catalogue_actions import mark_of
from cadres.models import (
    Commune,
    DistrictQuota,
    Post,
    PostManagement,
    Quota,
    QuotaCeiling,
    Term,
    TitleSet,
)
from cadres.tests.factories import make_commune, make_post, make_rule, make_title_set
from reports.catalogue_kinds import KINDS

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/danh-muc"


@pytest.fixture
def office(client):
    """The district's staff signed in."""
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client


def add(client, kind, **fields):
    address = f"{LIST}/{kind}/them/?ngay=2023-06-08"
    return client.post(address, {"xac_nhan": "1", "valid_from": "01/01/2023", **fields})


def test_a_quota_shows_what_it_moves_and_is_then_written(office):
    commune = make_commune()
    data = {"commune": commune.pk, "group": "cadre", "number": 10, "last_on": "31/12/2023"}

    tried = add(office, "bien-che", **data, xac_nhan="0").content.decode()
    assert "Chỉ tiêu đã giao các xã</th><td>0</td><td>10</td>" in tried
    assert "Khuyết so với chỉ tiêu</th><td>0</td><td>10</td>" in tried
    assert not Quota.objects.exists()

    add(office, "bien-che", **data)
    quota = Quota.objects.get()
    assert (quota.number, quota.valid_to) == (10, date(2024, 1, 1))
    assert AuditEvent.objects.get(subject_type="quota").subject_ids == [quota.pk]


def test_a_quota_before_its_commune_is_refused_with_the_days_of_the_commune(office):
    commune = make_commune(valid_from=date(2023, 4, 10), valid_to=date(2025, 7, 1))

    page = add(office, "bien-che", commune=commune.pk, group="cadre", number=10)

    assert "có từ 10/04/2023 đến hết 30/06/2025" in page.content.decode()
    assert not Quota.objects.exists()


@pytest.mark.parametrize(
    ("begins", "ends", "is_taken"),
    [
        ("01/07/2023", "", True), ("01/01/2022", "01/01/2023", True),
        ("01/01/2022", "31/12/2022", False), ("01/01/2024", "", False),
    ],
)  # fmt: skip
def test_two_quotas_of_a_commune_and_group_never_share_a_day(office, begins, ends, is_taken):
    commune = make_commune()
    Quota.objects.create(commune=commune, group="cadre", number=9, valid_from=date(2023, 1, 1),
                         valid_to=date(2024, 1, 1))  # fmt: skip

    page = add(office, "bien-che", commune=commune.pk, group="cadre", number=10,
               valid_from=begins, last_on=ends)  # fmt: skip
    add(office, "bien-che", commune=commune.pk, group="civil_servant", number=8)

    assert ("Trùng thời gian" in page.content.decode()) is is_taken
    assert Quota.objects.filter(group="cadre").count() == (1 if is_taken else 2)
    assert Quota.objects.filter(group="civil_servant").count() == 1


def test_the_districts_total_and_a_ceiling_are_entered_and_end(office):
    add(office, "tong-bien-che", number=560, document="QĐ 1")
    add(office, "tran-bien-che", grade=2, number=20, less_with_regular_police=0, document="NĐ 33")
    total, ceiling = DistrictQuota.objects.get(), QuotaCeiling.objects.get()

    for kind, row in (("tong-bien-che", total), ("tran-bien-che", ceiling)):
        office.post(f"{LIST}/{kind}/{row.pk}/dong/",
                    {"last_on": "31/12/2023", "reason": "QĐ mới", "xac_nhan": "1"})  # fmt: skip

    total.refresh_from_db()
    ceiling.refresh_from_db()
    assert (total.number, total.valid_to) == (560, date(2024, 1, 1))
    assert (ceiling.number, ceiling.valid_to) == (20, date(2024, 1, 1))


def test_a_term_moves_nothing_and_is_written_without_a_look_before(office):
    data = {"organisation": "hdnd", "name": "2021–2026", "valid_from": "23/05/2021"}

    page = office.get(f"{LIST}/nhiem-ky/them/").content.decode()
    add(office, "nhiem-ky", **data, last_on="14/03/2026", xac_nhan="0")

    assert "Xem trước" not in page
    term = Term.objects.get()
    assert (term.name, term.valid_to) == ("2021–2026", date(2026, 3, 15))


def test_the_managing_level_of_a_post_can_change_on_a_day(office):
    post = make_post()
    old = PostManagement.objects.create(
        post=post, level="btv_huyen_uy", valid_from=date(2004, 1, 1)
    )

    office.post(f"{LIST}/phan-cap/{old.pk}/dong/", {"last_on": "31/12/2022", "reason": "QĐ 5"})
    add(office, "phan-cap", post=post.pk, level="dang_uy_xa")

    levels = [PostManagement.objects.on(day).get().level
              for day in (date(2022, 12, 31), date(2023, 1, 1))]  # fmt: skip
    assert levels == ["btv_huyen_uy", "dang_uy_xa"]


def post_data(**fields):
    return {
        "code": "CC99", "name": "Chức danh thử", "short_name": "Thử", "category": "civil_servant",
        "group": "civil_servant", "order": 99, "valid_from": "01/06/2023", **fields,
    }  # fmt: skip


def test_a_new_post_enters_the_sets_and_the_level_it_is_put_into(office):
    cadres_catalogue.load()
    sets = [TitleSet.objects.get(code="civil_servants").pk]

    add(office, "chuc-danh", **post_data(title_sets=sets, level="ubnd_huyen"))

    post = Post.objects.get(code="CC99")
    assert set(post.title_sets.values_list("code", flat=True)) == {"civil_servants"}
    managed = post.managements.get()
    assert (managed.level, managed.valid_from) == ("ubnd_huyen", date(2023, 6, 1))


def test_a_new_post_without_a_level_must_say_so(office):
    add(office, "chuc-danh", **post_data())
    assert not Post.objects.exists()

    add(office, "chuc-danh", **post_data(level="khong"))
    assert not Post.objects.get().managements.exists()


def test_the_class_of_a_commune_is_corrected_and_moves_its_ceiling(office):
    QuotaCeiling.objects.create(grade=2, number=21, document="NĐ 34", valid_from=date(2019, 6, 25))
    commune = make_commune()
    address = f"{LIST}/loai-don-vi/{commune.pk}/sua/?ngay=2023-06-08"
    data = {"grade": "2", "note": "QĐ 9", "reason": "QĐ 9", "seen": mark_of(commune)}

    tried = office.post(address, {**data, "xac_nhan": "0"}).content.decode()
    assert "Số đơn vị có trần</th><td>0</td><td>1</td>" in tried
    assert Commune.objects.get().grade is None

    office.post(address, {**data, "xac_nhan": "1"})
    assert (Commune.objects.get().grade, Commune.objects.get().note) == (2, "QĐ 9")


def test_communes_are_neither_added_nor_closed_among_the_catalogues(office):
    commune = make_commune()

    assert office.get(f"{LIST}/loai-don-vi/them/").status_code == 404
    assert office.get(f"{LIST}/loai-don-vi/{commune.pk}/dong/").status_code == 404


def test_a_list_shows_the_last_day_of_a_row(office):
    Term.objects.create(
        organisation="dang_bo", name="2020–2025", valid_from=date(2020, 6, 1),
        valid_to=date(2025, 7, 1),
    )  # fmt: skip

    page = office.get(f"{LIST}/nhiem-ky/?ngay=2025-06-30").content.decode()
    after = office.get(f"{LIST}/nhiem-ky/?ngay=2025-07-01").content.decode()

    assert "Đến hết ngày" in page
    assert "30/06/2025" in page
    assert "01/07/2025" not in page
    assert "2020–2025" not in after


def test_standards_name_their_title_set_in_words(office):
    make_title_set(make_post(), name="Công chức cấp xã")
    make_rule()

    page = office.get(f"{LIST}/tieu-chuan/?ngay=2023-06-08").content.decode()

    assert "<td>Công chức cấp xã</td>" in page
    assert "civil_servants" not in page


@pytest.mark.parametrize(
    ("written", "told"),
    [('{"foo": 4}', "không có điều kiện nào tên “foo”"), ('{"all": 4}', "danh sách điều kiện"),
     ('{"training": ["law"]}', "không có nội dung bồi dưỡng nào")],
)  # fmt: skip
def test_what_is_wrong_with_a_written_requirement_is_told_in_vietnamese(office, written, told):
    page = add(office, "tieu-chuan", written=written).content.decode()

    assert told in page
    assert "requirement" not in page.split("Ngoài từ vựng")[1][:200]


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_of_a_catalogue_asks_more_for_more_rows(
    office, kind, django_assert_max_num_queries
):
    cadres_catalogue.load()

    for address in (f"{LIST}/", f"{LIST}/{kind}/?tat_ca=1"):
        with django_assert_max_num_queries(12):
            assert office.get(address).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DISTRICT_HR])
def test_only_the_districts_staff_write(client, role):
    commune = make_commune()
    user = make_user(role, commune=commune if role.startswith("COMMUNE") else None)
    client.force_login(user, "accounts.backends.WithCommune")

    answers = [
        add(client, "bien-che", commune=commune.pk, group="cadre", number=10),
        client.post(f"{LIST}/giao-chi-tieu/2023/", {"total": 5}),
        client.post(f"{LIST}/phan-loai-don-vi/", {f"g_{commune.pk}": 1}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert not Quota.objects.exists()
