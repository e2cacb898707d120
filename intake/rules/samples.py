"""What the cells of a column look like, whatever its header says. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cadres.rules.peoples import PEOPLES
from daitu_portal.text import fold
from intake.rules.row_words import is_person

MOST_SAMPLES = 200
_DAY = re.compile(
    r"^(?:ngày )?(?:\d{1,2}\s*[/.\-\\,]\s*){1,2}(?:19|20)?\d\d(?: 00:00(?::00)?)?$|^(?:19|"
    r"20)\d\d(?:\.0)?$"
    r"|^(?:19|20)\d\d-\d\d-\d\d|\d{1,2}\s*[/.\-]\s*(?:19|20)\d\d|^[1-5]\d{4}(?:\.0)?$"
    r"|^[0-3]\d[01]\d(?:19|20)\d\d$|tháng \d|^năm (?:19|20)\d\d", re.I
)  # fmt: skip
_MARKS = frozenset("xX×хХ+√✓✔vV*●1Ö") | {"x.", "X."}
_SCHOOLING = re.compile(
    r"\d{1,2}\s*/\s*1[02]|thpt|thcs|cấp (?:[123]|i)|lớp|phổ thông|btvh|tiểu học", re.I
)  # fmt: skip
_LEVEL = re.compile(
    r"^(?:đh|ths|ts|cđ|tc|sc|cc|cn|cv|cvc|cvcc|cs)\b|đại học|cao đẳng|trung cấp|sơ cấp|thạc|tiến s|"
    r"cử nhân|kỹ sư|cao cấp|chuyên viên|chứng chỉ|cntt|cơ bản|chưa|^[abc]$|^[abc][12]$|bậc|anh|"
    r"đối tượng", re.I
)  # fmt: skip
_RATING = re.compile(r"hoàn thành|^ht|xuất sắc|tốt|^k?hông|^x?s", re.I)
_PEOPLE_NAMES = frozenset(map(fold, (*PEOPLES, "Cao Lan", "Sán Chí", "Mông", "H'Mông", "Mèo")))


@dataclass(frozen=True)
class Samples:
    """Up to 200 texts of a column, and which share of them is of a kind (0..1, 0 where none)."""

    texts: Sequence[str]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Samples":
        return cls([t.strip() for t in texts[: MOST_SAMPLES * 2] if t.strip()][:MOST_SAMPLES])

    def __bool__(self) -> bool:
        return bool(self.texts)

    def share(self, test: Callable[[str], object]) -> float:
        if not self.texts:
            return 0.0
        return sum(1 for text in self.texts if test(text)) / len(self.texts)

    @cached_property
    def days(self) -> float:
        """Days, months or years, also as the serial numbers of Excel."""
        return self.share(_DAY.search)

    @cached_property
    def years(self) -> float:
        return self.share(lambda t: re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", t))

    @cached_property
    def marks(self) -> float:
        return self.share(_MARKS.__contains__)

    @cached_property
    def people(self) -> float:
        return self.share(is_person)

    @cached_property
    def full_people(self) -> float:
        """Names of three words and more; names of communes like “La Bằng” have two."""
        return self.share(lambda t: is_person(t) and len(t.split()) > 2)

    @cached_property
    def single_words(self) -> float:
        return self.share(lambda t: t.isalpha())

    @cached_property
    def words(self) -> float:
        """Texts with at least two letters."""
        return self.share(lambda t: sum(map(str.isalpha, t)) > 1)

    @cached_property
    def numbers(self) -> float:
        return self.share(lambda t: re.fullmatch(r"-?\d+(?:[.,]\d+)?\s*%?", t))

    @cached_property
    def decimals(self) -> float:
        return self.share(lambda t: re.fullmatch(r"\d{1,2}[.,]\d{1,4}", t))

    @cached_property
    def identities(self) -> float:
        """Numbers of 8 to 12 digits, however spaced, and masked ones."""
        return self.share(lambda t: 8 <= _digits(t) <= 12 and not re.search(r"[/:]", t))

    @cached_property
    def phones(self) -> float:
        """Of 9 to 11 digits, with the 0 that Excel eats or without."""
        return self.share(
            lambda t: 9 <= _digits(t) <= 12 and re.match(r"\(?(?:\+?84|0|[235789])", t)
        )

    @cached_property
    def grades(self) -> float:
        """Codes of ngạch: 01.003, 1.003, 01003, V.07.03.29."""
        return self.share(
            lambda t: re.fullmatch(r"(?:\d{1,2}[.,a-z]?\d{2,3}|V\.\d\d\.\d\d\.\d\d)", t, re.I)
        )

    @cached_property
    def schooling(self) -> float:
        return self.share(_SCHOOLING.search)

    @cached_property
    def levels(self) -> float:
        return self.share(_LEVEL.search)

    @cached_property
    def ratings(self) -> float:
        return self.share(_RATING.search)

    @cached_property
    def peoples(self) -> float:
        return self.share(lambda t: fold(t) in _PEOPLE_NAMES)

    @cached_property
    def sexes(self) -> float:
        return self.share(lambda t: fold(t) in ("nam", "nu", "gai", "trai", "m", "f"))

    @cached_property
    def is_counting(self) -> bool:
        """1, 2, 3 …, with restarts."""
        found = [int(t.rstrip(".")) for t in self.texts if t.rstrip(".").isdigit()]
        steps = sum(b - a == 1 or b == 1 for a, b in zip(found, found[1:], strict=False))
        return len(found) > 2 and found[0] <= 2 and steps >= 0.8 * (len(found) - 1)

    def below(self, most: int) -> float:
        """The share of whole numbers from 1 to `most`."""
        return self.share(lambda t: t.removesuffix(".0").isdigit() and 1 <= int(float(t)) <= most)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text)) + text.count("*") + text.count("•")
