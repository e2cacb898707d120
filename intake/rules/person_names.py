"""How the name of a person is written: capitals at its syllables, no word of address. Pure."""

import re

from intake.rules.repairs import Healed, RepairKind
from intake.rules.text_cleaning import clean

# «Ông», «Đ/c» … before a name; «Bà» only before another word: «Bà» alone is no name anyway
_TITLE = re.compile(
    r"(?:(?:ông|bà|đồng\s+chí|đ\s*/\s*c|đ\s*\.\s*c\s*\.?|đc\.|anh|chị)\s*[:.]?\s+|đ\s*/\s*c\s*[:.]?\s*)"
    r"(?=\w+(?:[\s.]|$))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def name_case(name: str) -> str:
    """A name with a capital at each syllable: «NGUYỄN văn ánh» → «Nguyễn Văn Ánh»; after an
    apostrophe too («H'hen» → «H'Hen», «K'BRƠI» → «K'Brơi»). A name that has its capitals already
    stays («Nguyễn McCoy»)."""
    words = _WORD.findall(name)
    if all(word[0].isupper() for word in words) and not _is_in_capitals(words):
        return name
    return _WORD.sub(_with_capital, name)


def _is_in_capitals(words: list[str]) -> bool:
    return any(len(word) > 1 and word.isupper() for word in words)


def _with_capital(found: re.Match[str]) -> str:
    word = found[0]
    if word.islower() or word.isupper():
        return word[0].upper() + word[1:].lower()
    return word


def heal_name(text: str) -> Healed:
    """The name of a person from what stands in its cell: without «Ông», «Bà», «Đ/c», «Đồng chí»
    before it, each syllable with its capital."""
    cleaned = clean(text)
    kinds = list(cleaned.repairs)
    bare = _TITLE.sub("", cleaned.value, count=1) if _TITLE.match(cleaned.value) else cleaned.value
    if bare != cleaned.value:
        kinds.append(RepairKind.TITLE_WORD)
    name = name_case(bare)
    if name != bare:
        kinds.append(RepairKind.NAME_CASE)
    return Healed(name, tuple(kinds))
