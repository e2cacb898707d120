"""The page of a decision: whom it is about, and in its parts what it changes for each of them.

Which people and kinds there are stands in hidden fields, so that a button without any script adds
one or takes one away, and what was typed stays.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from cadres.change_kinds import ChangeKind, kind_of, kinds
from cadres.decisions import Faults, Line, Rehearsed
from cadres.history import ToldEdit, plain_of, tell_edits
from cadres.models import Cadre, Holding
from daitu_portal.addresses import is_key
from intake.forms.fields import DayField, all_valid
from intake.forms.kinds import DAY, Asking, KindForm, Offers, SharedForm, own_fields, shared_fields

MOST_PEOPLE, MOST_PARTS = 60, 6
PEOPLE, PARTS = "nguoi", "phan"
_PART = re.compile(r"([0-9]{1,2}):([a-z_]{1,30})")
_MORE = f"Mỗi lần nhập tối đa {MOST_PEOPLE} người; phần còn lại nhập tiếp với cùng căn cứ."


@dataclass
class Asked:
    """The keys of the people and the (number, kind) of the parts that a page has."""

    people: list[int]
    parts: list[tuple[int, str]]
    told: str = ""  # why a step was not made

    @classmethod
    def of(cls, data: QueryDict) -> "Asked":
        """As the hidden fields or the address say; what is no key or no kind is passed over."""
        keys = [int(key) for key in data.getlist(PEOPLE) if is_key(key)]
        found = [_PART.fullmatch(text) for text in data.getlist(PARTS)]
        known = {kind.code for kind in kinds()}
        parts = [(int(each[1]), each[2]) for each in found if each and each[2] in known]
        asked = cls(list(dict.fromkeys(keys)), list(dict(parts).items())[:MOST_PARTS])
        asked._cut()
        return asked

    def _cut(self) -> None:
        if len(self.people) > MOST_PEOPLE:
            self.people, self.told = self.people[:MOST_PEOPLE], _MORE

    def add_people(self, keys: Iterable[str]) -> None:
        new = [int(key) for key in keys if is_key(key)]
        self.people = list(dict.fromkeys([*self.people, *new]))
        self._cut()

    def add_part(self, code: str) -> None:
        """A part of a kind; nothing for a kind that there is not."""
        if code not in {kind.code for kind in kinds()}:
            self.told = "Chọn loại thay đổi rồi bấm Thêm."
        elif len(self.parts) >= MOST_PARTS:
            self.told = f"Mỗi quyết định tối đa {MOST_PARTS} nội dung; chia thành hai lần nhập."
        else:
            self.parts.append((max((number for number, _ in self.parts), default=-1) + 1, code))

    def drop(self, *, person: str = "", part: str = "") -> None:
        self.people = [key for key in self.people if str(key) != person]
        self.parts = [each for each in self.parts if str(each[0]) != part]


@dataclass
class Own:
    """A part as it stands for one person: own values, what is wrong, what would change."""

    person: Cadre
    form: KindForm
    is_skipped: bool
    faults: list[str] = field(default_factory=list)
    rehearsed: Rehearsed | None = None
    told: list[ToldEdit] = field(default_factory=list)


@dataclass
class Part:
    """One kind of change for some of the people."""

    number: int
    kind: ChangeKind
    shared: SharedForm
    own: list[Own]

    @property
    def active(self) -> list[Own]:
        return [each for each in self.own if not each.is_skipped]


class DecisionForm:
    """All forms of the page, bound where what they hold is asked to be whole."""

    def __init__(
        self, user: User, asked: Asked, data: QueryDict, *, day: date, is_bound: bool
    ) -> None:
        """`day` is that of the choices until a first day of effect was typed."""
        self.user, self.data, self.day, self.is_bound = user, data, day, is_bound
        people = Cadre.objects.visible_to(user).filter(pk__in=asked.people)
        self.people = list(people.order_by("name_sort_key", "pk"))
        self.faults = [asked.told] if asked.told else []
        self._offers = Offers(user, self.people)
        self.parts = [self._part(number, kind_of(code)) for number, code in asked.parts]

    def with_units(self) -> list[tuple[Cadre, str]]:
        """Each person with the unit of the main post held on the day. One query."""
        units = Holding.objects.visible_to(self.user).main_units(self.people, self.day)
        return [(person, units.get(person.pk, "")) for person in self.people]

    def _part(self, number: int, kind: ChangeKind) -> Part:
        prefix = f"n{number}"
        day = _day_of(self.data.get(f"{prefix}-{DAY}", "")) or self.day
        asking = Asking(kind, self._offers, day)
        shared = SharedForm(asking=asking, chosen=shared_fields(kind), **self._filled(prefix))
        shared.order_fields([DAY])
        own = [self._own(prefix, kind, day, person) for person in self.people]
        return Part(number, kind, shared, own)

    def _own(self, prefix: str, kind: ChangeKind, day: date, person: Cadre) -> Own:
        mine = f"{prefix}-p{person.pk}"
        asking = Asking(kind, self._offers, day, person)
        chosen = own_fields(kind, is_only=len(self.people) == 1)
        form = KindForm(asking=asking, chosen=chosen, **self._filled(mine))
        return Own(person, form, bool(self.data.get(f"{mine}-skip")))

    def _filled(self, prefix: str) -> dict[str, Any]:
        """What fills a form: what was sent where it is asked to be whole, else only shown."""
        if self.is_bound:
            return {"data": self.data, "prefix": prefix}
        start = f"{prefix}-"
        typed = {
            name.removeprefix(start): value
            for name, value in self.data.items()
            if name.startswith(start) and "-" not in name.removeprefix(start)
        }
        return {"initial": typed, "prefix": prefix}

    def is_valid(self) -> bool:
        """Whether every line may be tried. What is missing is told at its field."""
        if not self.people:
            self.faults.append("Chưa có người nào: tìm rồi thêm người.")
        if not self.parts:
            self.faults.append("Chưa có nội dung nào: chọn loại thay đổi rồi bấm Thêm.")
        for part in self.parts:
            if self.people and not part.active:
                self.faults.append(f"{part.kind.label}: chưa áp dụng cho ai.")
            if all_valid(*self._forms(part)):
                _ask_for_missing(part)
        return not self.problem_count

    def _forms(self, part: Part) -> list[KindForm]:
        return [part.shared, *(own.form for own in part.active)]

    def lines(self) -> list[Line]:
        """The changes in their order; the form must be valid."""
        return [
            Line(
                part.kind, own.person, part.shared.values() | own.form.values(),
                part.shared.cleaned_data[DAY], typed_of(part, own),
            )
            for part, own in self.each()
        ]  # fmt: skip

    def each(self) -> list[tuple[Part, Own]]:
        """Part and person of each line, in the order of the lines."""
        return [(part, own) for part in self.parts for own in part.active]

    def tell(self, found: Sequence[Rehearsed]) -> None:
        """Keep for each line what it would do."""
        for (_, own), each in zip(self.each(), found, strict=True):
            own.rehearsed = each
            own.told = tell_edits([plain_of(edit) for edit in each.edits], self.user)

    def refuse(self, faults: Faults) -> None:
        """Keep for each line what forbids it, at the field where it has one."""
        lines = self.each()
        for number, messages in faults.items():
            part, own = lines[number]
            for name, words in messages.items():
                form = own.form if name in own.form.fields else part.shared
                if name in form.fields and (form is own.form or len(self.people) == 1):
                    form.add_error(name, list(words))
                else:
                    own.faults.extend(words)

    @property
    def problem_count(self) -> int:
        """How many things forbid it."""
        forms = [form for part in self.parts for form in self._forms(part)]
        found = sum(len(words) for form in forms for words in form.errors.values())
        return found + len(self.faults) + sum(len(own.faults) for _, own in self.each())

    @property
    def warnings(self) -> list[tuple[Cadre, str]]:
        """What to know before it is written, with the person."""
        return [
            (own.person, words)
            for _, own in self.each()
            if own.rehearsed
            for words in own.rehearsed.warnings
        ]


def _day_of(text: str) -> date | None:
    """The day that was typed; None where it is none."""
    try:
        return DayField(required=False).clean(text)
    except ValidationError:
        return None


def _ask_for_missing(part: Part) -> None:
    """Required fields that neither all nor the person gave."""
    shared = part.shared.values()
    for each in part.kind.fields:
        if not each.is_required or each.code in shared:
            continue
        lacking = [own for own in part.active if each.code not in own.form.values()]
        if lacking and len(lacking) == len(part.active) and each.code in part.shared.fields:
            part.shared.add_error(each.code, f"Nhập “{each.header}”.")
        else:
            for own in lacking:
                own.form.add_error(each.code, f"Nhập “{each.header}” cho {own.person.full_name}.")


def typed_of(part: Part, own: Own) -> dict[str, str]:
    """What was typed for a line, as a draft and the history keep it."""
    typed = part.shared.typed() | own.form.typed()
    return {PARTS: f"{part.number}:{part.kind.code}", DAY: _raw_day(part), **typed}


def _raw_day(part: Part) -> str:
    value = part.shared[DAY].value()
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")[:20]


def data_of(typed: Iterable[tuple[int, Mapping[str, str]]]) -> QueryDict:
    """What a page would have sent that a draft keeps as (person, typed) of each line."""
    lines = list(typed)
    people = list(dict.fromkeys(person for person, _ in lines))
    parts = list(dict.fromkeys(values.get(PARTS, "") for _, values in lines))
    data = QueryDict(mutable=True)
    data.setlist(PEOPLE, [str(person) for person in people])
    data.setlist(PARTS, parts)
    told = {(values.get(PARTS, ""), person): values for person, values in lines}
    for part in parts:
        number = part.partition(":")[0]
        for person in people:
            data.update(_sent(number, person, told.get((part, person)), alone=len(people) == 1))
    return data


def _sent(
    number: str, person: int, typed: Mapping[str, str] | None, *, alone: bool
) -> dict[str, str]:
    """The fields of one line as a page sends them; without `typed` the person is left out."""
    if typed is None:
        return {f"n{number}-p{person}-skip": "1"}
    own = {
        f"n{number}-p{person}-{name}": value
        for name, value in typed.items()
        if name not in (PARTS, DAY)
    }
    shared = {f"n{number}-{name}": value for name, value in typed.items() if name != PARTS}
    return own | (shared if alone else {f"n{number}-{DAY}": typed.get(DAY, "")})
