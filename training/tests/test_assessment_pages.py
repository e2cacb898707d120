"""The pages of competences: who sees, enters, confirms and withdraws what."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post
from training.models import Assessment
from training.tests.factories import make_asked, make_assessment, make_competence

pytestmark = pytest.mark.django_db
LIST = "/dao-tao/nang-luc/"
State = Assessment.State


@pytest.fixture
def world(client):
    """A commune with one person whose post asks level 2, and a way to sign in."""
    commune, post, competence = make_commune("Xã Nhà"), make_post(), make_competence("Tin học")
    make_asked(post, competence, 2)
    cadre = make_holding(make_cadre("Người Nhà"), post, commune).cadre

    def sign_in(role):
        own = {"commune": commune} if role in (Role.COMMUNE_CLERK, Role.COMMUNE_HEAD) else {}
        user = make_user(role, **own)
        client.force_login(user, "accounts.backends.WithCommune")
        return user

    return client, commune, cadre, competence, sign_in


def paper(competence, level="2", **fields):
    return {"assessed_on": "01/03/2023", f"c_{competence.pk}": level, **fields}


def test_a_clerk_enters_a_paper_and_it_waits_on_the_list(world):
    client, _, cadre, competence, sign_in = world
    sign_in(Role.COMMUNE_CLERK)
    form = client.get(f"/can-bo/{cadre.pk}/nang-luc/them/").content.decode()
    assert "Chức danh cần: Mức 2: Làm được; hiện: chưa đánh giá" in form

    client.post(f"/can-bo/{cadre.pk}/nang-luc/them/", paper(competence, note="Phiếu 7"))

    page = client.get(LIST).content.decode()
    assert Assessment.objects.get().state == State.ENTERED
    assert "Phiếu 7" in page
    assert "chờ xác nhận: mức 2" in page
    assert "1 chưa đánh giá" in page
    assert AuditEvent.objects.filter(subject_type="assessment", action="create").count() == 1


def test_what_the_districts_staff_enters_waits_for_the_head_too(world):
    client, _, cadre, competence, sign_in = world
    sign_in(Role.DISTRICT_HR)

    client.post(f"/can-bo/{cadre.pk}/nang-luc/them/", paper(competence))

    assert Assessment.objects.get().state == State.ENTERED
    assert client.post(f"{LIST}xac-nhan/", {"chon": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"assessed_on": "31/02/2023"}, "ngày có thật"), ({"assessed_on": "1/1/2099"}, "hôm nay"),
     ({"assessed_on": "11/05/2021"}, "chức vụ đầu tiên từ 12/05/2021"),
     ({"level": "4"}, "không có mức ấy"), ({"level": "x\x00"}, "không có mức ấy"),
     ({"level": ""}, "Chưa chọn mức nào"), ({"note": "x" * 256}, "255"),
     ({"note": "\x00"}, "U+0000")],
)  # fmt: skip
def test_what_is_wrong_with_a_paper_is_told(world, fields, told):
    client, _, cadre, competence, sign_in = world
    sign_in(Role.COMMUNE_CLERK)
    if fields.get("assessed_on") == "1/1/2099":
        fields = {"assessed_on": f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"}

    page = client.post(f"/can-bo/{cadre.pk}/nang-luc/them/", paper(competence, **fields))

    assert page.status_code == 200
    assert told in page.content.decode()
    assert not Assessment.objects.exists()


def test_a_paper_sent_twice_is_written_once_and_the_second_time_told(world):
    client, _, cadre, competence, sign_in = world
    clerk = sign_in(Role.COMMUNE_CLERK)
    address = f"/can-bo/{cadre.pk}/nang-luc/them/"
    client.post(address, paper(competence))

    page = client.post(address, paper(competence, level="3")).content.decode()

    assert Assessment.objects.get().level == 2
    assert f"Đã có đánh giá ngày 01/03/2023 (Mức 2: Làm được, {clerk.full_name} nhập)" in page


def test_the_head_confirms_ticked_rows_and_the_line_then_counts(world):
    client, _, cadre, competence, sign_in = world
    mine = make_assessment(cadre, competence, 1)
    left = make_assessment(cadre, competence, 3, assessed_on=date(2023, 4, 1))
    head = sign_in(Role.COMMUNE_HEAD)
    assert f'value="{mine.pk}" form="xac-nhan"' in client.get(LIST).content.decode()

    response = client.post(f"{LIST}xac-nhan/", {"chon": [mine.pk]}, follow=True)

    mine.refresh_from_db()
    left.refresh_from_db()
    assert (mine.state, mine.confirmed_by, left.state) == ("confirmed", head, "entered")
    page = response.content.decode()
    assert "Đã xác nhận 1 đánh giá" in page
    assert "thiếu 1 mức" in page
    event = AuditEvent.objects.get(action="confirm")
    assert event.subject_ids == [mine.pk]


@pytest.mark.parametrize("ticked", [[], ["x"], ["999999999"], ["1" * 40], ["\x00"]])
def test_ticks_that_mean_nothing_confirm_nothing(world, ticked):
    client, _, cadre, competence, sign_in = world
    make_assessment(cadre, competence)
    sign_in(Role.COMMUNE_HEAD)

    page = client.post(f"{LIST}xac-nhan/", {"chon": ticked}, follow=True).content.decode()

    assert Assessment.objects.get().state == State.ENTERED
    assert "Chưa xác nhận gì" in page or "không còn chờ xác nhận" in page


def test_who_entered_withdraws_with_a_reason_that_stands_in_the_row_and_the_log(world):
    client, _, cadre, competence, sign_in = world
    clerk = sign_in(Role.COMMUNE_CLERK)
    made = make_assessment(cadre, competence, entered_by=clerk)

    empty = client.post(f"{LIST}{made.pk}/rut/", {"reason": " "})
    client.post(f"{LIST}{made.pk}/rut/?xa=1&ngay=2023-06-08", {"reason": "Nhầm người"})

    made.refresh_from_db()
    assert empty.status_code == 200
    assert (made.state, made.withdrawn_reason) == (State.WITHDRAWN, "Nhầm người")
    assert AuditEvent.objects.get(action="revoke").purpose == "Nhầm người"


@pytest.mark.parametrize(
    ("state", "told"),
    [(State.ENTERED, "hoặc người đứng đầu rút được"), (State.CONFIRMED, "chỉ người đứng đầu"),
     (State.WITHDRAWN, "đã rút")],
)  # fmt: skip
def test_whoever_may_not_withdraw_is_told_who_may(world, state, told):
    client, _, cadre, competence, sign_in = world
    made = make_assessment(cadre, competence, state=state)
    sign_in(Role.COMMUNE_CLERK)

    page = client.post(f"{LIST}{made.pk}/rut/", {"reason": "thử"})

    made.refresh_from_db()
    assert made.state == state
    assert told in page.content.decode()


@pytest.mark.parametrize("role", [Role.COMMUNE_CLERK, Role.COMMUNE_HEAD])
def test_a_commune_sees_its_own_people_alone(world, role):
    client, commune, _, _, sign_in = world
    other = make_commune("Xã Bạn")
    stranger = make_holding(make_cadre("Người Bạn"), commune=other).cadre
    made = make_assessment(stranger)
    sign_in(role)

    pages = [client.get(f"{LIST}?xa={key}").content.decode() for key in ("", commune.pk, other.pk)]

    assert all("Người Nhà" in page for page in pages)
    assert not any("Người Bạn" in page for page in pages)
    assert client.get(f"{LIST}{made.pk}/rut/").status_code == 404


def test_the_district_chooses_a_unit_and_leaders_only_read(world):
    client, commune, cadre, competence, sign_in = world
    make_assessment(cadre, competence)
    make_commune("Xã Bạn")
    sign_in(Role.LEADER)

    unchosen = client.get(LIST).content.decode()
    chosen = client.get(f"{LIST}?xa={commune.pk}").content.decode()

    assert "Chọn một đơn vị để xem" in unchosen
    assert "Người Nhà" in chosen
    for words in ("Nhập đánh giá", "Xác nhận các dòng", "/rut/"):
        assert words not in chosen


@pytest.mark.parametrize(
    ("only", "is_shown"), [("", True), ("thieu", False), ("chua", True), ("cho", False)]
)
def test_the_list_is_narrowed_to_what_is_lacking(world, only, is_shown):
    client, _, _, _, sign_in = world
    sign_in(Role.COMMUNE_CLERK)

    page = client.get(f"{LIST}?chi={only}").content.decode()

    assert ("Người Nhà" in page) is is_shown
    assert is_shown or "Không có ai khớp bộ lọc" in page


@pytest.mark.parametrize(
    "query", ["xa=abc", "xa=99999999999999999999", "xa=%00", "chi=lạ", "ngay=2023-13-40",
              "trang=999", "trang=x"]
)  # fmt: skip
def test_an_address_that_means_nothing_is_no_fault(world, query):
    client, _, _, _, sign_in = world
    sign_in(Role.DISTRICT_HR)

    assert client.get(f"{LIST}?{query}").status_code == 200


def test_someone_whose_post_asks_nothing_is_listed_so(world):
    client, commune, _, _, sign_in = world
    make_holding(make_cadre("Không Yêu Cầu"), commune=commune)
    sign_in(Role.COMMUNE_CLERK)

    page = client.get(LIST).content.decode()

    assert "chưa có yêu cầu năng lực ngày" in page


@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD])
def test_a_large_unit_costs_as_much_as_a_small_one(world, role, django_assert_max_num_queries):
    client, commune, cadre, competence, sign_in = world
    post = cadre.holdings.get().post
    for _ in range(60):
        person = make_holding(make_cadre("Tên Rất Dài " * 4), post, commune).cadre
        make_assessment(person, competence)
    sign_in(role)

    with django_assert_max_num_queries(12):
        page = client.get(f"{LIST}?xa={commune.pk}")

    assert "61 đánh giá" in page.content.decode() or "60 đánh giá" in page.content.decode()
    assert len(page.content) < 100 * 1024


def test_the_form_costs_a_fixed_number_of_queries(world, django_assert_max_num_queries):
    client, _, cadre, _, sign_in = world
    for number in range(30):
        make_competence(f"Năng lực {number}")
    sign_in(Role.COMMUNE_CLERK)

    with django_assert_max_num_queries(12):
        assert client.get(f"/can-bo/{cadre.pk}/nang-luc/them/").status_code == 200
