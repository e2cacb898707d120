"""What the page before the confirmation says: who will be enrolled, who not and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from cadres.models import Cadre, Holding
from training.away import CommuneAway, away_of
from training.clashes import mind_of_people
from training.enrol_checks import check, officials_of, who_has_it
from training.models import OutsideLearner, TrainingClass
from training.person_keys import cadre_key, learner_key, parted


@dataclass(frozen=True)
class Person:
    """What tells people of one name apart."""

    key: str
    name: str
    unit: str = ""
    year: int | None = None
    code: str = ""
    is_official: bool = True

    @property
    def words(self) -> str:
        """In one line, as a choice among people of one name."""
        kind = "" if self.is_official else "học viên ngoài"
        born = f"sinh {self.year}" if self.year else "chưa rõ năm sinh"
        return ", ".join(filter(None, (self.name, self.unit, born, self.code, kind)))


@dataclass(frozen=True)
class Line:
    """A person of the list. `state`: coming, exception (needs a reason), already, refused."""

    person: Person
    state: str
    why: str = ""
    warnings: tuple[str, ...] = ()
    has_need: bool = False
    comes_back: bool = False


@dataclass(frozen=True)
class Preview:
    """Everyone of the list as things are now; `free` seats, None without limit."""

    lines: list[Line]
    free: int | None
    away: list[CommuneAway] = field(default_factory=list)

    def of(self, *states: str) -> list[Line]:
        return [line for line in self.lines if line.state in states]

    @property
    def is_short(self) -> bool:
        """Whether there are fewer seats than people who would come without more ado."""
        return self.free is not None and len(self.of("coming")) > self.free


def people_told(keys: Iterable[str], by: User, day: date) -> dict[str, Person]:
    """By key, what tells people apart: of officials that `by` may see, and learners. Three
    queries."""
    cadres, learners = parted(keys)
    units = Holding.objects.visible_to(by).main_units(cadres, day)
    found = {
        cadre_key(each.pk): Person(
            cadre_key(each.pk), each.full_name, units.get(each.pk, ""),
            each.born_on.year if each.born_on else None, each.code,
        )
        for each in Cadre.objects.visible_to(by).filter(pk__in=cadres)
    }  # fmt: skip
    if learners:
        rows = OutsideLearner.objects.visible_to(by).filter(pk__in=learners)
        for learner in rows.select_related("commune"):
            commune = learner.commune.name if learner.commune else ""
            key = learner_key(learner.pk)
            found[key] = Person(
                key, learner.full_name, learner.workplace or commune,
                learner.born_on.year if learner.born_on else None, learner.code, False,
            )  # fmt: skip
    return found


def preview_of(
    training_class: TrainingClass, keys: Iterable[str], by: User, on: date
) -> Preview:  # fmt: skip
    """What enrolling these people would come to, in the order of the list. A fixed number of
    queries, however many they are."""
    people = officials_of(keys)
    seen = check(training_class, people, on)
    told = people_told(people, by, training_class.begins_on)
    warned = _warnings(training_class, people, on)
    lines = []
    for key in people:
        state, why = "coming", ""
        if key in seen.already:
            state, why = "already", "đã có trong lớp"
        elif key in seen.refused or key not in told:
            state, why = "refused", seen.refused.get(key, "không thấy hồ sơ này nữa")
        elif seen.needs_reason(key):
            state, why = "exception", "; ".join(seen.admissions[int(key[1:])].why)
        official = int(key[1:]) if key.startswith("c") else 0
        lines.append(
            Line(
                told.get(key, Person(key, "(không rõ)")), state, why, tuple(warned.get(key, ())),
                has_need=official in seen.needs, comes_back=key in seen.withdrawn,
            )
        )  # fmt: skip
    coming = [line.person.key for line in lines if line.state in ("coming", "exception")]
    return Preview(lines, seen.free, away_of(training_class, parted(coming)[0]))


def _warnings(training_class: TrainingClass, people: list[str], on: date) -> dict[str, list[str]]:
    """What speaks against people without keeping them out, by key."""
    found = mind_of_people(training_class, people)
    programme = training_class.programme
    if programme:
        day = min(on, training_class.begins_on)
        for pk in who_has_it(programme, parted(people)[0], day):
            found.setdefault(cadre_key(pk), []).append(f"đã có {programme.awards}")
    return found
