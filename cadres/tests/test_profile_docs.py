"""docs/profile-fields.md names what there is, and all of what a person's record can hold."""

import re
from pathlib import Path

from cadres import records
from cadres.edits import columns_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "profile-fields.md"
_NAMED = re.compile(r"`(\w+)\.(\w+)`")
TABLES = {
    each.model._meta.model_name: each.model
    for each in records.tables()
    if each.is_imported and each.model._meta.app_label == "cadres"
}
_OF_THE_ROW = {"cadre", "is_kept", "merged_into", "entered_by"}


def test_every_field_that_the_page_names_exists():
    named = _NAMED.findall(PAGE.read_text(encoding="utf-8"))

    assert len(named) > 100
    for table, field in named:
        assert field in {f.name for f in TABLES[table]._meta.get_fields()}, (table, field)


def test_every_field_of_a_record_has_its_item():
    named = set(_NAMED.findall(PAGE.read_text(encoding="utf-8")))

    there = {(t, name) for t, model in TABLES.items() for name in columns_of(model)}
    assert {(t, name) for t, name in there - named if name not in _OF_THE_ROW} == set()
