"""Vietnamese text: cleaning, accent-free search keys, name order. Pure."""

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: f"{number:02d}" for number, letter in enumerate(_ALPHABET, start=10)}
# Level tone, then the order of the dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONE = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPE = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: part of the letter
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
MOST_CHARACTERS = 2000  # of a note, on a form and in a workbook
_VOWELS, _CONSONANTS = "aăâeêioôơuưy", "bcdđghklmnpqrstvxfjwz"
_MINORITY = "ĕĭŏŭčñƀ"  # of the languages of Tây Nguyên that are written in Latin letters
_NAME_LETTERS = {  # the small ones
    unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ("", *_TONE)
} | {*_CONSONANTS, *_MINORITY}
_NAME_MARKS = " -'’.\t\r\n"
_OLD_FONTS = re.compile(
    rf"[¡-¬®¯µ-¹»-¾×÷ÆÇØÞßåæçøþ]|[{''.join(_NAME_LETTERS)}][À-Þ]"  # TCVN3 read as Latin-1
    r"|a[âêàáãù]|e[âàáã]|oâ"  # VNI: the mark stands after its letter
)
_LOOKALIKE_D = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
# Names, places and headers come again and again; longer texts do not, and fill the memory.
_SHORT, _REMEMBERED = 100, 16_384


def clean(text: str) -> str:
    """NFC, Icelandic and African Đ made Vietnamese, invisible characters out, spaces collapsed.

    >>> clean(" \\u00d0\\u1ea1i  Tu\\u031b\\u0300 ")
    'Đại Từ'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _clean_of_short(text) if len(text) <= _SHORT else _clean(text)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_LOOKALIKE_D).translate(_INVISIBLE)
    return " ".join("".join(c for c in text if c >= " " or c.isspace()).split())


_clean_of_short = lru_cache(_REMEMBERED)(_clean)


def fold(text: str) -> str:
    """Lower case without any accent, đ as d: the form in which text is searched.

    >>> fold("Nguyễn Văn Đạt")
    'nguyen van dat'
    """
    return _fold_of_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    lowered = clean(text).lower().replace("đ", "d")
    bare = (c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", "".join(bare)).split())


_fold_of_short = lru_cache(_REMEMBERED)(_fold)


def has_word(text: str) -> bool:
    """Whether `text` has a letter or a digit: without one nothing can be searched with it.

    >>> has_word("Lê"), has_word("%_")
    (True, False)
    """
    return any(char.isalnum() for char in fold(text))


def has_personal_number(text: str) -> bool:
    """Whether `text` holds what may be the number of an identity paper (9 or 12 digits) or of a
    telephone (10, 11), however spaced.

    >>> has_personal_number("CCCD 019 080 000 417")
    True
    """
    return any(9 <= len(digits) <= 12 for digits in _runs_of_digits(text))


def _runs_of_digits(text: str) -> list[str]:
    return [re.sub(r"\D", "", run) for run in re.findall(r"\d(?:[\s.\-]*\d)*", text)]


def search_text(*parts: str) -> str:
    """The stored search key: folded words with a leading space, so that " "+word finds starts."""
    return "".join(f" {word}" for part in parts for word in fold(part).split())


@lru_cache(_REMEMBERED)
def _syllable_key(syllable: str) -> str:
    letters: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", syllable.lower()):
        if char in _TONE:
            tone = _TONE[char]
        elif char in _SHAPE and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        elif unicodedata.combining(char):
            continue
        else:
            letters.append(char)
    return "".join(_LETTER.get(letter, "99") for letter in letters) + "00" + tone


def text_sort_key(text: str) -> str:
    """Digits that sort `text` syllable by syllable in Vietnamese order under any collation."""
    return "".join(_syllable_key(syllable) for syllable in clean(text).split())


def name_sort_key(full_name: str) -> str:
    """Digits that sort people by given name, then surname, then middle names.

    Two digits a letter, 00, a digit for the tone; only digits, so that SQLite and PostgreSQL
    agree under every collation. Hoà and Hòa get one key.
    """
    words = clean(full_name).split()
    if len(words) > 1:
        words = [words[-1], words[0], *words[1:-1]]
    return "".join(_syllable_key(word) for word in words)


def name_fault(text: str, *, also: str = "") -> str:
    """What in `text` no name of a person has, for its writer to read; "" where all is well.

    Allowed are Vietnamese letters, those of minority languages in Latin script, and the marks in
    "H'Hen", "Ksor-Y" and "Ng. Văn"; `also` are further ones. Look-alikes of other scripts and
    what cannot be seen would make twins that no search finds.

    >>> name_fault("K'Brơi")
    ''
    """
    text = unicodedata.normalize("NFC", text).translate(_LOOKALIKE_D)
    old = _OLD_FONTS.search(text)
    if old:
        return (
            f"chữ giống phông cũ TCVN3 (.VnTime) hoặc VNI ở “{old[0]}”: chuyển sang Unicode rồi "
            "nhập lại"
        )
    for char in text:
        if not _is_of_names(char, also):
            return f"bỏ {_told(char)}"
    return "" if not text.strip() or text.strip()[0].isalpha() else f"bỏ “{text.strip()[0]}” ở đầu"


def _is_of_names(char: str, also: str) -> bool:
    is_space = unicodedata.category(char) == "Zs"
    return is_space or char.lower() in _NAME_LETTERS or char in _NAME_MARKS or char in also


def _told(char: str) -> str:
    """A character as its writer can find it."""
    code = f"U+{ord(char):04X}"
    if unicodedata.category(char)[0] in "CM" or not char.isprintable():
        return f"ký tự không nhìn thấy {code}"
    scripts = {"CYRILLIC": "Kirin", "GREEK": "Hy Lạp"}
    script = scripts.get(unicodedata.name(char, "").split(" ")[0])
    if script:
        return f"“{char}” ({code}): đó là chữ {script}, gõ lại bằng chữ Việt"
    return f"chữ số “{char}”" if char.isdigit() else f"ký tự “{char}”"


# How names are misheard or miswritten in the district: (what is written at the beginning of a
# syllable, what stands for all of a row, why). Longest first, since "ngh" begins with "n".
SOUNDS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("ngh", "ng"), "N", "ng viết ngh trước i, e"),
    (("nh",), "J", ""),
    (("tr", "ch"), "C", "ch và tr đọc như nhau"),
    (("gi", "d", "r"), "z", "d, gi và r đọc như nhau"),
    (("kh",), "K", ""),
    (("gh", "g"), "g", "g viết gh trước i, e"),
    (("ph", "f"), "f", "f là ph ở tên không Việt hoá"),
    (("c", "k", "q"), "k", "c, k và q đọc như nhau"),
    (("s", "x"), "s", "s và x đọc như nhau"),
    (("l", "n"), "l", "l và n lẫn nhau"),
)
_BEGINNINGS = tuple((w, s) for written, s, _ in SOUNDS for w in written)
# i and y are one where no vowel stands before: Lý and Lí, Quý and Quí, but not Hai and Hay.
_SHORT_Y = re.compile(r"^(ku|[^aeiou]*)y")
# Said between surname and given name by habit, and left out as easily.
FILLERS = frozenset({"van", "thi"})


@lru_cache(_REMEMBERED)
def sound_of(syllable: str) -> str:
    """What a syllable of a name sounds like, tones and marks apart, đ kept from d: equal for
    syllables that are taken for one another.

    >>> sound_of("Trang") == sound_of("chang"), sound_of("Lý") == sound_of("Lí")
    (True, True)
    """
    bare = re.sub(r"[^a-z]", "", fold(clean(syllable).lower().replace("đ", "dd")))
    if bare.startswith("dd"):
        return f"D{bare[2:]}"
    if bare in ("gi", "gin"):  # the i is the vowel too: Gì, Gìn
        return f"z{bare[1:]}"
    found = ((word, sound) for word, sound in _BEGINNINGS if bare.startswith(word))
    written, sound = next(found, ("", ""))
    return _SHORT_Y.sub(r"\1i", sound + bare[len(written) :])


def sound_key(full_name: str) -> str:
    """The sounds of a name in alphabetical order, without "văn" and "thị": equal for names that
    differ by spelling, by the order of their parts, or by such a middle name left out.

    >>> sound_key("Nguyễn Thị Lí") == sound_key("Lý Nguyễn")
    True
    """
    first, *others = clean(full_name).split() or [""]
    told = [first, *(word for word in others if fold(word) not in FILLERS)]
    return " ".join(sorted(filter(None, map(sound_of, told))))
