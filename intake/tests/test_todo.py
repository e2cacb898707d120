"""What waits on the front page, and notices of what is due."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Notice, Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding
from intake import review_actions as actions
from intake.models import Proposal
from intake.tests.test_review_actions import Office, close
from intake.todo import tell_all_due, todo_of

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 25)  # five days before the deadline of the office's reviews


@pytest.fixture
def office(db):
    return Office()


def proposal(author, state, **fields):
    if state != "draft":
        fields.setdefault("submitted_at", timezone.now())
    return Proposal.objects.create(
        author=author, commune=author.commune, state=state, title="Nâng lương", **fields
    )


def returned(author, reason="thiếu quyết định"):
    made = proposal(author, "returned")
    made.items.create(kind="record", section="Tiền lương", state="returned", return_reason=reason)
    made.items.create(kind="record", section="Nhân thân")
    return made


def due(user):
    return list(Notice.objects.filter(user=user, kind="due").values_list("text", flat=True))


def test_a_clerk_has_what_came_back_drafts_and_lists(office):
    returned(office.clerk)
    proposal(office.clerk, "draft")
    unit = office.unit()

    todo = todo_of(office.clerk, TODAY)

    assert [item.section for item in todo.returned] == ["Tiền lương"]
    assert (todo.numbers["returned"], todo.numbers["drafts"]) == (1, 1)
    assert todo.units == [unit]
    assert todo.waits_to_confirm == 0


def test_a_confirmed_list_waits_for_nobody(office):
    office.confirmed()

    assert todo_of(office.clerk, TODAY).units == todo_of(office.head, TODAY).units == []
    assert due(office.clerk) == due(office.head) == []


def test_what_was_sent_again_is_no_longer_back(office):
    made = returned(office.clerk)
    Proposal.objects.filter(pk=made.pk).update(state="pending")

    assert todo_of(office.clerk, TODAY).returned == []


def test_a_head_has_what_waits_to_be_confirmed(office):
    proposal(office.clerk, "to_confirm")

    assert todo_of(office.head, TODAY).waits_to_confirm == 1
    assert todo_of(office.clerk, TODAY).waits_to_confirm == 0


def test_a_commune_has_nothing_of_another(office):
    other = Office("019080000018")
    returned(other.clerk)
    other.unit()

    todo = todo_of(office.clerk, TODAY)

    assert (todo.returned, todo.units) == ([], [])
    assert set(todo.numbers.values()) == {0}


def test_the_district_counts_the_inbox_and_the_lists(office):
    proposal(office.clerk, "pending")
    proposal(office.clerk, "draft")
    returned(office.clerk)
    office.confirmed()
    office.unit()
    closed = office.confirmed()
    close(closed.review_id)

    numbers = todo_of(office.hr, TODAY).numbers

    asked = ("pending", "returned", "drafts", "units", "confirmed")
    assert [numbers[name] for name in asked] == [1, 1, 0, 2, 1]


def test_what_waits_costs_three_queries_for_a_commune_and_one_for_the_district(
    office, django_assert_num_queries
):
    for _ in range(8):
        returned(office.clerk)
    todo_of(office.clerk, TODAY)
    with django_assert_num_queries(3):
        todo_of(office.clerk, TODAY)
    with django_assert_num_queries(1):
        todo_of(office.hr, TODAY)


def test_what_is_due_within_a_week_is_told_once_to_whom_it_waits_for(office):
    unit = office.unit()
    early = TODAY - timedelta(days=3)

    todo_of(office.clerk, early)
    assert due(office.clerk) == []
    for _ in range(2):
        todo_of(office.clerk, TODAY)
        todo_of(office.head, TODAY)
    assert due(office.clerk) == ["Hạn rà soát 30/06/2023: Rà soát thử, Xã Nhà"]
    assert due(office.head) == []
    actions.look_through_all(unit.pk, office.clerk)
    actions.send(unit.pk, office.clerk)
    todo_of(office.head, TODAY)
    assert len(due(office.head)) == 1


def test_the_command_tells_everyone_once_and_nobody_of_what_is_done(office):
    office.unit()
    office.confirmed()
    close(office.unit().review_id)

    assert tell_all_due(TODAY - timedelta(days=3)) == 0
    assert tell_all_due(TODAY) == 1
    out = StringIO()
    call_command("tell_due", stdout=out)
    assert out.getvalue() == "Đã thêm 0 thông báo.\n"
    assert len(due(office.clerk)) == 1


def front(client, user):
    client.force_login(user, "accounts.backends.WithCommune")
    return client.get("/?ngay=2023-06-08").content.decode()


def test_the_front_page_of_each_role_says_what_waits(client, office):
    call_command("load_catalogue")
    returned(office.clerk, reason="chưa có số quyết định")
    proposal(office.clerk, "to_confirm")
    proposal(office.clerk, "pending")
    unit = office.unit()

    clerk, head, hr = (front(client, user) for user in (office.clerk, office.head, office.hr))

    assert "chưa có số quyết định" in clerk
    assert unit.get_absolute_url() in clerk
    assert "quá hạn" in clerk
    assert "1 đề nghị chờ người đứng đầu xác nhận" in head
    assert "Đề nghị chờ duyệt</a></dt><dd>1</dd>" in hr
    assert "đã xác nhận</a></dt><dd>0/1</dd>" in hr
    leader = front(client, make_user(Role.LEADER))
    assert "Việc cần làm" not in leader
    assert "chờ duyệt" not in leader


def test_the_front_page_of_a_clerk_asks_at_most_fifteen_times(
    client, office, django_assert_max_num_queries
):
    call_command("load_catalogue")
    for _ in range(8):
        returned(office.clerk)
        office.unit()
    front(client, office.clerk)

    with django_assert_max_num_queries(15):
        client.get("/?ngay=2023-06-08")


@pytest.mark.django_db(transaction=True)
def test_what_is_remembered_stands_on_the_front_page_at_once(client):
    call_command("load_catalogue")
    office = Office()
    first = front(client, office.clerk)
    client.get("/nhap-lieu/day-du/?ngay=2023-06-08", headers={"HX-Request": "true"})
    later = front(client, office.clerk)
    person = make_cadre("Ma Thị Mới")
    make_holding(person, office.post, office.commune)
    after_a_write = front(client, office.clerk)

    assert "hx-get" in first
    assert "hx-get" not in later
    assert ">Nông Văn Một</a>" in later
    assert "hx-get" in after_a_write


def test_a_card_of_the_front_page_names_nobody_of_another_commune(client, office):
    other = make_commune("Xã Bạn")
    make_holding(make_cadre("Đỗ Văn Khác"), office.post, other)
    client.force_login(office.clerk, "accounts.backends.WithCommune")

    card = client.get(
        "/nhap-lieu/day-du/?ngay=2023-06-08", headers={"HX-Request": "true"}
    ).content.decode()

    assert "<html" not in card
    assert "Nông Văn Một" in card
    assert "Đỗ Văn Khác" not in card
