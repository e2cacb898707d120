"""Whether too many people of a commune would be away at once: a warning, never a refusal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cadres.models import CommitteeMembership, Holding
from cadres.models.qualification import StudyForm
from daitu_portal.ratio import Ratio
from training.clashes import sitting_now
from training.models import Enrolment, Study, TrainingClass, TrainingSetting
from training.rules.away import Away, is_too_many, peak
from training.settings_on import setting_on


@dataclass(frozen=True)
class CommuneAway:
    """The worst day of a commune while a class runs: `away` of `serving` are away on `on`."""

    commune_id: int
    commune: str
    away: int
    serving: int
    on: date
    share: int  # per cent, the most that the setting allows

    @property
    def ratio(self) -> Ratio:
        return Ratio(self.away, self.serving)


def share_on(day: date) -> int | None:
    """How many per cent of a commune may be away at once on `day`; None where nobody said."""
    setting = setting_on(TrainingSetting.Code.AWAY_SHARE, day)
    return setting.value if setting else None


def away_of(training_class: TrainingClass, cadre_ids: Iterable[int]) -> list[CommuneAway]:
    """The communes of which more than the share would be away on a day of `training_class`, were
    `cadre_ids` in it, the most first.

    Away are who sits in a class that runs then, and who studies full-time. Six queries at most;
    none but the setting's where there is none.
    """
    coming = list(cadre_ids)
    share = share_on(training_class.begins_on)
    if share is None or not coming:
        return []
    serving = _serving_beside(coming, training_class.begins_on)
    everyone = set().union(*(people for _, people in serving.values()))
    stays = stays_between(training_class.begins_on, training_class.ends_on, everyone)
    stays += [Away(key, training_class.begins_on, training_class.ends_on) for key in coming]
    found = []
    for key, (name, people) in serving.items():
        theirs = [stay for stay in stays if stay.person in people]
        away, on = peak(theirs, training_class.begins_on, training_class.ends_on)
        if is_too_many(away, len(people), share):
            found.append(CommuneAway(key, name, away, len(people), on, share))
    return sorted(found, key=lambda each: (-each.away / each.serving, each.commune))


def _serving_beside(cadre_ids: list[int], day: date) -> dict[int, tuple[str, set[int]]]:
    """Who serves in the communes of `cadre_ids` on `day`: (name, keys of people) by commune."""
    found: dict[int, tuple[str, set[int]]] = {}
    for model in (Holding, CommitteeMembership):
        communes = [
            source.objects.on(day).filter(cadre__in=cadre_ids).values("commune")
            for source in (Holding, CommitteeMembership)
        ]
        where = Q(commune__in=communes[0]) | Q(commune__in=communes[1])
        rows = model.objects.on(day).filter(where).order_by()
        for commune, name, cadre in rows.values_list("commune", "commune__name", "cadre"):
            found.setdefault(commune, (name, set()))[1].add(cadre)
    return found


def stays_between(first: date, last: date, people: set[int]) -> list[Away]:
    """When `people` are away on days from `first` to `last`, for a class or a full-time study. Two
    queries."""
    sat = sitting_now(Enrolment.objects.of_people(people)).filter(
        training_class__begins_on__lte=last, training_class__ends_on__gte=first
    )
    columns = ("cadre", "outside_learner__cadre", "training_class__begins_on",
               "training_class__ends_on")  # fmt: skip
    found = [
        Away(cadre or linked, begins, ends)
        for cadre, linked, begins, ends in sat.values_list(*columns)
    ]
    studies = Study.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=first),
        cadre__in=people, form=StudyForm.FULL_TIME, begins_on__lte=last,
    )  # fmt: skip
    for cadre, begins, ended in studies.values_list("cadre", "begins_on", "ended_on"):
        found.append(Away(cadre, begins, ended or last))
    return found
