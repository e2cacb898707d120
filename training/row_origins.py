"""Which rows of a person's record came of training: what the record's pages link to."""

from cadres.row_origins import Key, Origin, register
from training.models import Credit


def origins_of(cadre_id: int) -> dict[Key, Origin]:
    """By table and key of each row that a confirmed certificate wrote and that stands, the class or
    study behind it. One query."""
    found = (
        Credit.objects.in_state(Credit.State.CONFIRMED)
        .filter(cadre=cadre_id)
        .select_related("enrolment__training_class", "study")
    )
    return {
        (each.table, each.row_id): Origin(each.source_name, each.source.get_absolute_url())
        for each in found
    }


register(origins_of)
