"""Geometry of the charts: numbers in, places on a drawing out. Pure; the templates draw.

Lengths are in units of the drawing's viewBox, written with a point, whatever the language.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from daitu_portal.ratio import Ratio

GAP_STEPS = (100, 80, 65, 50)  # percent; below each the colour gets darker
GAP_LABELS = ("100 %", "≥ 80 %", "≥ 65 %", "≥ 50 %", "< 50 %")
NO_GAP = "gap-none"

_MAP = Path(__file__).parent / "data" / "communes_map.json"


def _text(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")


def gap_class(ratio: Ratio | None) -> str:
    """gap-0 (nobody missing, white) to gap-4 (under a half, darkest); gap-none without a ratio.

    Decided on whole numbers, not on the rounded percent: 199/200 is not full.
    """
    if ratio is None or ratio.numerator is None or not ratio.denominator:
        return NO_GAP
    part, whole = 100 * ratio.numerator, ratio.denominator
    return f"gap-{sum(part < step * whole for step in GAP_STEPS)}"


@dataclass(frozen=True)
class Meter:
    """The filled and the hatched stretch of a bar, in percent of its width."""

    filled: str
    unknown: str
    title: str


def meter(ratio: Ratio) -> Meter:
    """The numerator filled, beside it hatched those of whom nothing is known."""
    if ratio.numerator is None or not ratio.denominator:
        return Meter("0", "0", "Không có tỷ lệ")
    share = 100 / ratio.denominator
    unknown = ratio.unknown or 0
    title = f"{ratio.numerator} trong {ratio.denominator}"
    if unknown:
        title += f", {unknown} thiếu dữ liệu"
    return Meter(_text(ratio.numerator * share), _text(unknown * share), title)


@dataclass(frozen=True)
class Part:
    """One stretch of a stacked bar, in percent of its width."""

    label: str
    count: int
    style: str
    left: str
    width: str


def stack(parts: Sequence[tuple[str, int, str]]) -> list[Part]:
    """Parts (label, count, class) laid end to end; those of 0 are left out."""
    whole = sum(count for _, count, _ in parts)
    laid, left = [], 0
    for label, count, style in parts:
        if count:
            share = 100 / whole
            laid.append(Part(label, count, style, _text(left * share), _text(count * share)))
            left += count
    return laid


@dataclass(frozen=True)
class Series:
    """A line of a trend: what it is called and its ratio on each day (None: no figure)."""

    label: str
    points: Sequence[tuple[date, Ratio | None]]


@dataclass(frozen=True)
class Line:
    label: str
    number: int
    path: str
    last_x: str
    last_y: str
    label_y: str
    last_percent: str


@dataclass(frozen=True)
class Trend:
    """Lines on a grid: `rules` are (y, words), `days` (x, words, anchor)."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    lines: list[Line]
    rules: list[tuple[str, str]]
    days: list[tuple[str, str, str]]


@dataclass(frozen=True)
class _Scale:
    """A stretch of values onto a stretch of the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def _known(series: Series) -> list[tuple[date, float]]:
    return [
        (day, float(ratio.percent))
        for day, ratio in series.points
        if ratio is not None and ratio.percent is not None
    ]


def _floor(values: Sequence[float]) -> int:
    """The lowest rule: the ten below the lowest value, so that a change can be seen."""
    return int(min(values) // 10 * 10) if min(values) < 100 else 90


def _path(series: Series, x: _Scale, y: _Scale) -> str:
    """The line, broken where a figure is missing."""
    words, pen = [], "M"
    for day, ratio in series.points:
        if ratio is None or ratio.percent is None:
            pen = "M"
            continue
        words.append(f"{pen}{_text(x(day.toordinal()))} {_text(y(float(ratio.percent)))}")
        pen = "L"
    return "".join(words)


def _apart(heights: Sequence[float], least: float) -> list[float]:
    """The heights pushed down where two labels would lie on each other, in their order."""
    placed, last = {}, float("-inf")
    for index in sorted(range(len(heights)), key=heights.__getitem__):
        last = max(heights[index], last + least)
        placed[index] = last
    return [placed[index] for index in range(len(heights))]


def _lines(series: Sequence[Series], x: _Scale, y: _Scale) -> list[Line]:
    ends = [_known(one)[-1] for one in series]
    labels = _apart([y(value) for _, value in ends], 12)
    return [
        Line(
            label=one.label,
            number=number,
            path=_path(one, x, y),
            last_x=_text(x(day.toordinal())),
            last_y=_text(y(value)),
            label_y=_text(label_y + 3.5),
            last_percent=f"{value:.1f}".replace(".", ","),
        )
        for number, (one, (day, value), label_y) in enumerate(
            zip(series, ends, labels, strict=True), start=1
        )
    ]


def _day_marks(first: date, last: date, x: _Scale) -> list[tuple[str, str, str]]:
    if first == last:
        return [(_text(x(first.toordinal())), f"{first:%m/%Y}", "middle")]
    return [
        (_text(x(first.toordinal())), f"{first:%m/%Y}", "start"),
        (_text(x(last.toordinal())), f"{last:%m/%Y}", "end"),
    ]


def trend(series: Sequence[Series], width: int = 320, height: int = 150) -> Trend | None:
    """Percents over time, the lowest rule the ten below the lowest value, the highest 100.

    None where no series has any figure.
    """
    drawn = [one for one in series if _known(one)]
    if not drawn:
        return None
    points = [point for one in drawn for point in _known(one)]
    days = [day for day, _ in points]
    left, right, top, bottom = 38, width - 36, 10, height - 22
    low = _floor([value for _, value in points])
    x = _Scale(min(days).toordinal(), max(days).toordinal(), left, right)
    y = _Scale(low, 100, bottom, top)
    step = 10 if low >= 50 else 20
    return Trend(
        width=width,
        height=height,
        left=left,
        right=right,
        bottom=bottom,
        lines=_lines(drawn, x, y),
        rules=[(_text(y(value)), f"{value} %") for value in range(100, low - 1, -step)],
        days=_day_marks(min(days), max(days), x),
    )


@dataclass(frozen=True)
class Area:
    """A commune on the map."""

    code: str
    name: str
    path: str
    style: str
    title: str
    url: str


@cache
def _map() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_MAP.read_text(encoding="utf-8"))
    return found


def map_size() -> tuple[int, int]:
    return _map()["width"], _map()["height"]


def map_holds(day: date) -> bool:
    """Whether the drawn borders were those of the day: codes and areas change at mergers."""
    drawn = _map()
    return bool(drawn["valid_from"] <= day.isoformat() < drawn["valid_to"])


def areas(ratios: Mapping[str, tuple[Ratio, str]]) -> list[Area]:
    """The communes with the class of their gap; `ratios` maps a code to the ratio and an address.

    A commune without an entry is drawn as one without a ratio.
    """
    drawn = []
    for code, shape in _map()["communes"].items():
        ratio, url = ratios.get(code, (None, ""))
        told = "không có số liệu" if ratio is None else meter(ratio).title
        title = f"{shape['name']}: {told}"
        drawn.append(Area(code, shape["name"], shape["path"], gap_class(ratio), title, url))
    return drawn
