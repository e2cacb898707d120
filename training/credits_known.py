"""What is known on a day of a person's results, and which rows of the record come of training."""

from dataclasses import dataclass
from datetime import date

from training.models import Credit, Enrolment, Study, TrainingClass

Source = Enrolment | Study


@dataclass(frozen=True)
class KnownResult:
    """A participation as it was known on a day: its result then, and its certificate, if any."""

    enrolment: Enrolment
    result: str
    certificate_number: str
    certificate_on: date | None

    @property
    def words(self) -> str:
        return Enrolment.Result(self.result).label


@dataclass(frozen=True)
class KnownCredit:
    """What a class or study proposed for the record, and what became of it by now."""

    credit: Credit
    state: str
    words: str
    source: str  # the name of the class, or the school
    url: str


def results_of(cadre_id: int, day: date) -> list[KnownResult]:
    """The participations of a person in classes begun by `day`, latest first, with what was known
    then: a result counts from its own day, else from the last day of the class. One query."""
    found = (
        Enrolment.objects.of_people([cadre_id])
        .filter(training_class__begins_on__lte=day)
        .exclude(training_class__state=TrainingClass.State.DRAFT)
        .select_related("training_class__provider", "training_class__programme")
        .order_by("-training_class__begins_on", "pk")
    )
    return [_known(each, day) for each in found]


def _known(enrolment: Enrolment, day: date) -> KnownResult:
    is_known = (enrolment.result_on or enrolment.training_class.ends_on) <= day
    awarded = enrolment.certificate_on
    has_paper = is_known and (awarded is None or awarded <= day)
    return KnownResult(
        enrolment=enrolment,
        result=enrolment.result if is_known else Enrolment.Result.STUDYING,
        certificate_number=enrolment.certificate_number if has_paper else "",
        certificate_on=awarded if has_paper else None,
    )


def credits_of(cadre_id: int, day: date) -> list[KnownCredit]:
    """The credits of a person whose certificates are of `day` or before, latest first. One query.

    Whether one stands in the record is what the record says now.
    """
    found = (
        Credit.objects.filter(cadre=cadre_id, awarded_on__lte=day)
        .with_standing()
        .select_related("enrolment__training_class", "study")
        .order_by("-awarded_on", "pk")
    )
    return [
        KnownCredit(
            each, each.state_now, each.state_words, each.source_name, each.source.get_absolute_url()
        )
        for each in found
    ]


def classes_behind(cadre_id: int) -> dict[tuple[str, int], Source]:
    """What each row of a person's record came of, by table ("cadres.qualification") and key: the
    participation in a class, or the study. Only what stands in the record. One query."""
    found = (
        Credit.objects.in_state(Credit.State.CONFIRMED)
        .filter(cadre=cadre_id)
        .select_related("enrolment__training_class", "study")
    )
    return {(each.table, each.row_id): each.enrolment or each.study for each in found}
