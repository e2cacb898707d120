"""The audit log: appended to, never changed; keys of people, never their data.

Events are written unchained, each in its own short statement, so that no writer waits for
another; `seal()` chains them afterwards.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest

from accounts import audit_aside
from accounts.models import AuditEvent, AuditSeal, AuditSubject, User
from daitu_portal import long_write

Action = AuditEvent.Action
_START = "0" * 64
_KEYS_KEPT = 2000  # a list of more people keeps their number, and the first keys


def record(
    request: HttpRequest,
    action: str,
    *,
    subjects: Iterable[Any] = (),
    subject_type: str = "",
    count: int | None = None,
    purpose: str = "",
    detail: dict[str, Any] | None = None,
    actor: User | None = None,
    people: Iterable[int] = (),
    of_all: bool = False,
) -> AuditEvent:
    """Append one event: who, when, from where, what, whose (by key), and what for.

    `subjects` are keys or model instances; `count` where it is more than the keys given; `people`
    are keys of those whose data was in something else, `of_all` says that everyone's was. Inside a
    transaction the event is part of it: what is undone was not done.
    """
    keys = [getattr(subject, "pk", subject) for subject in subjects]
    user = actor or getattr(request, "user", None)
    if user is not None and not user.is_authenticated:
        user = None
    event = AuditEvent(
        actor=user,
        actor_name=user.username if user else "",
        ip=request.META.get("REMOTE_ADDR") or None,
        action=action,
        subject_type=subject_type,
        subject_ids=keys[:_KEYS_KEPT],
        subject_count=len(keys) if count is None else count,
        subject_key=keys[0] if len(keys) == 1 and isinstance(keys[0], int) else None,
        is_of_all=of_all,
        purpose=purpose[:255],
        path=request.path[:255],
        detail=detail or {},
    )
    many = keys if subject_type == "cadre" and len(keys) > 1 else list(people)
    many = [] if action == Action.LIST else many  # a list of names opens nobody's record
    if not connection.in_atomic_block and long_write.is_by_another():
        audit_aside.put(event, many)
        return event
    if not connection.in_atomic_block:
        take_in()
    event.save(force_insert=True)
    _name(event, many)
    return event


def _name(event: AuditEvent, people: Iterable[int]) -> None:
    # A list: of none nothing is done, while of an empty generator Django opens a transaction.
    rows = [AuditSubject(event=event, cadre_key=key) for key in people]
    AuditSubject.objects.bulk_create(rows, batch_size=1000)


def take_in() -> int:
    """Write the events that were put aside during a long write, in their order; return how many.

    Each once, whenever a process ends and however many do this at once: what stands already is
    known by its moment, page and account.
    """
    if not audit_aside.is_any():
        return 0
    with transaction.atomic():  # on SQLite one at a time from here on
        found = audit_aside.waiting()
        standing = set(
            AuditEvent.objects.filter(at__in=[each.event.at for each in found])
            .values_list("at", "path", "actor_name")
        )  # fmt: skip
        new = [each for each in found if each.key not in standing]
        for each in new:
            each.event.save(force_insert=True)
            _name(each.event, each.people)
    for each in found:
        each.forget()
    return len(new)


def _content(event: AuditEvent) -> str:
    return json.dumps(
        [
            event.pk,
            event.at.isoformat(),
            event.actor_id,
            event.actor_name,
            event.ip,
            event.action,
            event.subject_type,
            event.subject_ids,
            event.subject_count,
            event.purpose,
            event.path,
            event.detail,
        ],
        ensure_ascii=False,
        sort_keys=True,
    )


def digest(before: str, event: AuditEvent) -> str:
    """SHA-256 in hexadecimal of the seal before it and the event's whole content."""
    return hashlib.sha256(f"{before}\n{_content(event)}".encode()).hexdigest()


def seal(limit: int = 10_000) -> int:
    """Chain the events that have no seal yet, oldest first; return how many.

    Safe to run twice at once: the second finds the key taken and rolls back.
    """
    with transaction.atomic():
        last = AuditSeal.objects.order_by("-pk").first()
        before, after_key = (last.digest, last.pk) if last else (_START, 0)
        seals = []
        for event in AuditEvent.objects.filter(pk__gt=after_key).order_by("pk")[:limit]:
            before = digest(before, event)
            seals.append(AuditSeal(event_id=event.pk, digest=before))
        AuditSeal.objects.bulk_create(seals)
    return len(seals)


def first_wrong() -> str:
    """What is wrong with the first event or seal that does not fit the chain; "" when all fit."""
    before, expected = _START, list(AuditSeal.objects.order_by("pk"))
    events = AuditEvent.objects.in_bulk([one.pk for one in expected])
    for one in expected:
        event = events.get(one.pk)
        if event is None:
            return f"Lượt ghi số {one.pk} đã bị xoá."
        before = digest(before, event)
        if before != one.digest:
            return f"Lượt ghi số {one.pk} không khớp niêm phong: đã bị sửa, hoặc mất lượt trước nó."
    last = expected[-1].pk if expected else 0
    unsealed_before = AuditEvent.objects.filter(pk__lte=last, seal=None).order_by("pk").first()
    return f"Lượt ghi số {unsealed_before.pk} bị chèn vào sau." if unsealed_before else ""
