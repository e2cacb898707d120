"""Communes as old lists write them, beside cadres/data/communes.csv."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daitu_portal.text import fold
from intake.rules.commune_names import commune_code
from intake.rules.repairs import CannotHeal, Healed, RepairKind

_CATALOGUE = Path(__file__).resolve().parents[2] / "cadres" / "data" / "communes.csv"


def _units(day: str) -> dict[str, list[str]]:
    units: dict[str, list[str]] = {}
    with _CATALOGUE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["valid_from"] <= day and (not row["valid_to"] or day < row["valid_to"]):
                units.setdefault(row["name"], []).append(row["code"])
    return units


IN_2022, IN_2024, IN_2026 = _units("2022-12-31"), _units("2024-01-01"), _units("2026-01-01")


def read(text: str, units: dict[str, list[str]] = IN_2022) -> str:
    """The code, or "?" where it is asked."""
    try:
        return commune_code(text, units=units).value
    except CannotHeal as error:
        return "?" if error.is_question else "refused"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("xã Tân Thái", "05827"), ("X. Tân Thái", "05827"), ("X.Tân Thái", "05827"),
        ("Tân Thái", "05827"), ("TÂN THÁI", "05827"), ("UBND xã Tân Thái", "05827"),
        ("Đảng ủy xã Tân Thái", "05827"), ("Đảng ủy Tân Thái", "05827"),
        ("Tân Thái - Đại Từ", "05827"), ("xã Tân Thái, huyện Đại Từ, tỉnh Thái Nguyên", "05827"),
        ("TT Hùng Sơn", "05761"), ("T.T. Hùng Sơn", "05761"), ("TT. Hùng Sơn", "05761"),
        ("Hung Son", "05761"), ("5761", "05761"), ("05761", "05761"), ("5761.0", "05761"),
        ("Mĩ Yên", "05836"), ("Phú Lạc", "05785"), ("Phục Linh", "05794"), ("Vạn Thọ", "05839"),
        ("Văn Yên", "05842"), ("TT Quân Chu", "05764"), ("xã Quân Chu", "05851"), ("", ""),
        ("-", ""), ("Quân Chu", "?"), ("Thị trấn Đại Từ", "?"), ("xã Hùng Sơn", "?"),
        ("xã Tân Thái, huyện Phú Lương", "?"), ("Tân Thá", "?"), ("5762", "?"), ("UBND huyện", "?"),
        ("Đại Từ", "?"),
    ],
)  # fmt: skip
def test_a_commune_is_read_as_it_stood_in_2022(text, code):
    assert read(text) == code


def test_quan_chu_is_one_town_from_april_2023():
    told = [read(text, IN_2024) for text in ("Quân Chu", "TT Quân Chu", "xã Quân Chu")]

    assert told == ["05851", "05851", "?"]


def test_the_commune_dai_tu_exists_from_july_2025():
    told = [read(text, IN_2026) for text in ("Đại Từ", "xã Đại Từ", "Phú Lạc", "Tân Thái")]

    assert told == ["05830", "05830", "05788", "?"]


def test_a_code_is_no_repair_and_a_name_is():
    assert commune_code("05827", units=IN_2022) == Healed("05827")
    assert commune_code("Tân Thái", units=IN_2022) == Healed("05827", (RepairKind.COMMUNE,))


def _ways(name: str) -> list[str]:
    kind, short = ("TT", name[9:]) if name.startswith("Thị trấn") else ("X.", name[3:])
    return [name, name.upper(), fold(name), f"{kind} {short}", f"UBND {name}", f"{name}, Đại Từ"]


@pytest.mark.parametrize("units", [IN_2022, IN_2024, IN_2026])
def test_every_unit_is_read_in_every_way(units):
    wrong = [
        (name, way) for name, (code,) in units.items() for way in _ways(name)
        if read(way, units) != code
    ]  # fmt: skip

    assert wrong == []


@given(st.sampled_from(sorted(IN_2022)), st.integers(0, 20), st.characters(codec="ascii"))
def test_a_changed_letter_never_makes_another_unit(name, at, char):
    changed = name[:at] + char + name[at + 1 :]

    assert read(changed) in ("?", *IN_2022[name])
