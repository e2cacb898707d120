"""How the name of a person is written: capitals at its syllables, no word of address. Pure."""

import re

from intake.rules.repairs import CannotHeal, Healed, RepairKind
from intake.rules.text_cleaning import clean

# Of the Party, and never a name.
_COMRADE = re.compile(r"(?:đồng\s+chí|đ\s*[/.]\s*c\b|đc\.)\s*[.:]?\s*", re.IGNORECASE)
# «Ông», «Bà» are surnames too (Ông Ích Khiêm): taken away only before another surname.
_ADDRESS = re.compile(r"(ông|bà|anh|chị)\s*[.:]?\s+(?=(\w+)\s+\w)", re.IGNORECASE)
_WRITTEN_SURNAMES = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đào đoàn trịnh trương
lâm mai tô tạ hà cao chu châu phùng vương quách tăng thái tống triệu lương lưu nông ma lục đàm bế
mã hứa lộc lăng mạc sầm diệp từ ninh trạc ôn la bàn đồng kiều nghiêm khổng tiêu giáp thân lã
khúc cù phí hầu thẩm vi chìu phàn giàng sùng thào lầu vàng lò quàng cầm âu nình lại tôn bạch phương
đường giang hàn kim khương liễu lỗ mạnh nhâm phó quản thạch thi tòng tưởng viên doãn trang
"""
# A name that goes on with one of these has its surname in front: “Ông Thị Lan” is a whole one.
_MIDDLE = frozenset(["thị", "văn", "đình", "hữu", "đức", "xuân", "ngọc", "minh", "quang", "ích"])
_SURNAMES = frozenset(_WRITTEN_SURNAMES.split())
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
    plain = [letter for letter in word if letter.isascii()]
    # of «TRÇN ¸I» the letters with a tone stay small
    is_capitals = bool(plain) and all(map(str.isupper, plain)) and len(word) > 1
    if word.islower() or word.isupper() or is_capitals:
        return word[0].upper() + word[1:].lower()
    return word


def heal_name(text: str) -> Healed:
    """The name of a person from what stands in its cell: without «Ông», «Bà», «Đ/c», «Đồng chí»
    before it, each syllable with its capital.

    Raises CannotHeal (a question) where «Ông», «Bà» may be the surname itself.
    """
    cleaned = clean(text)
    comrade = _COMRADE.match(cleaned.value)
    bare = _without_address(cleaned.value[comrade.end() if comrade else 0 :])
    name = name_case(bare)
    told = {RepairKind.TITLE_WORD: bare != cleaned.value, RepairKind.NAME_CASE: name != bare}
    return Healed(name, (*cleaned.repairs, *(kind for kind, is_so in told.items() if is_so)))


def _without_address(name: str) -> str:
    found = _ADDRESS.match(name)
    if not found:
        return name
    rest = name[found.end() :]
    is_apart = found[1].isupper() != rest.isupper() or found[1].islower() != rest.islower()
    is_whole = is_apart or (len(rest.split()) > 2 and found[2].lower() not in _MIDDLE)
    if found[2].lower() not in _SURNAMES and not is_whole:
        raise CannotHeal(
            f"“{found[1]}” có thể là họ, cũng có thể là từ xưng hô",
            "Ghi họ và tên, không ghi “Ông”, “Bà” ở trước",
            is_question=True,
        )
    return rest
