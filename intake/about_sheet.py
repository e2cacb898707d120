"""What the hidden sheet of a file that the portal wrote says of it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cadres.exports import EXPORTED_AT, EXPORTED_FORMAT
from cadres.records import ABOUT_SHEET
from daitu_portal.reading.cells import ReadSheet
from daitu_portal.text import fold


def says_it_is(kind: str, sheets: Sequence[ReadSheet]) -> bool:
    """Whether the hidden sheet says that the portal exported this, and that it is of that kind."""
    about = [sheet for sheet in sheets if fold(sheet.name) == fold(ABOUT_SHEET)]
    return any(
        cell.value == kind for sheet in about for row in sheet.rows
        for cell in row.cells.values()
    )  # fmt: skip


def exported_at(sheets: Sequence[ReadSheet]) -> datetime | None:
    """When the file was written, as its hidden sheet says."""
    for sheet in sheets:
        for row in sheet.rows if fold(sheet.name) == fold(ABOUT_SHEET) else ():
            told = [str(cell.value) for cell in row.cells.values()]
            if len(told) > 1 and told[0] == EXPORTED_AT:
                return moment_of(told[1])
    return None


def moment_of(text: str) -> datetime | None:
    """A moment as the list tells it, by the clock here; in lists of earlier versions as ISO text
    with its zone."""
    try:
        return timezone.make_aware(datetime.strptime(text, EXPORTED_FORMAT))  # noqa: DTZ007
    except ValueError:
        pass
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
