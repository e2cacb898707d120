"""Adding and closing dated rows of the catalogues. What was in force stays as it was."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from cadres.models import LegalDocument, Post, TitleSet


@transaction.atomic
def add_row(row: Any, *, title_sets: Iterable[TitleSet] = ()) -> Any:
    """Save a new row of a catalogue; a post enters `title_sets` with its first day.

    A post counts from its own first day on, so that entering a set changes nothing before it.
    Raises ValidationError where the row contradicts another.
    """
    row.full_clean()
    row.save(force_insert=True)
    if isinstance(row, Post):
        for title_set in title_sets:
            title_set.posts.add(row)
    return row


@transaction.atomic
def close_row(row: Any, *, ends_on: date) -> Any:
    """End a row: `ends_on` is the first day without it. Raises ValidationError."""
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if isinstance(stored, LegalDocument):
        stored.expired_on = ends_on
    else:
        stored.valid_to = ends_on
    stored.full_clean()
    stored.save()
    return stored
