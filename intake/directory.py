"""What the rows of a workbook may refer to, loaded in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from accounts.models import User
from cadres.models import (
    Cadre,
    CommitteeMembership,
    Commune,
    Holding,
    Post,
    StudyField,
    Term,
)
from cadres.records import Kind
from daitu_portal.text import fold, search_text
from intake.values import ValueProblem

_NAMES_AT_ONCE = 5_000  # how many values one IN list may hold on both databases


def in_chunks(found: QuerySet, name: str, values: Iterable[Any]) -> Iterator[Any]:
    """Rows of `found` whose `name` is among `values`, however many they are."""
    wanted = sorted({value for value in values if value})
    for start in range(0, len(wanted), _NAMES_AT_ONCE):
        yield from found.filter(**{f"{name}__in": wanted[start : start + _NAMES_AT_ONCE]})


class Catalogues:
    """Units, posts, fields of study and terms by code or name, as of the day a row speaks of."""

    def __init__(self) -> None:
        self.communes = _index(Commune.objects.all(), "code", "name", "short_name")
        self.posts = _index(Post.objects.all(), "code", "name", "short_name")
        self.fields = _index(StudyField.objects.all(), "code", "name")
        self.terms = defaultdict(list)
        for term in Term.objects.all():
            self.terms[fold(str(term))].append(term)
        self._found: dict[tuple[Kind, str, date, date | None], Model] = {}

    def find(self, kind: Kind, text: str, *, day: date, since: date | None = None) -> Model:
        """The row that `text` names on `day`; `since` tells a unit's first day, if the sheet did.

        Raises ValueProblem if there is none, or more than one.
        """
        asked = (kind, text, day, since)
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, kind: Kind, text: str, day: date, since: date | None) -> Model:
        if kind == Kind.COMMUNE:
            return _one(self.communes, text, "đơn vị", day=day, since=since)
        if kind == Kind.POST:
            return _one(self.posts, text, "chức danh", day=day)
        if kind == Kind.STUDY_FIELD:
            return _one(self.fields, text, "nhóm ngành")
        return _one(self.terms, text, "nhiệm kỳ")


def _index(rows: QuerySet, *names: str) -> dict[str, list[Any]]:
    found = defaultdict(list)
    for row in rows.order_by("pk"):
        for key in {fold(getattr(row, name)) for name in names}:
            found[key].append(row)
    return found


def _one(
    index: dict[str, list[Any]],
    text: str,
    what: str,
    *,
    day: date | None = None,
    since: date | None = None,
) -> Any:
    named = index.get(fold(text), [])
    fitting: Sequence[Any]
    if not named:
        raise ValueProblem(
            f"Không có {what} nào mang mã hoặc tên này.",
            "Chép từ trang “Danh mục” của tệp mẫu; đơn vị đã sáp nhập thì ghi đúng tên cũ.",
        )
    if since:
        fitting = [row for row in named if row.valid_from == since]
    elif day:
        fitting = [row for row in named if row.is_in_force(day)] or _only_if_alone(named)
    else:
        fitting = named
    if not fitting:
        raise ValueProblem(
            f"Vào ngày {(since or day):%d/%m/%Y} không có {what} này.",
            "Kiểm tra lại ngày, hoặc dùng mã của đơn vị, chức danh khi đó.",
        )
    if len(fitting) > 1:
        codes = ", ".join(sorted({row.code for row in fitting}))
        raise ValueProblem(f"Có nhiều {what} cùng tên.", f"Ghi mã thay cho tên: {codes}.")
    return fitting[0]


def _only_if_alone(named: Sequence[Any]) -> Sequence[Any]:
    """The only row of a code is meant even on a day without it: the period check says more."""
    return named if len(named) == 1 else ()


class People:
    """People who may be meant: by code, by number, by name; and in which units each one was.

    For a sender with a scope those outside it are nobody: only their numbers and codes are known
    to be taken.
    """

    def __init__(
        self,
        codes: Iterable[str | None],
        numbers: Iterable[str],
        names: Iterable[str],
        scope: User | None = None,
    ) -> None:
        keys = [search_text(name) for name in names]
        found = [
            *in_chunks(Cadre.objects.all(), "code", codes),
            *in_chunks(Cadre.objects.all(), "national_id", numbers),
            *in_chunks(Cadre.objects.all(), "search_text", keys),
        ]
        self.by_pk = {cadre.pk: cadre for cadre in found if cadre.is_kept}
        hidden = self._outside(scope)
        self.taken_numbers: dict[Any, int] = {
            each.national_id: each.pk for each in hidden if each.national_id
        }
        self.taken_codes = {cadre.code for cadre in found} - {
            cadre.code for cadre in self.by_pk.values()
        }
        people = self.by_pk.values()
        self.by_code = {cadre.code: cadre for cadre in people}
        self.by_number = {cadre.national_id: cadre for cadre in people if cadre.national_id}
        self.by_name: dict[str, list[Cadre]] = defaultdict(list)
        for cadre in people:
            self.by_name[cadre.search_text].append(cadre)
        self.units: dict[int, set[int]] = defaultdict(set)
        self.posts: dict[int, set[tuple[int, int]]] = defaultdict(set)
        self._load_places()

    def _outside(self, scope: User | None) -> list[Cadre]:
        """Take out those whom `scope` may not see, and return them. A query for a scope."""
        if scope is None:
            return []
        mine = {
            key
            for (key,) in in_chunks(
                Cadre.objects.visible_to(scope).values_list("pk"), "pk", self.by_pk
            )
        }
        return [self.by_pk.pop(key) for key in list(self.by_pk) if key not in mine]

    def _load_places(self) -> None:
        """Keys of the units in which each person holds or held something, and of the posts there
        (post, unit)."""
        seats = CommitteeMembership.objects.values_list("cadre_id", "commune_id")
        for cadre_id, commune_id in in_chunks(seats, "cadre_id", self.by_pk):
            self.units[cadre_id].add(commune_id)
        held = Holding.objects.values_list("cadre_id", "commune_id", "post_id")
        for cadre_id, commune_id, post_id in in_chunks(held, "cadre_id", self.by_pk):
            self.units[cadre_id].add(commune_id)
            self.posts[cadre_id].add((post_id, commune_id))
