"""Sources of cadres: entered once, moved forward, read back on any day, linked by name."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding
from training.candidate_counts import counts_of
from training.models import Candidate, CandidateStep
from training.tests.factories import make_candidate

pytestmark = pytest.mark.django_db

TYPED = {
    "full_name": "Lê Thị Nguồn", "sex": "F", "born_on": "1999", "kind": "young_member",
    "body": "cell", "body_name": "Chi bộ xóm Thử", "introduced_on": "15/01/2023",
}  # fmt: skip


@pytest.fixture
def commune():
    return make_commune("Xã Nhà")


@pytest.fixture
def clerk(client, commune):
    client.force_login(
        make_user(Role.COMMUNE_CLERK, commune=commune), "accounts.backends.WithCommune"
    )
    return client


@pytest.fixture
def district(client):
    client.force_login(make_user(Role.DISTRICT_HR), "accounts.backends.WithCommune")
    return client


def add(client, unit, **more):
    return client.post(
        reverse("training:candidate_add"), {**TYPED, "commune": unit.pk, **more}, follow=True
    )


def step(client, found, **typed):
    address = reverse("training:candidate_step", args=[found.pk])
    found.refresh_from_db()
    return client.post(address, {"version": found.version, **typed}, follow=True)


def test_a_clerk_enters_a_candidate_who_is_on_the_list_at_once(clerk, commune):
    add(clerk, commune)

    made = Candidate.objects.get()
    assert (made.state, made.state_on) == ("introduced", date(2023, 1, 15))
    assert [(each.state, each.on) for each in made.steps.all()] == [
        ("introduced", date(2023, 1, 15))
    ]
    assert "Lê Thị Nguồn" in clerk.get(reverse("training:candidate_list")).content.decode()
    assert AuditEvent.objects.filter(action="create", subject_type="candidate").count() == 1


def test_two_clicks_store_one(clerk, commune):
    add(clerk, commune)

    page = add(clerk, commune).content.decode()

    assert Candidate.objects.count() == CandidateStep.objects.count() == 1
    assert "đã được ghi từ trước" in page


def test_the_same_person_with_other_strengths_is_told_that_they_are_not_stored(clerk, commune):
    add(clerk, commune, strengths="Chăm chỉ")

    same = add(clerk, commune, strengths="Chăm chỉ").content.decode()
    other = add(clerk, commune, strengths="Nói giỏi").content.decode()

    assert Candidate.objects.get().strengths == "Chăm chỉ"
    assert "chưa được lưu" not in same
    assert "vừa gõ khác điều đã ghi và chưa được lưu" in other


def test_one_alike_is_shown_first_and_may_be_told_apart(clerk, commune):
    other = make_candidate("Lê Thị Nguồn", commune, born_on="12/05/1999")

    asked = add(clerk, commune).content.decode()

    assert Candidate.objects.count() == 1
    assert "Là người khác, vẫn lưu" in asked
    add(clerk, commune, alike_seen=str(other.pk))
    assert Candidate.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "born_on", "is_alike"),
    [
        ("Le Thi Nguon", "1999", True),  # folded
        ("Lê Thị Nguồn", None, True),  # whose birth nobody knows
        ("Lê Thị Nguồn", "1998", False),
        ("Lê Thị Nguồng", "1999", False),
    ],
)
def test_alike_is_a_folded_name_and_a_year_of_birth(clerk, commune, name, born_on, is_alike):
    make_candidate(name, commune, born_on=born_on)

    add(clerk, commune)

    assert Candidate.objects.count() == (1 if is_alike else 2)


def test_the_same_name_in_another_commune_is_nobody_alike(clerk, commune):
    make_candidate("Lê Thị Nguồn", make_commune("Xã Khác"), born_on="1999")

    add(clerk, commune)

    assert Candidate.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"born_on": "2015"}, "từ 16 đến 70 tuổi"),
        ({"born_on": "1890"}, "từ 16 đến 70 tuổi"),
        ({"born_on": "31/02/1999"}, "không phải ngày hợp lệ"),
        ({"introduced_on": "15/01/2093"}, "chưa tới"),
        ({"introduced_on": "15/01/1993"}, "từ năm 2000"),
        ({"full_name": "Lê Thị 123"}, "Tên người viết bằng chữ Việt"),
        ({"full_name": "x\x00y"}, "Chưa ghi được"),
        ({"strengths": "x" * 300}, "Chưa ghi được"),
        ({"commune": "99999999999999999999"}, "Chưa ghi được"),
    ],
)
def test_what_cannot_be_is_refused_in_words(clerk, commune, typed, words):
    page = add(clerk, commune, **typed).content.decode()

    assert words in page
    assert not Candidate.objects.exists()


def test_a_clerk_enters_nobody_of_another_commune(clerk):
    add(clerk, make_commune("Xã Khác"))

    assert not Candidate.objects.exists()


def test_a_day_on_which_the_commune_was_not_there_is_refused(district):
    young = make_commune("Xã Mới", valid_from=date(2023, 2, 1))

    page = add(district, young).content.decode()

    assert "Ngày này không có đơn vị" in page


def test_the_states_are_read_back_on_any_day(clerk, commune):
    found = make_candidate(commune=commune)
    step(clerk, found, state="training", on="01/03/2023")
    step(clerk, found, state="recruited", on="01/06/2023", note="Văn phòng – thống kê")

    def state_on(day):
        listed = Candidate.objects.introduced_by(day).with_state_on(day)
        return [each.state_then for each in listed]

    assert state_on(date(2023, 1, 14)) == []
    assert state_on(date(2023, 2, 28)) == ["introduced"]
    assert state_on(date(2023, 3, 1)) == ["training"]
    assert state_on(date(2023, 6, 1)) == ["recruited"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"state": "training", "on": "14/01/2023"}, "trước bước liền trước"),
        ({"state": "training", "on": "14/01/2093"}, "chưa tới"),
        ({"state": "introduced", "on": "01/03/2023"}, "Chưa ghi được"),
        ({"state": "training", "on": ""}, "Chưa ghi được"),
    ],
)
def test_a_step_that_cannot_be_is_refused_at_its_field(clerk, commune, typed, words):
    found = make_candidate(commune=commune)

    page = step(clerk, found, **typed).content.decode()

    assert words in page
    assert found.steps.count() == 1


def test_a_step_of_a_page_opened_before_another_step_is_refused(clerk, commune):
    found = make_candidate(commune=commune)
    typed = {"state": "training", "on": "01/03/2023", "version": found.version}
    address = reverse("training:candidate_step", args=[found.pk])
    clerk.post(address, typed)

    page = clerk.post(address, {**typed, "state": "ended"}, follow=True).content.decode()

    assert "người khác vừa sửa" in page
    assert found.steps.count() == 2


def test_after_the_end_there_is_no_step(clerk, commune):
    found = make_candidate(commune=commune, state="ended")

    page = step(clerk, found, state="training", on="01/03/2023").content.decode()

    assert "không còn bước nào" in page


def test_a_mistaken_step_is_taken_back_and_keeps_its_row(clerk, commune):
    found = make_candidate(commune=commune)
    step(clerk, found, state="ended", on="01/03/2023")
    found.refresh_from_db()

    address = reverse("training:candidate_step_back", args=[found.pk])
    page = clerk.post(address, {"version": found.version}, follow=True).content.decode()

    found.refresh_from_db()
    assert (found.state, found.state_on) == ("introduced", date(2023, 1, 15))
    assert (found.steps.count(), found.steps.standing().count()) == (2, 1)
    assert "đã rút, không tính" in page
    told = Candidate.objects.with_state_on(date(2023, 6, 8)).get()
    assert told.state_then == "introduced"


def test_the_introduction_itself_is_never_taken_back(clerk, commune):
    found = make_candidate(commune=commune)

    clerk.post(reverse("training:candidate_step_back", args=[found.pk]), {"version": 1})

    assert found.steps.standing().count() == 1


def edit(client, found, **typed):
    address = reverse("training:candidate_edit", args=[found.pk])
    told = {**TYPED, "commune": found.commune_id, "version": found.version, **typed}
    return client.post(address, told, follow=True)


def test_a_corrected_day_of_introduction_moves_the_first_step(clerk, commune):
    found = make_candidate(commune=commune)

    edit(clerk, found, introduced_on="10/01/2023", strengths="Chăm chỉ")

    found.refresh_from_db()
    assert (found.strengths, found.state_on, found.version) == ("Chăm chỉ", date(2023, 1, 10), 2)
    assert found.steps.get().on == date(2023, 1, 10)


def test_the_introduction_cannot_come_after_the_next_step(clerk, commune):
    found = make_candidate(commune=commune)
    step(clerk, found, state="training", on="20/01/2023")
    found.refresh_from_db()

    page = edit(clerk, found, introduced_on="21/01/2023").content.decode()

    assert "Bước tiếp theo đã ghi từ ngày 20/01/2023" in page
    assert found.steps.first().on == date(2023, 1, 15)


def test_a_stale_correction_is_refused(clerk, commune):
    found = make_candidate(commune=commune)
    edit(clerk, found, strengths="Một")

    page = edit(clerk, found, strengths="Hai").content.decode()

    assert "người khác vừa sửa" in page
    assert Candidate.objects.get().strengths == "Một"


def test_renamed_to_someone_alike_it_asks_first(clerk, commune):
    make_candidate("Trần Văn Khác", commune, born_on="1999")
    found = make_candidate(commune=commune)

    page = edit(clerk, found, full_name="Trần Văn Khác").content.decode()

    assert "Là người khác, vẫn lưu" in page
    assert Candidate.objects.filter(full_name="Trần Văn Khác").count() == 1


def link(client, found, cadre):
    found.refresh_from_db()
    address = reverse("training:candidate_link", args=[found.pk])
    told = {"version": found.version, "cadre": cadre.pk if cadre else ""}
    return client.post(address, told, follow=True)


def test_a_record_of_the_same_name_is_suggested_and_linked(clerk, commune):
    found, cadre = make_candidate(commune=commune), make_cadre("Lê Thị Nguồn")
    make_holding(cadre, commune=commune)
    assert cadre.code in clerk.get(found.get_absolute_url()).content.decode()

    page = link(clerk, found, cadre).content.decode()

    found.refresh_from_db()
    assert found.cadre == cadre
    assert "Đã nối với hồ sơ" in page
    page = edit(clerk, found, full_name="Lê Thị Khác").content.decode()
    assert "Tên khác với hồ sơ cán bộ đã nối" in page
    link(clerk, found, None)
    found.refresh_from_db()
    assert found.cadre is None


def test_another_name_is_not_linked(clerk, commune):
    found, cadre = make_candidate(commune=commune), make_cadre("Lê Thị Khác")
    make_holding(cadre, commune=commune)

    page = link(clerk, found, cadre).content.decode()

    found.refresh_from_db()
    assert found.cadre is None
    assert "Chỉ nối với hồ sơ cùng tên" in page


def test_a_record_out_of_sight_is_neither_suggested_nor_linked(clerk, commune):
    found, cadre = make_candidate(commune=commune), make_cadre("Lê Thị Nguồn")
    make_holding(cadre, commune=make_commune("Xã Khác"))

    assert cadre.code not in clerk.get(found.get_absolute_url()).content.decode()
    assert link(clerk, found, cadre).status_code == 404


def test_the_list_is_filtered_by_what_the_commune_knows(district):
    one, other = make_commune("Xã Một"), make_commune("Xã Hai")
    make_candidate("Lê Thị Một", one, body="youth", kind="student")
    make_candidate("Lê Thị Hai", other)

    def names(query):
        page = district.get(reverse("training:candidate_list") + query).content.decode()
        return [name for name in ("Lê Thị Một", "Lê Thị Hai") if name in page]

    assert names("") == ["Lê Thị Một", "Lê Thị Hai"]
    assert names(f"?xa={one.pk}") == ["Lê Thị Một"]
    assert names("?to_chuc=youth") == ["Lê Thị Một"]
    assert names("?la=student") == ["Lê Thị Một"]
    assert names("?q=hai") == ["Lê Thị Hai"]
    assert names("?q=%25") == []
    assert names("?tinh_trang=training") == []
    assert names("?ngay=2023-01-14") == []
    assert names("?xa=abc&tinh_trang=%00&trang=x") == ["Lê Thị Một", "Lê Thị Hai"]


def test_a_leader_reads_but_does_not_write(client, commune):
    found = make_candidate(commune=commune)
    client.force_login(make_user(Role.LEADER), "accounts.backends.WithCommune")

    page = client.get(found.get_absolute_url()).content.decode()

    assert "Đây không phải quy hoạch" in page
    assert "Ghi bước tiếp theo" not in page
    assert client.get(reverse("training:candidate_edit", args=[found.pk])).status_code == 403


def test_numbers_are_people_by_commune_body_and_state():
    one, other = make_commune("Xã Một"), make_commune("Xã Hai")
    make_candidate("A", one)
    make_candidate("B", one, body="youth", state="training", state_on=date(2023, 3, 1))
    make_candidate("C", other)
    make_candidate("D", other, introduced_on=date(2023, 7, 1))

    counts = counts_of(Candidate.objects.all(), date(2023, 6, 8))

    assert counts.total == 3
    assert [(line.label, line.total) for line in counts.communes] == [("Xã Hai", 1), ("Xã Một", 2)]
    assert {line.key: dict(line.numbers) for line in counts.bodies} == {
        "cell": {"introduced": 2}, "youth": {"training": 1}
    }  # fmt: skip


@pytest.mark.parametrize("route", ["training:candidate_list", "training:candidate_counts"])
def test_many_candidates_cost_as_many_queries_as_few(
    district, django_assert_max_num_queries, route
):
    commune = make_commune("Xã Nhà")

    def queries():
        with django_assert_max_num_queries(12) as found:
            page = district.get(reverse(route)).content
        assert len(page) < 100 * 1024
        return len(found)

    make_candidate("Một Người", commune)
    queries()  # the first asks more: the session is renewed
    few = queries()
    for number in range(60):
        make_candidate(f"Người {'Thứ ' * (number % 3)}Ấy", commune)

    assert queries() == few
