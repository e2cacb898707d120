"""How the cells of an .xlsx are shown: the number format and the font of each style."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO
from xml.etree.ElementTree import Element

from daitu_portal.reading.markup import children, tree_of
from daitu_portal.reading.serials import (
    BUILTIN_FORMATS,
    is_day_format,
    is_duration_format,
    iso_of,
    moment_of,
)


@dataclass
class Style:
    """A format of cells: how numbers are shown, in which font; whether numbers are days."""

    number_format: str = "General"
    font: str = ""

    def __post_init__(self) -> None:
        self.is_day = is_day_format(self.number_format)
        self.is_duration = is_duration_format(self.number_format)
        self._told: dict[float, tuple[str, str]] = {}  # days repeat in a list

    def told(self, serial: float, epoch: datetime) -> tuple[str, str]:
        """(letter, text) of a number that this style shows as a day: a date, or a time as text."""
        if serial not in self._told:
            self._told[serial] = self._moment(serial, epoch)
        return self._told[serial]

    def _moment(self, serial: float, epoch: datetime) -> tuple[str, str]:
        try:
            moment = moment_of(serial, epoch, is_duration=self.is_duration)
        except (OverflowError, ValueError):
            return "e", "#VALUE!"
        return ("t", moment) if isinstance(moment, str) else ("d", iso_of(moment))


def read_styles(source: IO[bytes]) -> list[Style]:
    """The styles that cells name by their place in the list."""
    root = tree_of(source)
    formats = BUILTIN_FORMATS | {
        int(each.get("numFmtId", "0")): each.get("formatCode", "General")
        for each in _listed(root, "numFmts", "numFmt")
    }
    fonts = [_name_of(each) for each in _listed(root, "fonts", "font")]
    return [_style(each, formats, fonts) for each in _listed(root, "cellXfs", "xf")]


def _listed(root: Element, group: str, name: str) -> list[Element]:
    return [each for found in children(root, group) for each in children(found, name)]


def _name_of(font: Element) -> str:
    return next((name.get("val", "") for name in children(font, "name")), "")


def _style(format_: Element, formats: dict[int, str], fonts: list[str]) -> Style:
    font = int(format_.get("fontId", "0"))
    return Style(
        formats.get(int(format_.get("numFmtId", "0")), "General"),
        fonts[font] if font < len(fonts) else "",
    )
