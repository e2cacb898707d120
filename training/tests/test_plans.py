"""The annual plan: registered, put together, approved, adjusted, and what came of it."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune
from training.models import PlanLine, TrainingPlan
from training.plan_page import held_by
from training.tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_need,
    make_plan,
    make_plan_line,
    make_programme,
    make_provider,
    make_study,
)

pytestmark = pytest.mark.django_db
State = TrainingPlan.State
LINE = {"classes": "2", "participations": "1.200", "cost_local": "42.000.000"}
DECISION = {
    "basis-kind": "decision", "basis-number": "45/QĐ-UBND", "basis-signed_on": "10/01/2024",
    "basis-issuer": "UBND huyện", "basis-reason": "Kế hoạch năm",
}  # fmt: skip


@pytest.fixture
def commune():
    return make_commune("Xã Nhà")


def signed_in(client, role, **more):
    client.force_login(make_user(role, **more), "accounts.backends.WithCommune")
    return client


@pytest.fixture
def district(client):
    return signed_in(client, Role.DISTRICT_HR)


@pytest.fixture
def clerk(client, commune):
    return signed_in(client, Role.COMMUNE_CLERK, commune=commune)


def at(name, *args):
    return reverse(f"training:{name}", args=args)


def words(response):
    return response.content.decode()


def form_of(client, address):
    """What a form carries unseen."""
    form = client.get(address).context["form"]
    return {name: form.initial.get(name) or "" for name in ("token", "seen")}


@pytest.mark.parametrize(("day", "passed"), [(date(2024, 3, 9), 0), (date(2024, 3, 10), 1)])
def test_a_result_without_a_day_is_known_from_the_end_of_its_class(day, passed):
    line = make_plan_line()
    held = make_class(plan_line=line, begins_on=date(2024, 3, 1), ends_on=date(2024, 3, 10))
    make_enrolment(held, result="passed")

    assert held_by(PlanLine.objects.all(), day)[line.pk].passed == passed


def test_a_year_is_opened_once(district):
    for _ in range(2):
        page = district.post(at("plan_add"), {"year": "2025"}, follow=True)

    assert [plan.year for plan in TrainingPlan.objects.all()] == [2025]
    assert "Năm 2025 đã có kế hoạch" in words(page)


@pytest.mark.parametrize("year", ["1999", "2101", "2099", "hai", "20.5", "9" * 30, "20\x0025", ""])
def test_what_is_no_year_opens_no_plan(district, year):
    page = district.post(at("plan_add"), {"year": year, "note": "x"})

    assert page.status_code == 200
    assert not TrainingPlan.objects.exists()


def test_a_clerk_registers_a_line_of_the_own_commune_once(clerk, commune):
    plan, provider = make_plan(), make_provider()
    programme = make_programme(hours=40, days=5, provider=provider)
    hidden = form_of(clerk, at("plan_line_add", 2024))

    for _ in range(2):
        clerk.post(at("plan_line_add", 2024), {**LINE, **hidden, "programme": programme.pk})

    line = PlanLine.objects.get()
    assert (line.plan, line.commune, line.fate) == (plan, commune, "chờ xem xét")
    assert (line.classes, line.participations, line.cost_local) == (2, 1200, 42_000_000)
    assert (line.hours, line.days, line.provider) == (40, 5, provider)  # from the programme
    assert AuditEvent.objects.filter(action="create", subject_type="plan_line").count() == 1


def test_what_the_district_adds_is_its_own(district):
    make_plan()

    district.post(at("plan_line_add", 2024), {**LINE, "programme": make_programme().pk})

    assert PlanLine.objects.get().commune is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"participations": "0"}, "Số lượt người"),
        ({"participations": "1,5"}, "Số lượt người"),
        ({"participations": "9" * 40}, "Số lượt người"),
        ({"cost_central": "mười triệu"}, "Kinh phí trung ương"),
        ({"cost_other": "9" * 20}, "Kinh phí khác"),
        ({"classes": "1001"}, "Số lớp"),
        ({"period_from": "01/03/2025"}, "Phải bắt đầu trong năm 2024"),
        ({"period_from": "01/03/2024", "period_to": "28/02/2024"}, "không trước thời điểm bắt đầu"),
        ({"period_to": "01/01/2026"}, "Phải trong khoảng năm 2023 – 2025"),
        ({"programme": "999999999999999999999"}, "Chương trình"),
        ({"note": "a\x00b"}, "Ghi chú"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_words(clerk, typed, told):
    make_plan()
    programme = make_programme()

    page = clerk.post(at("plan_line_add", 2024), {**LINE, "programme": programme.pk, **typed})

    assert "Chưa ghi được" in words(page)
    assert told in words(page)
    assert not PlanLine.objects.exists()


@pytest.mark.parametrize("state", [State.CONSOLIDATING, State.APPROVED])
def test_communes_write_only_while_they_register(clerk, commune, state):
    line = make_plan_line(make_plan(state=state, decision=make_decision()), commune=commune)

    added = clerk.post(at("plan_line_add", 2024), LINE, follow=True)
    edited = clerk.post(at("plan_line_edit", 2024, line.pk), LINE, follow=True)

    for page in (added, edited):
        assert "không còn ở bước nhận ghi" in words(page)
    assert PlanLine.objects.count() == 1


def test_a_commune_reads_the_districts_lines_and_neither_writes_them_nor_sees_others(clerk):
    plan = make_plan()
    ours = make_plan_line(plan)
    theirs = make_plan_line(plan, commune=make_commune("Xã Khác"))

    assert clerk.get(at("plan_line", 2024, ours.pk)).status_code == 200
    assert clerk.get(at("plan_line_edit", 2024, ours.pk)).status_code == 404
    assert clerk.get(at("plan_line_leave_out", 2024, ours.pk)).status_code == 404
    assert clerk.get(at("plan_line", 2024, theirs.pk)).status_code == 404
    assert "Xã Khác" not in words(clerk.get(at("plan_registered", 2024)))


def test_a_head_sees_what_the_clerk_registered_and_writes_nothing(client, commune):
    line = make_plan_line(make_plan(), commune=commune)
    signed_in(client, Role.COMMUNE_HEAD, commune=commune)

    page = words(client.get(at("plan_registered", 2024)))

    assert line.programme.name in page
    assert at("plan_line_add", 2024) not in page
    assert client.get(at("plan_line_edit", 2024, line.pk)).status_code == 403


def test_a_line_is_corrected_and_a_stale_form_refused(district):
    line = make_plan_line(make_plan())
    address = at("plan_line_edit", 2024, line.pk)
    hidden, typed = form_of(district, address), {**LINE, "programme": line.programme_id}
    district.post(address, {**typed, **hidden})

    page = district.post(address, {**typed, **hidden, "participations": "5"}, follow=True)

    line.refresh_from_db()
    assert line.participations == 1200
    assert "người khác vừa sửa" in words(page)


def consolidate(client, *lines, **typed):
    told = {"viec": "gop", "dong": [line.pk for line in lines], **typed}
    return client.post(at("plan_line_consolidate", 2024), told, follow=True)


def test_registered_lines_become_one_line_a_programme_with_their_sums(district):
    plan, programme, other = make_plan(), make_programme(), make_programme("Khác")
    lines = [
        make_plan_line(
            plan, programme, commune=make_commune(f"Xã {number}"), participations=40,
            cost_local=1_000_000, cost_central=number,
        )
        for number in (1, 2)
    ]  # fmt: skip
    lines.append(make_plan_line(plan, other, commune=make_commune("Xã 3"), participations=7))

    consolidate(district, *lines)

    made = {line.programme: line for line in PlanLine.objects.of_the_district()}
    both = made[programme]
    assert (both.participations, both.classes) == (80, 2)  # sixty a class
    assert (both.cost_local, both.cost_central) == (2_000_000, 3)
    assert (made[other].participations, made[other].classes) == (7, 1)
    assert [line.into for line in PlanLine.objects.registered_ones().order_by("pk")] == [
        both, both, made[other]
    ]  # fmt: skip


def test_more_goes_into_the_line_that_stands_and_all_that_wait_at_once(district):
    plan, programme = make_plan(), make_programme()
    ours = make_plan_line(plan, programme, participations=100, classes=5)
    make_plan_line(plan, programme, commune=make_commune(), participations=10)

    consolidate(district, viec="gop-het")

    ours.refresh_from_db()
    assert (ours.participations, ours.classes) == (110, 5)  # what was typed is enough
    assert PlanLine.objects.of_the_district().count() == 1


def test_consolidating_twice_adds_once(district):
    line = make_plan_line(make_plan(), commune=make_commune(), participations=40)
    consolidate(district, line)

    page = consolidate(district, line)

    assert PlanLine.objects.of_the_district().get().participations == 40
    assert "đánh dấu ít nhất một dòng" in words(page)


def test_a_sum_that_no_line_can_hold_is_refused_in_words(district):
    plan, programme = make_plan(), make_programme()
    for number in range(2):
        make_plan_line(
            plan, programme, commune=make_commune(f"Xã {number}"), participations=1_000_000
        )

    page = consolidate(district, viec="gop-het")

    assert "lớn hơn mức có thể" in words(page)
    assert not PlanLine.objects.of_the_district().exists()


@pytest.mark.parametrize("dong", [["abc"], ["9" * 30], ["\x00"], []])
def test_wrong_keys_put_nothing_together(district, dong):
    make_plan_line(make_plan(), commune=make_commune())

    page = consolidate(district, dong=dong)

    assert "đánh dấu ít nhất một dòng" in words(page)


def test_what_was_put_together_is_taken_apart_again(district):
    plan, programme = make_plan(), make_programme()
    lines = [
        make_plan_line(plan, programme, commune=make_commune(f"Xã {n}"), participations=50,
                       cost_other=9)
        for n in range(2)
    ]  # fmt: skip
    consolidate(district, *lines)

    district.post(at("plan_line_release", 2024, lines[0].pk))

    ours = PlanLine.objects.of_the_district().get()
    assert (ours.participations, ours.classes, ours.cost_other) == (50, 1, 9)
    lines[0].refresh_from_db()
    assert lines[0].fate == "chờ xem xét"


def test_a_registered_line_that_is_corrected_takes_its_sum_along(district):
    line = make_plan_line(make_plan(), commune=make_commune(), participations=50)
    consolidate(district, line)
    address = at("plan_line_edit", 2024, line.pk)
    told = {**LINE, "programme": line.programme_id, "participations": "30"}

    district.post(address, {**told, **form_of(district, address)})

    ours = PlanLine.objects.of_the_district().get()
    assert (ours.participations, ours.cost_local) == (30, 42_000_000)
    other = make_programme("Khác").pk
    page = district.post(
        address, {**told, **form_of(district, address), "programme": other}, follow=True
    )
    assert "giữ nguyên chương trình" in words(page)


def test_lines_are_left_out_with_a_reason_and_taken_in_again(district):
    line = make_plan_line(make_plan(), commune=make_commune())

    page = consolidate(district, line, viec="khong-dua")
    assert "ghi lý do" in words(page)
    consolidate(district, line, viec="khong-dua", reason="Hết kinh phí")

    line.refresh_from_db()
    assert line.fate == "không đưa vào: Hết kinh phí"
    district.post(at("plan_line_release", 2024, line.pk))
    line.refresh_from_db()
    assert line.fate == "chờ xem xét"


def test_a_clerk_withdraws_the_own_line_which_keeps_its_row(clerk, commune):
    line = make_plan_line(make_plan(), commune=commune)

    clerk.post(at("plan_line_leave_out", 2024, line.pk), {"reason": "Ghi nhầm"})

    line.refresh_from_db()
    assert line.left_out_because == "Ghi nhầm"


def test_a_line_that_something_hangs_on_is_not_left_out_and_needs_become_free(district):
    plan = make_plan()
    used, free = make_plan_line(plan), make_plan_line(plan, make_programme("Khác"))
    make_class(plan_line=used)
    need = make_need(plan_line=free)

    page = district.post(at("plan_line_leave_out", 2024, used.pk), {"reason": "Thôi"}, follow=True)
    district.post(at("plan_line_leave_out", 2024, free.pk), {"reason": "Thôi"})

    assert "còn gắn với" in words(page)
    assert list(PlanLine.objects.standing()) == [used]
    need.refresh_from_db()
    assert need.plan_line is None


def move(client, route, plan, **typed):
    plan.refresh_from_db()
    return client.post(at(route, plan.year), {"version": plan.version, **typed}, follow=True)


def test_the_plan_goes_from_registering_to_approved_and_is_adjusted(district):
    plan = make_plan()
    line = make_plan_line(plan)
    move(district, "plan_step", plan, viec="tong-hop")
    move(district, "plan_step", plan, viec="dang-ky")
    move(district, "plan_step", plan, viec="tong-hop")

    page = move(district, "plan_approve", plan, **DECISION)

    plan.refresh_from_db()
    assert (plan.state, plan.decision.number) == (State.APPROVED, "45/QĐ-UBND")
    assert plan.decision.kind == "decision"
    assert "45/QĐ-UBND" in words(page)
    edited = district.post(at("plan_line_edit", 2024, line.pk), LINE, follow=True)
    assert "không còn ở bước nhận ghi" in words(edited)

    move(district, "plan_adjust", plan, reason="Thêm lớp chuyển đổi số")
    plan.refresh_from_db()
    assert (plan.state, plan.note) == (
        State.CONSOLIDATING, "Điều chỉnh: Thêm lớp chuyển đổi số"
    )  # fmt: skip
    assert district.get(at("plan_line_edit", 2024, line.pk)).status_code == 200
    page = move(district, "plan_step", plan, viec="dang-ky")  # approved once, never again
    assert "không còn ở bước này" in words(page)
    move(district, "plan_approve", plan, **DECISION | {"basis-number": "99/QĐ-UBND"})
    plan.refresh_from_db()
    assert (plan.state, plan.decision.number) == (State.APPROVED, "99/QĐ-UBND")
    assert plan.decision.about.startswith("Điều chỉnh kế hoạch")


@pytest.mark.parametrize(
    ("lines", "told"),
    [((), "chưa có dòng nào của huyện"), (("own", "registered"), "còn 1 dòng các xã đăng ký")],
)
def test_what_is_not_whole_is_not_approved(district, lines, told):
    plan = make_plan(state=State.CONSOLIDATING)
    for kind in lines:
        make_plan_line(
            plan, make_programme(kind), commune=make_commune() if kind == "registered" else None
        )

    page = move(district, "plan_approve", plan, **DECISION)

    plan.refresh_from_db()
    assert told in words(page)
    assert (plan.state, plan.decision) == (State.CONSOLIDATING, None)


def test_a_decision_without_its_number_approves_nothing(district):
    plan = make_plan(state=State.CONSOLIDATING)
    make_plan_line(plan)

    page = move(district, "plan_approve", plan, **DECISION | {"basis-number": ""})

    assert "Nhập số quyết định" in words(page)


@pytest.mark.parametrize("version", ["0", "x", "9" * 30, "7", ""])
def test_a_step_from_a_page_that_is_old_is_refused(district, version):
    plan = make_plan()

    page = district.post(
        at("plan_step", 2024), {"viec": "tong-hop", "version": version}, follow=True
    )

    plan.refresh_from_db()
    assert plan.state == State.REGISTERING
    assert "không còn ở bước này" in words(page)


def test_the_plan_shows_what_came_of_each_line_by_the_day(district):
    line = make_plan_line(make_plan(2023), participations=60)
    held = make_class(plan_line=line, state="closed")  # begins on 01/03/2023
    later = make_class(plan_line=line, begins_on=date(2023, 7, 1), ends_on=date(2023, 7, 2))
    make_class(plan_line=line, state="draft")
    make_enrolment(held, result="passed", result_on=date(2023, 3, 10))
    make_enrolment(held, result="passed", result_on=date(2023, 8, 1))
    make_enrolment(held, result="failed")
    make_enrolment(later)
    make_study(plan_line=line, state="graduated", ended_on=date(2023, 6, 1))

    def held_on(day):
        page = district.get(f"{at('plan', 2023)}?ngay={day}")
        found = page.context["held"]
        return vars(found) if found != 0 else {}

    assert held_on("2023-06-08") == {
        "classes": 1, "participations": 3, "passed": 1, "studies": 1, "graduated": 1
    }  # fmt: skip
    assert held_on("2023-12-31") == {
        "classes": 2, "participations": 4, "passed": 2, "studies": 1, "graduated": 1
    }  # fmt: skip
    assert held_on("2021-01-01")["classes"] == 0
    listed = words(district.get(f"{at('plan_list')}?ngay=2023-06-08"))
    assert "1 lớp" in words(district.get(f"{at('plan_line', 2023, line.pk)}?ngay=2023-06-08"))
    assert "2023" in listed


def test_totals_leave_out_what_was_left_out_and_what_communes_registered(district):
    plan = make_plan()
    make_plan_line(plan, participations=40, cost_central=5, cost_local=6, cost_other=7)
    make_plan_line(plan, make_programme("Bỏ"), participations=99, left_out_because="Thôi")
    make_plan_line(plan, make_programme("Xã"), participations=99, commune=make_commune())

    total = district.get(at("plan", 2024)).context["total"]

    assert (total.lines, total.participations, total.cost) == (1, 40, 18)


def test_the_workbook_has_the_columns_of_the_template(district):
    provider = make_provider("Trường Chính trị tỉnh")
    make_plan_line(
        make_plan(), make_programme("=Trung cấp"), participations=40, days=10, provider=provider,
        target_group="Cấp phó", period_from=date(2024, 3, 1), period_to=date(2024, 5, 30),
        cost_central=1_000_000, cost_local=2_000_000, lead="Phòng Nội vụ", note="Ghi chú",
    )  # fmt: skip

    content = district.post(at("plan_export", 2024)).content

    sheet = load_workbook(BytesIO(content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == "TT")
    assert "đồng" in rows[2][0]
    assert rows[head] == [
        "TT", "Nội dung, khóa", "Đối tượng", "Số lớp", "Số lượt người", "Thời gian (ngày)",
        "Thời điểm", "Cơ sở đào tạo, bồi dưỡng", "Kinh phí TW", "Kinh phí ĐP", "Kinh phí khác",
        "Đơn vị chủ trì", "Ghi chú",
    ]  # fmt: skip
    assert rows[head + 1] == [
        1, "=Trung cấp", "Cấp phó", 1, 40, 10, "03/2024 – 05/2024", "Trường Chính trị tỉnh",
        1_000_000, 2_000_000, 0, "Phòng Nội vụ", "Ghi chú",
    ]  # fmt: skip
    assert rows[head + 2][1:5] == ["Tổng cộng", None, 1, 40]
    assert sheet.cell(head + 2, 2).data_type == "s"  # a name that looks like a formula is text
    assert AuditEvent.objects.filter(action="export").count() == 1


def test_a_class_is_opened_from_a_line_of_the_district_by_its_staff(client, district):
    line = make_plan_line(make_plan())
    left_out = make_plan_line(line.plan, left_out_because="đã có lớp của tỉnh")

    assert f"/dao-tao/them/?dong={line.pk}" in words(district.get(at("plan_line", 2024, line.pk)))
    assert "?dong=" not in words(district.get(at("plan_line", 2024, left_out.pk)))
    client.force_login(make_user(Role.LEADER))
    assert "?dong=" not in words(client.get(at("plan_line", 2024, line.pk)))


@pytest.mark.parametrize("route", ["plan_list", "plan", "plan_registered", "plan_line"])
def test_many_lines_cost_as_many_queries_as_few(district, django_assert_max_num_queries, route):
    plan, provider = make_plan(), make_provider()
    first = make_plan_line(plan, provider=provider)
    args = {"plan_list": (), "plan_line": (2024, first.pk)}.get(route, (2024,))
    address = at(route, *args)

    def ask(most=12):
        with django_assert_max_num_queries(most) as found:
            page = district.get(address)
        assert len(page.content) < 100 * 1024
        return len(found)

    def grow(numbers):
        for number in numbers:
            programme = make_programme(f"Chương trình {number}")
            line = make_plan_line(plan, programme, provider=provider)
            commune = make_commune(f"Xã {number}")
            make_plan_line(plan, programme, commune=commune)
            make_plan_line(plan, programme, commune=commune, into=first)
            make_class(plan_line=first, provider=provider)
            make_class(plan_line=line, provider=provider)
            make_study(make_cadre(), plan_line=first)
            make_need(plan_line=first, commune=commune, programme=programme)
            make_plan(2030 + number)

    grow(range(1))
    ask(most=15)  # the first asks more: the session is renewed
    few = ask()
    grow(range(1, 25))
    assert ask() == few
