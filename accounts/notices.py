"""What waits for an account or concerns it, told in the portal: no mail is sent, no daemon runs.

A notice names what to do and where, never a value of a record: it stands on a page that is left
open, and is kept after the person it was about has left one's scope.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Notice, User

Kind = Notice.Kind
_LONGEST = 255
_LONGEST_TOPIC = 80


def tell(users: Iterable[User], kind: str, text: str, url: str = "", topic: str = "") -> int:
    """Tell each of `users` once about `topic` (e.g. "proposal:12:returned:3"); return how many
    notices there are more. Accounts that are locked or do not want `kind` get none.

    Told again with the same topic, nothing happens, also where two requests tell it at once: put
    into the topic what makes it new, such as a version. Without a topic it is always told. Inside
    a transaction the notice is part of it. `url` is a page of the portal ("/duyet/12/").

    Raises ValueError where `url` leads elsewhere, or the topic is too long to be one.
    """
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"{url} is no page of the portal")
    if len(topic) > _LONGEST_TOPIC:
        raise ValueError(f"a topic of {len(topic)} characters")
    hearers = {user.pk: user for user in users if user.is_active and hears(user, kind)}
    if topic:
        told = Notice.objects.filter(user__in=hearers, topic=topic)
        for key in told.values_list("user", flat=True):
            del hearers[key]
    words = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    new = [Notice(user=user, kind=kind, text=words, url=url, topic=topic)
           for user in hearers.values()]  # fmt: skip
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def hears(user: User, kind: str) -> bool:
    """Whether `user` wants to be told of notices of `kind`."""
    return kind not in user.muted_notices


def accounts_of(roles: Iterable[str], communes: Iterable[int] | None = None) -> QuerySet[User]:
    """The accounts in use of `roles`; `communes` are keys, None: whatever the commune."""
    found = User.objects.filter(role__in=tuple(roles), is_active=True)
    return found if communes is None else found.filter(commune__in=communes)


def of(user: User) -> QuerySet[Notice]:
    """The notices of `user`, the latest first: nobody reads those of another."""
    return Notice.objects.filter(user=user).order_by("-pk")


def mark_read(notices: QuerySet[Notice]) -> int:
    """Mark those of `notices` that are not read yet; return how many."""
    return notices.filter(read_at=None).update(read_at=timezone.now())


def choose(user: User, kinds: Iterable[str]) -> None:
    """From now on tell `user` of `kinds` alone; what was told stays."""
    wanted = set(kinds)
    user.muted_notices = [kind for kind in Kind.values if kind not in wanted]
    user.save(update_fields=["muted_notices"])


def unread_of_account() -> Any:
    """How many notices an account has not read, as a column of the query that loads it: the bell
    in the head of every page costs no query of its own."""
    unread = Notice.objects.filter(user=OuterRef("pk"), read_at=None).order_by()
    number = unread.values("user").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0, output_field=IntegerField())
