"""One line of the table of routes and roles."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import DATA_ROLES, Role

HR = (Role.DISTRICT_HR,)
ADMIN = (Role.ADMIN,)
EVERYONE = tuple(Role)
ANYBODY = "anybody"  # also without signing in

__all__ = ["ADMIN", "ANYBODY", "DATA_ROLES", "EVERYONE", "HR", "Route"]


@dataclass(frozen=True)
class Route:
    """What a route answers to whom.

    Signed-out and disabled users are sent to sign in, a role not in `roles` gets 403, a method not
    in `ok` gets 405. `object` names a maker in the sweep's OBJECTS; "" is a route without one. An
    absent object is 404; a foreign one is 404 for clerks and heads where `scoped`. `ok` maps each
    method to the status of an allowed, empty request.
    """

    name: str
    roles: tuple[Role, ...] | str = DATA_ROLES
    object: str = ""
    scoped: bool = True
    ok: Mapping[str, int] = field(default_factory=lambda: {"GET": 200})
    ok_for: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # a role that differs
    foreign_code: bool = False  # a page of the sign-in library, which answers other methods itself
