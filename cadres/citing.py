"""What a change may cite, and what new rows take over from it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from cadres.edits import RowEdit
from cadres.models import Basis, Edit


def need_decision(basis: Basis | None) -> None:
    """Raise ValidationError unless `basis` is a decision."""
    if basis is None or basis.kind != Basis.Kind.DECISION:
        raise ValidationError("Việc này phải có căn cứ là một quyết định.")


def cite(edits: Iterable[RowEdit], basis: Basis | None) -> None:
    """`cite_rows` of the rows that edits add; a row that comes back keeps what it said."""
    added = (edit.row for edit in edits if edit.action == Edit.Action.ADD and edit.row.pk is None)
    cite_rows(added, basis)


def cite_rows(rows: Iterable[Any], basis: Basis | None) -> None:
    """New rows that name their decision take its number, issuer and day from `basis`, where none
    was given. Raises ValidationError for a basis that was revoked."""
    if basis is None:
        return
    if basis.revoked_by_id is not None:
        raise ValidationError(f"{basis} đã bị bãi bỏ, không làm căn cứ được nữa.")
    if basis.kind != Basis.Kind.DECISION:
        return
    said = (("decision_number", basis.number, ""), ("issuer", basis.issuer[:120], ""),
            ("decided_on", basis.signed_on, None))  # fmt: skip
    for row in rows:
        for name, value, empty in said:
            if getattr(row, name, value) == empty:
                setattr(row, name, value)
