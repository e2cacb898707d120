"""What rows of a record came of, where an app above knows: a class, a study. Each app registers its
own, so that the record's pages link there and know no upper app."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Key = tuple[str, int]  # the table ("cadres.qualification") and the key of a row


@dataclass(frozen=True)
class Origin:
    """What a row came of, in words, and where that is."""

    words: str
    url: str


_askers: list[Callable[[int], Mapping[Key, Origin]]] = []


def register(ask: Callable[[int], Mapping[Key, Origin]]) -> None:
    """Add what an app knows: given the key of a person, the origins of rows of the record."""
    if ask not in _askers:
        _askers.append(ask)


def origins_of(cadre_id: int) -> dict[Key, Origin]:
    """The origins of a person's rows, of those that are known. A query for each app."""
    found: dict[Key, Origin] = {}
    for ask in _askers:
        found.update(ask(cadre_id))
    return found
