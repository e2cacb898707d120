"""Whom the lines of a pasted or sent list mean: reading a line, and choosing among people. Pure.

A line is a name, and beside it, in any order, a unit, a day or year of birth, a Số hiệu, a number
of an identity paper. Whoever is not the only one that fits is asked about, never guessed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from daitu_portal.dates import PartialDate
from daitu_portal.text import clean, fold

MOST_LINES = 500  # of one list: a page asks about them all
_LONGEST = 100  # characters of a name or a unit
_INDEX = re.compile(r"^\s*(?:\d{1,4}\s*[.)/\-:]\s*|\d{1,4}\s+(?=[^\W\d])|[-–—•*+]\s+)")
_PARTS = re.compile(
    r"\t|[,;|]|\s[–—-]\s|[()]|\s(?=(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d\b)"  # the last: a birth
)
_BORN_WORDS = re.compile(r"^(?:sinh (?:ngày|năm)|ngày sinh|năm sinh|sn|ns|sinh)[\s.:]*", re.I)
_CODE_WORDS = re.compile(
    r"^(?:số hiệu|mã|số\s+cccd|số\s+cmnd|số\s+căn\s+cước|cccd|cmnd)[\s.:]*", re.I
)
_COMRADE = re.compile(r"^(?:đồng\s+chí|đ\s*[/.]\s*c\b|đc\.)\s*[.:]?\s*", re.I)
_NATIONAL = re.compile(r"\d{12}|\d{9}")
_UNIT_KIND = re.compile(
    r"^(?:ubnd |uy ban nhan dan |dang uy |hdnd |van phong )?"
    r"(?:(xa|x|thi tran|tt|ttr|phuong) )?(.+)$"
)
_TOWNS = ("thi tran", "tt", "ttr")


@dataclass(frozen=True)
class Meant:
    """What a line says. `number` is its place in the list, `place` where the file had it."""

    number: int
    text: str
    name: str
    unit: str = ""
    year: int | None = None
    code: str = ""
    national_id: str = ""
    place: str = ""


@dataclass(frozen=True)
class Known:
    """Someone who may be meant. `key` is ours, `units` the names of units and workplaces."""

    key: str
    name: str
    units: tuple[str, ...] = ()
    year: int | None = None
    code: str = ""
    national_id: str = ""


@dataclass(frozen=True)
class Match:
    """Whom a line means: `key`, or "" where it is to be asked: `among` those keys, `why`. Nobody
    to ask among: unknown."""

    meant: Meant
    key: str = ""
    among: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_unknown(self) -> bool:
        return not self.key and not self.among


@dataclass
class _Told:
    """What the parts of a line were understood to be."""

    found: dict[str, str] = field(default_factory=dict)

    def take(self, part: str) -> None:
        """Keep what `part` tells, unless another part told it before."""
        for name, value in _meanings(part):
            if name not in self.found:
                self.found[name] = value
                return


def lines_of(text: str) -> list[Meant]:
    """The lines of a pasted list that say something, in their order."""
    told = []
    for number, line in enumerate(text.replace("\x00", "").splitlines(), start=1):
        if meant := meant_by(line, number):
            told.append(meant)
    return told


def meant_by(line: str, number: int) -> Meant | None:
    """What a line says; None where it has no letter. A number before the name is left out."""
    text = clean(line.replace("\t", " ; "))
    told = _Told()
    for part in _PARTS.split(_INDEX.sub("", line.strip(), count=1)):
        if bare := clean(part):
            told.take(bare)
    if "name" not in told.found:
        return None
    year = told.found.get("year", "")
    return Meant(
        number=number,
        text=text[:200],
        name=told.found["name"],
        unit=told.found.get("unit", ""),
        year=int(year) if year else None,
        code=told.found.get("code", ""),
        national_id=told.found.get("national_id", ""),
    )


def _meanings(part: str) -> Iterable[tuple[str, str]]:
    """What a part may be, the surest first."""
    said = _BORN_WORDS.sub("", part)
    born = year_of(said)
    digits = re.sub(r"[\s.\-]", "", _CODE_WORDS.sub("", part))
    if born:
        return [("year", str(born))]
    if _NATIONAL.fullmatch(digits):
        return [("national_id", digits)]
    bare = _CODE_WORDS.sub("", part)
    if any(char.isdigit() for char in bare) and " " not in bare:
        return [("code", bare.upper()[:12])]
    if not any(char.isalpha() for char in said):
        return []
    return [("name", without_address(part)[:_LONGEST]), ("unit", part[:_LONGEST])]


def without_address(name: str) -> str:
    """A name without «Đ/c», «Đồng chí» before it.

    >>> without_address("Đ/c Nguyễn Văn An")
    'Nguyễn Văn An'
    """
    return _COMRADE.sub("", clean(name))


def year_of(text: str) -> int | None:
    """The year of a birth written as 1980, 5/1980 or 12/05/1980; None for anything else.

    >>> year_of("12/05/1980"), year_of("T000123")
    (1980, None)
    """
    try:
        year = PartialDate.parse(text).year
    except ValueError:
        return None
    return year if 1900 <= year <= 2100 else None


def match(meant: Meant, people: Sequence[Known]) -> Match:
    """Whom of `people` a line means. They are those of its name, its Số hiệu or its CCCD."""
    by_number = _by_number(meant, people)
    if by_number is not None:
        return by_number
    named = [each for each in people if fold(each.name) == fold(meant.name)]
    if not named:
        return Match(meant, why="Không có ai tên này.")
    for said, fits in ((meant.unit, _is_of_unit), (meant.year, _is_of_year)):
        if not said:
            continue
        left = fits(meant, named)
        if not left:
            return Match(meant, among=_keys(named), why=_differs(meant, fits is _is_of_unit))
        named = left
    if len(named) == 1:
        return Match(meant, key=named[0].key)
    return Match(meant, among=_keys(named), why=f"Có {len(named)} người cùng tên.")


def _by_number(meant: Meant, people: Sequence[Known]) -> Match | None:
    """By Số hiệu or CCCD where the line tells one; whoever has it must have the name, too."""
    if not (meant.national_id or meant.code):
        return None
    found = [
        each
        for each in people
        if (meant.national_id and each.national_id == meant.national_id)
        or (meant.code and each.code.upper() == meant.code)
    ]
    if not found:
        return None
    if len(found) == 1 and fold(found[0].name) == fold(meant.name):
        return Match(meant, key=found[0].key)
    return Match(meant, among=_keys(found), why="Số ghi ở dòng này là của người tên khác.")


def _keys(people: Iterable[Known]) -> tuple[str, ...]:
    return tuple(each.key for each in people)


def _differs(meant: Meant, is_unit: bool) -> str:
    if is_unit:
        return f"Có người tên này, nhưng không ở “{meant.unit}”."
    return f"Có người tên này, nhưng không sinh năm {meant.year}."


def _is_of_unit(meant: Meant, people: Sequence[Known]) -> list[Known]:
    return [each for each in people if any(is_same_unit(meant.unit, u) for u in each.units)]


def _is_of_year(meant: Meant, people: Sequence[Known]) -> list[Known]:
    """Those born that year; where there is none, those whose year is not known."""
    born = [each for each in people if each.year == meant.year]
    return born or [each for each in people if each.year is None]


def is_same_unit(said: str, known: str) -> bool:
    """Whether two spellings may be of one unit: "Tân Thái" and "UBND xã Tân Thái", but not a xã
    and a thị trấn.

    >>> is_same_unit("TT Hùng Sơn", "Thị trấn Hùng Sơn"), is_same_unit("Xã A", "Thị trấn A")
    (True, False)
    """
    (kind, name), (other_kind, other) = _unit(said), _unit(known)
    return bool(name) and name == other and (not kind or not other_kind or kind == other_kind)


def _unit(text: str) -> tuple[str, str]:
    found = _UNIT_KIND.match(fold(text))
    if not found:
        return "", ""
    kind = found[1] or ""
    return ("town" if kind in _TOWNS else "commune" if kind else ""), found[2]
