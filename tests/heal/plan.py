"""What will be ugly about one workbook, drawn before anything is written."""

from dataclasses import dataclass, field
from random import Random

from tests.heal.layouts import Layout, draw_layout
from tests.heal.people import Unit, units

# What may be wrong with a list beside the words in its cells.
SWITCHES = (
    "letterhead", "index_row", "blank_lines", "totals", "signature", "hidden_row", "hidden_column",
    "ditto", "vertical_merge", "capitals", "title_words", "soft_hyphen", "lookalike", "decomposed",
    "restart", "flat_heads", "heads_below", "mixed_runs", "capitals_font", "repeated_head",
)  # fmt: skip
CSV_CODINGS = ("utf-8", "utf-8-sig", "utf-16", "8-bit")
BIG, USUAL = 300, (15, 60)


@dataclass
class Plan:
    """`encoding`: tcvn3, vni, cp1258 or "" (Unicode); `fonts`: whether the fonts tell it."""

    unit: Unit
    layout: Layout
    size: int
    encoding: str
    fonts: bool
    suffix: str
    coding: str
    delimiter: str
    switches: set[str] = field(default_factory=set)
    mess: float = 0.5

    def has(self, switch: str) -> bool:
        return switch in self.switches


def draw_plan(rng: Random) -> Plan:
    suffix = rng.choices(["xlsx", "csv", "tsv"], [85, 10, 5])[0]
    encoding = rng.choices(["", "tcvn3", "vni"], [40, 42, 18])[0]
    coding = rng.choice(CSV_CODINGS)
    if coding == "8-bit" and suffix != "xlsx" and not encoding:
        encoding = rng.choice(["tcvn3", "vni", "cp1258"])
    size = BIG if rng.random() < 0.03 else rng.randint(*USUAL)
    plan = Plan(
        unit=rng.choice(units()),
        layout=draw_layout(rng),
        size=size,
        encoding=encoding,
        fonts=suffix == "xlsx" and rng.random() > 0.2,
        suffix=suffix,
        coding=coding,
        delimiter="\t" if suffix == "tsv" else rng.choice([",", ",", ";"]),
        switches=set(rng.sample(SWITCHES, rng.randint(6, 12))),
        mess=rng.choice([0.15, 0.35, 0.6]),
    )
    _drop_what_cannot_be(plan)
    return plan


def _drop_what_cannot_be(plan: Plan) -> None:
    if plan.suffix != "xlsx":
        plan.switches -= {"hidden_row", "hidden_column", "vertical_merge", "mixed_runs",
                          "capitals_font"}  # fmt: skip
    if plan.encoding != "tcvn3":
        plan.switches -= {"soft_hyphen", "capitals_font"}
    if plan.suffix != "xlsx" and plan.coding == "8-bit":
        plan.switches -= {"soft_hyphen"}
    if plan.encoding:
        plan.switches -= {"lookalike", "decomposed"}
    if not (plan.fonts and plan.encoding):
        plan.switches -= {"mixed_runs"}
    if plan.has("flat_heads"):
        plan.switches -= {"heads_below"}
