"""One edit of many people: what it does to each record, whom it reaches, and all or nothing."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.actions import change_cadre
from cadres.models import Allowance, Basis, Cadre, Change, Profile, Rating, Term
from cadres.tests.factories import (
    make_allowance,
    make_basis,
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_post,
    make_profile,
    make_rating,
)
from cadres.tests.pages import lines_of, words_of
from cadres.undoing import undo
from intake.approvals import Decision, decide
from intake.bulk import MOST_PEOPLE, StaleBulk, plan_bulk, propose_bulk, write_bulk
from intake.bulk_rows import Wanted, WantedArea, WantedRating, WantedTerm
from intake.models import Proposal
from intake.proposals import digest_of, submit
from intake.tests.conftest import BASIS

pytestmark = pytest.mark.django_db
BULK, DAY = "/can-bo/sua-hang-loat/", date(2023, 6, 8)
LIST_QUERY = "ngay=2023-06-08"


def people(*names, **fields):
    post, commune = make_post(), make_commune()
    return [make_holding(make_cadre(name, **fields), post, commune).cadre for name in names]


def address(*cadres, loc=LIST_QUERY):
    return f"{BULK}?{urlencode([('loc', loc), *(('chon', each.pk) for each in cadres)])}"


def typed(**told):
    """The fields of the form: `ethnicity="Tày"` is a new value, `ethnicity=None` empties it."""
    sent = {}
    for line, value in told.items():
        sent[f"{line}-cach"] = "xoa" if value is None else "moi"
        sent |= value if isinstance(value, dict) else {line: value or ""}
    return sent


def fingerprint_in(page):
    return page.content.decode().partition('name="dau" value="')[2].partition('"')[0]


def write(client, url, reason="Cập nhật theo rà soát", **told):
    """Look, then write what was shown."""
    fields = typed(**told)
    looked = client.post(url, {**fields, "buoc": "xem"})
    more = {**BASIS, "basis-reason": reason, "dau": fingerprint_in(looked), "buoc": "ghi"}
    return looked, client.post(url, {**fields, **more}, follow=True)


def planned(cadres, wanted, by=None):
    return plan_bulk([each.pk for each in cadres], wanted, by=by or make_user(), day=DAY)


def written(cadres, wanted, by=None):
    """Plan and write at once."""
    ground = make_ground(by or make_user())
    keys = [each.pk for each in cadres]
    mark = plan_bulk(keys, wanted, by=ground.by, day=DAY).fingerprint
    return write_bulk(keys, wanted, ground, day=DAY, fingerprint=mark)


# ---- what it does


def test_own_fields_are_set_and_emptied_and_the_rest_stays():
    one, two = people("Một", "Hai", ethnicity="Kinh", religion="Phật giáo", note="Cũ")
    make_profile(two, main_work="Kế toán")
    wanted = Wanted(person={"ethnicity": "Tày", "religion": ""}, profile={"main_work": "Thủ quỹ"})

    plan = written([one, two], wanted)

    assert [(c.ethnicity, c.religion, c.note) for c in Cadre.objects.order_by("pk")] == [
        ("Tày", "", "Cũ")
    ] * 2  # fmt: skip
    assert set(Profile.objects.values_list("cadre", "main_work")) == {
        (one.pk, "Thủ quỹ"), (two.pk, "Thủ quỹ"),
    }  # fmt: skip
    assert (len(plan.changed), plan.unchanged, plan.refused) == (2, 0, [])


def test_each_person_gets_a_change_with_basis_reason_and_cells_and_can_be_undone():
    one, two = people("Một", "Hai", ethnicity="Kinh")
    ground = make_ground(make_user(), reason="Theo rà soát")
    wanted = Wanted(person={"ethnicity": "Tày"})
    keys = [one.pk, two.pk]
    mark = plan_bulk(keys, wanted, by=ground.by, day=DAY).fingerprint

    write_bulk(keys, wanted, ground, day=DAY, fingerprint=mark)

    changes = Change.objects.order_by("cadre_id")
    assert [(c.cadre, c.kind, c.basis, c.reason, c.by) for c in changes] == [
        (person, "bulk", ground.basis, "Theo rà soát", ground.by) for person in (one, two)
    ]
    (edit,) = changes[0].edits.all()
    assert (edit.before, edit.after) == ({"ethnicity": "Kinh"}, {"ethnicity": "Tày"})
    assert list(Cadre.objects.values_list("version", flat=True)) == [2, 2]

    undo(changes[0].pk, make_ground(ground.by))
    assert list(Cadre.objects.order_by("pk").values_list("ethnicity", flat=True)) == ["Kinh", "Tày"]


def test_whoever_is_so_already_gets_no_change():
    (one,) = people("Một", ethnicity="Tày")

    plan = written([one], Wanted(person={"ethnicity": "Tày"}, profile={"main_work": ""}))

    assert (plan.changed, plan.unchanged) == ([], 1)
    assert not Change.objects.exists()


def test_a_rating_is_added_corrected_and_taken_out():
    new, other, same = people("Mới", "Khác", "Đúng")
    make_rating(other, 2022, 2)
    make_rating(same, 2022, 4)
    make_rating(other, 2021, 2)
    basis = make_basis(number="15/QĐ-UBND", signed_on=date(2022, 12, 20))
    ground, keys = make_ground(make_user(), basis=basis), [new.pk, other.pk, same.pk]
    wanted = Wanted(rating=WantedRating(2022, 4))
    mark = plan_bulk(keys, wanted, by=ground.by, day=DAY).fingerprint

    plan = write_bulk(keys, wanted, ground, day=DAY, fingerprint=mark)

    assert (len(plan.changed), plan.unchanged) == (2, 1)
    assert set(Rating.objects.filter(year=2022).values_list("cadre", "level")) == {
        (new.pk, 4), (other.pk, 4), (same.pk, 4),
    }  # fmt: skip
    made = Rating.objects.get(cadre=new)
    assert (made.decision_number, made.decided_on) == ("15/QĐ-UBND", date(2022, 12, 20))

    written([new, other], Wanted(rating=WantedRating(2022, None)))
    assert set(Rating.objects.values_list("cadre", "year")) == {(other.pk, 2021), (same.pk, 2022)}
    gone = Change.objects.filter(cadre=new).latest("pk")
    undo(gone.pk, make_ground(ground.by))
    assert Rating.objects.get(cadre=new).level == 4


def test_an_area_allowance_follows_the_one_before_and_lasts_until_the_next():
    new, before, later, same = people("Mới", "Đang hưởng", "Sau này", "Đúng mức")
    old = make_allowance(before, "area", coefficient=Decimal("0.30"), valid_from=date(2020, 1, 1))
    make_allowance(later, "area", coefficient=Decimal("0.70"), valid_from=date(2024, 1, 1))
    make_allowance(same, "area", coefficient=Decimal("0.50"), valid_from=date(2020, 1, 1))
    make_allowance(new, "position", coefficient=Decimal("0.25"))

    plan = written(
        [new, before, later, same], Wanted(area=WantedArea(date(2023, 1, 1), Decimal("0.50")))
    )

    assert (len(plan.changed), plan.unchanged) == (3, 1)
    old.refresh_from_db()
    assert old.valid_to == date(2023, 1, 1)
    fresh = Allowance.objects.filter(kind="area", valid_from=date(2023, 1, 1))
    assert set(fresh.values_list("cadre", "coefficient", "valid_to")) == {
        (new.pk, Decimal("0.50"), None), (before.pk, Decimal("0.50"), None),
        (later.pk, Decimal("0.50"), date(2024, 1, 1)),
    }  # fmt: skip

    written([before, new], Wanted(area=WantedArea(date(2023, 5, 1), None)))
    ends = Allowance.objects.filter(kind="area", valid_from=date(2023, 1, 1))
    assert dict(ends.values_list("cadre", "valid_to"))[before.pk] == date(2023, 5, 1)


def test_a_term_goes_to_the_main_post_of_the_day_and_must_have_begun_with_it():
    term = Term.objects.create(organisation="ubnd", name="2021–2026", valid_from=date(2021, 5, 1))
    late = Term.objects.create(organisation="ubnd", name="2026–2031", valid_from=date(2026, 5, 1))
    one, two = people("Một", "Hai")
    beside = make_holding(one, is_main=False)
    nobody = make_cadre("Chưa có chức vụ")

    plan = written([one, two, nobody], Wanted(term=WantedTerm(term)))

    assert set(one.holdings.values_list("is_main", "term")) == {(True, term.pk), (False, None)}
    assert beside.term is None
    assert [(each.cadre, each.refused) for each in plan.refused] == [
        (nobody, "Không giữ chức vụ chính nào ngày 08/06/2023.")
    ]
    wrong = planned([one], Wanted(term=WantedTerm(late)))
    assert "nằm ngoài" in wrong.refused[0].refused


# ---- all or nothing, and what moved meanwhile


def test_a_record_that_changed_after_the_look_stops_everyone():
    one, two = people("Một", "Hai", ethnicity="Kinh")
    wanted, keys = Wanted(person={"religion": "Không"}), [one.pk, two.pk]
    ground = make_ground(make_user())
    mark = plan_bulk(keys, wanted, by=ground.by, day=DAY).fingerprint
    change_cadre(two.pk, {"note": "Vừa sửa"}, ground=make_ground(ground.by), version=1)

    with pytest.raises(StaleBulk):
        write_bulk(keys, wanted, ground, day=DAY, fingerprint=mark)

    assert set(Cadre.objects.values_list("religion", flat=True)) == {""}
    assert not Change.objects.filter(kind="bulk").exists()


def test_a_fault_in_the_midst_of_writing_leaves_nothing(monkeypatch):
    one, two = people("Một", "Hai")
    monkeypatch.setattr("intake.bulk.record_many", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        written([one, two], Wanted(person={"ethnicity": "Tày"}, rating=WantedRating(2022, 3)))

    assert set(Cadre.objects.values_list("ethnicity", "version")) == {("", 1)}
    assert not Rating.objects.exists()


def test_people_outside_the_scope_are_nobody_to_the_plan_and_to_the_writing():
    (mine,), (theirs,) = people("Người Nhà"), people("Người Bạn")
    clerk = make_user(Role.COMMUNE_CLERK, commune=mine.holdings.get().commune)
    wanted = Wanted(person={"ethnicity": "Tày"})

    assert [o.cadre for o in planned([mine, theirs], wanted, by=clerk).outcomes] == [mine]
    written([mine, theirs], wanted, by=clerk)
    theirs.refresh_from_db()
    assert theirs.ethnicity == ""


def test_many_people_cost_hardly_more_queries_than_few():
    post, commune, asked = make_post(), make_commune(), []
    wanted = Wanted(
        person={"ethnicity": "Tày"}, profile={"main_work": "Một cửa"},
        rating=WantedRating(2022, 3), area=WantedArea(date(2023, 1, 1), Decimal("0.50")),
    )  # fmt: skip
    for number in (10, 190):
        cadres = [make_holding(make_cadre(f"Người {n}"), post, commune).cadre
                  for n in range(number)]  # fmt: skip
        ground, keys = make_ground(make_user()), [each.pk for each in cadres]
        with CaptureQueriesContext(connection) as looked:
            mark = plan_bulk(keys, wanted, by=ground.by, day=DAY).fingerprint
        with CaptureQueriesContext(connection) as queries:
            write_bulk(keys, wanted, ground, day=DAY, fingerprint=mark)
        asked.append((len(looked), len(queries)))

    (look, few), (look_again, many) = asked
    assert look == look_again <= 6
    # SQLite takes a thousand values in a statement: some statements more, none for each person
    assert many - few <= 180 / 10


# ---- the pages


def test_the_bar_of_the_list_leads_to_the_form_with_the_people_in_its_address(hr):
    one, two, _ = people("Một", "Hai", "Ba")
    told = {"loc": f"{LIST_QUERY}&gioi=M", "chon": [one.pk, two.pk, "x", "9" * 30]}

    answer = hr.post(BULK, told)

    assert answer.url == address(one, two, loc=f"{LIST_QUERY}&gioi=M")
    assert "Sửa hàng loạt 2 người" in words_of(hr.get(answer.url))


def test_all_who_match_are_meant_by_the_address_of_the_list_and_not_by_the_page(hr):
    people(*(f"Nguyễn {n}" for n in range(60)), sex="F")
    men = people("Trần Nam", sex="M")

    answer = hr.post(BULK, {"loc": f"{LIST_QUERY}&gioi=F", "tat_ca": "1", "chon": men[0].pk})
    looked, page = write(hr, answer.url, ethnicity="Nùng")

    assert "60 người thay đổi" in words_of(looked)
    assert len({line["Người"] for line in lines_of(looked)}) == 50
    assert "Đã ghi cho 60 người" in words_of(page)
    assert Cadre.objects.filter(ethnicity="Nùng").count() == 60
    assert page.redirect_chain[-1][0] == f"/can-bo/?{LIST_QUERY}&gioi=F"


def test_the_second_page_of_the_look_holds_the_rest(hr):
    people(*(f"Nguyễn {n}" for n in range(60)))
    url = f"{BULK}?{urlencode({'loc': LIST_QUERY, 'tat_ca': 1})}"

    page = hr.post(url, {**typed(ethnicity="Nùng"), "buoc": "xem", "trang": "2"})

    assert len(lines_of(page)) == 10
    assert "Người 51–60 trong 60 người thay đổi" in words_of(page)


def test_the_look_tells_cell_by_cell_what_changes_and_writes_nothing(hr):
    (one,) = people("Nguyễn Văn Một", ethnicity="Kinh")

    page = hr.post(address(one), {**typed(ethnicity="Tày"), "buoc": "xem"})

    (line,) = lines_of(page)
    assert (line["Người"], line["Mục"], line["Trước"], line["Sau"]) == (
        f"Nguyễn Văn Một {one.code}", "Dân tộc", "Kinh", "Tày",
    )  # fmt: skip
    assert Cadre.objects.get().ethnicity == "Kinh"
    assert not Basis.objects.exists()


@pytest.mark.parametrize("left_out", ["basis-kind", "basis-reason"])
def test_basis_and_reason_are_required(hr, left_out):
    (one,) = people("Một")
    fields = {**typed(ethnicity="Tày"), **BASIS, "basis-reason": "Rà soát", "buoc": "ghi"}
    fields["dau"] = planned([one], Wanted(person={"ethnicity": "Tày"})).fingerprint
    fields[left_out] = ""

    answer = hr.post(address(one), fields)

    assert answer.status_code == 400
    assert Cadre.objects.get().ethnicity == ""
    assert not Basis.objects.exists()


def test_a_look_that_is_old_is_shown_anew_and_leaves_no_basis(hr):
    (one,) = people("Một", ethnicity="Kinh")
    fields = {**typed(religion="Không"), **BASIS, "basis-reason": "Rà soát", "buoc": "ghi"}
    fields["dau"] = planned([one], Wanted(person={"religion": "Không"})).fingerprint
    Cadre.objects.update(version=7)

    answer = hr.post(address(one), fields)

    assert answer.status_code == 409
    assert "vừa được người khác sửa" in words_of(answer)
    assert Cadre.objects.get().religion == ""
    assert not Basis.objects.exists()
    again = hr.post(address(one), {**fields, "dau": fingerprint_in(answer)})
    assert again.status_code == 302
    assert Cadre.objects.get().religion == "Không"


def test_writing_twice_says_that_one_wrote_it_oneself(hr):
    (one,) = people("Một", ethnicity="Kinh")
    fields = {**typed(religion="Không"), **BASIS, "basis-reason": "Rà soát", "buoc": "ghi"}
    fields["dau"] = planned([one], Wanted(person={"religion": "Không"})).fingerprint
    hr.post(address(one), fields)

    again = words_of(hr.post(address(one), fields, follow=True))

    assert "Không còn gì để ghi: bạn đã ghi lúc" in again
    assert "người khác" not in again
    assert Basis.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Chưa có mục nào để sửa"),
        ({"ethnicity": "Tày"}, "đang để “Không đổi”"),
        ({"ethnicity-cach": "moi"}, "Nhập “Dân tộc”"),
        ({"ethnicity-cach": "moi", "ethnicity": "Người Hỏa tinh"}, "Người Hỏa tinh"),
        ({"rating-cach": "moi", "year": "2022"}, "Nhập “Mức xếp loại”"),
        ({"rating-cach": "moi", "year": "1900", "level": "3"}, "Năm phải từ"),
        ({"area-cach": "moi", "coefficient": "0,5"}, "Nhập “Từ ngày”"),
        ({"area-cach": "moi", "coefficient": "12", "from_on": "01/01/2023"}, "Hệ số phụ cấp"),
    ],
)
def test_what_cannot_be_asked_is_told_on_the_form(hr, fields, why):
    (one,) = people("Một")

    page = hr.post(address(one), {**fields, "buoc": "xem"})

    assert page.status_code == 400
    assert why in words_of(page)


def test_nobody_chosen_or_too_many_go_back_to_the_list(hr, monkeypatch):
    one, two = people("Một", "Hai")
    monkeypatch.setattr("intake.views.bulk.MOST_PEOPLE", 1)

    none = hr.get(f"{BULK}?loc=gioi%3DM", follow=True)
    many = hr.get(address(one, two), follow=True)

    assert none.redirect_chain[0][0] == "/can-bo/?gioi=M"
    assert "Chưa chọn ai" in words_of(none)
    assert "nhiều nhất 1 người" in words_of(many)
    assert MOST_PEOPLE >= 500


def test_the_log_keeps_whose_and_why_and_no_value(hr):
    (one,) = people("Một")

    write(hr, address(one), ethnicity="Tày")

    event = AuditEvent.objects.filter(action=AuditEvent.Action.CHANGE).latest("pk")
    assert (event.subject_ids, event.purpose) == ([one.pk], "Cập nhật theo rà soát")
    assert event.detail == {"what": "bulk", "fields": ["moi:ethnicity"], "refused": 0}


# ---- whom it reaches


def test_a_clerk_makes_a_draft_and_writes_no_record():
    mine, other = people("Người Nhà", "Người Nữa", ethnicity="Kinh")
    (theirs,) = people("Người Bạn", ethnicity="Kinh")
    clerk = make_user(Role.COMMUNE_CLERK, commune=mine.holdings.get().commune)
    client = Client()
    client.force_login(clerk, "accounts.backends.WithCommune")

    looked, page = write(client, address(mine, other, theirs), ethnicity="Tày",
                         area={"coefficient": "0,5", "from_on": "01/01/2023"})  # fmt: skip

    assert "Người Bạn" not in words_of(looked)
    assert "Đã thành bản nháp" in words_of(page)
    assert set(Cadre.objects.values_list("ethnicity", flat=True)) == {"Kinh"}
    proposal = Proposal.objects.get()
    assert (proposal.author, proposal.state) == (clerk, "draft")
    assert set(proposal.items.values_list("cadre", "table")) == {
        (person.pk, table) for person in (mine, other)
        for table in ("cadres.cadre", "cadres.allowance")
    }  # fmt: skip


def test_what_a_clerk_proposed_for_many_is_approved_into_each_record():
    one, two = people("Người Nhà", "Người Nữa", ethnicity="Kinh")
    old = make_allowance(one, "area", coefficient=Decimal("0.30"), valid_from=date(2020, 1, 1))
    clerk, hr = make_user(Role.COMMUNE_CLERK, commune=one.holdings.get().commune), make_user()
    wanted = Wanted(person={"ethnicity": "Tày"}, area=WantedArea(date(2023, 1, 1), Decimal("0.50")))
    keys = [one.pk, two.pk]
    mark = plan_bulk(keys, wanted, by=clerk, day=DAY).fingerprint

    draft = propose_bulk(keys, wanted, by=clerk, day=DAY, fingerprint=mark)
    sent = submit(draft.pk, by=clerk, version=draft.version, basis=make_basis(), title="Sửa")
    items = list(sent.items.all())
    decide(
        sent.pk, Decision(frozenset(item.pk for item in items), {}),
        by=hr, version=sent.version, digest=digest_of(items),
    )  # fmt: skip

    assert set(Cadre.objects.values_list("ethnicity", flat=True)) == {"Tày"}
    old.refresh_from_db()
    assert old.valid_to == date(2023, 1, 1)
    fresh = Allowance.objects.filter(valid_from=date(2023, 1, 1), coefficient=Decimal("0.50"))
    assert set(fresh.values_list("cadre", flat=True)) == {one.pk, two.pk}


def test_people_of_another_commune_alone_are_nobody_and_nothing_changes():
    (mine,), (theirs,) = people("Người Nhà"), people("Người Bạn")
    client = Client()
    clerk = make_user(Role.COMMUNE_CLERK, commune=mine.holdings.get().commune)
    client.force_login(clerk, "accounts.backends.WithCommune")

    answer = client.post(address(theirs), {**typed(ethnicity="Tày"), "buoc": "ghi", "dau": "x"})

    assert answer.status_code == 302
    assert not Proposal.objects.exists()
    theirs.refresh_from_db()
    assert (theirs.ethnicity, theirs.version) == ("", 1)


@pytest.mark.parametrize("role", [Role.LEADER, Role.COMMUNE_HEAD, Role.ADMIN])
def test_whoever_only_reads_has_no_bulk_edit(client, role):
    client.force_login(make_user(role), "accounts.backends.WithCommune")

    assert client.post(BULK, {"tat_ca": "1"}).status_code == 403
