"""What was found in a file, kept beside it in a small database of its own until it is written.

Long lists of repairs, problems and matches would weigh on the records' database, and a writer there
would wait for them. The file is made new with each reading, and put in its place whole.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

_TABLES = {
    "repairs": ("sheet", "row", "ref", "header", "kind", "before", "after"),
    "problems": (
        "sheet", "row", "ref", "header", "value", "message", "remedy", "kind", "is_question",
    ),
    "people": (
        "sheet", "row", "name", "born_on", "kind", "code", "candidates", "told", "rows",
    ),
}  # fmt: skip
_PAGE = 100


class Staging:
    """The staged findings of one file; `path` is where they stand."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def anew(self) -> Iterator["Filling"]:
        """Replace all that is staged by what is put in meanwhile, once that has ended well."""
        new = self.path.with_suffix(".staging")
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_CREAT | os.O_WRONLY, 0o600))
        try:
            with closing(sqlite3.connect(new)) as book, book:
                yield Filling(book)
            new.replace(self.path)
        finally:
            new.unlink(missing_ok=True)

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)

    def fact(self, name: str, default: Any = None) -> Any:
        """A staged fact; `default` where it, or all, is missing."""
        found = self._rows("SELECT value FROM facts WHERE name = ?", name)
        return json.loads(found[0]["value"]) if found else default

    def counts(self, table: str, column: str = "kind") -> dict[str, int]:
        """How many rows of a table there are, by one of its columns, the most first."""
        found = self._rows(
            f"SELECT {column} AS name, COUNT(*) AS number FROM {table} GROUP BY 1 "
            "ORDER BY 2 DESC, 1"
        )
        return {row["name"]: row["number"] for row in found}

    def rows(
        self, table: str, *, offset: int = 0, limit: int = _PAGE, **where: Any
    ) -> list[dict[str, Any]]:
        """Rows of a table that have the values of `where`, in the order of the file."""
        conditions = " AND ".join(f"{name} = ?" for name in where) or "1"
        sql = f"SELECT * FROM {table} WHERE {conditions} ORDER BY id LIMIT ? OFFSET ?"
        return [dict(row) for row in self._rows(sql, *where.values(), limit, offset)]

    def count(self, table: str, **where: Any) -> int:
        conditions = " AND ".join(f"{name} = ?" for name in where) or "1"
        found = self._rows(f"SELECT COUNT(*) AS n FROM {table} WHERE {conditions}", *where.values())
        return found[0]["n"] if found else 0

    def samples(self, table: str, column: str, each: int) -> Iterator[dict[str, Any]]:
        """The first `each` rows of a table for every value of a column."""
        yield from map(dict, self._rows(
            f"SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY {column} ORDER BY id) AS n "
            f"FROM {table}) WHERE n <= ? ORDER BY {column}, id", each
        ))  # fmt: skip

    def _rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        if not self.path.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as book:
            book.row_factory = sqlite3.Row
            return book.execute(sql, values).fetchall()


class Filling:
    """A staging that is being filled."""

    def __init__(self, book: sqlite3.Connection) -> None:
        self._book = book
        book.execute("PRAGMA synchronous=OFF")  # the file is made anew where it is lost
        for table, columns in _TABLES.items():
            book.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(columns)})")
        book.execute("CREATE TABLE facts (name PRIMARY KEY, value)")

    def add(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """More rows of a table, in the order of the file."""
        columns = _TABLES[table]
        marks, names = ", ".join("?" for _ in columns), ", ".join(columns)
        self._book.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)

    def tell(self, facts: Mapping[str, Any]) -> None:
        """Facts that JSON holds."""
        self._book.executemany(
            "INSERT INTO facts VALUES (?, ?)",
            [(name, json.dumps(value, ensure_ascii=False)) for name, value in facts.items()],
        )
