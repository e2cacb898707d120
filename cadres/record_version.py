"""The version of the record: it moves with every write to a table that figures are made of.

Triggers of the database move it and not the code that writes, so that no way of writing (a form,
an import, SQL by hand) can forget to. What was asked at a version is true as long as it stands.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, ClassVar

from django.db import connection, transaction

from cadres.models import RecordVersion

_TABLE = RecordVersion._meta.db_table
_MOST_TRANSACTIONS = 1000
_MOST_REMEMBERED = 200
_NOTHING = object()
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION record_version_moves() RETURNS trigger AS $$ BEGIN
INSERT INTO {_TABLE} (id, token) VALUES (txid_current(), (random() * 1e12)::bigint)
ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token; RETURN NULL; END $$ LANGUAGE plpgsql"""


def current() -> int | None:
    """The version that the database shows now; None inside a transaction, whose writes others do
    not see and may yet be undone. One query, none inside a transaction."""
    return None if connection.in_atomic_block else seen_here()


def seen_here() -> int | None:
    """The version that this connection sees, in a transaction too: what others committed, and own
    writes. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(token) FROM {_TABLE}")
        (version,) = cursor.fetchone()
    return None if version is None else int(version)


class Memory:
    """What was asked at one version of the record; without a version it remembers nothing."""

    _latest: ClassVar["Memory | None"] = None

    def __init__(self, version: int | None = None) -> None:
        self._version = version
        self._found: dict[Hashable, Any] = {}

    @classmethod
    def now(cls) -> "Memory":
        """The memory of this version, the same for all requests of a process until something is
        written. One query; inside a transaction none, and an empty memory."""
        version = current()
        if version is None:
            return cls()
        memory = cls._latest
        if memory is None or memory._version != version:
            cls._latest = memory = cls(version)
        return memory

    def knows(self, key: Hashable) -> bool:
        """Whether what was asked by `key` is remembered."""
        return key in self._found

    def remembered(
        self,
        key: Hashable,
        make: Callable[[], Any],
        keeps: Callable[[Any], bool] = lambda found: True,
    ) -> Any:
        """What `make` gives, made once at this version; nobody may change it.

        For figures, definitions and units; never for what names a person. `keeps` says whether
        what was found is small enough to keep.
        """
        if self._version is None:
            return make()
        found = self._found.get(key, _NOTHING)
        if found is _NOTHING:
            found = make()
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
            if keeps(found):
                self._found[key] = found
        return found


def watch(tables: Iterable[str]) -> Callable[[Any, Any], None]:
    """The step of a migration that makes writes to `tables` move the version.

    A later migration that makes a table anew (SQLite does, to alter a column) must watch it again;
    a test says so.
    """

    def step(apps: Any, schema_editor: Any) -> None:
        for statement in _statements(list(tables), schema_editor.connection.vendor):
            # No parameters: a body in $$ is no place for placeholders.
            schema_editor.execute(statement, params=None)

    return step


def _statements(tables: list[str], vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [_POSTGRES_FUNCTION] + [
            f"CREATE OR REPLACE TRIGGER {table}_moves AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
            f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION record_version_moves()"
            for table in tables
        ]
    # No INSERT OR REPLACE: it would take over the OR IGNORE of the statement that fired it.
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_moves_{event.lower()} AFTER {event} ON {table} "
        f"BEGIN UPDATE {_TABLE} SET token = random(); INSERT INTO {_TABLE} (id, token) "
        f"SELECT 0, random() WHERE NOT EXISTS (SELECT 1 FROM {_TABLE}); END"
        for table in tables
        for event in ("INSERT", "UPDATE", "DELETE")
    ]


def compact() -> None:
    """Put the rows of many transactions together in one; the version stays what it is."""
    with transaction.atomic():
        rows = list(RecordVersion.objects.select_for_update().order_by("pk"))
        if len(rows) > _MOST_TRANSACTIONS:
            RecordVersion.objects.filter(pk__in=[row.pk for row in rows[1:]]).delete()
            RecordVersion.objects.filter(pk=rows[0].pk).update(token=sum(r.token for r in rows))
