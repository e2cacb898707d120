"""The version moves with every write that a figure could see, and what is remembered with it."""

from copy import copy
from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction

from cadres import record_version
from cadres.models import (
    Attachment,
    Basis,
    Cadre,
    Change,
    Edit,
    JournalNote,
    PaperItem,
    Post,
    RecordVersion,
)
from cadres.record_version import Memory
from cadres.rulebook import Rulebook
from cadres.tests.factories import make_cadre, make_commune, make_post
from reports.models import Scenario, ScenarioItem, ScenarioPerson
from training.models import Attendance, CandidateStep, StudyStep, SurveySheet

# What tells about the record and is no part of it: no figure and no list is made of it.
BESIDE_THE_RECORD = {
    RecordVersion, Basis, Change, Edit, JournalNote, Attachment, PaperItem,
    Attendance, CandidateStep, StudyStep, SurveySheet, Scenario, ScenarioItem, ScenarioPerson,
}  # fmt: skip
WATCHED = [
    model._meta.db_table
    for app in ("cadres", "training", "reports")
    for model in apps.get_app_config(app).get_models(include_auto_created=True)
    if model not in BESIDE_THE_RECORD
]
DAY = date(2023, 6, 8)
EVENTS = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def written(transactional_db):
    """A database that writes for good, written to since all of its tables were emptied."""
    Memory._latest = None
    make_commune()


def triggers_of(table):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger"
                " WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table],
            )  # fmt: skip
        else:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
        return " ".join(sql for (sql,) in cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize("table", WATCHED)
def test_every_table_of_the_record_has_what_moves_the_version(table):
    told = triggers_of(table)

    assert [event for event in EVENTS if event not in told] == []


def test_a_row_that_is_new_or_changed_or_gone_moves_the_version(written):
    make_cadre()
    seen = [record_version.current()]

    make_cadre("Trần Thị Thử")
    seen.append(record_version.current())
    Cadre.objects.update(note="khác")
    seen.append(record_version.current())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cadres_cadre")
    seen.append(record_version.current())

    assert len(set(seen)) == 4


def test_rows_that_are_ignored_when_they_are_there_do_not_stop_the_version(written):
    post = make_post()
    before = record_version.current()

    rows = [copy(post), copy(post)]
    rows[1].pk, rows[1].code = None, "X-MOI"
    Post.objects.bulk_create(rows, ignore_conflicts=True)

    assert Post.objects.count() == 2
    assert record_version.current() != before


def test_a_database_that_was_emptied_has_a_version_again_with_its_first_row(written):
    RecordVersion.objects.all().delete()
    emptied = record_version.current()

    make_cadre()

    assert (emptied, record_version.current() is None) == (None, False)


def test_reading_leaves_the_version_alone(written):
    make_cadre()
    before = record_version.current()

    list(Cadre.objects.all())

    assert record_version.current() == before


def test_nobody_knows_the_version_inside_a_transaction(written):
    with transaction.atomic():
        assert record_version.current() is None


def test_what_is_undone_is_never_remembered(written):
    make_post("Còn đây")
    with transaction.atomic():
        make_post("Sẽ mất")
        within = [post.name for post in Rulebook.now().posts_on(DAY)]
        transaction.set_rollback(True)

    assert within == ["Còn đây", "Sẽ mất"]
    assert [post.name for post in Rulebook.now().posts_on(DAY)] == ["Còn đây"]


def test_the_book_stays_the_same_until_something_is_written(written, django_assert_num_queries):
    make_post()
    first = Rulebook.now()

    with django_assert_num_queries(1):
        again = Rulebook.now()
    make_post("Thêm")

    assert again is first
    assert Rulebook.now() is not first
    assert [post.name for post in Rulebook.now().posts_on(DAY)][-1] == "Thêm"


def test_what_is_remembered_is_made_once_a_version(written):
    asked = []

    def make():
        asked.append(1)
        return len(asked)

    found = [Rulebook.now().remembered("khóa", make) for _ in range(3)]
    make_cadre()
    found.append(Rulebook.now().remembered("khóa", make))

    assert found == [1, 1, 1, 2]


def test_rows_of_many_transactions_are_put_together_and_the_version_stands(written, monkeypatch):
    monkeypatch.setattr(record_version, "_MOST_TRANSACTIONS", 2)
    RecordVersion.objects.bulk_create(RecordVersion(id=-n, token=n) for n in range(1, 5))
    before = record_version.current()

    record_version.compact()

    assert RecordVersion.objects.count() == 1
    assert record_version.current() == before
