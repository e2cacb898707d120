"""Words about a person with a closed meaning: people, sex, religion, rating, a mark for yes.

Spellings stand in intake/data/word_aliases.csv. Pure but for reading it.
"""

from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz, process

from cadres.rules.peoples import PEOPLES
from daitu_portal.text import clean
from intake.rules.repairs import CannotHeal, Healed, RepairKind
from intake.rules.spellings import rows_of, spelling_key

_PREFIXES = ("nguoidantoc", "dantoc", "nguoi", "dt")
_SEXES = ("Nam", "Nữ")
_NO = "Không"
_MARKS = frozenset("xXхХ×✕✖✗✘✓✔☑☒√vV1+*")  # of them х, Х are Cyrillic
_YES = frozenset({"co", "dung", "yes", "roi", "daco"})
_NEAREST = 3


def people_name(text: str) -> Healed:
    """One of the 54 peoples (cadres/rules/peoples.py), of whatever spelling and by the names of its
    groups: Cao Lan and Sán Chí are Sán Chay. "" where the cell is blank or a dash.

    Raises CannotHeal, as a question, for a name that no people has.
    """
    key = spelling_key(text)
    names = _aliases("people")
    for prefix in ("", *_PREFIXES):
        if key.startswith(prefix) and key[len(prefix) :] in names:
            return _healed(text, names[key[len(prefix) :]], RepairKind.PEOPLE)
    return _nothing_or_question(text, PEOPLES, "dân tộc")


def sex_of(text: str) -> Healed:
    """ "Nam" or "Nữ". "" where the cell is blank.

    Raises CannotHeal, as a question, where the letter may be either ("N") or both ("1").
    """
    found = _aliases("sex").get(spelling_key(text))
    if found:
        return _healed(text, found, RepairKind.SEX)
    return _nothing_or_question(text, _SEXES, "giới tính")


def religion_name(text: str) -> Healed:
    """A religion by its usual name; "Không" is one of the answers. A name that is not in the table
    stays as it is told, since the list of religions is not closed. "" where the cell is blank."""
    key = spelling_key(text)
    if not key:
        return Healed("")
    if key == "co":
        raise _question(text, sorted(set(_aliases("religion").values())), "tôn giáo")
    found = _aliases("religion").get(key)
    return _healed(text, found, RepairKind.WORD) if found else _healed(text, clean(text), None)


def rating_level(text: str, labels: Iterable[str]) -> Healed:
    """The level of a yearly rating: one of `labels` (cadres.models.Rating.Level). "" where blank.

    Raises CannotHeal, as a question, for words that are none of them ("Loại A").
    """
    known = tuple(labels)
    named = {spelling_key(label): label for label in known}
    key = spelling_key(text)
    found = named.get(key) or _aliases("rating").get(key)
    if found in known:
        return _healed(text, str(found), RepairKind.WORD)
    return _nothing_or_question(text, known, "mức xếp loại")


def is_mark(text: str) -> bool:
    """Whether a cell only says yes: an x of any kind, a tick, "có", 1.

    >>> is_mark(" X "), is_mark("có"), is_mark("Nam")
    (True, True, False)
    """
    bare = clean(text).strip(" .()[]")
    return bare in _MARKS or spelling_key(bare) in _YES


@cache
def _aliases(kind: str) -> dict[str, str]:
    rows = [row for row in rows_of("word_aliases.csv") if row["kind"] == kind]
    found = {spelling_key(row["alias"]): row["value"] for row in rows}
    names = PEOPLES if kind == "people" else {row["value"] for row in rows}
    return found | {spelling_key(name): name for name in names}


def _healed(text: str, value: str, kind: RepairKind | None) -> Healed:
    return Healed(value, (kind,) if kind and text != value else ())


def _nothing_or_question(text: str, choices: Iterable[str], what: str) -> Healed:
    if not spelling_key(text):
        return Healed("")
    raise _question(text, choices, what)


def _question(text: str, choices: Iterable[str], what: str) -> CannotHeal:
    ranked = process.extract(
        spelling_key(text), list(choices), scorer=fuzz.ratio, processor=spelling_key, limit=_NEAREST
    )
    near = "; ".join(name for name, _, _ in ranked)
    return CannotHeal(
        f"Không rõ {what} “{clean(text)}”.", f"Chọn một trong: {near}.", is_question=True
    )
