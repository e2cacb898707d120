"""Decisions that training cites: to open a class, to send, about a result. Kept once each."""

from datetime import date

from accounts.models import User
from cadres.models import Basis


def decision_of(*, number: str, signed_on: date, issuer: str, by: User) -> Basis:
    """The decision of that number, day and issuer that the district entered before, else a new
    one; one that was revoked is no ground. Call it inside a transaction."""
    told = {"kind": Basis.Kind.DECISION, "number": number, "signed_on": signed_on, "issuer": issuer}
    mine = Basis.objects.filter(**told, commune=by.commune_id, revoked_by=None)
    return mine.order_by("pk").first() or Basis.objects.create(
        **told, created_by=by, commune_id=by.commune_id
    )
