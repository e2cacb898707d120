"""What is taken back leaves no row behind and never stands against what came later."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.tests.factories import make_user
from cadres.actions import change_cadre, create_cadre, save_record
from cadres.change_kinds import kind_of
from cadres.decisions import Line, decide, revoke, what_rests_on
from cadres.edits import RowMoved
from cadres.merging import merge
from cadres.models import Attachment, Cadre, Change, Holding, SalaryStep, Status
from cadres.person_tables import moved_tables
from cadres.records_people import PEOPLE
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_post,
    make_salary_step,
)
from cadres.undoing import HasDependants, restore, tried, undo
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return make_user()


def entered(hr):
    """A person entered by one change, and the change."""
    person = Cadre(full_name="Trần Văn Mới", sex="M", born_on=PartialDate("1985-02-03"))
    create_cadre(person, ground=make_ground(hr))
    return person, person.changes.get()


def decided(hr, kind, cadre, day, **values):
    """The ground of a decision of one line."""
    ground = make_ground(hr)
    decide([Line(kind_of(kind), cadre, values, day, {})], ground)
    return ground


def rows_of_nobody():
    """Rows of the record that belong to someone who was set aside."""
    return [
        row
        for table in moved_tables()
        for row in table.model._default_manager.filter(table.where, cadre__is_kept=False)
    ]


def test_the_entry_of_a_person_with_later_rows_is_not_undone_and_they_are_named(hr):
    person, entry = entered(hr)
    save_record(
        Holding(cadre=person, post=make_post(), commune=make_commune(),
                valid_from=date(2022, 1, 1)),
        ground=make_ground(hr),
    )  # fmt: skip
    later = person.changes.latest("pk")

    with pytest.raises(HasDependants) as refused:
        undo(entry.pk, make_ground(hr))

    assert refused.value.changes == [later]
    undo(later.pk, make_ground(hr))
    undo(entry.pk, make_ground(hr))
    person.refresh_from_db()
    assert not person.is_kept
    assert rows_of_nobody() == []


def test_a_record_that_was_restored_to_before_its_entry_leaves_no_row(hr):
    person, entry = entered(hr)
    save_record(
        Holding(cadre=person, post=make_post(), commune=make_commune(),
                valid_from=date(2022, 1, 1)),
        ground=make_ground(hr),
    )  # fmt: skip

    restore(entry.pk, make_ground(hr, source="restored"))

    person.refresh_from_db()
    assert not person.is_kept
    assert rows_of_nobody() == []


@pytest.mark.parametrize("act", [undo, restore])
def test_a_record_with_files_does_not_go_away(hr, act):
    person, entry = entered(hr)
    Attachment.objects.create(
        cadre=person,
        kind="diploma",
        name="bằng.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by=hr,
    )

    with pytest.raises(ValidationError, match="Hồ sơ còn"):
        act(entry.pk, make_ground(hr))

    person.refresh_from_db()
    assert person.is_kept


def test_an_end_is_not_revoked_where_the_same_post_was_taken_up_again(hr):
    cadre, post, commune = make_cadre(), make_post(), make_commune()
    held = make_holding(cadre, post, commune, valid_from=date(2020, 1, 1))
    left = decided(hr, "leave_post", cadre, date(2022, 1, 1), holding=held)
    again = decided(hr, "designation", cadre, date(2022, 2, 1), post=post, commune=commune)
    (later,) = again.basis.changes.all()

    assert what_rests_on(left.basis, hr) == [later]
    with pytest.raises(HasDependants) as refused:
        revoke(left.basis, make_ground(hr))

    assert refused.value.changes == [later]
    held.refresh_from_db()
    assert held.valid_to == date(2022, 1, 1)
    revoke(again.basis, make_ground(hr))
    revoke(left.basis, make_ground(hr))
    assert list(Holding.objects.values_list("valid_from", "valid_to")) == [(date(2020, 1, 1), None)]


def test_an_end_of_pay_is_not_revoked_over_a_later_step(hr):
    cadre = make_cadre()
    make_holding(cadre, valid_from=date(2020, 1, 1))
    make_salary_step(cadre, valid_from=date(2020, 1, 1))
    quitting = decided(hr, "quitting", cadre, date(2022, 1, 1))
    Status.objects.update(valid_to=date(2022, 6, 1))
    later = SalaryStep(cadre=cadre, grade_code="01.003", step=1, coefficient="2.34",
                       valid_from=date(2022, 6, 1))  # fmt: skip
    save_record(later, ground=make_ground(hr))
    Status.objects.update(valid_to=None)

    with pytest.raises(HasDependants):
        revoke(quitting.basis, make_ground(hr))

    assert SalaryStep.objects.filter(valid_to=None).count() == 1


def test_a_conflict_that_was_there_before_comes_back_as_it_was(hr):
    cadre, post, commune = make_cadre(), make_post(), make_commune()
    first = make_holding(cadre, post, commune, valid_from=date(2020, 1, 1))
    make_holding(cadre, post, commune, valid_from=date(2021, 1, 1))  # as old files have it
    first.valid_to = date(2021, 1, 1)
    save_record(first, ground=make_ground(hr))

    undo(cadre.changes.get().pk, make_ground(hr))

    first.refresh_from_db()
    assert first.valid_to is None


@pytest.mark.parametrize("act", [undo, restore])
def test_a_number_that_is_another_persons_by_now_does_not_come_back(hr, act):
    cadre, other = make_cadre(national_id="019080000123"), make_cadre()
    change_cadre(cadre.pk, {"national_id": "019080000456"}, ground=make_ground(hr), version=1)
    change_cadre(other.pk, {"national_id": "019080000123"}, ground=make_ground(hr), version=1)

    with pytest.raises(ValidationError, match="CCCD"):
        act(cadre.changes.get().pk, make_ground(hr))


def test_a_decision_about_someone_merged_since_names_the_merge(hr):
    left, right = make_cadre("Nguyễn Văn A"), make_cadre("Nguyễn Văn A")
    held = make_holding(right, valid_from=date(2020, 1, 1))
    ground = decided(hr, "leave_post", right, date(2022, 1, 1), holding=held)
    right.refresh_from_db()
    merge(left.pk, right.pk, choices={}, ground=make_ground(hr),
          versions=(left.version, right.version))  # fmt: skip

    found = what_rests_on(ground.basis, hr)

    assert [each.kind for each in found] == ["merge"]
    with pytest.raises(HasDependants):
        revoke(ground.basis, make_ground(hr))


def test_two_records_that_a_decision_made_one_are_split_by_revoking_it(hr):
    left, right = make_cadre("Nguyễn Văn A"), make_cadre("Nguyễn Văn A")
    held = make_holding(right, valid_from=date(2020, 1, 1))
    ground = make_ground(hr)
    merge(left.pk, right.pk, choices={}, ground=ground, versions=(1, 1))

    undone = revoke(ground.basis, make_ground(hr))

    held.refresh_from_db()
    right.refresh_from_db()
    assert (held.cadre, right.is_kept) == (right, True)
    assert len(undone) == 2


def test_a_merge_is_not_split_through_a_later_decision_on_rows_of_both(hr):
    left, right = make_cadre("Nguyễn Văn A"), make_cadre("Nguyễn Văn A")
    make_holding(right, valid_from=date(2020, 1, 1))
    change = merge(left.pk, right.pk, choices={}, ground=make_ground(hr), versions=(1, 1))
    retired = decided(hr, "retirement", left, date(2026, 1, 1), scheme="age")

    with pytest.raises(HasDependants) as refused:
        undo(change.pk, make_ground(hr))

    assert refused.value.changes == list(retired.basis.changes.all())


def test_a_row_that_went_to_another_record_is_not_written_through_the_old_one(hr):
    left, right = make_cadre("Nguyễn Văn A"), make_cadre("Nguyễn Văn A")
    held = make_holding(right, valid_from=date(2020, 1, 1))
    change = merge(left.pk, right.pk, choices={}, ground=make_ground(hr), versions=(1, 1))
    held.refresh_from_db()
    held.note = "đã kiểm tra"
    save_record(held, ground=make_ground(hr))
    noted = left.changes.latest("pk")
    undo(change.pk, make_ground(hr))

    with pytest.raises(RowMoved):
        undo(noted.pk, make_ground(hr))


def test_a_record_that_went_away_is_in_no_record_set(hr):
    _, entry = entered(hr)
    make_cadre("Còn Lại")
    undo(entry.pk, make_ground(hr))

    assert [row[1] for row in PEOPLE.rows()] == ["Còn Lại"]


def test_what_is_only_tried_stays_as_it_was(hr):
    cadre = make_cadre(phone="0900000001")
    change_cadre(cadre.pk, {"phone": "0900000002"}, ground=make_ground(hr), version=1)
    change = cadre.changes.get()

    assert tried(lambda: undo(change.pk, make_ground(hr))) == []

    assert Cadre.objects.get().phone == "0900000002"
    assert Change.objects.count() == 1
    assert make_basis().pk
