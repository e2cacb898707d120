"""The catalogues that law and district give: communes, posts, terms, ceilings, rules.

`load` adds what is missing and never changes a row that is there, so that what the office
corrected or closed on screen stays. The rows and their sources are in `cadres/data/`.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import models, transaction

from cadres.catalogue_rules import load_rules
from cadres.models import (
    Commune,
    CommuneSuccession,
    Post,
    PostManagement,
    QuotaCeiling,
    StudyField,
    Term,
    TitleSet,
)

DATA = Path(__file__).parent / "data"


def rows_of(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a CSV file as fields of a model: an empty date or number is None."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: _value(name, text) for name, text in row.items()}


def _value(name: str, text: str) -> str | None:
    is_nullable = name in ("valid_to", "per_commune", "area_km2", "grade")
    return None if is_nullable and not text else text


def add_missing(
    model: type[models.Model], rows: Iterable[dict[str, Any]], *, key: Sequence[str]
) -> int:
    """Create those of `rows` whose `key` no stored row has; return how many."""
    present = {_as_text(values) for values in model._default_manager.values_list(*key)}
    missing = [row for row in rows if _as_text([row[name] for name in key]) not in present]
    model._default_manager.bulk_create(model(**row) for row in missing)
    return len(missing)


def _as_text(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


@transaction.atomic
def load() -> None:
    """Add every catalogue row of this app that is missing."""
    add_missing(Commune, rows_of(DATA / "communes.csv"), key=("code", "valid_from"))
    _load_successions()
    add_missing(Post, rows_of(DATA / "posts.csv"), key=("code",))
    _load_managements()
    _load_title_sets()
    add_missing(Term, rows_of(DATA / "terms.csv"), key=("organisation", "valid_from"))
    add_missing(StudyField, rows_of(DATA / "study_fields.csv"), key=("code",))
    add_missing(QuotaCeiling, rows_of(DATA / "quota_ceilings.csv"), key=("grade", "valid_from"))
    load_rules()


def _load_successions() -> None:
    units = {
        (code, str(begins)): key
        for key, code, begins in Commune.objects.values_list("pk", "code", "valid_from")
    }
    rows = [
        {
            "old_id": units[row.pop("old_code"), row.pop("old_from")],
            "new_id": units[row.pop("new_code"), row.pop("new_from")],
            **row,
        }
        for row in rows_of(DATA / "commune_successions.csv")
    ]
    add_missing(CommuneSuccession, rows, key=("old_id", "new_id"))


def _load_managements() -> None:
    posts = dict(Post.objects.values_list("code", "pk"))
    rows = [
        {"post_id": posts[row.pop("post")], **row} for row in rows_of(DATA / "post_managements.csv")
    ]
    add_missing(PostManagement, rows, key=("post_id", "valid_from"))


def _load_title_sets() -> None:
    rows = list(rows_of(DATA / "title_sets.csv"))
    members = {row["code"]: row.pop("posts").split() for row in rows}
    before = set(TitleSet.objects.values_list("pk", flat=True))
    add_missing(TitleSet, rows, key=("code", "valid_from"))
    posts = dict(Post.objects.values_list("code", "pk"))
    TitleSet.posts.through.objects.bulk_create(
        TitleSet.posts.through(titleset_id=title_set.pk, post_id=posts[code])
        for title_set in TitleSet.objects.exclude(pk__in=before)
        for code in members[title_set.code]
    )
