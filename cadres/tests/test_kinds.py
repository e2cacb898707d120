"""Every kind of change: made and taken back it leaves the record as it was; what later changes rest
on stays; what the rules forbid is said."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import make_user
from cadres.actions import change_cadre
from cadres.change_kinds import kind_of, kinds
from cadres.changes import apply
from cadres.decisions import Line, Refused, decide, rehearse, revoke, standing, what_rests_on
from cadres.edits import all_plain
from cadres.models import (
    Affiliation,
    Allowance,
    Award,
    Basis,
    Cadre,
    Change,
    CommitteeMembership,
    Discipline,
    FamilyMember,
    Holding,
    Profile,
    Qualification,
    Rating,
    SalaryStep,
    ShortTraining,
    Status,
    Term,
    WorkPeriod,
)
from cadres.models.post import LegalCategory
from cadres.tests.conftest import SHARE
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_membership,
    make_post,
)
from cadres.undoing import HasDependants, undo

pytestmark = pytest.mark.django_db
TABLES = (
    Cadre, Profile, Holding, CommitteeMembership, Qualification, ShortTraining, Rating, SalaryStep,
    Allowance, Status, Award, Discipline, FamilyMember, WorkPeriod, Affiliation,
)  # fmt: skip
BEGAN = date(2018, 1, 1)
days = st.dates(date(2019, 1, 2), date(2030, 12, 31))


def the_record():
    """All rows of all people, by their keys."""
    return {
        (model.__name__, row.pk): all_plain(row) for model in TABLES for row in model.objects.all()
    }


class Person:
    """Someone with a post, a seat, pay and an allowance since 2018, in a unit with other posts."""

    def __init__(self, post="Chủ tịch UBND", **holding):
        self.unit, self.other = make_commune("Xã Nhà"), make_commune("Xã Bạn")
        self.cadre = make_cadre()
        self.holding = make_holding(
            self.cadre, make_post(post), self.unit, valid_from=BEGAN, **holding
        )
        self.seat = make_membership(
            self.cadre, self.unit, valid_from=BEGAN,
            awaits_ratification=holding.get("awaits_ratification", False),
        )  # fmt: skip
        SalaryStep.objects.create(
            cadre=self.cadre, grade_code="01.003", step=3, coefficient=Decimal("3.00"),
            valid_from=BEGAN,
        )  # fmt: skip
        Allowance.objects.create(
            cadre=self.cadre, kind="position", coefficient=Decimal("0.25"), valid_from=BEGAN
        )
        self.new_post = make_post("Phó Bí thư", category=LegalCategory.CADRE)
        self.title = make_post("Tư pháp – hộ tịch", category=LegalCategory.CIVIL_SERVANT)

        self.terms = [
            Term.objects.get_or_create(
                organisation=each, valid_from=date(2015, 1, 1), defaults={"name": "2015–2035"}
            )[0]
            for each in ("dang_bo", "ubnd")
        ]

    def make_richer(self, data):
        """Some of what else a record may hold: a post that ended, one to come, a state, a step."""
        if data.draw(st.booleans(), label="an ended post"):
            make_holding(self.cadre, self.title, self.other, valid_from=date(2010, 1, 1),
                         valid_to=date(2015, 1, 1))  # fmt: skip
        if data.draw(st.booleans(), label="a post to come"):
            make_holding(self.cadre, make_post("Khác"), self.unit, valid_from=date(2027, 1, 1),
                         is_main=False)  # fmt: skip
        if data.draw(st.booleans(), label="a state"):
            Status.objects.create(cadre=self.cadre, kind="study", valid_from=date(2022, 1, 1),
                                  valid_to=date(2024, 1, 1))  # fmt: skip
        if data.draw(st.booleans(), label="a step to come"):
            self.cadre.salary_steps.update(valid_to=date(2026, 1, 1))
            SalaryStep.objects.create(
                cadre=self.cadre, grade_code="01.003", step=4, coefficient=Decimal("3.33"),
                valid_from=date(2026, 1, 1),
            )  # fmt: skip

    def values_of(self, kind):
        """Values with which the kind may be made."""
        told = {
            "post": self.title if kind.code in ("recruitment", "reception") else self.new_post,
            "commune": self.other,
            "holding": self.holding,
            "seat": self.seat,
            "role": "uv_bch" if kind.code in ("election", "designation") else None,
            "step": 4,
            "coefficient": Decimal("3.33"),
            "over_frame_percent": 5,
            "months": 6,
            "grade_code": "01.003",
            "percent": 85,
            "place": "Trường Chính trị tỉnh",
            "scheme": "age",
            "kind": "certificate",
            "system": "state",
            "year": 2023,
            "form": "reprimand",
            "reason": "work",
            "recruited_by": "UBND huyện Đại Từ",
        }
        names = {field.code for field in kind.fields}
        return {name: value for name, value in told.items() if name in names}

    def prepare(self, kind):
        """What must be there before the kind may be made."""
        if kind.code == "end_of_probation":
            Status.objects.create(cadre=self.cadre, kind="probation", valid_from=date(2018, 6, 1))
        if kind.code == "probation":
            make_holding(self.cadre, self.title, self.unit, valid_from=BEGAN, is_main=False,
                         standing="recruited")  # fmt: skip


POSTS_THAT_AWAIT = {
    "ratification": "Phó Chủ tịch UBND",
    "party_approval": "Phó Bí thư Đảng ủy",
    "recognition": "Chủ tịch Hội Nông dân",
}


def person_for(kind):
    post = POSTS_THAT_AWAIT.get(kind.code)
    person = Person(post, awaits_ratification=True) if post else Person()
    person.prepare(kind)
    return person


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
@given(day=days)
@settings(
    max_examples=9 // SHARE,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_made_and_taken_back_it_leaves_the_record_as_it_was(kind, day):
    hr, person = make_user(), person_for(kind)
    before = the_record()
    ground = make_ground(hr)

    decide([Line(kind, person.cadre, person.values_of(kind), day, {})], ground)
    after = the_record()
    revoke(ground.basis, make_ground(hr, source="revoked"))

    assert after != before
    assert the_record() == before


def drawn(data, field, person):
    """Some value of a field, or none: whatever a form could let through."""
    some = {
        "post": st.sampled_from([person.title, person.new_post]),
        "commune": st.sampled_from([person.unit, person.other]),
        "term": st.sampled_from(person.terms),
        "holding": st.sampled_from([person.holding]),
        "seat": st.sampled_from([person.seat]),
        "yes_no": st.booleans(),
        "last_day": st.dates(date(2019, 1, 3), date(2032, 1, 1)),
        "integer": st.integers(0, 60),
        "decimal": st.decimals("0.50", "9.99", places=2),
        "choice": st.sampled_from(list(field.choices or [""])),
    }.get(field.kind, st.text("aáđ -", min_size=1, max_size=20))
    return data.draw(some if field.is_required else st.none() | some, label=field.code)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
@given(day=days, data=st.data())
@settings(
    max_examples=15 // SHARE,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_given_it_is_refused_or_leaves_no_trace_once_taken_back(kind, day, data):
    hr, person = make_user(), person_for(kind)
    person.make_richer(data)
    before, ground = the_record(), make_ground(hr)
    values = {field.code: drawn(data, field, person) for field in kind.fields}
    if kind.code == "award":
        values["year"] = data.draw(st.integers(1945, 2100))

    try:
        decide([Line(kind, person.cadre, values, day, {})], ground)
    except Refused:
        event("refused")
    else:
        event("made")
        revoke(ground.basis, make_ground(hr, source="revoked"))

    assert the_record() == before


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_made_twice_it_is_refused_or_taken_back_without_a_trace(kind):
    hr, person, day = make_user(), person_for(kind), date(2023, 6, 8)
    before, grounds = the_record(), [make_ground(hr), make_ground(hr)]
    lines = [Line(kind, person.cadre, person.values_of(kind), day, {})]
    decide(lines, grounds[0])

    try:
        decide(lines, grounds[1])
    except Refused:
        pass
    else:
        revoke(grounds[1].basis, make_ground(hr))
    revoke(grounds[0].basis, make_ground(hr))

    assert the_record() == before


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_what_a_later_change_rests_on_is_not_taken_back_and_it_is_named(kind):
    hr, person, day = make_user(), person_for(kind), date(2023, 6, 8)
    ground = make_ground(hr)
    (change,) = decide([Line(kind, person.cadre, person.values_of(kind), day, {})], ground)
    edit = change.edits.exclude(table="cadres.cadre").last() or change.edits.last()
    later = _touch(edit, hr)
    before = the_record()

    assert [each.pk for each in what_rests_on(ground.basis, hr)] == [later.pk]
    with pytest.raises(HasDependants) as refused:
        revoke(ground.basis, make_ground(hr))

    assert [each.pk for each in refused.value.changes] == [later.pk]
    assert the_record() == before


def _touch(edit, hr):
    """Change the same columns of the row once more, on another basis."""
    from cadres.actions import save_record
    from cadres.edits import model_of

    row = model_of(edit.table).objects.get(pk=edit.row_id)
    person = Cadre.objects.get(pk=edit.cadre_id)
    names = edit.after if edit.action == "change" else {"note": ""}
    if "valid_to" in names:
        row.valid_to = (row.valid_to or date(2040, 1, 1)) + timedelta(days=1)
    elif "delayed_months" in names:
        row.delayed_months += 1
    elif "awaits_ratification" in names:
        row.ratified_on += timedelta(days=1)
    elif "agency_joined_on" in edit.after:
        row.agency_joined_on = None
    else:
        row.note = "đã sửa"
    save_record(row, ground=make_ground(hr), version=person.version)
    return Change.objects.latest("pk")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_what_is_only_looked_at_writes_nothing(kind):
    person = person_for(kind)
    before = the_record()
    line = Line(kind, person.cadre, person.values_of(kind), date(2023, 6, 8), {})

    (tried,) = rehearse([line], make_ground(make_user()))

    assert tried.edits
    assert (the_record(), Change.objects.count()) == (before, 0)


def test_codes_and_labels_are_one_of_a_kind():
    assert len({kind.code for kind in kinds()}) == len(kinds())
    assert len({kind.label for kind in kinds()}) == len(kinds())
    assert {kind.label for kind in kinds()} >= {
        "Tuyển dụng", "Tiếp nhận", "Tập sự", "Bầu cử", "Phê chuẩn", "Chuẩn y", "Chỉ định",
        "Công nhận", "Điều động", "Luân chuyển", "Biệt phái", "Kiêm nhiệm", "Thôi giữ chức",
        "Miễn nhiệm", "Bãi nhiệm", "Từ chức", "Nâng lương thường xuyên", "Nâng lương trước hạn",
        "Cử đi học", "Khen thưởng", "Kỷ luật", "Tạm đình chỉ công tác", "Nghỉ hưu", "Thôi việc",
        "Chuyển đi", "Từ trần",
    }  # fmt: skip


def made(code, person, day=date(2023, 6, 8), **values):
    kind = kind_of(code)
    ground = make_ground(make_user(), basis=make_basis(number="15/QĐ-UBND"))
    told = {**person.values_of(kind), **values}
    return apply(kind, person.cadre.pk, told, day, ground)


def test_an_elected_post_counts_at_once_and_waits_for_ratification():
    person = Person()

    made("election", person)

    row = Holding.objects.get(post=person.new_post)
    assert (row.valid_from, row.standing, row.awaits_ratification) == (
        date(2023, 6, 8), "elected", True,
    )  # fmt: skip
    assert row.decision_number == "15/QĐ-UBND"


def test_ratified_it_is_no_longer_flagged():
    person = Person(awaits_ratification=True)

    made("ratification", person)

    person.holding.refresh_from_db()
    assert (person.holding.awaits_ratification, person.holding.ratified_on) == (
        False, date(2023, 6, 8),
    )  # fmt: skip


def test_only_what_waits_is_ratified():
    with pytest.raises(ValidationError, match="không chờ phê chuẩn"):
        made("ratification", Person())


def test_a_transfer_ends_the_old_post_the_day_the_new_one_begins():
    person = Person()

    made("transfer", person)

    person.holding.refresh_from_db()
    assert (person.holding.valid_to, person.holding.end_reason) == (
        date(2023, 6, 8), "transferred",
    )  # fmt: skip
    assert Holding.objects.get(post=person.new_post).valid_from == date(2023, 6, 8)


@pytest.mark.parametrize(
    ("code", "reason", "status"),
    [("retirement", "retired", "retired"), ("quitting", "quit", "resigned"),
     ("moving_away", "moved", "moved"), ("death", "deceased", "deceased")],
)  # fmt: skip
def test_who_leaves_holds_nothing_any_more(code, reason, status):
    person = Person()

    made(code, person)

    person.holding.refresh_from_db()
    person.seat.refresh_from_db()
    assert person.holding.valid_to == person.seat.valid_to == date(2023, 6, 8)
    assert person.holding.end_reason == person.seat.end_reason == reason
    assert Status.objects.get().kind == status
    assert SalaryStep.objects.get().valid_to == date(2023, 6, 8)


def test_nobody_leaves_twice():
    person = Person()
    made("retirement", person)

    with pytest.raises(ValidationError, match="đã nghỉ hưu từ 08/06/2023"):
        made("death", person, date(2024, 1, 1))


def test_nobody_leaves_before_a_post_that_begins_later():
    person = Person()
    make_holding(person.cadre, valid_from=date(2024, 1, 1), is_main=False)

    with pytest.raises(ValidationError, match="bắt đầu từ 01/01/2024"):
        made("retirement", person)


def test_a_raise_closes_the_step_before_it():
    person = Person()

    made("regular_raise", person)

    before, after = SalaryStep.objects.order_by("valid_from")
    assert before.valid_to == after.valid_from == date(2023, 6, 8)
    assert (after.grade_code, after.step, after.coefficient) == ("01.003", 4, Decimal("3.33"))


@pytest.mark.parametrize(
    ("code", "values", "words"),
    [
        ("regular_raise", {"coefficient": Decimal("3.00")}, "không cao hơn"),
        ("delayed_raise", {"months": 0}, "từ 1 đến 36"),
        ("discipline", {"form": "removal", "holding": None, "seat": None}, "Chưa chọn chức vụ"),
        ("discipline", {"form": "lower_pay", "coefficient": Decimal("3.33")}, "thấp hơn"),
        ("leave_post", {"holding": None, "seat": None}, "Chưa chọn chức vụ"),
    ],
)
def test_what_the_rules_forbid_is_said(code, values, words):
    person = Person()

    with pytest.raises(ValidationError, match=words):
        made(code, person, **values)

    assert not Change.objects.exists()


def test_only_titles_of_civil_servants_are_recruited():
    person = Person()
    leader = make_post("Bí thư", category=LegalCategory.CADRE)

    with pytest.raises(ValidationError, match="Chỉ chức danh công chức"):
        made("recruitment", person, post=leader)


def test_a_removal_ends_the_post_and_runs_twelve_months():
    person = Person()

    made("discipline", person, form="removal")

    person.holding.refresh_from_db()
    row = Discipline.objects.get()
    assert (person.holding.valid_to, person.holding.end_reason) == (date(2023, 6, 8), "removed")
    assert (row.effective_on, row.ends_on) == (date(2023, 6, 8), date(2024, 6, 8))


def test_a_suspended_person_keeps_the_posts():
    person = Person()

    made("suspension", person)

    person.holding.refresh_from_db()
    assert person.holding.valid_to is None


def test_a_state_that_stands_does_not_begin_again():
    person = Person()
    made("study", person)

    with pytest.raises(ValidationError, match="Đang có “Đi học”"):
        made("study", person, date(2023, 7, 1))


def test_a_decision_with_one_bad_line_writes_none_and_tells_all_that_is_wrong():
    first, second = Person(), Person()
    more, study = kind_of("regular_raise"), kind_of("study")
    day, ground = date(2023, 6, 8), make_ground(make_user())
    lines = [
        Line(study, first.cadre, first.values_of(study), day, {}),
        Line(more, first.cadre, {**first.values_of(more), "coefficient": Decimal(1)}, day, {}),
        Line(more, second.cadre, {**second.values_of(more), "coefficient": Decimal(2)}, day, {}),
    ]

    with pytest.raises(Refused) as refused:
        decide(lines, ground)

    assert set(refused.value.faults) == {1, 2}
    assert not Change.objects.exists()


def test_several_changes_of_one_person_are_taken_back_together():
    person, hr, day = Person(), make_user(), date(2023, 6, 8)
    before, ground = the_record(), make_ground(hr)
    lines = [
        Line(kind_of(code), person.cadre, person.values_of(kind_of(code)), day, {})
        for code in ("transfer", "regular_raise", "study", "award")
    ]
    decide(lines, ground)
    revoking = make_ground(hr, source="revoked")

    undone = revoke(ground.basis, revoking)

    assert len(undone) == 4
    assert the_record() == before
    assert Basis.objects.get(pk=ground.basis.pk).revoked_by == revoking.basis
    assert standing(ground.basis) == []


def test_a_decision_is_revoked_once_and_by_another():
    person, hr = Person(), make_user()
    ground = make_ground(hr)
    kind = kind_of("study")
    decide([Line(kind, person.cadre, person.values_of(kind), date(2023, 6, 8), {})], ground)

    with pytest.raises(ValidationError, match="quyết định khác"):
        revoke(ground.basis, ground)
    revoke(ground.basis, make_ground(hr))
    with pytest.raises(ValidationError, match="đã bị bãi bỏ"):
        revoke(ground.basis, make_ground(hr))


def test_a_change_of_something_else_does_not_forbid_to_revoke():
    person, hr = Person(), make_user()
    ground, kind = make_ground(hr), kind_of("regular_raise")
    decide([Line(kind, person.cadre, person.values_of(kind), date(2023, 6, 8), {})], ground)
    change_cadre(person.cadre.pk, {"residence": "Xóm Mới"}, ground=make_ground(hr), version=2)

    revoke(ground.basis, make_ground(hr))

    assert SalaryStep.objects.count() == 1


def test_one_change_of_a_decision_may_be_undone_alone():
    person, hr = Person(), make_user()
    ground = make_ground(hr)
    lines = [
        Line(kind_of(code), person.cadre, person.values_of(kind_of(code)), date(2023, 6, 8), {})
        for code in ("study", "award")
    ]
    study, _ = decide(lines, ground)

    undo(study.pk, make_ground(hr))

    assert (Status.objects.count(), Award.objects.count()) == (0, 1)
