"""Which font the PDF is set in: the first of the Times family that has all Vietnamese letters.

Old packages of Liberation Serif (before 2.0) lack some; the letters that it lacks would come from
another font in the middle of a word.
"""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import typst
from PIL import ImageFont

WANTED = ("Times New Roman", "Liberation Serif", "Tinos")
BUILT_IN = "Libertinus Serif"  # inside typst, with every Vietnamese letter
_LETTERS = "ẵợỦƯỠĐỄịọữẠạ"
_NO_LETTER = "\uffff"  # drawn as what a font shows for a letter that it lacks


class Face(Protocol):
    """A file of a family, as typst tells it."""

    family: str
    path: str | None
    index: int


@cache
def family() -> str:
    """The family to set in; looked for once a process."""
    return choose(typst.Fonts().fonts())


def choose(faces: Sequence[Face]) -> str:
    """The first wanted family all of whose `faces` have Vietnamese, else the built-in one."""
    for wanted in WANTED:
        mine = [face for face in faces if face.family == wanted]
        if mine and all(_is_vietnamese(face) for face in mine):
            return wanted
    return BUILT_IN


def _is_vietnamese(face: Face) -> bool:
    if not face.path:
        return False
    font = ImageFont.truetype(face.path, 24, index=face.index, layout_engine=ImageFont.Layout.BASIC)
    lacking = bytes(font.getmask(_NO_LETTER))
    return all(bytes(font.getmask(letter)) != lacking for letter in _LETTERS)
