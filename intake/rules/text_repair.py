"""The text of a sheet as Unicode in its one form: which encoding every cell is of, and its repair.

By the font of each run where it is of an old encoding; else by what the text itself and its
neighbours tell (text_readings.py, text_votes.py); what stays open between two readings is asked,
never guessed. Pure.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from intake.rules.encodings import LABELS, Encoding, encoding_of_font, fits, is_capitals_font
from intake.rules.repairs import Healed
from intake.rules.soft_hyphens import restored_plain
from intake.rules.text_cleaning import is_clean
from intake.rules.text_fonts import TextRun, by_font, by_runs, healed, lying_fonts
from intake.rules.text_readings import Reading, Verdict, has_unicode_letters, judge, read
from intake.rules.text_votes import Vote, Votes, decide


class TextCell(NamedTuple):
    """A cell with text; `font` None where the file tells of none; `runs` where it has several."""

    row: int
    column: int
    text: str
    font: str | None = None
    runs: tuple[TextRun, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A cell that can be read in several ways: somebody must say which. `choices`: (encoding,
    text), the likeliest first; in Vietnamese, for the sender."""

    message: str
    remedy: str
    choices: tuple[tuple[Encoding, str], ...]


@dataclass(frozen=True, slots=True)
class TextRepair:
    """The cells that are read differently from how they stand, or asked, by (row, column); and of
    each column that has letters beyond ASCII the encoding of most of its cells."""

    cells: dict[tuple[int, int], Healed | Question] = field(default_factory=dict)
    votes: dict[int, Encoding] = field(default_factory=dict)


# Signs of Latin-1 that stand in no word of Unicode, at a letter.
_STRANGE = re.compile(r"[^\W\d_][¡-©¬-¹¼-¿]|[§®][^\W\d_]")
_NOTHING: Mapping[int, Encoding] = MappingProxyType({})


def repair_sheet(
    cells: Iterable[TextCell],
    *,
    is_8bit: bool = False,
    forced: Mapping[int, Encoding] = _NOTHING,
) -> TextRepair:
    """Read every cell of a sheet as Unicode in its one form.

    `is_8bit`: the file is of bytes without a declared encoding, read as Latin-1 (old .xls, .csv),
    and may be Windows-1258. `forced`: the encoding that a user gave to whole columns.
    """
    all_cells = list(cells)
    plain = _plain_texts(all_cells, is_8bit=is_8bit)
    odd = [cell for cell in all_cells if cell.text not in plain or _is_old(cell)]
    if forced:
        odd += [cell for cell in all_cells if cell.column in forced and cell.text in plain]
    return _Sheet(all_cells, odd, plain, is_8bit=is_8bit, forced=forced).repaired()


def _plain_texts(cells: Iterable[TextCell], *, is_8bit: bool) -> dict[str, bool]:
    """The texts that are Unicode in its one form beyond doubt, and whether they have letters that
    prove it."""
    proofs = {}
    for text in {cell.text for cell in cells}:
        if is_clean(text) and ("-" not in text or restored_plain(text) == text):
            is_proof = has_unicode_letters(text)
            if is_proof or text.isascii():
                proofs[text] = is_proof
                continue
            verdict = judge(text, is_8bit=is_8bit)
            if verdict.is_sure and verdict.readings[0].value == text:
                proofs[text] = verdict.is_evidence
    return proofs


def _is_old(cell: TextCell) -> bool:
    """Whether a cell has to be looked at though its text is plain."""
    return bool(cell.runs or (cell.font and encoding_of_font(cell.font)))


class _Sheet:
    """The cells of a sheet on their way; `odd`: those that are not plain Unicode."""

    def __init__(
        self,
        cells: list[TextCell],
        odd: list[TextCell],
        plain: dict[str, bool],
        *,
        is_8bit: bool,
        forced: Mapping[int, Encoding],
    ) -> None:
        self._cells, self._odd, self._plain = cells, odd, plain
        self._is_8bit, self._forced = is_8bit, forced
        self._lying = lying_fonts((cell.text, cell.font) for cell in odd if cell.font)
        self._repair = TextRepair()
        self._seen: dict[
            tuple[str, str | None, Encoding | None], tuple[Verdict, Healed | None]
        ] = {}
        self._votes: list[Vote] = []
        self._open: list[tuple[TextCell, Verdict]] = []
        self._strange: list[TextCell] = []

    def repaired(self) -> TextRepair:
        for cell in self._odd:
            self._look_at(cell)
        if self._open or self._repair.cells:
            votes = Votes(self._votes + self._votes_of_plain())
            for cell, verdict in self._open:
                self._settle(cell, verdict, votes)
            for cell in self._strange:
                self._read_strange(cell, votes)
            self._tell_columns(votes)
        return self._repair

    def _votes_of_plain(self) -> list[Vote]:
        """Where nothing is of an old encoding, one vote says as much as all."""
        is_all_unicode = all(vote.encoding is Encoding.UNICODE for vote in self._votes)
        votes = []
        for cell in self._cells:
            if self._plain.get(cell.text) and not _is_old(cell):
                votes.append(Vote(cell.row, cell.column, Encoding.UNICODE))
                if is_all_unicode:
                    break
        return votes

    def _look_at(self, cell: TextCell) -> None:
        whole = self._by_runs(cell) if cell.runs else None
        if whole is not None:
            self._write(cell, whole)
            return
        key = (cell.text, cell.font, self._forced.get(cell.column))
        if key not in self._seen:
            self._seen[key] = self._judged(cell)
        verdict, after = self._seen[key]
        if after is None:
            self._open.append((cell, verdict))
            return
        if _STRANGE.search(after.value):
            self._strange.append(cell)
            return
        if verdict.is_evidence:
            self._votes.append(Vote(cell.row, cell.column, verdict.readings[0].encoding))
        self._write(cell, after)

    def _read_strange(self, cell: TextCell, votes: Votes) -> None:
        """A cell of abbreviations alone, «ct h®nd»: nobody can say its words in any encoding, and
        the signs in it are of none but the old one of the sheet."""
        near = votes.near(cell.row, cell.column) or votes.most()
        if near in (Encoding.TCVN3, Encoding.VNI) and fits(cell.text, near):
            self._write(cell, self._healed(cell, read(cell.text, near)))

    def _judged(self, cell: TextCell) -> tuple[Verdict, Healed | None]:
        """What a cell says by itself, and what it is read as where it is sure."""
        verdict = self._verdict(cell)
        return verdict, self._healed(cell, verdict.readings[0]) if verdict.is_sure else None

    def _by_runs(self, cell: TextCell) -> Healed | None:
        if cell.column in self._forced or not any(map(self._encoding, cell.runs)):
            return None
        return by_runs(cell.runs, self._lying, is_8bit=self._is_8bit)

    def _encoding(self, of: TextCell | TextRun) -> Encoding | None:
        """The old encoding that the font of a cell or run stands for."""
        return None if of.font is None or of.font in self._lying else encoding_of_font(of.font)

    def _verdict(self, cell: TextCell) -> Verdict:
        forced = self._forced.get(cell.column)
        if forced and fits(cell.text, forced):
            return Verdict((read(cell.text, forced),), is_evidence=not cell.text.isascii())
        encoding = self._encoding(cell)
        if encoding:
            return by_font(cell.text, encoding, is_8bit=self._is_8bit)
        return judge(cell.text, is_8bit=self._is_8bit)

    def _healed(self, cell: TextCell, reading: Reading) -> Healed:
        is_capitals = self._encoding(cell) is not None and is_capitals_font(cell.font or "")
        return healed(cell.text, reading, is_capitals=is_capitals)

    def _write(self, cell: TextCell, after: Healed) -> None:
        if after.value != cell.text:
            self._repair.cells[cell.row, cell.column] = after

    def _settle(self, cell: TextCell, verdict: Verdict, votes: Votes) -> None:
        encoding = None if verdict.is_mixed else self._decided(cell, verdict, votes)
        if encoding is None and _STRANGE.search(cell.text):
            encoding = votes.most()  # its signs are of no word of Unicode
        reading = encoding and verdict.of(encoding)
        if reading:
            self._write(cell, self._healed(cell, reading))
        else:
            self._repair.cells[cell.row, cell.column] = _question(cell.text, verdict)

    def _decided(self, cell: TextCell, verdict: Verdict, votes: Votes) -> Encoding | None:
        near = votes.near(cell.row, cell.column)
        shows_unicode = cell.font is not None and not votes.has_old(cell.column)
        is_code = cell.text.isascii() and near is not Encoding.TCVN3
        if (shows_unicode or is_code) and verdict.of(Encoding.UNICODE):
            return Encoding.UNICODE
        return decide(verdict, near)

    def _tell_columns(self, votes: Votes) -> None:
        for column in {column for _, column in self._repair.cells}:
            encoding = self._forced.get(column) or votes.majority(column)
            if encoding:
                self._repair.votes[column] = encoding


def _question(text: str, verdict: Verdict) -> Question:
    choices = tuple((reading.encoding, healed(text, reading).value) for reading in verdict.readings)
    ways = " hoặc ".join(f"“{value}” ({LABELS[encoding]})" for encoding, value in choices)
    return Question(
        f"Chữ trong ô đọc được theo nhiều bảng mã: {ways}",
        "Chọn bảng mã của cột, hoặc chọn chữ đúng cho ô này",
        choices,
    )
