"""Browsers of new accounts."""

from django.test import Client

from accounts.tests.factories import make_user


def signed_in(role, unit=None):
    """A client signed in as a new account of `role`, which it has as `user`."""
    client = Client()
    client.user = make_user(role, commune=unit)
    client.force_login(client.user, "accounts.backends.WithCommune")
    return client
