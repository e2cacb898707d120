"""The page of the proposal: whom it takes, what it says of each, how it is overruled."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres import catalogue as record_catalogue
from cadres.models import Post
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_discipline,
    make_holding,
    make_membership,
    make_qualification,
)
from reports import catalogue
from training.models import Credit, TrainingClass
from training.tests.factories import make_class, make_enrolment, make_programme

pytestmark = pytest.mark.django_db
PAGE = "/bao-cao/de-xuat/?ngay=2023-06-08&chi_tieu=org_deputies_political"


@pytest.fixture
def commune(db):
    record_catalogue.load()
    catalogue.load()
    return make_commune("Xã Đầu")


@pytest.fixture
def programme(commune):
    return make_programme(admission="llct_middle", days=10, hours=100)


def deputy(name, commune, rank=1, post="NK01", **fields):
    cadre = make_cadre(name, born_on="1985-05-05", **fields)
    make_holding(cadre, Post.objects.get(code=post), commune, valid_from=date(2021, 1, 1))
    make_qualification(cadre, "political", rank, awarded_on="2015")
    return cadre


def signed_in(client, role=Role.DISTRICT_HR):
    client.force_login(make_user(role), "accounts.backends.WithCommune")
    return client


def asked(client, programme, **more):
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return client.get(f"{PAGE}&ct={programme.pk}{query}")


def sent(response):
    """Names proposed, by class."""
    made = response.context["made"]
    return [[line.full_name for line in filled.lines] for filled in made.filled]


def left(response):
    return {line.full_name: line.why for line in response.context["made"].left}


def test_those_outside_the_numerator_fill_the_supposed_classes(client, commune, programme):
    for name in ("Lê Thị Ba", "Lê Thị An", "Lê Thị Cúc"):
        deputy(name, commune)
    deputy("Lê Thị Đã", commune, rank=2)

    page = asked(signed_in(client), programme, them_lop=1, so_cho=2)

    assert sent(page) == [["Lê Thị An", "Lê Thị Ba"]]
    assert left(page) == {"Lê Thị Cúc": "các lớp đã hết chỗ"}
    made = page.context["made"]
    assert str(made.before) == "1/4"
    assert str(made.most) == "3/4"


def test_the_pass_rate_is_expected_in_whole_people(client, commune, programme):
    for number in range(5):
        deputy(f"Lê Thị {number}", commune)

    made = asked(signed_in(client), programme, them_lop=1, dat=50).context["made"]

    assert (made.before.numerator, made.expected.numerator, made.most.numerator) == (0, 3, 5)


def test_seats_of_a_class_on_record_come_first_and_those_taken_do_not_count(
    client, commune, programme
):
    taught = make_class(
        "Lớp Mùa thu", programme=programme, begins_on=date(2023, 9, 1),
        ends_on=date(2023, 9, 9), capacity=2,
    )  # fmt: skip
    make_enrolment(taught, make_cadre("Người Khác"))
    make_enrolment(taught, make_cadre("Đã Rút"), result="withdrawn")
    for name in ("Lê Thị An", "Lê Thị Ba"):
        deputy(name, commune)

    page = asked(signed_in(client), programme)

    assert sent(page) == [["Lê Thị An"]]
    assert f"/dao-tao/{taught.pk}/ghi-danh/?nguoi=" in page.content.decode()


def test_whoever_sits_in_such_a_class_already_is_not_proposed_again(client, commune, programme):
    running = make_class("Lớp Đang học", programme=programme, state=TrainingClass.State.RUNNING)
    make_enrolment(running, deputy("Lê Thị Học", commune))

    page = asked(signed_in(client), programme, them_lop=1)

    assert left(page) == {"Lê Thị Học": "đang học lớp “Lớp Đang học”"}


@pytest.mark.parametrize("rank", [2, 3])
def test_whoever_passed_and_waits_for_the_certificate_is_not_proposed(
    client, commune, programme, rank
):
    taught = make_class("Lớp Đã Xong", programme=programme, state=TrainingClass.State.CLOSED)
    passed = make_enrolment(taught, deputy("Lê Thị Xong", commune), result="passed")
    Credit.objects.create(cadre=passed.cadre, enrolment=passed, strand="political", rank=rank,
                          awarded_on=date(2023, 3, 10))  # fmt: skip

    for keep in ("", passed.cadre.pk):
        page = asked(signed_in(client), programme, them_lop=1, giu=keep)
        words = "đã đạt lớp “Lớp Đã Xong”, chờ xác nhận chứng chỉ"
        assert left(page) == {"Lê Thị Xong": words}


def test_whoever_may_not_be_sent_is_told_why_and_a_leader_not_of_discipline(
    client, commune, programme
):
    make_discipline(deputy("Lê Thị Lỗi", commune), decided_on=date(2023, 3, 1),
                    effective_on=date(2023, 3, 1))  # fmt: skip

    why = left(asked(signed_in(client), programme, them_lop=1))["Lê Thị Lỗi"]
    told = left(asked(signed_in(client, Role.LEADER), programme, them_lop=1))["Lê Thị Lỗi"]

    assert "cảnh cáo" in why.lower()
    assert "cảnh cáo" not in told.lower()
    assert "Phòng Nội vụ giữ" in told


def test_whoever_passing_does_not_help_is_told_so(client, commune, programme):
    basic = make_programme("Sơ cấp", rank=1, admission="", days=10)
    cadre = make_cadre("Lê Thị Mới", born_on="1985")
    make_holding(cadre, Post.objects.get(code="NK01"), commune, valid_from=date(2021, 1, 1))
    make_qualification(cadre, "political", 0)

    page = asked(signed_in(client), basic, them_lop=1)

    assert left(page) == {"Lê Thị Mới": "đạt chương trình này vẫn chưa làm tăng tỷ lệ"}


def test_no_more_than_the_share_of_a_commune_is_sent_at_once(client, commune, programme):
    for number in range(10):
        deputy(f"Lê Thị {number}", commune)

    page = asked(signed_in(client), programme, them_lop=1, di_hoc=20)

    assert len(page.context["made"].sent) == 2
    assert set(left(page).values()) == {"xã đã đủ số người vắng cùng lúc"}


def test_those_who_are_away_already_take_from_the_share(client, commune, programme):
    people = [deputy(f"Lê Thị {number}", commune) for number in range(10)]
    other = make_class(begins_on=date(2023, 7, 1), ends_on=date(2023, 12, 31))
    make_enrolment(other, people[0])

    page = asked(signed_in(client), programme, them_lop=1, di_hoc=20, tu="01/08/2023")

    assert len(page.context["made"].sent) == 1


def test_money_is_read_with_points_and_not_overspent(client, commune, programme):
    for number in range(3):
        deputy(f"Lê Thị {number}", commune)

    page = asked(signed_in(client), programme, them_lop=1, chi_phi="1.000.000",
                 ngan_sach="2.500.000")  # fmt: skip

    assert len(page.context["made"].sent) == 2
    assert page.context["made"].proposal.cost == 2_000_000
    assert set(left(page).values()) == {"hết kinh phí"}


def test_the_planner_leaves_people_out_and_keeps_others_in(client, commune, programme):
    first, second = deputy("Lê Thị An", commune), deputy("Lê Thị Ba", commune)
    signed_in(client)

    out = asked(client, programme, them_lop=1, so_cho=1, bo=first.pk)
    back = asked(client, programme, them_lop=1, so_cho=1, bo_cu=first.pk, giu=first.pk)
    kept = asked(client, programme, them_lop=1, so_cho=1, giu_cu=second.pk)

    assert (sent(out), left(out)) == ([["Lê Thị Ba"]], {"Lê Thị An": "bạn để ngoài"})
    assert sent(back) == [["Lê Thị An"]]
    assert sent(kept) == [["Lê Thị Ba"]]


def test_people_who_cannot_all_be_kept_are_told(client, commune, programme):
    people = [deputy(f"Lê Thị {number}", commune) for number in range(2)]
    query = "".join(f"&giu={each.pk}" for each in people)

    page = signed_in(client).get(f"{PAGE}&ct={programme.pk}&them_lop=1&so_cho=1{query}")

    assert "không xếp hết được" in page.content.decode()
    assert sent(page) == [[]]


def test_the_sooner_deadline_of_a_transition_goes_first(client, commune):
    degree = make_programme("Đại học", strand="professional", rank=4, admission="", days=100)
    page_of = "/bao-cao/de-xuat/?ngay=2023-06-08&chi_tieu=civil_servants_degree"
    for name, recruited in (("Lê Văn An", "2021-01-01"), ("Lê Văn Bá", "2015-01-01")):
        cadre = make_cadre(name, born_on="1985-05-05", recruited_on=recruited)
        make_holding(cadre, Post.objects.get(code="CC07"), commune, valid_from=date(2021, 1, 1))
        make_qualification(cadre, rank=3, field="culture", awarded_on="2010")
        make_qualification(cadre, "general", 3, awarded_on="2000")

    page = signed_in(client).get(f"{page_of}&ct={degree.pk}&them_lop=1&so_cho=1")

    assert sent(page) == [["Lê Văn Bá"]]
    assert page.context["made"].filled[0].lines[0].due == date(2024, 12, 25)


@pytest.mark.parametrize(
    ("field", "value"),
    [("so_cho", "x"), ("them_lop", "99"), ("tu", "01/01/2020"), ("ngan_sach", "1,5"),
     ("di_hoc", "0"), ("dat", "101")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_at_its_field(client, commune, programme, field, value):
    page = asked(signed_in(client), programme, **{field: value})

    assert field in page.context["form"].errors
    assert "made" not in page.context


@pytest.mark.parametrize("query", ["&ct=999999999", "&ct=x", "&ct=%00", "&chi_tieu=khong-co&ct=1"])
def test_an_unknown_programme_or_ratio_is_told(client, commune, query):
    page = signed_in(client).get(f"{PAGE}{query}")

    assert page.status_code == 200
    assert page.context["form"].errors


def test_without_any_class_everyone_is_told_so(client, commune, programme):
    deputy("Lê Thị An", commune)

    page = asked(signed_in(client), programme)

    assert left(page) == {"Lê Thị An": "chưa có lớp nào để xếp"}
    assert "ghi số lớp dự kiến thêm" in page.content.decode()


def test_the_page_asks_as_much_for_many_as_for_few(client, commune, programme):
    signed_in(client)
    numbers = []
    for count in (2, 40):
        for number in range(count):
            make_membership(deputy(f"Lê Thị {number}", commune), commune)
        asked(client, programme, them_lop=2, di_hoc=50)
        with CaptureQueriesContext(connection) as queries:
            asked(client, programme, them_lop=2, di_hoc=50)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]


def test_the_first_days_of_supposed_classes_are_some_months_apart(client, commune, programme):
    page = asked(signed_in(client), programme, them_lop=3, cach=2, tu="31/08/2023")

    places = [filled.place for filled in page.context["made"].filled]
    assert [place.begins_on for place in places] == [
        date(2023, 8, 31), date(2023, 10, 31), date(2023, 12, 31),
    ]  # fmt: skip
    assert all(place.ends_on - place.begins_on == timedelta(days=9) for place in places)
