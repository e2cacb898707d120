"""What is written to a record is told before and after, on its ground, and can be turned back."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.actions import change_cadre, close_record, create_cadre, remove_record, save_record
from cadres.changes import Ground, StaleVersion, record
from cadres.edits import RowMoved, adding, all_plain, changing, from_plain, turned_back
from cadres.models import Cadre, Change, Edit, Holding, Qualification, Rating, SalaryStep
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_post,
    make_qualification,
)
from cadres.undoing import HasDependants, dependants, restore, undo
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return make_user()


def step(cadre, **fields):
    return SalaryStep(
        cadre=cadre,
        **{"grade_code": "01.003", "step": 3, "coefficient": Decimal("3.00"),
           "valid_from": date(2022, 1, 1), **fields},
    )  # fmt: skip


def test_a_new_row_is_told_with_who_why_and_on_what(hr):
    cadre, basis = make_cadre(), make_basis(number="15/QĐ-UBND")

    save_record(step(cadre), ground=Ground(hr, basis, "Nâng lương"))

    change = Change.objects.get()
    assert (change.by, change.basis, change.reason, change.source) == (
        hr, basis, "Nâng lương", "direct",
    )  # fmt: skip
    edit = change.edits.get()
    assert (edit.action, edit.table, edit.before) == ("add", "cadres.salarystep", {})
    assert edit.after["coefficient"] == "3.00"
    assert edit.after["valid_from"] == "2022-01-01"
    assert edit.after["cadre"] == cadre.pk


def test_a_changed_row_tells_only_the_columns_that_changed(hr):
    cadre = make_cadre(residence="Xóm Cũ")

    change_cadre(cadre.pk, {"residence": "Xóm Mới", "sex": "M"}, ground=make_ground(hr), version=1)

    edit = Edit.objects.get()
    assert (edit.before, edit.after) == ({"residence": "Xóm Cũ"}, {"residence": "Xóm Mới"})


def test_a_level_is_told_with_its_strand(hr):
    level = make_qualification(make_cadre(), "political", 1)
    level.rank = 2

    save_record(level, ground=make_ground(hr), version=1)

    assert Edit.objects.get().after == {"rank": 2, "strand": "political"}


def test_what_stays_as_it_was_is_no_change(hr):
    cadre = make_cadre()

    with pytest.raises(ValidationError, match="Chưa có gì khác"):
        change_cadre(cadre.pk, {"full_name": cadre.full_name}, ground=make_ground(hr), version=1)

    assert not Change.objects.exists()


def test_a_new_person_is_told_with_the_code_that_was_given(hr):
    cadre = create_cadre(Cadre(full_name="Trần Thị Mới", sex="F"), ground=make_ground(hr))

    edit = Edit.objects.get()
    assert (edit.table, edit.row_id, edit.after["code"]) == ("cadres.cadre", cadre.pk, cadre.code)


def test_a_change_without_a_basis_is_refused_by_the_database(hr):
    cadre = make_cadre()

    with pytest.raises(IntegrityError), transaction.atomic():
        save_record(step(cadre), ground=Ground(hr, None))

    assert not SalaryStep.objects.exists()


def test_nobody_approves_what_the_same_person_proposed(hr):
    ground = make_ground(hr, source="approved", proposed_by=hr)

    with pytest.raises(IntegrityError), transaction.atomic():
        save_record(step(make_cadre()), ground=ground)


def test_undoing_gives_back_the_record_and_keeps_both_in_the_history(hr):
    holding = make_holding(make_cadre(), valid_from=date(2020, 1, 1))
    before = all_plain(holding)
    close_record(holding, left_on=date(2023, 5, 1), ground=make_ground(hr), version=1)
    change = Change.objects.get()

    undo(change.pk, make_ground(hr, source="revoked"))

    holding.refresh_from_db()
    assert all_plain(holding) == before
    assert Change.objects.count() == 2
    change.refresh_from_db()
    assert change.undone_by.edits.get().after == {"valid_to": None}


def test_undoing_a_new_row_takes_it_out_and_the_history_keeps_it_whole(hr):
    cadre = make_cadre()
    save_record(step(cadre), ground=make_ground(hr))

    undo(Change.objects.get().pk, make_ground(hr, source="revoked"))

    assert not SalaryStep.objects.exists()
    assert Edit.objects.get(action="remove").before["coefficient"] == "3.00"


def test_what_was_undone_cannot_be_undone_again(hr):
    save_record(step(make_cadre()), ground=make_ground(hr))
    change = Change.objects.get()
    undo(change.pk, make_ground(hr))

    with pytest.raises(Change.DoesNotExist):
        undo(change.pk, make_ground(hr))


def test_what_later_changes_rest_on_cannot_be_undone_and_they_are_named(hr):
    cadre = make_cadre()
    holding = Holding(cadre=cadre, post=make_post(), commune=make_commune(),
                      valid_from=date(2020, 1, 1))  # fmt: skip
    save_record(holding, ground=make_ground(hr))
    first = Change.objects.get()
    close_record(holding, left_on=date(2023, 5, 1), ground=make_ground(hr), version=2)

    with pytest.raises(HasDependants) as refused:
        undo(first.pk, make_ground(hr))

    assert [change.pk for change in refused.value.changes] == [Change.objects.latest("pk").pk]
    assert Holding.objects.get().valid_to == date(2023, 5, 1)


def test_what_was_undone_since_forbids_nothing(hr):
    cadre = make_cadre()
    holding = Holding(cadre=cadre, post=make_post(), commune=make_commune(),
                      valid_from=date(2020, 1, 1))  # fmt: skip
    save_record(holding, ground=make_ground(hr))
    first = Change.objects.get()
    close_record(holding, left_on=date(2023, 5, 1), ground=make_ground(hr), version=2)
    undo(Change.objects.latest("pk").pk, make_ground(hr))

    assert dependants(first) == []
    undo(first.pk, make_ground(hr))

    assert not Holding.objects.exists()


def test_a_later_correction_of_something_else_forbids_nothing(hr):
    cadre = make_cadre(residence="A", birthplace="B")
    change_cadre(cadre.pk, {"residence": "A2"}, ground=make_ground(hr), version=1)
    first = Change.objects.get()
    change_cadre(cadre.pk, {"birthplace": "B2"}, ground=make_ground(hr), version=2)

    undo(first.pk, make_ground(hr))

    cadre.refresh_from_db()
    assert (cadre.residence, cadre.birthplace) == ("A", "B2")


def test_a_row_that_was_written_past_the_history_is_not_turned_back(hr):
    cadre = make_cadre(residence="A")
    change_cadre(cadre.pk, {"residence": "A2"}, ground=make_ground(hr), version=1)
    Cadre.objects.update(residence="A3")

    with pytest.raises(RowMoved):
        undo(Change.objects.get().pk, make_ground(hr))


def test_a_removed_row_comes_back_under_its_own_key(hr):
    level = make_qualification(make_cadre(), "professional", 4, awarded_on=PartialDate("2009-06"))
    was = all_plain(level)
    remove_record(level, ground=make_ground(hr), version=1)
    assert not Qualification.objects.exists()

    undo(Change.objects.get().pk, make_ground(hr))

    again = Qualification.objects.get()
    assert (again.pk, all_plain(again)) == (level.pk, was)


def test_undoing_a_new_person_sets_the_record_aside_and_frees_the_number(hr):
    cadre = create_cadre(
        Cadre(full_name="Trần Thị Mới", sex="F", national_id="001085000001"),
        ground=make_ground(hr),
    )

    undo(Change.objects.get().pk, make_ground(hr))

    cadre.refresh_from_db()
    assert (cadre.is_kept, cadre.national_id) == (False, None)
    assert not Cadre.objects.visible_to(hr).exists()


def test_a_record_is_restored_to_what_it_was_before_a_change(hr):
    cadre = make_cadre(residence="A")
    save_record(step(cadre), ground=make_ground(hr))
    first = Change.objects.get()
    change_cadre(cadre.pk, {"residence": "B"}, ground=make_ground(hr), version=2)
    change_cadre(cadre.pk, {"residence": "C"}, ground=make_ground(hr), version=3)

    restore(first.pk, make_ground(hr, source="restored"), version=4)

    cadre.refresh_from_db()
    assert (cadre.residence, cadre.version) == ("A", 5)
    assert not SalaryStep.objects.exists()
    last = Change.objects.latest("pk")
    assert last.source == "restored"
    assert {edit.action for edit in last.edits.all()} == {"remove", "change"}


def test_a_restored_record_can_be_restored_to_what_it_was_before_that(hr):
    cadre = make_cadre(residence="A")
    change_cadre(cadre.pk, {"residence": "B"}, ground=make_ground(hr), version=1)
    restore(Change.objects.get().pk, make_ground(hr), version=2)

    restore(Change.objects.latest("pk").pk, make_ground(hr), version=3)

    cadre.refresh_from_db()
    assert cadre.residence == "B"


def test_a_restoring_from_an_old_page_is_refused(hr):
    cadre = make_cadre()
    change_cadre(cadre.pk, {"residence": "B"}, ground=make_ground(hr), version=1)

    with pytest.raises(StaleVersion):
        restore(Change.objects.get().pk, make_ground(hr), version=1)


def test_changes_of_another_commune_are_nobody_elses(hr):
    cadre = make_cadre()
    save_record(step(cadre), ground=make_ground(hr))
    clerk = make_user(Role.COMMUNE_CLERK, commune=make_commune())

    assert not Change.objects.visible_to(clerk).exists()
    with pytest.raises(Change.DoesNotExist):
        undo(Change.objects.get().pk, make_ground(clerk))


def test_turning_back_nets_what_happened_in_between(hr):
    cadre = make_cadre()
    rating = Rating(cadre=cadre, year=2022, level=3)
    save_record(rating, ground=make_ground(hr))
    rating.level = 4
    save_record(rating, ground=make_ground(hr), version=2)

    (edit,) = turned_back(Edit.objects.all())

    assert (edit.action, edit.row.pk) == ("remove", rating.pk)


def test_a_kept_edit_is_made_anew_only_on_the_row_its_author_saw():
    cadre = make_cadre(residence="A")
    kept = changing(Cadre.objects.get(), {"residence": "B"}).as_plain()

    assert from_plain(kept, Cadre.objects.get()).row.residence == "B"

    Cadre.objects.filter(pk=cadre.pk).update(residence="C")
    with pytest.raises(RowMoved):
        from_plain(kept, Cadre.objects.get())


def test_a_kept_new_row_is_made_for_the_person_who_was_new_then():
    kept = adding(Rating(cadre=Cadre(full_name="Mới"), year=2022, level=3)).as_plain()
    cadre = make_cadre()

    edit = from_plain(kept, None, cadre)

    assert (edit.action, edit.row.cadre, edit.row.level) == ("add", cadre, 3)


def test_rows_are_checked_as_the_ones_before_them_left_the_record(hr):
    cadre, unit = make_cadre(), make_commune()
    first = make_holding(cadre, commune=unit, valid_from=date(2020, 1, 1))
    second = Holding(cadre=cadre, post=make_post(), commune=unit, valid_from=date(2023, 1, 1))

    record(
        cadre,
        [changing(first, {"valid_to": date(2023, 1, 1)}), adding(second)],
        make_ground(hr),
        kind="transfer",
    )

    assert Holding.objects.filter(valid_to=None).get() == second


def test_a_row_that_comes_back_cites_no_decision_that_it_never_had(hr):
    rating = Rating.objects.create(cadre=make_cadre(), year=2022, level=3)
    remove_record(rating, ground=make_ground(hr), version=1)

    undo(Change.objects.get().pk, make_ground(hr, source="revoked"))

    assert Rating.objects.get().decision_number == ""
