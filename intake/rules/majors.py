"""What somebody studied, as offices write it. Pure but for reading intake/data/majors.csv."""

import re
from dataclasses import dataclass
from functools import cache

from intake.rules.spellings import first_capital, has_accents, rows_of, spelling_key

_LEADING = re.compile(
    r"^(?:[\s:;,.\-–/(]+|(?:chuyên\s+ngành|ch\.?\s*ngành|ngành|CN\s*:|về|chuyên\s+môn)(?=[\s:]))+",
    re.IGNORECASE,
)
_TRAILING = " \t:;,.-–/(+&"


@dataclass(frozen=True, slots=True)
class Major:
    """What was studied, and the code of its field of study (cadres/data/study_fields.csv) or ""."""

    name: str
    field: str = ""
    is_known: bool = False


@cache
def _majors() -> dict[str, tuple[str, str]]:
    return {
        spelling_key(row["alias"]): (row["name"], row["field"]) for row in rows_of("majors.csv")
    }


def major_of(text: str) -> Major:
    """What the words after a level say was studied, in their own spelling but for abbreviations of
    the table, which are written out.

    >>> major_of("ngành QLĐĐ").name, major_of("(kế toán)").name
    ('Quản lý đất đai', 'Kế toán')
    """
    text = bare_major(text)
    key = spelling_key(text)
    known = _majors().get(key)
    if not known:
        return Major(first_capital(text))
    name, field = known
    is_kept = spelling_key(name) == key and (has_accents(text) or not has_accents(name))
    return Major(first_capital(text) if is_kept else name, field, is_known=True)


def is_major(text: str) -> bool:
    """Whether the words are a major of the table, however punctuated."""
    return spelling_key(bare_major(text)) in _majors()


def bare_major(text: str) -> str:
    """`text` without "ngành", "chuyên ngành" in front and punctuation around."""
    text = _LEADING.sub("", text).strip(_TRAILING)
    if text.endswith(")") and "(" not in text:
        text = text[:-1].rstrip(_TRAILING)
    return text
