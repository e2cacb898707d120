"""The pages of reviews: what each role sees and does, and nothing of another commune."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, Notice, Role
from accounts.tests.factories import make_user
from cadres.models import Cadre
from cadres.tests.factories import make_cadre, make_commune, make_holding
from intake import review_actions as actions
from intake.models import Review, ReviewUnit
from intake.tests.test_review_actions import DAY, Office

pytestmark = pytest.mark.django_db
LIST = "/nhap-lieu/ra-soat/"


@pytest.fixture
def office(db):
    return Office()


def as_(client, user):
    client.force_login(user, "accounts.backends.WithCommune")
    return client


def page(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def form(**fields):
    due = timezone.localdate().isoformat()
    return {"title": "Quý II", "groups": ["identity", "party"], "as_of": "2023-06-08",
            "due_on": due, **fields}  # fmt: skip


def test_the_district_opens_a_review_for_every_commune_of_the_day(client, office):
    other = make_commune("Xã Bạn")
    gone = make_commune("Xã Cũ", valid_to=date(2023, 4, 10))
    as_(client, office.hr)

    text = client.post(f"{LIST}mo/?ngay=2023-06-08", form(), follow=True).content.decode()

    review = Review.objects.get()
    assert set(review.units.values_list("commune", flat=True)) == {office.commune.pk, other.pk}
    assert (review.groups, review.opened_by) == (["identity", "party"], office.hr)
    assert "cho 2 đơn vị" in text
    assert gone.name not in text
    assert AuditEvent.objects.get(action="create", subject_type="review").subject_ids == [review.pk]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"due_on": "2023-06-30"}, "Hạn đã qua"),
        ({"groups": []}, "Chọn ít nhất một nhóm"),
        ({"groups": ["xyz"]}, "không phải"),
        ({"title": ""}, "Nhập tên đợt rà soát"),
        ({"as_of": "2001-01-01"}, "không có xã, thị trấn nào"),
    ],
)
def test_what_is_wrong_with_a_new_review_is_told(client, office, fields, message):
    as_(client, office.hr)

    text = client.post(f"{LIST}mo/?ngay=2023-06-08", form(**fields)).content.decode()

    assert message in text
    assert not Review.objects.exists()


def test_chosen_communes_must_stand_on_the_day(client, office):
    as_(client, office.hr)
    fields = form(communes=[office.commune.pk], as_of="2003-12-31")

    text = client.post(f"{LIST}mo/?ngay=2023-06-08", fields).content.decode()

    assert "không có: Xã Nhà" in text


def test_the_story_of_a_list(client, office):
    unit = office.unit(groups=["identity"])
    url = unit.get_absolute_url()
    as_(client, office.clerk)
    text = page(client, url)
    assert "còn 2 người chưa rà soát" in text
    assert "Nông Văn Một" in text
    assert "Chưa có dân tộc" in text
    assert "Chưa có tình trạng sức khỏe" not in text
    assert "019080000017" not in text
    keys = list(unit.lines.order_by("pk").values_list("pk", flat=True))
    client.post(f"{url}danh-dau/", {"dong": keys, "da_xem": keys[:1],
                                    f"ghi_chu_{keys[0]}": "đủ giấy tờ"})  # fmt: skip
    assert "Chưa gửi: còn 1 người" in client.post(f"{url}gui/", follow=True).content.decode()
    client.post(f"{url}danh-dau/", {"dong": keys, "da_xem": keys[:1], "viec": "tat-ca",
                                    f"ghi_chu_{keys[0]}": "đủ giấy tờ"})  # fmt: skip
    assert "Đã gửi người đứng đầu" in client.post(f"{url}gui/", follow=True).content.decode()

    as_(client, office.head)
    text = page(client, url)
    mark = text.split('name="dau" value="')[1].split('"')[0]
    text = client.post(f"{url}xac-nhan/", {"dau": mark}, follow=True).content.decode()

    assert "Chủ Tịch Thử xác nhận" in text
    assert "nguyên vẹn" in text
    assert "đủ giấy tờ" in text
    assert mark in text
    assert AuditEvent.objects.get(action="confirm").actor == office.head
    Cadre.objects.filter(pk=office.people[0].pk).update(ethnicity="Dao")
    assert "Dao" not in page(client, url)


def test_a_record_that_changed_is_shown_again_before_it_is_confirmed(client, office):
    unit = office.sent()
    url = unit.get_absolute_url()
    as_(client, office.head)
    mark = page(client, url).split('name="dau" value="')[1].split('"')[0]
    Cadre.objects.filter(pk=office.people[0].pk).update(ethnicity="Dao")

    text = client.post(f"{url}xac-nhan/", {"dau": mark}, follow=True).content.decode()

    assert "hồ sơ vừa thay đổi" in text
    assert "Dao" in text
    unit.refresh_from_db()
    assert unit.state == "sent"


def test_the_district_opens_a_list_again_with_a_reason_in_the_log(client, office):
    unit = office.confirmed()
    url = unit.get_absolute_url()
    as_(client, office.hr)

    assert "nhập lý do" in client.post(f"{url}mo-lai/", follow=True).content.decode()
    text = client.post(f"{url}mo-lai/", {"reason": "sót một người"}, follow=True).content.decode()

    assert "Đã mở lại" in text
    assert "Danh sách đã xác nhận" in text
    assert "Mở lại" in text
    assert "sót một người" in text
    assert AuditEvent.objects.get(action="revoke").purpose == "sót một người"
    assert "mở lại danh sách" not in page(as_(client, office.clerk), url).lower().split("<main")[0]


def test_the_head_gives_back_and_only_the_clerk_ticks(client, office):
    unit = office.sent()
    url = unit.get_absolute_url()
    as_(client, office.head)

    assert client.post(f"{url}danh-dau/").status_code == 403
    client.post(f"{url}tra-lai/", {"reason": "thiếu người"})

    unit.refresh_from_db()
    assert unit.state == "open"
    assert 'name="da_xem"' not in page(client, url)
    text = page(as_(client, office.clerk), url)
    assert 'name="da_xem"' in text
    assert f"{office.head.full_name}: thiếu người" in text
    assert "thiếu người" not in page(client, "/tai-khoan/thong-bao/")
    client.post(f"{url}gui/")
    assert "thiếu người" not in page(client, url)


@pytest.mark.parametrize("role", [Role.COMMUNE_CLERK, Role.COMMUNE_HEAD])
def test_a_commune_sees_nothing_of_the_list_of_another(client, office, role):
    other = make_commune("Xã Bạn")
    make_holding(make_cadre("Đỗ Văn Khác"), office.post, other)
    review = office.review(communes=[office.commune, other])
    theirs = review.units.get(commune=other)
    only_theirs = office.review(communes=[other])
    as_(client, make_user(role, commune=office.commune))

    assert "Xã Bạn" not in page(client, f"{LIST}{review.pk}/")
    assert "0/1 đơn vị" in page(client, LIST)
    page(client, theirs.get_absolute_url(), status=404)
    page(client, f"{LIST}{only_theirs.pk}/", status=404)
    for step in ("danh-dau", "gui", "xac-nhan", "tra-lai"):
        answer = client.post(f"{theirs.get_absolute_url()}{step}/", {"reason": "x"})
        assert answer.status_code in (403, 404)
    assert ReviewUnit.objects.get(pk=theirs.pk).state == "open"


def test_the_leader_follows_in_numbers_alone(client, office):
    unit = office.confirmed()
    as_(client, make_user(Role.LEADER))

    text = page(client, f"{LIST}{unit.review_id}/")
    assert "1/1 đơn vị đã xác nhận" in text
    assert unit.get_absolute_url() not in text
    page(client, unit.get_absolute_url(), status=403)


def test_a_closed_review_is_read_and_offers_no_step(client, office):
    unit = office.confirmed()
    as_(client, office.hr)
    assert (
        "Đã kết thúc"
        in client.post(f"{LIST}{unit.review_id}/ket-thuc/", follow=True).content.decode()
    )

    text = page(client, unit.get_absolute_url())
    assert "Danh sách đã xác nhận" in text
    assert "mo-lai" not in text
    assert (
        "đã kết thúc từ trước"
        in client.post(f"{LIST}{unit.review_id}/ket-thuc/", follow=True).content.decode()
    )


def test_a_review_with_unconfirmed_lists_is_closed_knowingly_and_its_units_are_told(client, office):
    unit = office.unit()
    url, review = unit.get_absolute_url(), f"{LIST}{unit.review_id}/"
    as_(client, office.hr)

    text = page(client, review)
    assert f"Còn 1 đơn vị chưa xác nhận:</b> {unit.commune.name}" in text
    refused = client.post(f"{review}ket-thuc/", follow=True).content.decode()
    assert "Chưa kết thúc: 1 đơn vị chưa xác nhận" in refused
    assert Review.objects.get().closed_at is None
    assert not Notice.objects.filter(text__contains="đã kết thúc").exists()
    client.post(f"{review}ket-thuc/", {"chua-xac-nhan": "1"})

    assert Review.objects.get().closed_at is not None
    told = Notice.objects.filter(text__contains="đã kết thúc; danh sách của đơn vị chưa được xác")
    assert {notice.user for notice in told} == {office.clerk, office.head}
    as_(client, office.clerk)
    text = page(client, url)
    assert "đã kết thúc, chưa xác nhận" in text
    assert "đang rà soát" not in text
    assert "không làm gì thêm ở đây được" in text


def test_ticking_everyone_is_asked_first_with_how_many(client, office):
    unit = office.unit()
    as_(client, office.clerk)

    text = page(client, unit.get_absolute_url())

    step = text.split('<summary class="card-body">Đánh dấu', 1)[1].split("</details>")[0]
    assert "Ghi tên bạn là người đã rà soát 2 người còn lại" in step
    assert 'value="tat-ca"' in step
    assert 'value="tat-ca"' not in text.replace(step, "")


def test_what_opening_a_review_lacks_is_named(client, office):
    as_(client, office.hr)

    text = client.post(f"{LIST}mo/", {"title": ""}).content.decode()

    for words in ("Nhập tên đợt rà soát.", "Chọn ít nhất một nhóm", "Nhập ngày tính của danh sách.",
                  "Nhập hạn xác nhận."):  # fmt: skip
        assert words in text
    assert "Trường này là bắt buộc" not in text


@pytest.mark.parametrize("who", ["clerk", "head"])
def test_a_list_costs_as_much_for_500_people_as_for_two(client, office, who):
    unit = office.sent() if who == "head" else office.unit()
    as_(client, getattr(office, who))
    asked = []
    for number in (0, 500):
        for _ in range(number):
            person = make_cadre()
            make_holding(person, office.post, office.commune)
            unit.lines.create(cadre=person, checked_at=timezone.now())
        page(client, unit.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            text = page(client, unit.get_absolute_url())
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 35, asked
    assert text.count('class="review-line"') == 50


@pytest.mark.parametrize("values", [{"dong": ["x", "9" * 30, "-1"]}, {"trang": "9" * 30}, {}])
def test_nonsense_ticks_nobody(client, office, values):
    unit = office.unit()
    as_(client, office.clerk)

    assert client.post(f"{unit.get_absolute_url()}danh-dau/", values).status_code == 302
    assert not unit.lines.exclude(checked_at=None).exists()


def test_a_review_without_people_says_what_to_do(client, office):
    empty = make_commune("Xã Trống")
    clerk = make_user(Role.COMMUNE_CLERK, commune=empty)
    review = actions.open_review(
        office.hr, title="x", groups=["identity"], as_of=DAY, due_on=DAY, communes=[empty]
    )

    text = page(as_(client, clerk), review.units.get().get_absolute_url())

    assert "Không có ai trong danh sách" in text
