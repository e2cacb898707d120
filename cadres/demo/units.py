"""Grades and quotas of the communes of the demo: no decision was found, all giả định."""

from collections import Counter
from datetime import date

from cadres.demo.places import ABOLISHED, MERGED, SPLIT
from cadres.demo.population import EIGHT_OFFICERS
from cadres.models import Commune, DistrictQuota, Quota

ASSUMED = "giả định"
_SMALL = {*EIGHT_OFFICERS}
_YEARS = range(2021, 2026)


def seed_quotas() -> None:
    """A row a commune, group and year, and the district's total between the days it changed."""
    units = list(Commune.objects.filter(valid_from__lt=ABOLISHED, valid_to__gt=date(2021, 1, 1)))
    rows = []
    for unit in units:
        is_small = unit.short_name in _SMALL or unit.short_name == "Quân Chu"
        unit.grade = 3 if is_small else 2
        unit.note = f"{unit.note} Loại đơn vị dùng ở dữ liệu mẫu: {ASSUMED}.".strip()
        for group, number in (("cadre", 10), ("civil_servant", 8 if is_small else 10)):
            rows += _rows_of(unit, group, number)
    Commune.objects.bulk_update(units, ["grade", "note"])
    Quota.objects.bulk_create(rows)
    _seed_total(rows)


def _rows_of(unit: Commune, group: str, number: int) -> list[Quota]:
    last = unit.valid_to or date.max
    spans = (
        (max(date(year, 1, 1), unit.valid_from), min(date(year + 1, 1, 1), last)) for year in _YEARS
    )
    return [
        Quota(commune=unit, group=group, number=number, valid_from=begins, valid_to=ends,
              document=ASSUMED, note=ASSUMED)
        for begins, ends in spans
        if begins < ends
    ]  # fmt: skip


def _seed_total(rows: list[Quota]) -> None:
    days = [date(2021, 1, 1), MERGED, SPLIT, ABOLISHED]
    for begins, ends in zip(days, days[1:], strict=False):
        numbers = Counter(row.group for row in rows for _ in range(row.number)
                          if row.is_in_force(begins))  # fmt: skip
        DistrictQuota.objects.create(
            number=numbers.total(), valid_from=begins, valid_to=ends, document=ASSUMED, note=ASSUMED
        )
