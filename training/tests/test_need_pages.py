"""The page of needs: who lacks what, to whom it is shown, what its bar does, what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.demo import refer_to
from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_discipline,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rule,
    make_short_training,
    make_status,
    make_title_set,
)
from intake.models import Review, ReviewLine, ReviewUnit
from training.models import Credit, Need
from training.tests.factories import (
    make_class,
    make_enrolment,
    make_need,
    make_plan_line,
    make_programme,
)

pytestmark = pytest.mark.django_db
LIST, CHOOSE, ADD = "/dao-tao/nhu-cau/", "/dao-tao/nhu-cau/chon/", "/dao-tao/nhu-cau/lap/"
REGISTER, CONFIRM = "/dao-tao/nhu-cau/da-neu/", "/dao-tao/nhu-cau/xac-nhan/"
DAY = date(2023, 6, 8)


class District:
    """Two communes; a deputy without trung cấp in each, and a civil servant without a degree."""

    def __init__(self):
        self.home, self.away = make_commune("Xã Nhà"), make_commune("Xã Bạn")
        self.deputies = make_post("Phó CT MTTQ", group="org_deputy", category="part_time")
        self.offices = make_post("Văn phòng")
        make_title_set(self.offices)
        self.rule = make_rule(
            requirement={"level": {"strand": "professional", "min": 4}},
            transition_until=date(2024, 12, 25),
            transition_condition={"recruited_before": "2019-12-25"},
        )
        self.middle = make_programme(admission="llct_middle")
        self.degree = make_programme("Đại học Luật", strand="professional", rank=4, hours=None)
        self.an = self.deputy("Trần Thị An", self.home)
        self.binh = self.deputy("Lê Văn Bình", self.away)
        self.cuc = make_cadre("Đỗ Thị Cúc", recruited_on="2012")
        make_holding(self.cuc, self.offices, self.home)
        make_qualification(self.cuc, "professional", 3)
        make_qualification(self.cuc, "political", 1)

    def deputy(self, name, commune, **fields):
        person = make_cadre(name, **fields)
        make_holding(person, self.deputies, commune)
        make_qualification(person, "political", 1)
        return person


@pytest.fixture
def district():
    return District()


def signed_in(client, role, **fields):
    user = make_user(role, **fields)
    client.force_login(user, "accounts.backends.WithCommune")
    return user


@pytest.fixture
def staff(client):
    return signed_in(client, Role.DISTRICT_HR)


def page(client, url=LIST, **query):
    found = client.get(url, {"ngay": "2023-06-08", **query})
    assert found.status_code == 200
    return found


def names(found):
    return [line.name for line in found.context["lines"]]


def text_of(found):
    return found.content.decode()


def token(person, code):
    return f"{person.pk}:{code}"


def test_gaps_of_standards_and_backlogs_are_listed_by_name(client, staff, district):
    found = page(client)

    assert names(found) == ["Trần Thị An", "Lê Văn Bình", "Đỗ Thị Cúc"]
    gaps = [line.row.gap.code for line in found.context["lines"]]
    assert gaps == ["political-2", "political-2", "professional-4"]
    assert "còn thời hạn đến 25/12/2024" in text_of(found)
    assert "Đại học Luật" in text_of(found)


def test_counts_on_top_lead_to_those_they_count(client, staff, district):
    sums = page(client).context["asked"].sums

    assert [(each["lacking"], each["words"]) for each in sums] == [
        (2, "chưa có trung cấp lý luận chính trị"),
        (1, "chưa có đại học chuyên môn"),
    ]
    found = client.get(LIST + sums[0]["url"])
    assert names(found) == ["Trần Thị An", "Lê Văn Bình"]


def test_a_programme_lists_everyone_without_its_level_and_the_rule(client, staff, district):
    found = page(client, ct=district.middle.pk)

    assert names(found) == ["Trần Thị An", "Lê Văn Bình", "Đỗ Thị Cúc"]
    assert "không thuộc đối tượng học trung cấp LLCT" in text_of(found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "binh"}, ["Lê Văn Bình"]),
        ({"q": "khong co ai"}, []),
        ({"nhom": "org_deputy"}, ["Trần Thị An", "Lê Văn Bình"]),
        ({"muc": "professional-4"}, ["Đỗ Thị Cúc"]),
        ({"han": "24/12/2024"}, []),
        ({"han": "25/12/2024"}, ["Đỗ Thị Cúc"]),
        ({"dk": "khong"}, []),
        ({"dk": "huu"}, []),
        ({"tra_loi": "chua"}, ["Trần Thị An", "Lê Văn Bình", "Đỗ Thị Cúc"]),
        ({"tra_loi": "cho"}, []),
    ],
)
def test_filters(client, staff, district, query, expected):
    assert names(page(client, **query)) == expected


def test_filters_of_unit_and_eligibility(client, staff, district):
    assert names(page(client, don_vi=district.away.pk)) == ["Lê Văn Bình"]
    assert names(page(client, ct=district.middle.pk, dk="khong")) == ["Đỗ Thị Cúc"]
    assert names(page(client, ct=district.middle.pk, dk="du")) == ["Trần Thị An", "Lê Văn Bình"]


def test_several_people_may_be_asked_for_by_key(client, staff, district):
    found = page(client, nguoi=[district.an.pk, district.cuc.pk, "x"])

    assert names(found) == ["Trần Thị An", "Đỗ Thị Cúc"]
    both = page(client, nguoi=[district.an.pk, district.cuc.pk], q="cuc")
    assert names(both) == ["Đỗ Thị Cúc"]


@pytest.mark.parametrize(
    "query",
    [
        {"ct": "99999999999999999999"}, {"don_vi": "x"}, {"han": "31/02/2023"}, {"nam": "x"},
        {"dot": "7"}, {"muc": "\x00"}, {"q": "\x00"}, {"trang": "999999"}, {"nguoi": "²"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_narrows_nothing_and_fails_nowhere(client, staff, district, query):
    page(client, **query)


def test_answers_are_shown_and_filtered(client, staff, district):
    need = make_need(district.an, district.middle, commune=district.home, year=2024)

    assert "Cử đi học 2024" in text_of(page(client))
    assert names(page(client, tra_loi="cho")) == ["Trần Thị An"]
    assert names(page(client, tra_loi="send")) == ["Trần Thị An"]
    assert names(page(client, tra_loi="roi")) == []
    assert names(page(client, tra_loi="chua", nam=2025)) == names(page(client))
    assert names(page(client, tra_loi="chua", nam=2024)) == ["Lê Văn Bình", "Đỗ Thị Cúc"]
    Need.objects.filter(pk=need.pk).update(state="confirmed")
    assert names(page(client, tra_loi="roi")) == ["Trần Thị An"]
    make_enrolment(cadre=district.an, need=need, result="failed", result_on=DAY)
    assert names(page(client, tra_loi="lai")) == ["Trần Thị An"]
    assert "học không xong, nhu cầu còn" in text_of(page(client))


def test_an_answer_to_the_gap_counts_whatever_the_programme(client, staff, district):
    make_need(district.cuc, commune=district.home, answer="exempt", reason="Miễn",
              programme=district.middle, strand="professional", rank=4)  # fmt: skip
    other = make_programme("Nghiệp vụ", content="law")
    make_need(district.an, other, commune=district.home, strand="", rank=None, content="law")

    assert names(page(client, tra_loi="chua")) == ["Trần Thị An", "Lê Văn Bình"]
    assert names(page(client, tra_loi="exempt")) == ["Đỗ Thị Cúc"]


def test_a_commune_sees_its_own_people_alone(client, district):
    signed_in(client, Role.COMMUNE_CLERK, commune=district.home)

    found = page(client)

    assert names(found) == ["Trần Thị An", "Đỗ Thị Cúc"]
    assert "Lê Văn Bình" not in text_of(found)


def test_a_leader_learns_nothing_of_discipline(client, district):
    make_discipline(district.an, "warning", effective_on=date(2023, 1, 9))
    make_discipline(district.binh, "warning", system="party", effective_on=date(2023, 1, 9))

    signed_in(client, Role.LEADER)
    told = text_of(page(client))
    signed_in(client, Role.DISTRICT_HR)

    assert "lý do do Phòng Nội vụ giữ" in told
    assert "cảnh cáo" not in told
    assert text_of(page(client)).count("cảnh cáo") == 2


def test_what_a_leader_can_filter_by_does_not_separate_the_disciplined(client, district):
    """Refused for discipline, or as decided retirement comes first: the list is the same."""
    make_discipline(district.an, "warning", effective_on=date(2023, 1, 9))
    make_status(district.binh, "retired", valid_from=date(2023, 6, 9))

    signed_in(client, Role.LEADER)
    refused = page(client, dk="khong")

    assert {"Trần Thị An", "Lê Văn Bình"} <= set(names(refused))
    assert text_of(refused).count("lý do do Phòng Nội vụ giữ") == len(names(refused))
    assert "Lê Văn Bình" not in names(page(client, dk="huu"))
    assert "nghỉ hưu ngày" not in text_of(refused)


def test_who_retires_soon_is_shown_and_not_proposed(client, staff, district):
    """A man of August 1962 retires in May 2023 by NĐ 135/2020 and still serves part time."""
    district.deputy("Vũ Văn Già", district.home, born_on="1962-08-01")

    found = page(client, dk="huu")

    assert names(found) == ["Vũ Văn Già"]
    assert "sắp nghỉ hưu, không đề xuất" in text_of(found)
    assert page(client).context["asked"].sums[0]["resting"] == 1


def test_the_list_is_logged_once(client, staff, district):
    page(client)

    event = AuditEvent.objects.filter(action=AuditEvent.Action.LIST).get()
    assert event.subject_count == 3


def test_a_personal_number_is_asked_for_elsewhere(client, staff):
    assert client.get(LIST, {"q": "019203000001"}).status_code == 302
    assert client.get(REGISTER, {"q": "019203000001"}).status_code == 302


def test_nobody_lacks_anything(client, staff):
    assert "Không ai còn thiếu gì" in text_of(page(client))
    assert "Không có ai khớp bộ lọc" in text_of(page(client, nhom="leader"))


def test_ten_cost_as_many_queries_as_fifty(client, staff, district):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, ct=district.middle.pk)
        return len(queries)

    page(client)
    few = cost()
    for number in range(60):
        person = district.deputy(f"Trần Văn {number}", district.home)
        make_need(person, district.middle, commune=district.home)

    assert cost() == few
    assert few <= 12


def test_a_hundred_rows_are_no_heavy_page(client, staff, district):
    for number in range(100):
        district.deputy(f"Trần Văn {number}", district.home)

    assert len(page(client).content) < 100 * 1024


def choose(client, *tokens, task="lap", **more):
    return client.post(CHOOSE, {"chon": tokens, "viec": task, "loc": "ngay=2023-06-08", **more})


def test_the_bar_leads_on_with_whom_was_ticked(client, staff, district):
    answer = choose(client, token(district.an, "political-2"), "999:law", "rác")

    assert answer.status_code == 302
    found = client.get(answer["Location"])
    assert [line.name for line, *_ in found.context["lines"]] == ["Trần Thị An"]


def test_the_bar_leads_on_with_all_that_are_listed(client, staff, district):
    answer = choose(client, tat_ca=1, loc="ngay=2023-06-08&nhom=org_deputy")

    found = client.get(answer["Location"])

    assert found.context["number"] == 2


def test_the_bar_leads_to_a_forecast_with_people_and_programme(client, staff, district):
    one = choose(client, token(district.an, "political-2"), task="du-bao")
    two = choose(client, tat_ca=1, task="du-bao")

    assert one["Location"] == (
        f"/bao-cao/du-bao/them/?nguoi={district.an.pk}&ct={district.middle.pk}"
    )
    assert "ct=" not in two["Location"]


def test_nobody_ticked_is_told(client, staff, district):
    answer = client.post(CHOOSE, {"loc": "nhom=org_deputy"}, follow=True)

    assert answer.redirect_chain[0][0] == LIST + "?nhom=org_deputy"
    assert "Chưa chọn ai" in text_of(answer)


def test_people_outside_the_scope_are_nobody(client, district):
    signed_in(client, Role.COMMUNE_CLERK, commune=district.home)

    answer = choose(client, token(district.binh, "political-2"))

    assert answer["Location"].startswith(LIST + "?")


def state(client, *tokens, query="ngay=2023-06-08", **typed):
    told = {"answer": "send", "year": "2024", "programme": "", "reason": "", "dong": tokens}
    told |= typed
    marks = "&".join(f"chon={each}" for each in tokens)
    return client.post(f"{ADD}?loc={query.replace('=', '%3D').replace('&', '%26')}&{marks}", told)


def test_a_clerk_states_and_the_need_waits(client, district):
    clerk = signed_in(client, Role.COMMUNE_CLERK, commune=district.home)

    answer = state(client, token(district.an, "political-2"), token(district.cuc, "professional-4"))

    assert answer.status_code == 302
    first, second = Need.objects.order_by("pk")
    assert (first.programme, first.strand, first.rank) == (district.middle, "political", 2)
    assert (second.programme, second.due_on) == (district.degree, date(2024, 12, 25))
    assert {first.state, second.state} == {Need.State.STATED}
    assert first.stated_by == clerk


def test_the_district_states_and_it_is_registered_and_told(client, staff, district):
    state(client, token(district.an, "political-2"))

    assert Need.objects.registered().count() == 1
    assert "huyện xác nhận thay" in text_of(client.get(LIST))


def test_saved_twice_is_stated_once(client, staff, district):
    for _ in range(2):
        state(client, token(district.an, "political-2"))

    assert Need.objects.count() == 1
    assert "Không lập gì thêm" in text_of(client.get(LIST))


def test_who_has_the_need_already_is_passed_over(client, staff, district):
    make_need(district.an, district.middle, commune=district.home, year=2024)

    state(client, token(district.an, "political-2"), token(district.binh, "political-2"))

    assert Need.objects.count() == 2
    assert "Bỏ qua 1 dòng" in text_of(client.get(LIST))


def test_beside_an_open_need_of_another_year_nobody_is_sent_and_it_is_told(client, staff, district):
    make_need(district.an, district.middle, commune=district.home, year=2023)

    state(client, token(district.an, "political-2"), token(district.binh, "political-2"))

    assert Need.objects.get(year=2024).cadre == district.binh
    told = text_of(client.get(LIST))
    assert "Trần Thị An đã có nhu cầu năm 2023 chưa đáp ứng; rút nhu cầu ấy trước, hoặc chờ" in told
    assert "Đã lập 1 nhu cầu" in told
    assert "nam=2023" in told


def test_another_answer_beside_one_that_stands_says_to_withdraw_it_first(client, staff, district):
    make_need(district.an, district.middle, commune=district.home, year=2024)

    state(client, token(district.an, "political-2"), answer="exempt", reason="Sắp nghỉ")

    assert Need.objects.get().answer == "send"
    told = text_of(client.get(LIST))
    assert "đang có nhu cầu “Cử đi học 2024”: rút nhu cầu ấy trước rồi lập lại" in told
    link = f"{REGISTER}?ngay=2023-06-08&amp;q=Tr%E1%BA%A7n+Th%E1%BB%8B+An&amp;nam=2024"
    assert link in told
    assert "Không lập gì thêm" not in told


def test_the_district_withdraws_a_need_out_of_a_plan_that_is_not_approved(client, staff, district):
    line = make_plan_line(programme=district.middle)
    need = make_need(district.an, district.middle, year=2024, plan_line=line)
    address = f"/dao-tao/nhu-cau/{need.pk}/rut/"
    assert address in text_of(page(client, REGISTER))

    told = text_of(client.post(address, follow=True))

    assert "của kế hoạch năm 2024 bớt 1 lượt, còn 39 lượt" in told


def test_who_passed_and_waits_for_the_certificate_is_told_so_and_not_proposed(
    client, staff, district
):
    passed = make_enrolment(make_class("Lớp Đã Xong"), district.an, result="passed")
    credit = Credit.objects.create(cadre=district.an, enrolment=passed, strand="political",
                                   rank=2, awarded_on=date(2023, 6, 8))  # fmt: skip
    url = f"{ADD}?tat_ca=1&loc=ngay%3D2023-06-08%26muc%3Dpolitical-2"

    told = text_of(page(client))
    assert "đã đạt lớp “Lớp Đã Xong”, chờ xác nhận chứng chỉ" in told
    assert "đã đạt, chờ xác nhận chứng chỉ" in told
    assert names(page(client, tra_loi="dat")) == ["Trần Thị An"]
    assert names(page(client, tra_loi="chua")) == ["Lê Văn Bình", "Đỗ Thị Cúc"]
    ticked = {line.name: is_on for line, _, is_on in client.get(url).context["lines"]}
    assert ticked == {"Trần Thị An": False, "Lê Văn Bình": True}
    assert names(page(client, tra_loi="dat", ngay="2023-06-07")) == []
    Credit.objects.filter(pk=credit.pk).update(state="dropped")
    assert names(page(client, tra_loi="dat")) == []


def test_who_left_a_course_needs_it_still_though_it_is_planned(client, staff, district):
    line = make_plan_line(programme=district.middle)
    need = make_need(district.an, district.middle, state="confirmed", plan_line=line)
    later = make_need(district.an, district.middle, state="confirmed", plan_line=line, year=2024)
    make_enrolment(make_class(), district.an, need=need, result="withdrawn",
                   enrolled_at=later.stated_at)  # fmt: skip

    (row,) = [each for each in page(client).context["lines"] if each.name == "Trần Thị An"]

    assert (row.answer.pk, row.answer.stands_again) == (later.pk, True)
    assert "học không xong, nhu cầu còn" in text_of(page(client))


def test_another_programme_for_all_asks_each_person_once(client, staff, district):
    make_qualification(district.an, "professional", 1)
    other = make_programme("Cao cấp lý luận chính trị", strand="political", rank=3)

    state(client, token(district.an, "political-2"), programme=other.pk)

    assert Need.objects.get().programme == other


@pytest.mark.parametrize(
    "awards",
    [{"strand": "it", "rank": 2}, {"strand": "political", "rank": 1}, {"strand": ""},
     {"content": "law"}],
)  # fmt: skip
def test_a_programme_that_does_not_close_the_gap_is_refused_by_name(
    client, staff, district, awards
):
    other = make_programme("Chương trình khác", **awards)
    marks = [token(district.an, "political-2"), token(district.binh, "political-2")]

    answer = state(client, *marks, programme=other.pk)

    assert not Need.objects.exists()
    for name in ("Trần Thị An", "Lê Văn Bình"):
        assert f"{name}: chương trình này không cấp trung cấp lý luận" in text_of(answer)
    assert f'<option value="{other.pk}"' not in text_of(answer)
    assert f'<option value="{district.middle.pk}"' in text_of(answer)


def test_whose_gap_is_closed_by_the_programme_decides_and_not_who_is_unticked(
    client, staff, district
):
    marks = [token(district.an, "political-2"), token(district.cuc, "professional-4")]

    refused = state(client, *marks, programme=district.middle.pk)
    state(client, *marks, programme=district.middle.pk, dong=marks[:1])

    assert "Đỗ Thị Cúc: chương trình này không cấp đại học" in text_of(refused)
    assert Need.objects.get().cadre == district.an


def test_whoever_may_not_go_is_sent_only_with_a_reason(client, staff, district):
    query = f"ngay=2023-06-08&ct={district.middle.pk}"
    mark = token(district.cuc, "political-2")

    refused = state(client, mark, query=query, programme=district.middle.pk)
    assert refused.status_code == 200
    assert "1 người không đủ điều kiện" in text_of(refused)
    assert not Need.objects.exists()

    state(client, mark, query=query, programme=district.middle.pk,
          **{f"ngoai-{mark}": "Quy hoạch Phó Bí thư"})  # fmt: skip
    assert Need.objects.get().exception_reason == "Quy hoạch Phó Bí thư"


@pytest.mark.parametrize("day", ["2022-01-01", "2026-01-01"])
def test_another_day_of_the_page_opens_no_way_round_the_rules(client, staff, district, day):
    """Quy định 57-QĐ/TW speaks from 08/02/2022 until it is replaced in 2025."""
    refer_to(DAY)
    query = f"ngay={day}&ct={district.middle.pk}"

    refused = state(client, token(district.cuc, "political-2"), query=query)

    assert refused.status_code == 200
    assert "1 người không đủ điều kiện" in text_of(refused)
    assert not Need.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"answer": "exempt"}, "Ghi lý do"),
        ({"year": "1999"}, "Năm từ 2000"),
        ({"year": "2099"}, "kiểm tra lại năm"),
        ({"year": "99999999999999999999"}, "Năm từ 2000"),
        ({"year": "x"}, "bốn chữ số"),
        ({"answer": "xyz"}, "xyz"),
        ({"programme": "99999999"}, "Chương trình"),
        ({"reason": "\x00"}, "Lý do"),
        ({"reason": "x" * 300}, "255"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_stated(client, staff, district, typed, words):
    answer = state(client, token(district.an, "political-2"), **typed)

    assert answer.status_code == 200
    assert words in text_of(answer)
    assert not Need.objects.exists()


def test_who_is_not_proposed_is_not_ticked_at_first(client, staff, district):
    district.deputy("Vũ Văn Già", district.home, born_on="1962-08-01")
    url = f"{ADD}?tat_ca=1&loc=ngay%3D2023-06-08%26ct%3D{district.middle.pk}"

    ticked = {line.name: is_on for line, _, is_on in client.get(url).context["lines"]}

    assert ticked == {
        "Trần Thị An": True, "Lê Văn Bình": True, "Đỗ Thị Cúc": False, "Vũ Văn Già": False,
    }  # fmt: skip


def test_where_nobody_is_proposed_all_are_ticked(client, staff, district):
    district.deputy("Vũ Văn Già", district.home, born_on="1962-08-01")

    found = client.get(f"{ADD}?tat_ca=1&loc=ngay%3D2023-06-08%26dk%3Dhuu")

    assert [is_on for _, _, is_on in found.context["lines"]] == [True]


def test_nobody_left_ticked_is_told(client, staff, district):
    answer = state(client, token(district.an, "political-2"), dong=[])

    assert answer.status_code == 200
    assert "Chưa chọn ai" in text_of(answer)


def test_a_programme_of_hours_alone_is_for_whoever_lacks_nothing_else(client, staff, district):
    hours = make_programme("Bồi dưỡng kỹ năng", strand="")
    query = f"ngay=2023-06-08&ct={hours.pk}"

    state(client, token(district.cuc, "none"), query=query, programme=hours.pk)

    assert Need.objects.get().programme == hours


def test_other_answers_are_stated_with_their_reason(client, staff, district):
    state(client, token(district.an, "political-2"), answer="retiring", reason="Nghỉ từ 01/2024")

    need = Need.objects.get()
    assert (need.answer, need.reason) == ("retiring", "Nghỉ từ 01/2024")


def test_a_need_without_any_programme_is_told(client, staff, district):
    district.degree.is_offered = False
    district.degree.save()

    answer = state(client, token(district.cuc, "professional-4"))

    assert "Cử đi học thì phải chọn chương trình" in text_of(answer)


def reviewed(district, *people):
    review = Review.objects.create(
        title="Rà soát 2023", as_of=DAY, due_on=DAY, opened_by=make_user(Role.DISTRICT_HR)
    )
    unit = ReviewUnit.objects.create(review=review, commune=district.home)
    for person in people:
        ReviewLine.objects.create(unit=unit, cadre=person)
    return review


def test_a_review_lists_all_its_officials_with_five_strands(client, staff, district):
    full = make_cadre("Ngô Thị Đủ")
    make_holding(full, district.offices, district.home)
    make_qualification(full, "professional", 4)
    review = reviewed(district, district.cuc, full)

    found = page(client, dot=review.pk)

    assert names(found) == ["Đỗ Thị Cúc", "Ngô Thị Đủ"]
    states = [[cell.state for cell in line.cells] for line in found.context["lines"]]
    assert states == [["lacks", *["free"] * 4], ["met", *["free"] * 4]]
    assert "Ngoại ngữ" in text_of(found)


def test_strands_tell_what_is_not_known_and_what_a_training_gives(client, staff, district):
    make_rule(code="q", requirement={"training": "state_management"}, dimension="QLNN")
    unknown, taught = make_cadre("Ngô Thị Một"), make_cadre("Ngô Thị Hai")
    for person in (unknown, taught):
        make_holding(person, district.offices, district.home)
    make_short_training(taught, "state_management")
    review = reviewed(district, unknown, taught)

    found = page(client, dot=review.pk)

    cells = {line.name: [cell.state for cell in line.cells[:3]] for line in found.context["lines"]}
    assert cells == {
        "Ngô Thị Một": ["unknown", "free", "unknown"],
        "Ngô Thị Hai": ["unknown", "free", "met"],
    }


def test_what_is_stated_from_a_review_is_tied_to_it(client, district):
    review = reviewed(district, district.cuc)
    signed_in(client, Role.COMMUNE_CLERK, commune=district.home)

    state(client, token(district.cuc, "professional-4"), query=f"ngay=2023-06-08&dot={review.pk}")

    assert Need.objects.get().review == review


def test_a_seat_alone_is_service_too(client, staff, district):
    member = make_cadre("Hà Thị Ghế")
    make_membership(member, district.home)
    make_qualification(member, "political", 1)

    found = page(client, q="ghe")

    assert names(found) == ["Hà Thị Ghế"]
    assert "Ủy viên" in text_of(found)


def test_where_too_many_serve_a_unit_is_asked_for(client, staff, district, monkeypatch):
    monkeypatch.setattr("training.gaps.MOST_PEOPLE", 1)

    assert "Chọn một đơn vị để xem" in text_of(page(client))
    assert names(page(client, don_vi=district.away.pk)) == ["Lê Văn Bình"]
    assert "Chọn một đơn vị để xem" in text_of(page(client, don_vi=district.home.pk))


def test_reviews_are_offered_to_choose_from(client, staff, district):
    review = reviewed(district, district.cuc)

    found = page(client, dot="")

    assert "Rà soát 2023" in text_of(found)
    assert len(names(found)) == 3
    assert names(page(client, dot=review.pk)) == ["Đỗ Thị Cúc"]


def test_the_register_tells_who_stated_and_confirmed(client, staff, district):
    make_need(district.an, district.middle, commune=district.home, reason="")
    make_need(district.binh, district.middle, commune=district.away, state="confirmed",
              confirmed_by=staff, exception_reason="Quy hoạch")  # fmt: skip

    told = text_of(page(client, REGISTER))

    assert "chờ xác nhận" in told
    assert "huyện xác nhận thay" in told
    assert "Ngoài đối tượng: Quy hoạch" in told
    signed_in(client, Role.LEADER)
    assert "Ngoài đối tượng: lý do do Phòng Nội vụ giữ" in text_of(page(client, REGISTER))


@pytest.mark.parametrize(
    ("query", "number"),
    [({}, 3), ({"tt": "stated"}, 1), ({"tt": "withdrawn"}, 1), ({"tt": "open"}, 1),
     ({"tt": "planned"}, 0), ({"nam": 2023}, 3), ({"nam": 2022}, 0), ({"cach": "exempt"}, 0),
     ({"q": "cuc"}, 1), ({"ct": "x"}, 3), ({"nam": "x"}, 3)],
)  # fmt: skip
def test_the_register_is_filtered(client, staff, district, query, number):
    home, middle = district.home, district.middle
    make_need(district.an, middle, commune=home)
    make_need(district.binh, middle, commune=home, state="confirmed", confirmed_by=staff)
    make_need(district.cuc, middle, commune=home, state="withdrawn", withdrawn_by=staff)

    assert page(client, REGISTER, **query).context["page"].total == number


def test_the_register_costs_the_same_for_many(client, staff, district):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(client, REGISTER)
        return len(queries)

    make_need(district.an, district.middle, commune=district.home)
    page(client)
    few = cost()
    for number in range(30):
        make_need(district.deputy(f"Trần {number}", district.home), district.middle)

    assert cost() == few
    assert few <= 12


def test_an_empty_register_says_what_to_do(client, staff):
    assert "Chưa nêu nhu cầu nào" in text_of(page(client, REGISTER))
    assert "khớp bộ lọc" in text_of(page(client, REGISTER, nam=2020))


def test_the_head_confirms_what_is_ticked_or_all(client, district):
    head = signed_in(client, Role.COMMUNE_HEAD, commune=district.home)
    first = make_need(district.an, district.middle, commune=district.home)
    make_need(district.cuc, district.middle, commune=district.home)
    assert "2 nhu cầu chờ bạn xác nhận" in text_of(page(client, REGISTER))

    assert client.post(CONFIRM, {"need": [first.pk, "x", "9" * 30]}).status_code == 302
    assert Need.objects.registered().get().confirmed_by == head
    client.post(CONFIRM, {"tat_ca": "1"})
    assert Need.objects.registered().count() == 2
    assert "Không còn nhu cầu nào" in text_of(client.post(CONFIRM, {"tat_ca": "1"}, follow=True))
    assert "đánh dấu nhu cầu" in text_of(client.post(CONFIRM, follow=True))


def test_a_need_is_withdrawn_from_the_register(client, district):
    signed_in(client, Role.COMMUNE_HEAD, commune=district.home)
    need = make_need(district.an, district.middle, commune=district.home)
    url = f"/dao-tao/nhu-cau/{need.pk}/rut/"
    assert "Rút" in text_of(page(client, REGISTER))

    assert "Đã rút nhu cầu" in text_of(client.post(url, follow=True))
    assert "từ trước" in text_of(client.post(url, follow=True))
    assert client.post("/dao-tao/nhu-cau/99999999/rut/").status_code == 404
