"""How a person is named who may be an official of the record or an outside learner: "c12", "h7".

An outside learner who was linked to a record is that official.
"""

import re
from collections.abc import Iterable

_CADRE, _LEARNER = "c", "h"
_KEY = re.compile(rf"[{_CADRE}{_LEARNER}][1-9][0-9]{{0,8}}")


def cadre_key(pk: int) -> str:
    return f"{_CADRE}{pk}"


def learner_key(pk: int) -> str:
    return f"{_LEARNER}{pk}"


def key_of(cadre_id: int | None, linked_id: int | None, learner_id: int | None) -> str:
    """The person of a participation: the official, the official that the learner is, or the
    learner."""
    official = cadre_id or linked_id
    return cadre_key(official) if official else learner_key(learner_id or 0)


def is_person_key(text: str) -> bool:
    """Whether a text of a form can name a person."""
    return _KEY.fullmatch(text) is not None


def parted(keys: Iterable[str]) -> tuple[list[int], list[int]]:
    """(keys of officials, keys of outside learners), each once, in their order."""
    cadres: dict[int, None] = {}
    learners: dict[int, None] = {}
    for key in keys:
        (cadres if key.startswith(_CADRE) else learners)[int(key[1:])] = None
    return list(cadres), list(learners)
