"""The spellings of posts, from intake/data/post_aliases.csv. Pure but for reading the tables.

A row is a code and an alias with {parts} of post_parts.csv. "CB01 CB03" are two posts that one
alias names, "CC01 | CAX01" is one of two, CC04 that of the kind of the unit, "?" an office that is
no post of the catalogue, or words that leave it open.
"""

from collections.abc import Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from intake.rules.spellings import parts_of, rows_of, spelled_out

OPEN = "?"
EITHER = "|"
LAND = "CC04"
LAND_POSTS = {"thi_tran": "CC04A", "xa": "CC04B"}
# A typo is taken only in a long name, of one letter, after the first three; see typo_of.
_LEAST_LENGTH, _MOST_EDITS, _SAME_START, _OTHERS_FROM = 12, 1, 3, 4


@cache
def post_spellings() -> dict[str, str]:
    """{spelling key: what it means}. Where two rows spell alike, the first stands."""
    parts = parts_of("post_parts.csv")
    found: dict[str, str] = {}
    for row in rows_of("post_aliases.csv"):
        for key in spelled_out(row["alias"], parts):
            found.setdefault(key, row["code"])
    return found


def typo_of(key: str, names: dict[str, str]) -> str:
    """What a misspelled key surely means: the one meaning a letter away, if all others that begin
    with the same three letters are four letters away or more; else "". `names` are further keys.

    No typo of one letter in a known spelling is ever read as another post: the spelling itself
    would be near, and of another meaning.
    """
    if len(key) < _LEAST_LENGTH:
        return ""
    start = key[:_SAME_START]
    known = {**post_spellings(), **names}
    alike = [name for name in known if name.startswith(start)]
    near = process.extract(
        key, alike, scorer=Levenshtein.distance, score_cutoff=_OTHERS_FROM - 1, limit=None
    )
    meanings = {known[name] for name, _, _ in near}
    is_close = any(edits <= _MOST_EDITS for _, edits, _ in near)
    return meanings.pop() if is_close and len(meanings) == 1 else ""


def meant_codes(meaning: str, codes: Iterable[str], commune_kind: str) -> tuple[str, ...]:
    """The codes of a meaning among those of the day; () where it leaves them open."""
    known = set(codes)
    if EITHER in meaning:
        found = [code for code in meaning.replace(EITHER, " ").split() if code in known]
        return tuple(found) if len(found) == 1 else ()
    land = LAND_POSTS.get(commune_kind, "")
    told = [land if code == LAND else code for code in meaning.split()]
    is_elsewhere = land != "" and any(code in LAND_POSTS.values() and code != land for code in told)
    return () if is_elsewhere or not known.issuperset(told) else tuple(told)
