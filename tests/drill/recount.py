"""What stands after the kill drill, beside what its senders were told; printed as JSON."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.db import connection  # noqa: E402

from cadres.models import Cadre, Change, Edit  # noqa: E402
from intake.models import ImportBatch, ImportedChange  # noqa: E402
from intake.progress import progress_of  # noqa: E402


def main() -> None:
    told = json.loads(Path(sys.argv[1]).read_text())
    state = ImportBatch.State
    batches = list(ImportBatch.objects.all())
    done = {batch.pk for batch in batches if batch.state == state.DONE}
    people: dict[str, int] = {}
    for residence in Cadre.objects.filter(residence__startswith="drill-").values_list(
        "residence", flat=True
    ):
        people[residence] = people.get(residence, 0) + 1
    partial = [(name, number) for name, number in people.items() if number != _whole(name, told)]
    partial += [
        (batch.pk, batch.counts) for batch in batches
        if ImportedChange.objects.filter(batch=batch).count()
        != (batch.counts["created"] if batch.pk in done else 0)
    ]  # fmt: skip
    told_people = Cadre.objects.filter(residence__startswith="drill-").count()
    if told_people != Edit.objects.filter(
        table="cadres.cadre", action="add", cadre__residence__startswith="drill-"
    ).count() or told_people != Change.objects.filter(kind="import").count():  # fmt: skip
        partial.append(("history", told_people))
    if len(people) != len(done):
        partial.append(("files and batches", len(people), len(done)))
    acknowledged = told["acknowledged"]
    lost = [n for n, pk in acknowledged.items() if pk not in done or f"drill-{n}-" not in people]
    broken = [
        batch.pk for batch in batches
        if (progress := progress_of(batch)) and progress.is_broken and batch.pk not in done
    ]  # fmt: skip
    print(json.dumps({
        "done": len(done), "partial": partial, "lost": lost, "broken": broken,
        "orphans": _orphans(batches), "integrity": _integrity(),
    }))  # fmt: skip


def _whole(residence: str, told: dict[str, int]) -> int:
    number = int(residence.split("-")[1])
    return told["long"] if number % told["every"] == 0 else told["small"]


def _orphans(batches: list[ImportBatch]) -> list[str]:
    keys = {batch.key for batch in batches}
    folder = settings.MEDIA_ROOT / "imports"
    found = [path.name for path in folder.glob("*") if path.name.partition(".")[0] not in keys]
    return found + [batch.key for batch in batches if not batch.path.exists()]


def _integrity() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return [row[0] for row in cursor.fetchall() if row[0] != "ok"]


if __name__ == "__main__":
    main()
