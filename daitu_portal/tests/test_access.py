"""Every route × every kind of account × own, foreign and absent object × every method."""

import os
import re
from importlib import import_module

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from accounts.models import COMMUNE_ROLES
from daitu_portal.tests.access.table import ANYBODY
from daitu_portal.tests.world import absent_keys, make_world

APPS = ("frame", "accounts", "cadres", "intake", "training", "reports")
ROUTES = [
    route for app in APPS for route in import_module(f"daitu_portal.tests.access.{app}").ROUTES
]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
IS_WHOLE = os.environ.get("WHOLE_MATRIX") == "1"  # as the gates run it
_WRITES = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?', re.IGNORECASE)
_LOGS = {"django_session", "accounts_auditevent", "usersessions_usersession", "portal_cache"}
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def names_of(patterns, space=""):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            inner = ":".join(part for part in (space, each.namespace) if part)
            yield from names_of(each.url_patterns, inner)
        else:
            yield f"{space}:{each.name}" if space else each.name


def test_the_table_names_every_route_and_no_other():
    routed = set(names_of(get_resolver().url_patterns))

    named = [route.name for route in ROUTES]
    assert routed - set(named) == set(), "add these routes to daitu_portal/tests/access/<app>.py"
    assert set(named) - routed == set(), "these routes are gone"
    assert len(named) == len(set(named))


def test_every_view_of_ours_says_who_may_open_it():
    def views(patterns):
        for each in patterns:
            if hasattr(each, "url_patterns"):
                yield from views(each.url_patterns)
            else:
                yield each.callback

    ours = [v for v in views(get_resolver().url_patterns) if not v.__module__.startswith("allauth")]
    open_to_all = {"healthz", "not_offered"}
    assert len(ours) > 30
    for view in ours:
        assert view.__name__ in open_to_all or getattr(view, "allowed_roles", ()), view


@pytest.fixture
def world(db):
    return make_world()


def address(route, keys):
    try:
        return reverse(route.name, kwargs=keys)
    except NoReverseMatch:
        return reverse(route.name, args=list(keys.values()))


def expected(route, user, method, *, is_foreign, is_absent):
    """The status that the table promises."""
    role = getattr(user, "role", None)
    allowed = dict(route.ok_for.get(role, route.ok))
    allowed.setdefault("HEAD", allowed.get("GET", 405))
    if user is None or not user.is_active:
        if route.roles != ANYBODY:
            return 302
        return None  # what a page of sign-in says to strangers is tested with sign-in
    if route.roles != ANYBODY and role not in route.roles:
        return 403
    if method not in allowed:
        return 405
    if is_absent or (is_foreign and route.scoped and role in COMMUNE_ROLES):
        return 404
    return allowed[method]


def written(queries):
    found = (_WRITES.match(each["sql"]) for each in queries)
    return {match[2].lower() for match in found if match} - _LOGS


def cells(route, own, foreign, accounts):
    """(who, account, place, keys, method) of every question to ask of a route.

    The gates ask everyone in every way. The suite leaves out what the same check answers already:
    who may not open a page is refused before its object is looked for, a method that no page knows
    is refused to the district's staff as to others, one clerk is answered as another. What a role
    or a method is answered does not hang on the database: PostgreSQL is asked by two of those who
    read and write.
    """
    for who, user in askers(accounts):
        mine, theirs = (foreign, own) if who == "clerk of another" else (own, foreign)
        places = {"own": mine.keys[route.object]}
        if route.object and (IS_WHOLE or may_open(route, user)):
            places["foreign"] = theirs.keys[route.object]
            places["absent"] = absent_keys(mine.keys[route.object])
        for place, keys in places.items():
            for method in methods_asked(who, place):
                if not route.foreign_code or method in route.ok:
                    yield who, user, place, keys, method


def askers(accounts):
    everyone = {"anonymous": None, **accounts}
    if not IS_WHOLE:
        del everyone["clerk of another"]
        if connection.vendor != "sqlite":
            everyone = {who: everyone[who] for who in ("clerk", "district")}
    return everyone.items()


def may_open(route, user):
    return user is not None and (route.roles == ANYBODY or user.role in route.roles)


def methods_asked(who, place):
    if IS_WHOLE:
        return METHODS if place == "own" else ("GET", "POST")
    if who == "district" and place == "own" and connection.vendor == "sqlite":
        return METHODS
    return ("GET", "POST")


def signed_in(user):
    client = Client()
    if user is not None:
        client.force_login(user, "accounts.backends.WithCommune")
    return client


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_each_answer_is_the_one_that_the_table_promises(route, world):
    clients = {}
    for who, user, place, keys, method in cells(route, *world):
        told = (route.name, who, place, method)
        client = clients.get(who) or signed_in(user)
        if not route.foreign_code:  # a page of signing in or out may end the session
            clients[who] = client

        with CaptureQueriesContext(connection) as queries:
            response = client.generic(method, address(route, keys))

        if response.streaming:  # a file is open until it is sent
            list(response)
        assert response.status_code < 500, told
        want = expected(
            route, user, method, is_foreign=place == "foreign", is_absent=place == "absent"
        )
        if want is not None:
            assert response.status_code == want, told
        if response.status_code in (403, 404, 405):
            assert not written(queries), told


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.object and r.scoped and "GET" in r.ok], ids=lambda r: r.name
)
def test_a_foreign_object_is_answered_as_one_that_does_not_exist(route, world):
    own, foreign, accounts = world
    client = Client()
    client.force_login(accounts["clerk"], "accounts.backends.WithCommune")

    with time_machine.travel(timezone.now(), tick=False):  # the foot says when it was printed
        theirs = client.get(address(route, foreign.keys[route.object]))
        nobody = client.get(address(route, absent_keys(own.keys[route.object])))

    assert theirs.status_code == nobody.status_code
    assert _TOKEN.sub(b"", theirs.content) == _TOKEN.sub(b"", nobody.content)
