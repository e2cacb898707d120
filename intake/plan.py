"""What an import would do: which records are new, which change and how, which stay as they are."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cadres.models import Cadre
from cadres.records import Table
from intake.reader import Problem, SourceRow

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
EXACT, DOUBTFUL, NEW = "exact", "doubtful", "new"


@dataclass(slots=True)
class Change:
    """One record after the import; `before` are the old values of what changes."""

    source: SourceRow
    table: Table
    row: Any  # a record; of which model, the table says
    cadre: Cadre
    is_new: bool
    before: dict[str, Any] = field(default_factory=dict)
    note: str = ""  # what the import adds by itself, for the preview

    @property
    def action(self) -> str:
        return CREATED if self.is_new else UPDATED if self.before else UNCHANGED


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a row of identity means: `cadre` of an exact match, `candidates` of a doubtful one, and
    the places of `rows` of the file that may be about the same person."""

    source: SourceRow
    kind: str
    cadre: Cadre | None = None
    candidates: Sequence[Cadre] = ()
    rows: Sequence[tuple[str, int]] = ()


@dataclass
class Plan:
    changes: list[Change]
    problems: list[Problem]
    counts: dict[str, int]
    notices: list[str]
    warnings: list[Problem] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)  # people out of sight whose numbers it has
    matches: list[Match] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)  # of rows that were to be skipped
    lacking: Mapping[Any, Sequence[Any]] = field(default_factory=dict)  # see lacking.py
    codes: Collection[str] = ()  # that rows of a long file bring, beside those in `changes`
    ended: int = 0  # rows that were given a last day

    @property
    def is_writable(self) -> bool:
        return not self.problems

    @property
    def problem_count(self) -> int:
        return len(self.problems)

    @property
    def warning_count(self) -> int:
        return len(self.warnings)

    def pieces(self) -> "Iterator[Plan]":
        """What is to be written, as many people at once as memory holds."""
        yield self

    @property
    def changes_nothing(self) -> bool:
        return all(change.action == UNCHANGED for change in self.changes)

    @property
    def fingerprint(self) -> str:
        """Of all that would be written: the same only while the records are as they were."""
        digest = hashlib.sha256()
        for change in self.changes:
            version = change.cadre.version if change.cadre.pk else 0
            told = (change.source.place, change.table.code, change.action, version)
            digest.update(repr((told, sorted(change.before))).encode())
        digest.update(repr([warning.message for warning in self.warnings]).encode())
        return digest.hexdigest()
