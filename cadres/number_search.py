"""Search by a number: each is compared only with the fields that whoever asks may see."""

from types import MappingProxyType

from accounts.models import User
from accounts.rate import allowed_now
from cadres.field_groups import hidden_fields
from cadres.models import Cadre
from cadres.paper_search import people_of_paper

SEARCHES_A_MINUTE = 20
_MOST_TOLD = 2  # two people with one number are an error to be looked at; more add nothing
_NUMBERS = MappingProxyType(
    {"national_id": "số CCCD", "phone": "điện thoại", "code": "số hiệu"}
)  # what each field is called, the ones asked for most often first


def may_ask_now(user: User) -> bool:
    """Count one more question about a number, wherever it is asked, and say whether it may be
    answered."""
    return allowed_now(f"number:{user.pk}", SEARCHES_A_MINUTE)


def holders_of(national_id: str) -> list[int]:
    """Keys of whoever has this CCCD, in sight or not: for the log, never to be told."""
    return list(Cadre.objects.numbered(national_id, {"national_id"}).values_list("pk", flat=True))


def numbers_of(user: User) -> list[str]:
    """What the numbers that `user` may search by are called: the person's code at least."""
    hidden = hidden_fields(user)
    return [words for field, words in _NUMBERS.items() if field not in hidden]


def numbers_withheld(user: User) -> list[str]:
    """What the numbers are called by which `user` finds nobody."""
    hidden = hidden_fields(user)
    return [words for field, words in _NUMBERS.items() if field in hidden]


def people_numbered(user: User, number: str) -> list[Cadre]:
    """The people, two at most, whom `user` may see and one of whose numbers is exactly this; where
    there is none, those of whose papers one has it: a diploma's may be as long as a CCCD's."""
    fields, seen = set(_NUMBERS) - hidden_fields(user), Cadre.objects.visible_to(user)
    found = list(seen.numbered(number, fields)[:_MOST_TOLD])
    return found or list(seen.filter(pk__in=people_of_paper(user, number))[:_MOST_TOLD])


def person_coded(user: User, code: str) -> Cadre | None:
    """The person with this code whom `user` may see, or None. No query for text without digits."""
    if not any(char.isdigit() for char in code):
        return None
    return Cadre.objects.visible_to(user).numbered(code, {"code"}).first()
