"""The numbers and switches that the law or the district gives, on a day."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from cadres.record_version import Memory
from training.models import TrainingSetting


@dataclass(frozen=True)
class Setting:
    """A number in force: since when, by which document, and how sure that is, in words."""

    code: str
    value: int
    since: date
    until: date | None  # the day after the last
    document: str
    confidence: str

    @property
    def source(self) -> str:
        """The document and how sure it is, e.g. "NĐ 89/2021/NĐ-CP; độ tin cậy: vừa"."""
        return "; ".join(filter(None, (self.document, self.confidence)))


def setting_on(code: str, day: date, memory: Memory | None = None) -> Setting | None:
    """What `code` (TrainingSetting.Code) is on `day`; None where nothing is in force, which is
    not zero. One query for all codes and days, none while the record's version stands (whoever
    has the page's `memory` saves the one that asks for the version)."""
    memory = memory or Memory.now()
    settings = memory.remembered(("training settings",), _settings)
    for each in settings.get(str(code), ()):
        if each.since <= day and (each.until is None or day < each.until):
            return each
    return None


def _settings() -> dict[str, list[Setting]]:
    found: dict[str, list[Setting]] = {}
    for row in TrainingSetting.objects.select_related("document").order_by("-valid_from", "pk"):
        told = partial(Setting, row.code, row.value, row.valid_from, row.valid_to)
        where = " ".join(filter(None, (row.article, str(row.document or ""))))
        found.setdefault(row.code, []).append(told(where, row.get_confidence_display()))
    return found
