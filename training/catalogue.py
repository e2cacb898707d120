"""What can be learned, who teaches it, what it may cost, what posts ask beside the standards.

`load` adds what is missing and never changes a row that is there. A dated row is added only where
nothing is known of its subject yet, so that what the office closed or corrected stays as it is.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from cadres.catalogue import add_missing, rows_of
from cadres.models import LegalDocument, Post, StudyField
from training.models import (
    Competence,
    CostNorm,
    PostCompetence,
    Programme,
    Provider,
    TrainingSetting,
)

DATA = Path(__file__).parent / "data"
_DAYS = ("issued_on", "effective_on", "expired_on", "valid_from", "valid_to")
_MAY_BE_EMPTY = (*_DAYS, "rank", "hours", "days")

Row = dict[str, Any]


@transaction.atomic
def load() -> None:
    """Add every catalogue row of this app that is missing. Documents, posts and fields of study
    are those of `cadres`; a row that names one which is not there waits for it."""
    add_missing(Provider, rows_of(DATA / "providers.csv"), key=("code",))
    add_missing(LegalDocument, _json("documents.json"), key=("number",))
    documents = _keys(LegalDocument, "number")
    add_missing(Programme, _programmes(), key=("code",))
    programmes = _keys(Programme, "code")

    def norm(row: Row) -> Row:
        return row | _named(row, document=documents, programme=programmes)

    def setting(row: Row) -> Row:
        return row | _named(row, document=documents)

    _add_subjects(CostNorm, "cost_norms.csv", norm, ("what",))
    _add_subjects(TrainingSetting, "settings.csv", setting, ("code",))
    add_missing(Competence, _json("competences.json"), key=("code",))
    _load_post_competences()


def _programmes() -> Iterator[Row]:
    providers, fields = _keys(Provider, "code"), _keys(StudyField, "code")
    for row in _csv("programmes.csv"):
        yield row | _named(row, provider=providers, field=fields)


def _load_post_competences() -> None:
    posts, competences = _keys(Post, "code"), _keys(Competence, "code")

    def asked(row: Row) -> Row | None:
        known = row["post"] in posts
        return row | _named(row, post=posts, competence=competences) if known else None

    key = ("post_id", "competence_id")
    _add_subjects(PostCompetence, "post_competences.csv", asked, key)


def _add_subjects(
    model: Any, file: str, read: Callable[[Row], Row | None], key: tuple[str, ...]
) -> None:
    """Add the dated rows of subjects (`key`) of which no row of any day is there."""
    known = set(model.objects.values_list(*key))
    rows = [row for row in map(read, _csv(file)) if row is not None]
    model.objects.bulk_create(
        model(**row) for row in rows if tuple(row[name] for name in key) not in known
    )


def _named(row: Row, **keys: Mapping[str, int]) -> Row:
    """The keys of what `row` names by code, in place of the codes."""
    found = {}
    for name, known in keys.items():
        code = row.pop(name)
        found[f"{name}_id"] = known.get(code) if code else None
    return found


def _keys(model: Any, name: str) -> dict[str, int]:
    return dict(model.objects.values_list(name, "pk"))


def _csv(name: str) -> Iterator[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {field: _value(field, text) for field, text in row.items()}


def _json(name: str) -> list[Row]:
    rows = json.loads((DATA / name).read_text(encoding="utf-8"))
    return [{field: _value(field, value) for field, value in row.items()} for row in rows]


def _value(name: str, value: Any) -> Any:
    if name in _MAY_BE_EMPTY and not value:
        return None
    return date.fromisoformat(value) if name in _DAYS else value
