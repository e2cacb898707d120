"""What the columns of a kind of list meant last time: the next list of that kind is read so too."""

from collections.abc import Iterable, Mapping

from django.db.models import F
from django.utils import timezone

from intake.healing.staging import Staging
from intake.models import ColumnMemory

_BETWEEN = " › "


def path_words(path: Iterable[str]) -> str:
    """The header of a column with those above it, as one line: “Ngày sinh › Nam”."""
    return _BETWEEN.join(path)


def remembered(fingerprints: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """{fingerprint: {header path: target}} of the kinds of lists that were written before. One
    query."""
    found = ColumnMemory.objects.filter(fingerprint__in=set(fingerprints))
    return dict(found.values_list("fingerprint", "columns"))


def remember_columns(staging: Staging) -> None:
    """Keep what the columns of a file's lists meant, for the next of their kind. Two queries a
    list; the caller's transaction writes the rows of the list too."""
    for each in staging.fact("lists", []):
        columns = {path_words(c["path"]): c["target"] for c in each["columns"] if c["target"]}
        again = ColumnMemory.objects.filter(fingerprint=each["fingerprint"])
        if not again.update(columns=columns, used_at=timezone.now(), times=F("times") + 1):
            ColumnMemory.objects.create(fingerprint=each["fingerprint"], columns=columns)
