"""Decisions in the browser: entered for many people at once, found again, revoked as a whole."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.change_kinds import kind_of, kinds
from cadres.decisions import Line, decide
from cadres.models import Basis, Change, Holding, SalaryStep, Status
from cadres.models.post import LegalCategory
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_discipline,
    make_ground,
    make_holding,
    make_membership,
    make_post,
    make_salary_step,
)
from cadres.tests.pages import lines_of, words_of
from cadres.tests.test_kinds import person_for
from daitu_portal.tests.scans import pdf
from intake.forms.decision import MOST_PEOPLE
from intake.models import Proposal

pytestmark = pytest.mark.django_db
LIST, ADD = "/nhap-lieu/quyet-dinh/", "/nhap-lieu/quyet-dinh/them/"
BASIS = {
    "basis-kind": "decision", "basis-number": "15/QĐ-UBND", "basis-signed_on": "30/05/2023",
    "basis-issuer": "UBND huyện Đại Từ", "basis-signer": "Nguyễn Văn Ký",
    "basis-reason": "Theo đề nghị của xã",
}  # fmt: skip
DAY = "08/06/2023"
_SEEN = re.compile(r'name="da-xem" value="([0-9a-f]{64})"')


@pytest.fixture
def hr(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client


@pytest.fixture
def unit():
    return make_commune("Xã Nhà")


@pytest.fixture
def clerk(unit):
    client = Client()
    client.user = make_user(Role.COMMUNE_CLERK, commune=unit)
    client.force_login(client.user, "accounts.backends.WithCommune")
    return client


def serving(unit, name="Nguyễn Thị Hà", **fields):
    return make_holding(
        make_cadre(name), commune=unit, valid_from=date(2020, 1, 1), is_main=True, **fields
    ).cadre


def sent(*people, parts=("study",), **values):
    """The page as it is sent: `n0_place` is the field "place" of the first part."""
    told = {name.replace("__", "-").replace("n0_", "n0-").replace("n1_", "n1-"): value
            for name, value in values.items()}  # fmt: skip
    days = {f"n{number}-effective_on": DAY for number in range(len(parts))}
    return {
        **BASIS, **days, **told,
        "nguoi": [person.pk for person in people],
        "phan": [f"{number}:{code}" for number, code in enumerate(parts)],
    }  # fmt: skip


def checked(client, data):
    return client.post(ADD, {**data, "viec": "kiem-tra"})


def written(client, data, **more):
    """Checked and then written as it was shown."""
    seen = _SEEN.search(checked(client, data).content.decode())
    return client.post(ADD, {**data, "viec": "ghi", "da-xem": seen[1] if seen else "", **more})


def test_a_decision_about_several_people_is_written_at_once(hr, unit):
    first, second = serving(unit, "Nguyễn Thị Hà"), serving(unit, "Trần Văn Ba")

    answer = written(hr, sent(first, second, n0_place="Trường Chính trị tỉnh"))

    basis = Basis.objects.get()
    assert answer.url == f"{LIST}{basis.pk}/"
    assert {status.cadre for status in Status.objects.all()} == {first, second}
    for change in Change.objects.all():
        assert (change.kind, change.source, change.basis, change.effective_on) == (
            "study", "direct", basis, date(2023, 6, 8),
        )  # fmt: skip
        assert change.reason == "Theo đề nghị của xã"
        assert change.values["place"] == "Trường Chính trị tỉnh"
    event = AuditEvent.objects.filter(action="create").get()
    assert set(event.subject_ids) == {first.pk, second.pk}


def test_checking_shows_before_and_after_and_writes_nothing(hr, unit):
    person = serving(unit)
    make_salary_step(person, "2.67", step=2, valid_from=date(2020, 6, 8))

    words = words_of(checked(hr, sent(person, parts=("regular_raise",))))

    assert "Kiểm tra xong: không có gì cản trở" in words
    assert "Hệ số 3,00" in words
    assert "Đến hết ngày 07/06/2023" in words
    assert not Change.objects.exists()
    assert not Basis.objects.exists()


def test_a_step_after_one_with_an_end_lasts_as_long_as_that_would_have(hr, unit):
    person = serving(unit)
    make_salary_step(person, "2.67", step=2, valid_from=date(2020, 6, 8),
                     valid_to=date(2025, 7, 1))  # fmt: skip

    written(hr, sent(person, parts=("regular_raise",)))

    assert SalaryStep.objects.get(step=3).valid_to == date(2025, 7, 1)


def test_one_persons_own_value_goes_before_that_of_all(hr, unit):
    first, second = serving(unit, "Nguyễn Thị Hà"), serving(unit, "Trần Văn Ba")

    written(hr, sent(first, second, n0_place="Trường A", **{f"n0-p{second.pk}-place": "Trường B"}))

    assert first.statuses.get().place == "Trường A"
    assert second.statuses.get().place == "Trường B"


def test_who_is_left_out_of_a_part_is_not_changed_by_it(hr, unit):
    first, second = serving(unit, "Nguyễn Thị Hà"), serving(unit, "Trần Văn Ba")

    written(hr, sent(first, second, n0_place="Trường A", **{f"n0-p{second.pk}-skip": "1"}))

    assert Status.objects.get().cadre == first


def test_a_transfer_with_a_raise_is_one_decision(hr, unit):
    person, post = serving(unit), make_post("Tư pháp – hộ tịch")
    held = person.holdings.get()
    make_salary_step(person, "2.67", step=2, valid_from=date(2020, 6, 8))
    data = sent(
        person, parts=("transfer", "regular_raise"), n0_post=post.pk,
        n0_commune=make_commune("Xã Bạn").pk, **{f"n0-p{person.pk}-holding": held.pk},
    )  # fmt: skip

    written(hr, data)

    held.refresh_from_db()
    assert held.valid_to == date(2023, 6, 8)
    assert Holding.objects.get(post=post).is_main
    assert SalaryStep.objects.get(valid_to=None).coefficient == Decimal("3.00")
    assert {change.kind for change in Change.objects.all()} == {"transfer", "regular_raise"}


def test_a_transfer_presumes_the_only_post_and_no_seat(hr, unit):
    person = serving(unit)
    make_membership(person, unit, valid_from=date(2020, 1, 1))

    page = hr.get(ADD, {"nguoi": person.pk, "loai": "transfer"}).content.decode()

    def chosen(name):
        select = page.split(f'name="n0-p{person.pk}-{name}"')[1].split("</select>")[0]
        return "selected" in select.replace('value="" selected', "")

    assert chosen("holding")
    assert not chosen("seat")


def test_all_that_is_wrong_with_all_people_is_told_together_and_nothing_is_written(hr, unit):
    good, gone, busy = (serving(unit, name) for name in ("Bùi Tốt", "Cao Đã Đi", "Đỗ Bận"))
    Status.objects.create(cadre=gone, kind="study", valid_from=date(2023, 1, 1))
    Status.objects.create(cadre=busy, kind="study", valid_from=date(2023, 2, 1))

    answer = written(hr, sent(good, gone, busy, n0_place="Trường A"))

    words = words_of(answer)
    assert "Chưa ghi gì: 2 chỗ phải sửa" in words
    assert "Đang có “Đi học” từ 01/01/2023" in words
    assert "Đang có “Đi học” từ 01/02/2023" in words
    assert not Change.objects.exists()


def test_what_every_line_lacks_is_told_once_at_its_field(hr, unit):
    people = [serving(unit, "Nguyễn Thị Hà"), serving(unit, "Trần Văn Ba")]

    words = words_of(checked(hr, {**sent(*people), "n0-effective_on": ""}))
    assert words.count("Nhập ngày có hiệu lực.") == 1

    words = words_of(checked(hr, sent(*people)))
    assert words.count("Nhập “Trường, lớp”.") == 1


def test_a_basis_that_is_not_whole_forbids_to_write(hr, unit):
    data = {**sent(serving(unit), n0_place="Trường"), "basis-number": ""}

    answer = written(hr, data)

    assert "Nhập số quyết định." in words_of(answer)
    assert not Change.objects.exists()


def test_only_what_was_checked_is_written(hr, unit):
    """Between check and writing someone else ends the post that the decision would end."""
    person = serving(unit)
    data = sent(person, parts=("retirement",), n0_scheme="age")
    seen = _SEEN.search(checked(hr, data).content.decode())[1]
    Holding.objects.update(valid_to=date(2023, 1, 1))

    answer = hr.post(ADD, {**data, "viec": "ghi", "da-xem": seen})

    assert "đã khác với lần kiểm tra trước" in words_of(answer)
    assert not Change.objects.exists()


def test_a_scan_goes_with_the_decision(hr, unit):
    from django.core.files.uploadedfile import SimpleUploadedFile

    scan = SimpleUploadedFile("qd 15.pdf", pdf())
    answer = written(hr, sent(serving(unit), n0_place="Trường"), **{"basis-scans": scan})

    assert "qd 15.pdf" in words_of(hr.get(answer.url))


def test_people_are_looked_for_by_name_and_code_and_added_by_a_button(hr, unit):
    person = serving(unit, "Đỗ Thị Huệ")
    serving(unit, "Trần Văn Ba")

    found = hr.post(ADD, {"q": "do hue", "viec": "tim"}).content.decode()
    by_code = hr.post(ADD, {"q": person.code, "viec": "tim"}).content.decode()
    added = hr.post(ADD, {"chon": [person.pk], "viec": "them-nguoi", "basis-number": "77/QĐ"})

    assert f'id="chon-{person.pk}"' in found
    assert "Trần Văn Ba" not in found
    assert f'id="chon-{person.pk}"' in by_code
    assert f'name="nguoi" value="{person.pk}"' in added.content.decode()
    assert 'value="77/QĐ"' in added.content.decode()


def test_buttons_add_and_take_out_people_and_parts_and_what_was_typed_stays(hr, unit):
    first, second = serving(unit, "Nguyễn Thị Hà"), serving(unit, "Trần Văn Ba")
    data = sent(first, second, n0_place="Trường A")

    more = hr.post(ADD, {**data, "viec": "them-phan", "loai": "award"}).content.decode()
    fewer = hr.post(ADD, {**data, "viec": f"bo-nguoi:{second.pk}"}).content.decode()
    none = hr.post(ADD, {**data, "viec": "bo-phan:0"}).content.decode()

    assert 'value="0:study"' in more
    assert 'value="1:award"' in more
    assert "Trường A" in more
    assert f'name="nguoi" value="{second.pk}"' not in fewer
    assert 'value="0:study"' not in none


def test_an_address_may_bring_people_and_the_kind(hr, unit):
    person = serving(unit, "Nguyễn Thị Hà")

    page = hr.get(f"{ADD}?nguoi={person.pk}&nguoi=999999&loai=retirement").content.decode()

    assert f'name="nguoi" value="{person.pk}"' in page
    assert 'value="0:retirement"' in page
    assert "999999" not in page


def test_the_only_post_that_may_be_meant_is_chosen_already(hr, unit):
    person = serving(unit)

    page = hr.get(f"{ADD}?nguoi={person.pk}&loai=leave_post&ngay=2023-06-08").content.decode()

    assert f'value="{person.holdings.get().pk}" selected' in page


def test_whom_the_people_list_ticked_or_lists_the_decision_is_about(hr, unit):
    first, second = serving(unit, "Nguyễn Thị Hà"), serving(unit, "Trần Văn Ba")
    step = {"viec": "them-nguoi", "loc": "q=ha&ngay=2023-06-08"}

    ticked = hr.post(ADD, {**step, "chon": [second.pk]}).content.decode()
    listed = hr.post(ADD, {**step, "tat_ca": "1"}).content.decode()

    assert f'name="nguoi" value="{second.pk}"' in ticked
    assert f'name="nguoi" value="{first.pk}"' not in ticked
    assert f'name="nguoi" value="{first.pk}"' in listed
    assert f'name="nguoi" value="{second.pk}"' not in listed
    assert f'formaction="{ADD}"' in hr.get("/can-bo/?ngay=2023-06-08").content.decode()


def test_more_people_than_a_page_takes_are_told_of(hr, unit):
    people = [serving(unit, f"Người Số {number}") for number in range(MOST_PEOPLE + 1)]

    page = hr.get(ADD, {"nguoi": [person.pk for person in people]})

    assert f"tối đa {MOST_PEOPLE} người" in words_of(page)


def test_an_empty_page_says_what_is_missing(hr):
    words = words_of(checked(hr, {}))

    assert "Chưa có người nào" in words
    assert "Chưa có nội dung nào" in words
    assert "nan" not in words_of(checked(hr, sent(make_cadre(), parts=("ranking",),
                                                  n0_coefficient="nan")))  # fmt: skip


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_every_kind_can_be_made_through_the_page_and_revoked(hr, kind):
    from cadres.tests.test_kinds import the_record

    person = person_for(kind)
    cadre = person.cadre
    values = {}
    for name, value in person.values_of(kind).items():
        own = name in ("holding", "seat")
        if value is not None:
            key = f"n0-p{cadre.pk}-{name}" if own else f"n0-{name}"
            values[key] = getattr(value, "pk", value)
    before = the_record()

    answer = written(hr, sent(cadre, parts=(kind.code,), **values))

    assert answer.status_code == 302, words_of(answer)
    change = Change.objects.get()
    assert change.kind == kind.code
    page = hr.get(f"{answer.url}bai-bo/")
    mark = re.search(r'name="dau" value="([0-9a-f]{64})"', page.content.decode())[1]
    revoking = {**BASIS, "basis-number": "16/QĐ-UBND", "dau": mark}
    assert hr.post(f"{answer.url}bai-bo/", revoking).url == answer.url
    assert the_record() == before


def decided(user, *cadres, basis=None, code="study", day=date(2023, 6, 8), **values):
    ground = make_ground(user, basis=basis or make_basis())
    lines = [Line(kind_of(code), cadre, values or {"place": "Trường"}, day, {})
             for cadre in cadres]  # fmt: skip
    decide(lines, ground)
    return ground.basis


def test_the_list_tells_what_each_decision_did_and_is_narrowed(hr, unit):
    user = make_user()
    people = [serving(unit, "Nguyễn Thị Hà"), serving(unit, "Trần Văn Ba")]
    decided(user, *people, basis=make_basis(number="71/QĐ-UBND", signed_on=date(2023, 5, 1)))
    praise = {"kind": "certificate", "system": "state", "year": 2023}
    decided(user, people[0], basis=make_basis(number="72/QĐ-UBND"), code="award", **praise)
    make_basis(number="73/QĐ-UBND")
    make_basis(kind="declaration", number="74/TK")

    lines = {line["Số"]: line for line in lines_of(hr.get(LIST))}

    assert set(lines) == {"71/QĐ-UBND", "72/QĐ-UBND", "73/QĐ-UBND"}
    assert lines["71/QĐ-UBND"]["Nội dung"] == "Cử đi học (2)"
    assert lines["71/QĐ-UBND"]["Người"] == "2 người"
    assert lines["72/QĐ-UBND"]["Người"] == "Nguyễn Thị Hà"
    assert lines["73/QĐ-UBND"]["Tình trạng"] == "Chưa có thay đổi nào"
    for query, numbers in [
        ({"q": "71/qđ"}, {"71/QĐ-UBND"}),
        ({"loai": "award"}, {"72/QĐ-UBND"}),
        ({"tt": "trong"}, {"73/QĐ-UBND"}),
        ({"tu": "2023-05-01"}, {"71/QĐ-UBND"}),
    ]:
        assert {line["Số"] for line in lines_of(hr.get(LIST, query))} == numbers


def test_a_commune_sees_its_peoples_part_of_a_decision(clerk, unit):
    user, other = make_user(), make_commune("Xã Bạn")
    mine, theirs = serving(unit, "Nguyễn Thị Hà"), serving(other, "Trần Văn Ba")
    both = decided(user, mine, theirs)
    foreign = decided(user, serving(other, "Lê Thị Xa"))

    page = words_of(clerk.get(f"{LIST}{both.pk}/"))

    assert "Nguyễn Thị Hà" in page
    assert "Trần Văn Ba" not in page
    assert clerk.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert [line["Số"] for line in lines_of(clerk.get(LIST))] == [both.number]
    assert clerk.get(f"{LIST}{both.pk}/bai-bo/").status_code == 403


@pytest.mark.parametrize("address", [LIST, "decision", "add"])
def test_many_rows_cost_no_more_queries_than_few(hr, unit, address):
    user = make_user()
    basis = make_basis()

    def asked():
        url = {"decision": f"{LIST}{basis.pk}/", "add": ADD}.get(address, LIST)
        people = [person.pk for person in everyone] if address == "add" else []
        with CaptureQueriesContext(connection) as queries:
            hr.get(url, {"nguoi": people, "phan": "0:leave_post"} if people else {})
        return len(queries)

    everyone = [serving(unit, "Người Một"), serving(unit, "Người Hai")]
    decided(user, *everyone, basis=basis)
    asked()  # the first request of a session asks more
    few = asked()
    more = [serving(unit, f"Người Số {number}") for number in range(30)]
    everyone += more
    decided(user, *more, basis=basis)
    for person in more[:12]:
        decided(user, person, code="award", kind="diploma", system="state", year=2022)

    assert asked() == few
    assert few <= 14  # two of them are the session and its account


def test_revoking_shows_what_it_gives_back_to_each_person(hr, unit):
    person = serving(unit, "Nguyễn Thị Hà")
    basis = decided(make_user(), person, code="retirement", scheme="early")

    words = words_of(hr.get(f"{LIST}{basis.pk}/bai-bo/"))

    assert "Hoàn lại 1 thay đổi của 1 người" in words
    assert "Nguyễn Thị Hà" in words
    assert "Gỡ tình trạng công tác: Nghỉ hưu" in words
    assert "Đến hết ngày 07/06/2023 (trống)" in words


def test_revoking_is_refused_where_something_rests_on_it_and_that_is_named_with_a_link(hr, unit):
    person, post = serving(unit, "Nguyễn Thị Hà"), make_post("Phó Bí thư", category="cadre")
    user = make_user()
    basis = decided(user, person, code="designation", post=post, commune=unit, is_main=False)
    held = Holding.objects.get(post=post)
    later = decided(user, person, code="relief", day=date(2024, 1, 1), holding=held)
    return_page = f"{LIST}{basis.pk}/bai-bo/"

    page = hr.get(return_page)

    assert "Chưa bãi bỏ được" in words_of(page)
    assert "Nguyễn Thị Hà: Miễn nhiệm" in words_of(page)
    assert f"{LIST}{later.pk}/" in page.content.decode()
    hr.post(return_page, {**BASIS, "dau": ""})
    held.refresh_from_db()
    assert held.valid_to is not None


def test_history_and_pages_show_both_decisions(hr, unit):
    person = serving(unit, "Nguyễn Thị Hà")
    basis = decided(make_user(), person, basis=make_basis(number="71/QĐ-UBND"))
    address = f"{LIST}{basis.pk}/bai-bo/"
    mark = re.search(r'name="dau" value="([0-9a-f]{64})"', hr.get(address).content.decode())[1]

    hr.post(address, {**BASIS, "dau": mark})

    revoking = Basis.objects.get(number="15/QĐ-UBND")
    basis.refresh_from_db()
    assert basis.revoked_by == revoking
    assert "Bị bãi bỏ bởi Quyết định 15/QĐ-UBND" in words_of(hr.get(f"{LIST}{basis.pk}/"))
    assert "Bãi bỏ Quyết định 71/QĐ-UBND" in words_of(hr.get(f"{LIST}{revoking.pk}/"))
    history = words_of(hr.get(f"/can-bo/{person.pk}/nhat-ky/"))
    assert "Quyết định 71/QĐ-UBND" in history
    assert "Quyết định 15/QĐ-UBND" in history
    again = hr.post(address, {**BASIS, "dau": mark})
    assert "đã bị bãi bỏ" in words_of(again)
    assert AuditEvent.objects.filter(action="revoke").count() == 1


def test_what_was_undone_since_the_page_was_opened_is_shown_again(hr, unit):
    first, second = serving(unit, "Nguyễn Thị Hà"), serving(unit, "Trần Văn Ba")
    basis = decided(make_user(), first, second)
    address = f"{LIST}{basis.pk}/bai-bo/"
    mark = re.search(r'name="dau" value="([0-9a-f]{64})"', hr.get(address).content.decode())[1]
    from cadres.undoing import undo

    undo(first.changes.get().pk, make_ground(make_user()))
    answer = hr.post(address, {**BASIS, "dau": mark})

    assert answer.url == address
    assert second.statuses.exists()


def test_a_clerks_decision_becomes_a_draft_that_is_sent_on_a_decision(clerk, unit):
    person = serving(unit)
    data = sent(person, parts=("retirement",), n0_scheme="age")

    kept = clerk.post(ADD, {**data, "viec": "nhap"})

    proposal = Proposal.objects.get()
    item = proposal.items.get()
    assert kept.url == f"/duyet/{proposal.pk}/"
    assert (item.kind, item.cadre, item.effective_on) == ("retirement", person, date(2023, 6, 8))
    assert {edit["table"] for edit in item.edits} == {"cadres.holding", "cadres.status"}
    assert not Change.objects.exists()
    paper = {"basis-kind": "declaration", "basis-number": "1", "basis-signed_on": "30/05/2023"}
    step = {"version": proposal.version, "title": "Nghỉ hưu"}
    assert clerk.post(f"/duyet/{proposal.pk}/gui/", {**paper, **step}).status_code == 400
    assert clerk.post(f"/duyet/{proposal.pk}/gui/", {**BASIS, **step}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "pending"


def test_what_the_district_approves_of_a_decision_counts_from_its_day(clerk, hr, unit):
    from intake.approvals import Decision
    from intake.approvals import decide as approve
    from intake.proposals import digest_of

    person = serving(unit)
    clerk.post(ADD, {**sent(person, parts=("retirement",), n0_scheme="age"), "viec": "nhap"})
    proposal = Proposal.objects.get()
    clerk.post(f"/duyet/{proposal.pk}/gui/",
               {**BASIS, "version": proposal.version, "title": "Nghỉ hưu"})  # fmt: skip
    proposal.refresh_from_db()
    items = list(proposal.items.all())

    approve(proposal.pk, Decision(frozenset({items[0].pk}), {}), by=make_user(),
            version=proposal.version, digest=digest_of(items))  # fmt: skip

    change = Change.objects.get()
    assert (change.kind, change.source, change.proposed_by) == (
        "retirement", "approved", clerk.user,
    )  # fmt: skip
    assert change.basis.number == "15/QĐ-UBND"
    assert person.holdings.get().valid_to == date(2023, 6, 8)
    assert Status.objects.get().decision_number == "15/QĐ-UBND"


def test_a_draft_that_is_not_whole_keeps_what_was_typed_and_is_gone_on_with(clerk, unit):
    first, second = serving(unit, "Nguyễn Thị Hà"), serving(unit, "Trần Văn Ba")
    data = sent(first, second, n0_note="Theo phân công", **{f"n0-p{first.pk}-place": "Trường A"})

    clerk.post(ADD, {**data, "viec": "nhap"})
    proposal = Proposal.objects.get()
    page = clerk.get(f"{ADD}?de-nghi={proposal.pk}").content.decode()

    assert all(item.faults for item in proposal.items.all())
    assert "Theo phân công" in page
    assert "Trường A" in page
    whole = sent(first, second, n0_place="Trường A")
    clerk.post(f"{ADD}?de-nghi={proposal.pk}", {**whole, "viec": "nhap"})
    assert Proposal.objects.count() == 1
    assert [item.faults for item in proposal.items.all()] == [{}, {}]
    assert "?de-nghi=" in clerk.get(f"/duyet/{proposal.pk}/").content.decode()


def test_a_draft_may_not_build_on_a_row_that_it_adds_itself(clerk, unit):
    """Approved line by line, the second would look for a post that is not there yet."""
    person, post = serving(unit), make_post("Phó Bí thư", category="cadre")
    data = sent(person, parts=("designation", "retirement"), n0_post=post.pk, n0_commune=unit.pk,
                n1_scheme="age")  # fmt: skip
    data["n1-effective_on"] = "01/01/2024"

    words = words_of(checked(clerk, data))

    assert "một nội dung khác của chính quyết định này vừa thêm" in words


def test_people_of_elsewhere_are_neither_found_nor_taken(clerk, unit):
    theirs = serving(make_commune("Xã Bạn"), "Lê Thị Xa")

    found = clerk.post(ADD, {"q": "le thi xa", "viec": "tim"})
    taken = clerk.post(ADD, {**sent(theirs, n0_place="Trường"), "viec": "nhap"})

    assert "Không thấy ai" in words_of(found)
    assert "Lê Thị Xa" not in words_of(taken)
    assert not Proposal.objects.exists()


def test_a_clerk_writes_nothing_whatever_is_sent(clerk, unit):
    data = sent(serving(unit), n0_place="Trường")
    seen = _SEEN.search(checked(clerk, data).content.decode())[1]

    clerk.post(ADD, {**data, "viec": "ghi", "da-xem": seen, "proposes": ""})

    assert not Change.objects.exists()


def test_the_draft_of_someone_else_is_nobodys_page(clerk, hr, unit):
    other = make_user(Role.COMMUNE_CLERK, commune=unit)
    proposal = Proposal.objects.create(author=other, commune=unit)

    assert clerk.get(f"{ADD}?de-nghi={proposal.pk}").status_code == 404
    assert clerk.get(f"{ADD}?de-nghi=9x").status_code == 404


def test_what_to_know_is_told_before_it_is_written(hr, unit):
    person = serving(unit)
    make_discipline(person, form="warning", effective_on=date(2023, 1, 1))

    words = words_of(checked(hr, sent(person, n0_place="Trường")))

    assert "lưu ý Nguyễn Thị Hà: Đang trong 12 tháng sau kỷ luật cảnh cáo" in words
    assert "Vẫn ghi" in words


def test_the_persons_page_leads_to_a_decision_about_the_person(hr, clerk, unit):
    person = serving(unit)

    for client in (hr, clerk):
        page = client.get(f"/can-bo/{person.pk}/").content.decode()
        assert f"{ADD}?nguoi={person.pk}" in page


def test_the_post_of_a_recruit_must_be_one_of_civil_servants(hr, unit):
    person, post = make_cadre(), make_post("Bí thư", category=LegalCategory.CADRE)

    words = words_of(checked(hr, sent(person, parts=("recruitment",), n0_post=post.pk,
                                      n0_commune=unit.pk)))  # fmt: skip

    assert "Chỉ chức danh công chức được tuyển dụng" in words


@pytest.mark.parametrize("asked", ["q=%25%27", "q=/", "tu=31/02/2023", "loai=khong-co"])
def test_a_condition_that_means_nothing_finds_no_decision(hr, asked):
    make_basis(number="77/QĐ-UBND", kind="decision")
    assert "77/QĐ-UBND" in hr.get("/nhap-lieu/quyet-dinh/").content.decode()

    page = hr.get(f"/nhap-lieu/quyet-dinh/?{asked}").content.decode()

    assert "77/QĐ-UBND" not in page
