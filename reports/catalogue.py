"""The indicators that the portal knows from the start: those of the district's article, and the
verdicts of the standards."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from cadres.catalogue import add_missing
from reports.models import Indicator

DATA = Path(__file__).parent / "data"
SINCE = date(2004, 1, 1)


@transaction.atomic
def load() -> None:
    """Add the indicators that are missing; one that the office closed or changed stays as it is."""
    rows = json.loads((DATA / "indicators.json").read_text(encoding="utf-8"))
    known = set(Indicator.objects.values_list("code", flat=True))
    new = [{**row, "valid_from": SINCE} for row in rows if row["code"] not in known]
    add_missing(Indicator, new, key=("code", "valid_from"))
