"""Two records of one person made one, and split again: nothing doubled, nothing lost."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.actions import change_cadre, close_record, remove_record
from cadres.changes import Ground, StaleVersion
from cadres.edits import RowMoved, all_plain
from cadres.merging import (
    BOTH,
    LEFT,
    RIGHT,
    Undecided,
    merge,
    plan_merge,
)
from cadres.models import (
    Allowance,
    Attachment,
    Award,
    Cadre,
    Change,
    Edit,
    FamilyMember,
    Holding,
    JournalNote,
    PaperItem,
    Profile,
    Qualification,
    Rating,
    SalaryStep,
    Status,
    WorkPeriod,
)
from cadres.person_tables import moved_tables
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
    make_short_training,
)
from cadres.undoing import HasDependants, restore, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return make_user()


@pytest.fixture
def two():
    return make_cadre("Nguyễn Thị Lý"), make_cadre("Nguyễn Lí")


def merged(left, right, hr, choices=None, versions=(1, 1)):
    ground = Ground(hr, None, "Một người hai hồ sơ")
    return merge(left.pk, right.pk, choices=choices or {}, ground=ground, versions=versions)


def split(change, hr):
    return undo(change.pk, make_ground(hr, source="revoked"))


def everything():
    """All rows of all registered tables, and the people, as plain values by key."""
    found = {}
    for model in [Cadre, *(table.model for table in moved_tables())]:
        for row in model._default_manager.all():
            found[model._meta.label_lower, row.pk] = all_plain(row)
    return found


# -- rows -----------------------------------------------------------------------------------------
def test_the_rows_of_the_other_record_come_over_and_it_is_set_aside(two, hr):
    left, right = two
    post = make_holding(right)
    level = make_qualification(right)

    merged(left, right, hr)

    right.refresh_from_db()
    assert (right.is_kept, right.merged_into) == (False, left)
    assert {each.cadre for each in (*Holding.objects.all(), *Qualification.objects.all())} == {left}
    assert (Holding.objects.get().pk, Qualification.objects.get().pk) == (post.pk, level.pk)


def test_a_row_that_says_the_same_is_there_once(two, hr):
    left, right = two
    post, unit = make_post(), make_commune()
    mine = make_holding(left, post, unit)
    make_holding(right, post, unit)
    make_rating(left, 2021)
    make_rating(right, 2021)

    merged(left, right, hr)

    assert Holding.objects.get() == mine
    assert Rating.objects.count() == 1


def test_a_merge_is_one_change_on_each_of_the_two_told_with_its_reason(two, hr):
    left, right = two
    row = make_holding(right)

    change = merged(left, right, hr)

    assert [(each.cadre, each.kind, each.source, each.reason) for each in Change.objects.all()] == [
        (left, "merge", "merged", "Một người hai hồ sơ"),
        (right, "merge", "merged", "Một người hai hồ sơ"),
    ]
    assert change.cadre == left
    edit = change.edits.get()
    assert (edit.table, edit.row_id) == ("cadres.holding", row.pk)
    assert (edit.before, edit.after) == ({"cadre": right.pk}, {"cadre": left.pk})


def test_a_doubled_file_is_set_aside_and_never_removed(two, hr):
    left, right = two
    for cadre in two:
        Attachment.objects.create(cadre=cadre, kind="photo", name="a.png", size=1,
                                  content_type="image/png", sha256="0" * 64)  # fmt: skip

    merged(left, right, hr)

    files = Attachment.objects.filter(cadre=left)
    assert (files.count(), files.kept().count()) == (2, 1)


# -- what must be decided -------------------------------------------------------------------------
def clashing(left, right, kind):
    """Two rows that cannot both stand, the left one first."""
    day, unit = date(2021, 1, 1), make_commune()
    post = make_post()
    made = {
        "rating": lambda c, n: make_rating(c, 2022, level=2 + n),
        "salary": lambda c, n: SalaryStep.objects.create(
            cadre=c, valid_from=day, coefficient=Decimal("2.34") + n, step=1 + n),
        "salary over": lambda c, n: SalaryStep.objects.create(
            cadre=c, valid_from=date(2021 - n, 1, 1), coefficient=Decimal("2.34"), step=1),
        "allowance": lambda c, n: Allowance.objects.create(
            cadre=c, kind="position", coefficient=Decimal("0.20") + n, valid_from=day),
        "post": lambda c, n: make_holding(c, post, unit, valid_from=date(2021 - n, 1, 1)),
        "seat": lambda c, n: make_membership(c, unit, valid_from=date(2021 - n, 1, 1)),
        "status": lambda c, n: Status.objects.create(
            cadre=c, kind="study", place=f"Nơi {n}", valid_from=day),
        "paper": lambda c, n: PaperItem.objects.create(
            cadre=c, component="2c", state=("there", "copy")[n], checked_on=day),
        "level": lambda c, n: make_qualification(c, institution=f"Trường {n}"),
        "short": lambda c, n: make_short_training(c, hours=10 + n),
        "award": lambda c, n: Award.objects.create(
            cadre=c, kind="certificate", year=2020, note=f"ghi {n}"),
        "family": lambda c, n: FamilyMember.objects.create(
            cadre=c, relation="Mẹ", full_name="Lê Thị A", detail=f"ghi {n}"),
        "work": lambda c, n: WorkPeriod.objects.create(
            cadre=c, from_on="2010", until_on=f"201{5 + n}", what="Giáo viên"),
    }[kind]  # fmt: skip
    return made(left, 0), made(right, 1)


CLASHES = ("rating", "salary", "salary over", "allowance", "post", "seat", "status", "paper",
           "level", "short", "award", "family", "work")  # fmt: skip


@pytest.mark.parametrize("kind", CLASHES)
def test_rows_that_the_rules_forbid_side_by_side_must_be_decided(two, hr, kind):
    rows = clashing(*two, kind)

    with pytest.raises(Undecided) as refused:
        merged(*two, hr)

    (clash,) = refused.value.clashes
    assert ([*clash.left], [*clash.right]) == ([rows[0]], [rows[1]])
    assert clash.options == (LEFT, RIGHT)
    assert not Change.objects.exists()
    assert Cadre.objects.filter(is_kept=True).count() == 2


@pytest.mark.parametrize("kind", CLASHES)
@pytest.mark.parametrize(("choice", "kept"), [(LEFT, 0), (RIGHT, 1)])
def test_the_row_that_was_chosen_is_there_alone(two, hr, kind, choice, kept):
    left, right = two
    rows = clashing(left, right, kind)
    (clash,) = plan_merge(left, right).clashes

    merged(left, right, hr, {clash.key: choice})

    standing = type(rows[0])._default_manager.get()
    assert (standing.pk, standing.cadre) == (rows[kept].pk, left)


def test_two_main_posts_at_once_may_both_stay_the_second_as_another(two, hr):
    left, right = two
    mine, other = make_holding(left), make_holding(right)
    (clash,) = plan_merge(left, right).clashes
    assert clash.options == (LEFT, RIGHT, BOTH)

    merged(left, right, hr, {clash.key: BOTH})

    other.refresh_from_db()
    mine.refresh_from_db()
    assert (mine.is_main, other.is_main, other.cadre) == (True, False, left)


def test_rows_that_clash_with_the_same_row_are_decided_together(two, hr):
    left, right = two
    long = SalaryStep.objects.create(cadre=left, valid_from=date(2015, 1, 1), coefficient="2.34")
    steps = [
        SalaryStep.objects.create(cadre=right, coefficient="2.34", valid_from=date(year, 1, 1),
                                  valid_to=date(year + 3, 1, 1))
        for year in (2015, 2018)
    ]  # fmt: skip
    (clash,) = plan_merge(left, right).clashes
    assert ([*clash.left], sorted(row.pk for row in clash.right)) == (
        [long], [each.pk for each in steps],
    )  # fmt: skip

    merged(left, right, hr, {clash.key: RIGHT})

    assert {each.pk for each in SalaryStep.objects.filter(cadre=left)} == {s.pk for s in steps}


# -- fields ---------------------------------------------------------------------------------------
def test_what_only_one_record_knows_is_kept_without_asking(two, hr):
    left, right = two
    Cadre.objects.filter(pk=right.pk).update(national_id="019180000123", residence="Xóm 1")
    Cadre.objects.filter(pk=left.pk).update(birthplace="Đại Từ")
    Profile.objects.create(cadre=right, insurance_number="0123")

    merged(left, right, hr)

    left.refresh_from_db()
    assert (left.national_id, left.residence, left.birthplace) == (
        "019180000123", "Xóm 1", "Đại Từ",
    )  # fmt: skip
    assert left.profile.insurance_number == "0123"


def test_each_field_is_taken_from_the_side_that_was_chosen(two, hr):
    left, right = two
    Cadre.objects.filter(pk=left.pk).update(national_id="019180000111", phone="0911111111")
    Cadre.objects.filter(pk=right.pk).update(national_id="019180000222", phone="0922222222")
    for cadre, health, height in ((left, "Tốt", 160), (right, "Khá", None)):
        Profile.objects.create(cadre=cadre, health=health, height_cm=height)

    chosen = {"cadre.national_id": RIGHT, "cadre.full_name": RIGHT, "profile.health": RIGHT}
    merged(left, right, hr, chosen)

    left.refresh_from_db()
    assert (left.full_name, left.national_id, left.phone) == (
        "Nguyễn Lí", "019180000222", "0911111111",
    )  # fmt: skip
    assert left.sound_key == "Nuyen li"
    assert (left.profile.health, left.profile.height_cm) == ("Khá", 160)
    assert left.code == two[0].code


# -- who, when ------------------------------------------------------------------------------------
def test_a_record_that_changed_meanwhile_is_not_merged(two, hr):
    left, right = two
    change_cadre(right.pk, {"residence": "Mới"}, ground=make_ground(hr), version=1)

    with pytest.raises(StaleVersion):
        merged(left, right, hr)


def test_only_the_districts_staff_merge_and_nobody_with_oneself(two, hr):
    with pytest.raises(PermissionDenied):
        merged(*two, make_user(Role.COMMUNE_CLERK))
    with pytest.raises(PermissionDenied):
        merged(two[0], two[0], hr)


def test_a_record_that_is_gone_is_not_merged_again(two, hr):
    left, right = two
    merged(left, right, hr)

    with pytest.raises(Cadre.DoesNotExist):
        merged(left, right, hr, versions=(2, 2))


# -- split again ----------------------------------------------------------------------------------
def test_splitting_gives_back_both_records(two, hr):
    left, right = two
    Cadre.objects.filter(pk=right.pk).update(national_id="019180000123")
    make_holding(right)
    clashing(left, right, "rating")
    (clash,) = plan_merge(left, right).clashes
    before = everything()
    change = merged(left, right, hr, {clash.key: RIGHT})
    assert everything() != before

    split(change, hr)

    assert everything() == before
    assert Change.objects.filter(undoes__isnull=False).count() == 2


def test_splitting_from_the_side_that_is_gone_undoes_both_too(two, hr):
    left, right = two
    make_holding(right)
    before = everything()
    merged(left, right, hr)

    split(Change.objects.get(cadre=right), hr)

    assert everything() == before


def test_what_was_added_since_stays_with_the_record_that_stayed(two, hr):
    left, right = two
    change = merged(left, right, hr)
    added = make_holding(left)

    split(change, hr)

    assert Holding.objects.get() == added
    assert added.cadre == left


def test_what_rests_on_a_merge_forbids_to_split_and_is_named(two, hr):
    left, right = two
    row = make_holding(right)
    change = merged(left, right, hr)
    row.refresh_from_db()
    remove_record(row, ground=make_ground(hr), version=2)

    with pytest.raises(HasDependants) as refused:
        split(change, hr)

    assert refused.value.changes == [Change.objects.latest("pk")]


def test_a_later_correction_of_a_row_that_came_over_stays_with_it(two, hr):
    left, right = two
    row = make_holding(right, valid_from=date(2020, 1, 1))
    change = merged(left, right, hr)
    row.refresh_from_db()
    close_record(row, left_on=date(2023, 1, 1), ground=make_ground(hr), version=2)

    split(change, hr)

    row.refresh_from_db()
    assert (row.cadre, row.valid_to) == (right, date(2023, 1, 1))


def test_a_chain_of_merges_is_split_from_the_last(hr):
    one, two, three = (make_cadre(f"Nguyễn Lý {n}") for n in "ABC")
    make_holding(one)
    before = everything()
    first = merged(two, one, hr)
    second = merged(three, two, hr, versions=(1, 2))

    with pytest.raises((HasDependants, Cadre.DoesNotExist)):
        split(first, hr)
    split(second, hr)
    split(first, hr)

    assert everything() == before


def test_a_record_is_not_restored_to_before_a_merge_that_stands(two, hr):
    left, right = two
    make_holding(right)
    change_cadre(left.pk, {"residence": "Mới"}, ground=make_ground(hr), version=1)
    first = Change.objects.get()
    merged(left, right, hr, versions=(2, 1))

    with pytest.raises(RowMoved):
        restore(first.pk, make_ground(hr, source="restored"), version=3)
    assert Holding.objects.get().cadre == left


# -- random records -------------------------------------------------------------------------------
def some_day(rng):
    return date(rng.randint(2015, 2022), rng.choice([1, 6]), 1)


def some_career(rng, cadre, posts, units):
    for _ in range(rng.randint(0, 3)):
        keys = {"post": rng.choice(posts), "commune": rng.choice(units)}
        keys["valid_from"] = some_day(rng)
        ends = rng.choice([None, date(2023, 1, 1)])
        if not Holding.objects.filter(cadre=cadre, **keys).exists():
            make_holding(cadre, **keys, valid_to=ends, is_main=rng.random() < 0.7)
    if rng.random() < 0.5:
        make_membership(cadre, units[0], valid_from=some_day(rng))


def some_merits(rng, cadre):
    for year in rng.sample(range(2019, 2023), rng.randint(0, 3)):
        make_rating(cadre, year, level=rng.randint(2, 3))
    for _ in range(rng.randint(0, 2)):
        make_qualification(cadre, rank=rng.randint(3, 4), institution=rng.choice(["A", "B"]))
    for starts in {some_day(rng) for _ in range(rng.randint(0, 2))}:
        SalaryStep.objects.create(cadre=cadre, valid_from=starts, coefficient="2.34")


def some_papers(rng, cadre, user):
    if rng.random() < 0.6:
        Profile.objects.create(cadre=cadre, health=rng.choice(["", "Tốt", "Khá"]))
    if rng.random() < 0.5:
        JournalNote.objects.create(cadre=cadre, text="ghi", by=user)
    if rng.random() < 0.5:
        Attachment.objects.create(cadre=cadre, kind="photo", name="a", content_type="image/png",
                                  size=1, sha256=rng.choice("ab") * 64)  # fmt: skip
    number = rng.choice([None, f"01918{rng.randrange(10**7):07d}"])
    Cadre.objects.filter(pk=cadre.pk).update(
        national_id=number, residence=rng.choice(["", "Xóm 1", "Xóm 2"])
    )


@pytest.mark.parametrize("seed", range(25))
def test_any_two_records_merge_without_a_clash_and_split_into_what_they_were(hr, seed):
    rng = random.Random(seed)
    posts, units = [make_post(), make_post()], [make_commune(), make_commune()]
    left, right = make_cadre("Nguyễn Lý"), make_cadre("Nguyễn Lí", born_on="1980")
    for cadre in (left, right):
        some_career(rng, cadre, posts, units)
        some_merits(rng, cadre)
        some_papers(rng, cadre, hr)
        cadre.refresh_from_db()
    before = everything()
    plan = plan_merge(left, right)
    choices = {clash.key: rng.choice(clash.options) for clash in plan.clashes}
    choices |= {choice.key: rng.choice([LEFT, RIGHT]) for choice in plan.choices}
    apart = len(right.holdings.all()) + len(left.holdings.all())

    change = merged(left, right, hr, choices)

    assert not any(
        table.model._default_manager.filter(cadre=right).exists()
        for table in moved_tables() if table.model is not Profile
    )  # fmt: skip
    assert Holding.objects.filter(cadre=left).count() <= apart
    assert Rating.objects.filter(cadre=left).values("year").distinct().count() == (
        Rating.objects.filter(cadre=left).count()
    )
    split(change, hr)
    assert everything() == before


# -- nothing is forgotten -------------------------------------------------------------------------
# Rows about a person that stay with the record they were written about, and why.
STAY = {
    "cadres.change": "the history of the record",
    "cadres.edit": "the history of the record",
    "cadres.cadre": "which record it was merged into",
    "intake.notsame": "two people who were told apart",
}


def test_every_table_about_people_is_registered_or_stays_for_a_reason():
    about = {
        model._meta.label_lower
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, ForeignKey) and column.related_model is Cadre
    }

    moved = {table.model._meta.label_lower for table in moved_tables()}
    assert about == moved | STAY.keys()


def test_the_history_tells_all_that_a_merge_did(two, hr):
    left, right = two
    make_holding(right)
    clashing(left, right, "rating")
    (clash,) = plan_merge(left, right).clashes

    merged(left, right, hr, {clash.key: LEFT})

    assert sorted(Edit.objects.values_list("table", "action")) == [
        ("cadres.cadre", "change"),
        ("cadres.holding", "change"),
        ("cadres.rating", "remove"),
    ]
