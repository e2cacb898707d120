"""Addresses of many objects of a kind, and the keys that addresses and forms bring."""

from functools import lru_cache

from django.urls import reverse


def address(route: str, key: int) -> str:
    """The address of the object `key`; quicker than `reverse` for each line of a list."""
    return _pattern(route).replace("/0/", f"/{key}/")


@lru_cache(maxsize=64)
def _pattern(route: str) -> str:
    return reverse(route, args=[0])


def is_key(text: str) -> bool:
    """Whether a text of an address or a form can be the key of a row; longer numbers are none."""
    return text.isascii() and text.isdigit() and len(text) <= 9
