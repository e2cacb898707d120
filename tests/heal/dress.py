"""Puts a grid of Unicode text into the encoding and fonts of its workbook, and hides and merges."""

from random import Random

from tests.heal import encodings
from tests.heal.grid import Grid, Spot
from tests.heal.plan import Plan
from tests.heal.truth import BookTruth, CellTruth

_FONTS = {"tcvn3": (".VnTime", ".VnArial"), "vni": ("VNI-Times", "VNI-Helve")}
_UNICODE_FONTS = ("Times New Roman", "Arial", "Calibri")
# Whoever types in an old encoding has no such signs.
_NOT_TYPED = {ord("×"): "x", ord("≤"): "<=", 0x200B: None}
_SOFT = "\u00ad"
_LIKE_SOFT = "\u2212\u2010\u2011"


class Dressing:
    """All text cells of one workbook; each repair that a cell now needs is added to its truth."""

    def __init__(self, rng: Random, plan: Plan, truth: BookTruth, grid: Grid) -> None:
        self.rng, self.plan, self.grid = rng, plan, grid
        self.font = rng.choice(_UNICODE_FONTS)
        self.old_font = rng.choice(_FONTS.get(plan.encoding, ("",)))
        self.by_place: dict[tuple[int, int], list[CellTruth]] = {}
        for person in truth.people:
            for cell in person.cells:
                here = self.by_place.setdefault((cell.row, cell.column), [])
                if not any(each is cell for each in here):  # a group's cell is everybody's
                    here.append(cell)
        targets = {number: c.target for number, c in enumerate(plan.layout.columns, start=1)}
        self.names = {n for n, each in targets.items() if each in ("full_name", "name.family")}
        self.unicode_columns = self._left_in_unicode()
        self.composed = rng.choice([encodings.decomposed, encodings.combined])

    def _left_in_unicode(self) -> set[int]:
        """Columns that somebody filled in later, in Unicode; only where fonts tell them apart."""
        width = len(self.plan.layout.columns)
        if not self.plan.fonts or self.rng.random() < 0.5:
            return set()
        return {self.rng.randint(2, width) for _ in range(self.rng.randint(1, 3))} - self.names

    def go(self) -> None:
        for place, spot in self.grid.cells.items():
            spot.font = self.font
            if isinstance(spot.value, str):
                self._dress(place, spot, spot.value)
                for cell in self.by_place.get(place, ()):
                    cell.shown = str(spot.value)

    def _dress(self, place: tuple[int, int], spot: Spot, text: str) -> None:
        in_body = place in self.by_place
        if not self.plan.encoding or (in_body and place[1] in self.unicode_columns):
            self._dress_unicode(place, spot, text)
        elif self.plan.encoding == "cp1258":
            spot.value = encodings.cp1258(text.translate(_NOT_TYPED))
            self._note(place, text, spot, "cp1258")
        elif self.plan.has("mixed_runs") and in_body and self.rng.random() < 0.15:
            self._mix(place, spot, text)
        else:
            self._dress_old(place, spot, text)

    def _dress_old(self, place: tuple[int, int], spot: Spot, text: str) -> None:
        text = text.translate(_NOT_TYPED)
        encode = encodings.ENCODERS[self.plan.encoding]
        is_name = place in self.by_place and place[1] in self.names
        spot.font = self.old_font if self.plan.fonts else self.font
        if is_name and self.plan.has("capitals_font"):
            text = text.lower()
            spot.font = f"{self.old_font}H" if self.plan.fonts else self.font
            self._add(place, "capitals")
        spot.value = encode(text)
        self._note(place, text, spot, self.plan.encoding)
        if self.plan.has("soft_hyphen") and _SOFT in spot.value and self.rng.random() < 0.3:
            spot.value = spot.value.replace(_SOFT, self.rng.choice(_LIKE_SOFT))
            self._add(place, "soft_hyphen")

    def _dress_unicode(self, place: tuple[int, int], spot: Spot, text: str) -> None:
        shown = text
        if self.plan.has("decomposed") and self.rng.random() < 0.4:
            shown = self.composed(shown)
            self._note(place, text, Spot(shown), "composed")
        if self.plan.has("lookalike") and self.rng.random() < 0.4:
            like = encodings.lookalike(shown)
            self._note(place, shown, Spot(like), "lookalike")
            shown = like
        spot.value = shown

    def _mix(self, place: tuple[int, int], spot: Spot, text: str) -> None:
        """The first words in the old font, the others in Unicode, in one cell."""
        first, blank, rest = text.partition(" ")
        encoded = encodings.ENCODERS[self.plan.encoding](first)
        if not blank or encoded == first:
            self._dress_old(place, spot, text)
            return
        spot.runs = [(self.old_font, encoded + blank), (self.font, rest)]
        spot.value = encoded + blank + rest
        self._add(place, self.plan.encoding)

    def _note(self, place: tuple[int, int], text: str, spot: Spot, kind: str) -> None:
        if spot.value != text:
            self._add(place, kind)

    def _add(self, place: tuple[int, int], kind: str) -> None:
        for cell in self.by_place.get(place, ()):
            cell.kinds = tuple(dict.fromkeys((*cell.kinds, kind)))


def merge_alike(rng: Random, plan: Plan, truth: BookTruth, grid: Grid) -> None:
    """Makes one cell of a column's cells that say the same in rows one under another."""
    for number, column in enumerate(plan.layout.columns, start=1):
        if column.target in ("holding.commune", "home_town") and rng.random() < 0.7:
            for run in _alike(truth, number):
                _merge_run(grid, number, run[: rng.randint(2, 8)])


def _alike(truth: BookTruth, column: int) -> list[list[CellTruth]]:
    """Runs of at least two cells of the column, row under row, that mean the same."""
    runs: list[list[CellTruth]] = [[]]
    for person in truth.people:
        for cell in (c for c in person.cells if c.column == column and c.row == person.row):
            last = runs[-1][-1] if runs[-1] else None
            if last and last.row == cell.row - 1 and last.values == cell.values:
                runs[-1].append(cell)
            else:
                runs.append([cell])
    return [run for run in runs if len(run) > 1]


def _merge_run(grid: Grid, column: int, run: list[CellTruth]) -> None:
    first = run[0]
    if "ditto" in first.kinds:
        return
    grid.merge(first.row, column, run[-1].row, column)
    for cell in run[1:]:
        del grid.cells[cell.row, column]
        cell.row, cell.shown, cell.kinds = first.row, first.shown, (*first.kinds, "merged")


def hide(rng: Random, plan: Plan, truth: BookTruth, grid: Grid) -> None:
    """A row of somebody, a column: hidden, and still part of the list."""
    if plan.has("hidden_row"):
        grid.hidden_rows.add(rng.choice(truth.people).row)
    if plan.has("hidden_column"):
        grid.hidden_columns.add(rng.randint(3, len(plan.layout.columns)))
