"""Short marks of values, by which a form says what its user has seen, and a row what form it
came from."""

import json
from hashlib import sha256
from typing import Any


def mark_of_value(value: Any) -> str:
    """The same for equal values, another for others; what JSON does not know counts by its text."""
    text = json.dumps(value, default=str, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


_OF_FORM = 20  # characters of a form's token that stay in the mark of what was sent with it


def mark_of_sending(token: str, values: Any) -> str:
    """By which a row says what form it came from, and with what: the same only where a form is
    sent twice with the same values. Sent again with others (the Back button, a second window) it is
    another row. At most 37 characters; "" without a token."""
    return f"{marks_begin(token)}{mark_of_value(values)}" if token else ""


def marks_begin(token: str) -> str:
    """How the mark of everything begins that came from the form of `token`."""
    return f"{token[:_OF_FORM]}-"
