"""What the database's planner is told of the sizes of tables, and what it must not be told.

SQLite 3.40 (Debian 12) answers wrongly where it seeks `a = ? AND b IN (…) AND c <= ?` in an index
of which it has statistics: to a scan that it chooses by them it forgets the end of the range
(OP_SeekScan), and gives rows of days to come. Sizes of tables alone never lead it there.
"""

from django.db import connection


def tell_sizes() -> None:
    """Count all tables for the planner. Where the database is SQLite, no statistics of indexes
    stay."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    keep_sizes_only()


def keep_sizes_only() -> None:
    """Take away the statistics of indexes that a SQLite file may hold; sizes of tables stay.
    Nothing where there are none, or of another database."""
    if connection.vendor != "sqlite" or "sqlite_stat1" not in _tables():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) "
            "SELECT tbl, NULL, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 "
            "GROUP BY tbl HAVING count(idx) = count(*)"
        )
        cursor.execute("DELETE FROM sqlite_stat1 WHERE idx IS NOT NULL")
        cursor.execute("ANALYZE sqlite_schema")  # that reads the statistics again


def _tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in cursor.fetchall()}
