"""Days and times as Excel stores them: a number, and a format that says it is a day.

Source: ECMA-376 part 1, 18.8.30 (numFmt) and 18.17.4 (dates and times).
"""

import re
from datetime import date, datetime, time, timedelta

EPOCH_1900, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - no zone
# Excel counts a 29 February 1900; days before it stand one lower than this epoch says.
_LEAP_BUG = 60
_MILLISECONDS = 86_400_000

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]', re.IGNORECASE)
_DAY_OR_TIME = re.compile(r"[dmyhs]", re.IGNORECASE)
_DURATION = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)

BUILTIN_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip


def is_day_format(number_format: str) -> bool:
    """Whether a number of this format is shown as a day or a time.

    >>> is_day_format("dd/mm/yyyy"), is_day_format('0" đồng"'), is_day_format("General")
    (True, False, False)
    """
    shown = _NOT_SHOWN.sub("", number_format.split(";")[0])
    return _DAY_OR_TIME.search(shown) is not None


def is_duration_format(number_format: str) -> bool:
    """Whether a number of this format is shown as a length of time: [h]:mm."""
    return _DURATION.search(number_format.split(";")[0]) is not None


def moment_of(serial: float, epoch: datetime, *, is_duration: bool = False) -> datetime | str:
    """The moment that a serial number stands for; a time without a day, or a length, as text.

    Raises OverflowError and ValueError beyond the years 1 to 9999.
    """
    if is_duration:
        return str(timedelta(seconds=round(serial * 86_400)))
    day, fraction = divmod(serial, 1)
    part = timedelta(milliseconds=round(fraction * _MILLISECONDS))
    if 0 <= serial < 1 and not part.days:
        return str((EPOCH_1900 + part).time())
    if 0 < serial < _LEAP_BUG and epoch == EPOCH_1900:
        day += 1
    return epoch + timedelta(days=day) + part


def iso_of(moment: datetime) -> str:
    """As text: the day alone at midnight, else with the time."""
    if moment.time() < time(0, 0, 1):
        return moment.date().isoformat()
    return moment.isoformat()


def iso_text(written: str) -> tuple[str, str]:
    """(letter, text) of a day or time that a file holds as ISO text: a date, or a time as text.

    >>> iso_text("2023-06-08T00:00:00Z"), iso_text("09:30:00")
    (('d', '2023-06-08'), ('t', '09:30:00'))
    """
    text = written.strip().removesuffix("Z")
    if "-" not in text:
        return "t", text
    return "d", iso_of(datetime.fromisoformat(text).replace(tzinfo=None))


def day_of(iso: str) -> date:
    """The day, or the moment where the text has a time."""
    return date.fromisoformat(iso) if len(iso) == 10 else datetime.fromisoformat(iso)
