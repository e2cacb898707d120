"""The portal knows every header that it writes itself."""

from cadres.records_profile import PROFILE
from intake.rules.mapping import suggest
from intake.shapes import PERSON, TEMPLATE


def _template_target(column):
    if column.part == PERSON:
        return column.field.code
    return f"{column.part}.{column.field.code}"


def test_every_header_of_the_own_template_names_its_field():
    columns = {n: (c.field.header,) for n, c in enumerate(TEMPLATE.columns, start=1)}

    found = suggest(columns, {})

    assert {n: s.target for n, s in found.items()} == {
        n: _template_target(c) for n, c in enumerate(TEMPLATE.columns, start=1)
    }


def test_every_header_of_the_profile_names_its_field():
    fields = [f for f in PROFILE.fields if f.code not in ("cadre", "cadre_name")]
    columns = {n: (f.header,) for n, f in enumerate(fields, start=1)}

    found = suggest(columns, {})

    assert {n: s.target for n, s in found.items()} == {
        n: f"profile.{f.code}" for n, f in enumerate(fields, start=1)
    }
