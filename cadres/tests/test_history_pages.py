"""The history that pages tell: who, when, on what, and each field before and after, in words."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEvent, Installation, Role
from accounts.tests.factories import make_user
from cadres.actions import change_cadre, create_cadre, save_record
from cadres.history import WITHHELD, WITHHELD_ROW, plain_of, tell_edits
from cadres.merging import merge
from cadres.models import (
    Cadre,
    Change,
    Discipline,
    Edit,
    Holding,
    Qualification,
    SalaryStep,
    Status,
)
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_post,
)
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return make_user()


def told(user):
    return tell_edits([plain_of(edit) for edit in Edit.objects.all()], user)


def open_as(client, user):
    client.force_login(user, "accounts.backends.WithCommune")
    return client


def sent(client, url, **form):
    """A workbook, read to its end."""
    return b"".join(client.post(url, form).streaming_content)


def test_a_row_is_told_by_names_not_keys(hr):
    cadre, unit, post = make_cadre(), make_commune("Xã An Khánh"), make_post("Chủ tịch UBND")
    holding = Holding(cadre=cadre, post=post, commune=unit, valid_from=date(2021, 7, 1),
                      valid_to=date(2023, 4, 10), standing="elected")  # fmt: skip
    save_record(holding, ground=make_ground(hr))

    (edit,) = told(hr)

    lines = {line.label: line.after for line in edit.lines}
    assert lines["Chức vụ, chức danh"] == "Chủ tịch UBND"
    assert lines["Xã, thị trấn"] == "Xã An Khánh"
    assert lines["Từ ngày"] == "01/07/2021"
    assert lines["Đến hết ngày"] == "09/04/2023"
    assert lines["Hình thức"] == "Bầu cử"
    assert lines["Là chức vụ chính"] == "Có"
    assert "Người" not in lines


def test_a_level_is_told_by_its_name(hr):
    level = Qualification(cadre=make_cadre(), strand="professional", rank=3)
    save_record(level, ground=make_ground(hr))
    level.rank = 4
    save_record(level, ground=make_ground(hr), version=2)

    _, changed = told(hr)

    assert [(line.label, line.before, line.after) for line in changed.lines] == [
        ("Mức", "Cao đẳng", "Đại học")
    ]


def test_discipline_is_told_with_its_last_day(hr):
    row = Discipline(cadre=make_cadre(), system="state", form="warning", reason="work",
                     decided_on=date(2023, 9, 2), effective_on=date(2023, 9, 2),
                     ends_on=date(2024, 9, 2))  # fmt: skip
    save_record(row, ground=make_ground(hr))

    lines = {line.label: line.after for line in told(hr)[0].lines}

    assert lines["Đến hết ngày"] == "01/09/2024"
    assert "Hết hiệu lực từ" not in lines


def test_a_step_of_pay_is_titled_with_a_comma(hr):
    step = SalaryStep(cadre=make_cadre(), grade_code="01.003", step=6, coefficient=Decimal("3.99"),
                      valid_from=date(2022, 1, 1))  # fmt: skip
    save_record(step, ground=make_ground(hr))

    assert told(hr)[0].title == "01.003 bậc 6, hệ số 3,99"


def test_sensitive_fields_are_withheld_from_leaders_and_numbers_masked_for_clerks(hr):
    cadre = make_cadre(national_id="001085000001", ethnicity="Kinh")
    change_cadre(
        cadre.pk,
        {"national_id": "001085000002", "ethnicity": "Tày", "birthplace": "Đại Từ"},
        ground=make_ground(hr), version=1,
    )  # fmt: skip

    for_leader = {line.label: line.after for line in told(make_user(Role.LEADER))[0].lines}
    unit = make_commune()
    for_clerk = {
        line.label: line.after
        for line in told(make_user(Role.COMMUNE_CLERK, commune=unit))[0].lines
    }

    assert for_leader["Dân tộc"] == for_leader["Số CCCD"] == WITHHELD
    assert for_leader["Nơi sinh"] == "Đại Từ"
    assert for_clerk["Dân tộc"] == "Tày"
    assert for_clerk["Số CCCD"] == "001•••••0002"


def test_the_page_tells_who_when_on_what_and_why(client, hr):
    cadre = make_cadre(residence="Xóm Cũ")
    ground = make_ground(hr, basis=make_basis(number="77/QĐ-UBND"), reason="Chuyển nhà")
    change_cadre(cadre.pk, {"residence": "Xóm Mới"}, ground=ground, version=1)

    page = open_as(client, hr).get(f"/can-bo/{cadre.pk}/nhat-ky/").content.decode()

    for words in ("77/QĐ-UBND", "Chuyển nhà", hr.full_name, "<del>Xóm Cũ</del>", "Xóm Mới"):
        assert words in page


def test_undoing_shows_first_and_then_does(client, hr):
    cadre = make_cadre(residence="Xóm Cũ")
    change_cadre(cadre.pk, {"residence": "Xóm Mới"}, ground=make_ground(hr), version=1)
    change = Change.objects.get()
    url = f"/can-bo/{cadre.pk}/thay-doi/{change.pk}/huy/"
    open_as(client, hr)

    assert "<ins>Xóm Cũ</ins>" in client.get(url).content.decode()
    assert Cadre.objects.get().residence == "Xóm Mới"
    client.post(
        url,
        {"version": 2, "basis-kind": "declaration", "basis-number": "2", "basis-reason": "Nhầm"},
    )

    assert Cadre.objects.get().residence == "Xóm Cũ"
    page = client.get(f"/can-bo/{cadre.pk}/nhat-ky/").content.decode()
    assert Change.objects.latest("pk").source == "undone"
    assert "Hủy thay đổi" in page
    assert "bãi bỏ" not in page.lower()


def test_undoing_twice_says_that_it_is_undone_by_whom_and_does_nothing(client, hr):
    cadre = make_cadre(residence="Xóm Cũ")
    change_cadre(cadre.pk, {"residence": "Xóm Mới"}, ground=make_ground(hr), version=1)
    url = f"/can-bo/{cadre.pk}/thay-doi/{Change.objects.get().pk}/huy/"
    form = {"version": 2, "basis-kind": "declaration", "basis-number": "2", "basis-reason": "Nhầm"}
    open_as(client, hr).post(url, form)

    page = client.post(url, form, follow=True)

    assert page.redirect_chain == [(f"/can-bo/{cadre.pk}/nhat-ky/", 302)]
    assert "đã được hủy rồi" in page.content.decode()
    assert hr.full_name in page.content.decode()
    assert Change.objects.count() == 2


def test_the_entry_of_a_person_undone_twice_leads_to_the_list(client, hr):
    person = Cadre(full_name="Trần Văn Nhầm", sex="M", born_on=PartialDate("1985-02-03"))
    create_cadre(person, ground=make_ground(hr))
    url = f"/can-bo/{person.pk}/thay-doi/{Change.objects.get().pk}/huy/"
    form = {"version": 1, "basis-kind": "declaration", "basis-number": "2", "basis-reason": "Nhầm"}
    open_as(client, hr).post(url, form)

    page = client.post(url, form, follow=True)

    assert page.redirect_chain == [("/can-bo/", 302)]
    assert "đã được hủy rồi" in page.content.decode()


def test_undoing_from_an_old_page_is_shown_anew(client, hr):
    cadre = make_cadre(residence="Xóm Cũ")
    change_cadre(cadre.pk, {"residence": "Xóm Mới"}, ground=make_ground(hr), version=1)
    change = Change.objects.get()
    change_cadre(cadre.pk, {"birthplace": "Nơi khác"}, ground=make_ground(hr), version=2)
    url = f"/can-bo/{cadre.pk}/thay-doi/{change.pk}/huy/"

    answer = open_as(client, hr).post(
        url,
        {"version": 2, "basis-kind": "declaration", "basis-number": "2", "basis-reason": "Nhầm"},
    )

    assert answer["Location"] == url
    assert Cadre.objects.get().residence == "Xóm Mới"


def test_what_later_changes_rest_on_says_which(client, hr):
    cadre = make_cadre(residence="A")
    change_cadre(cadre.pk, {"residence": "B"}, ground=make_ground(hr), version=1)
    first = Change.objects.get()
    later = make_ground(hr, basis=make_basis(number="99/QĐ-UBND"))
    change_cadre(cadre.pk, {"residence": "C"}, ground=later, version=2)
    url = f"/can-bo/{cadre.pk}/thay-doi/{first.pk}/huy/"

    page = open_as(client, hr).get(url).content.decode()
    client.post(
        url,
        {"version": 3, "basis-kind": "declaration", "basis-number": "2", "basis-reason": "Nhầm"},
    )

    assert "99/QĐ-UBND" in page
    assert Cadre.objects.get().residence == "C"


def test_restoring_gives_back_everything_since(client, hr):
    cadre = make_cadre(residence="A")
    change_cadre(cadre.pk, {"residence": "B"}, ground=make_ground(hr), version=1)
    first = Change.objects.get()
    change_cadre(cadre.pk, {"residence": "C", "birthplace": "D"}, ground=make_ground(hr), version=2)
    url = f"/can-bo/{cadre.pk}/thay-doi/{first.pk}/khoi-phuc/"

    open_as(client, hr).post(
        url,
        {"version": 3, "basis-kind": "declaration", "basis-number": "2", "basis-reason": "Nhầm"},
    )

    cadre.refresh_from_db()
    assert (cadre.residence, cadre.birthplace) == ("A", "")


def test_who_looked_is_listed_with_lists_and_exports_of_everyone(client, hr):
    cadre, other = make_cadre(), make_cadre("Trần Văn Khác")
    leader = make_user(Role.LEADER)
    open_as(client, leader).get(f"/can-bo/{cadre.pk}/")
    open_as(client, hr)
    sent(client, "/can-bo/bo-du-lieu/", muc_dich="Báo cáo quý")
    sent(client, "/can-bo/xuat/", muc_dich="In danh sách", loc="")
    client.get(f"/can-bo/{other.pk}/")

    page = client.get(f"/can-bo/{cadre.pk}/ai-da-xem/").content.decode()

    assert leader.full_name in page
    assert "Báo cáo quý" in page
    assert f"/can-bo/{other.pk}/" not in page


def test_an_export_is_found_by_each_person_that_was_in_it(client, hr):
    unit = make_commune()
    people = [make_holding(make_cadre(f"Nguyễn Văn {n}"), commune=unit).cadre for n in "ABC"]
    sent(open_as(client, hr), "/can-bo/xuat/", muc_dich="In danh sách", loc="")

    found = [AuditEvent.objects.about_person(each.pk).get().purpose for each in people]

    assert found == ["In danh sách"] * 3


def test_a_clerk_reads_the_history_of_the_own_commune_and_undoes_nothing(client, hr):
    unit = make_commune()
    cadre = make_holding(make_cadre(), commune=unit).cadre
    change_cadre(cadre.pk, {"residence": "B"}, ground=make_ground(hr), version=1)
    foreign = make_holding(make_cadre("Trần Văn Khác")).cadre
    change_cadre(foreign.pk, {"residence": "Xóm Lạ"}, ground=make_ground(hr), version=1)
    open_as(client, make_user(Role.COMMUNE_CLERK, commune=unit))

    page = client.get("/can-bo/thay-doi/").content.decode()

    assert cadre.full_name in page
    assert "Xóm Lạ" not in page
    assert "Hủy thay đổi" not in client.get(f"/can-bo/{cadre.pk}/nhat-ky/").content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [("q=thu", True), ("q=77/qđ", True), ("q=78/qđ", False), ("q=binh", False),
     ("cach=direct", True), ("cach=approved", False), ("loai=record", True),
     ("tu=2090-01-01", False), ("tu=01/01/2090", False), ("den=01/01/2090", True),
     ("tu=31/02/2023", False), ("q=%25", False), ("q=_", False), ("xa=0", False)],
)  # fmt: skip
def test_the_list_of_changes_is_filtered(client, hr, asked, found):
    cadre = make_cadre()
    ground = make_ground(hr, basis=make_basis(number="77/QĐ-UBND"))
    change_cadre(cadre.pk, {"residence": "Xóm Mới"}, ground=ground, version=1)

    page = open_as(client, hr).get(f"/can-bo/thay-doi/?{asked}").content.decode()

    assert ("Xóm Mới" in page) is found


def test_a_note_is_kept_beside_the_record_and_not_shown_to_leaders(client, hr):
    cadre = make_cadre()
    open_as(client, hr).post(f"/can-bo/{cadre.pk}/ghi-chu/", {"text": "Đã gọi điện xác minh"})

    assert "Đã gọi điện" in client.get(f"/can-bo/{cadre.pk}/nhat-ky/").content.decode()
    open_as(client, make_user(Role.LEADER))
    assert "Đã gọi điện" not in client.get(f"/can-bo/{cadre.pk}/nhat-ky/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_history_of_many_changes_costs_twelve_queries_at_most(
    client, django_assert_max_num_queries
):
    hr = make_user()
    cadre, unit = make_cadre(), make_commune()
    for number in range(40):
        post = make_post(f"Chức danh {number}", per_commune=None)
        row = Holding(cadre=cadre, post=post, commune=unit, is_main=False,
                      valid_from=date(2010 + number % 10, 1, 1))  # fmt: skip
        save_record(row, ground=make_ground(hr))
    open_as(client, hr).get(f"/can-bo/{cadre.pk}/nhat-ky/")

    with django_assert_max_num_queries(12):
        client.get(f"/can-bo/{cadre.pk}/nhat-ky/")


def test_a_value_that_tells_of_discipline_is_withheld_from_leaders_with_its_row(hr):
    cadre = make_cadre()
    step = SalaryStep(cadre=cadre, coefficient=Decimal("2.67"), reason="lowered",
                      valid_from=date(2023, 1, 1), delayed_months=6)  # fmt: skip
    save_record(step, ground=make_ground(hr))

    (for_leader,), (for_hr,) = told(make_user(Role.LEADER)), told(hr)

    assert (for_leader.title, for_leader.what, for_leader.lines) == ("", WITHHELD_ROW, ())
    lines = {line.label: line.after for line in for_hr.lines}
    assert for_hr.title != ""
    assert (lines["Vì"], lines["Kéo dài nâng lương (tháng)"]) == ("Hạ bậc lương", "6")


def test_a_leader_is_not_told_of_a_suspension_by_its_title_either(hr):
    cadre = make_cadre()
    status = Status(cadre=cadre, kind="suspended", valid_from=date(2023, 1, 1))
    save_record(status, ground=make_ground(hr))
    status.place = "Xã Thử"
    save_record(status, ground=make_ground(hr), version=2)

    for_leader, for_hr = told(make_user(Role.LEADER)), told(hr)

    assert [(edit.title, edit.what, edit.lines) for edit in for_leader] == [
        ("", WITHHELD_ROW, ())
    ] * 2
    assert [edit.title for edit in for_hr] == ["Tạm đình chỉ công tác"] * 2


def test_a_note_that_is_sent_twice_is_kept_once(client, hr):
    cadre, url = make_cadre(), "/can-bo/{}/ghi-chu/"
    other = make_user(Role.DISTRICT_HR)
    for user, text in ((hr, "A"), (hr, " A "), (other, "A"), (hr, "A"), (hr, "B"), (hr, "A")):
        page = open_as(client, user).post(url.format(cadre.pk), {"text": text}, follow=True)
        assert ("không lưu lần nữa" in page.content.decode()) is (text == " A ")
    open_as(client, hr).post(url.format(make_cadre().pk), {"text": "A"})

    notes = cadre.journal.order_by("pk").values_list("by", "text")
    assert list(notes) == [(hr.pk, "A"), (other.pk, "A"), (hr.pk, "A"), (hr.pk, "B"), (hr.pk, "A")]
    assert AuditEvent.objects.filter(action="create", detail__table="journalnote").count() == 6


def test_the_record_that_stayed_tells_the_history_of_the_one_merged_into_it(client, hr):
    left, right = make_cadre("Nguyễn Văn A"), make_cadre("Nguyễn Văn A")
    change_cadre(right.pk, {"residence": "Xóm Cũ"}, ground=make_ground(hr), version=1)
    right.refresh_from_db()
    old = right.changes.get()
    merge(left.pk, right.pk, choices={}, ground=make_ground(hr), versions=(1, right.version))

    page = open_as(client, hr).get(f"/can-bo/{left.pk}/nhat-ky/").content.decode()

    assert f"hồ sơ đã gộp {right.code}" in page
    assert f'id="thay-doi-{old.pk}"' in page
    assert f"/thay-doi/{old.pk}/huy/" not in page


def test_the_units_of_the_list_of_changes_are_those_of_the_reference_day(client, hr):
    gone = make_commune("Xã Đã Nhập", valid_to=date(2025, 7, 1))
    cadre = make_holding(make_cadre("Lê Có Đơn Vị"), commune=gone).cadre
    change_cadre(cadre.pk, {"residence": "B"}, ground=make_ground(hr), version=1)
    Installation.objects.update_or_create(pk=1, defaults={"reference_on": date(2023, 6, 8)})

    page = open_as(client, hr).get(f"/can-bo/thay-doi/?xa={gone.pk}").content.decode()

    assert f'<option value="{gone.pk}" selected>Xã Đã Nhập' in page
    assert "Lê Có Đơn Vị" in page
