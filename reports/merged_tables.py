"""Scenarios follow a person into another record."""

from collections.abc import Collection, Iterator

from cadres.merged_tables import same_in
from cadres.person_tables import Moved, RowKey, Settled, register, settle_before
from reports.models import ScenarioPerson
from training.models import Study


def _of_study(gone: Study, kept: Study, going: Collection[RowKey]) -> Iterator[Settled]:
    """Who is supposed to finish a study is supposed to finish the one that stays."""
    there = set(ScenarioPerson.objects.filter(study=kept).values_list("item", flat=True))
    for row in ScenarioPerson.objects.filter(study=gone).order_by("pk"):
        yield row, None if row.item_id in there else {"study": kept}


settle_before(Study, _of_study)
register(
    Moved(ScenarioPerson, same_in("hai lần trong một mục dự báo", "item_id"), stays=True),
)
