"""Loads the legal documents and rules that the portal knows from the start."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from cadres.models import LegalDocument, Rule
from cadres.rules import requirements

DATA = Path(__file__).resolve().parent / "data"
_TREES = ("requirement", "mountain_requirement", "transition_condition")


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    for row in rows:
        for key in row:
            if key.endswith(("_on", "_until", "valid_from", "valid_to")) and row[key]:
                row[key] = date.fromisoformat(row[key])
    return rows


def load_rules() -> None:
    """Add the documents and rules that are not there yet; what the district changed stays.

    Raises ValueError where a requirement in the data is outside the vocabulary.
    """
    for row in _rows("documents.json"):
        LegalDocument.objects.get_or_create(number=row.pop("number"), defaults=row)
    documents = LegalDocument.objects.in_bulk(field_name="number")
    for row in _rows("rules.json"):
        for tree in _TREES:
            if row[tree] is not None:
                requirements.check(row[tree], f"{row['code']}.{tree}")
        row["document"] = documents[row["document"]]
        Rule.objects.get_or_create(code=row.pop("code"), defaults=row)
