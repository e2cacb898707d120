"""Short marks of values, by which a form says what its user has seen."""

import json
from hashlib import sha256
from typing import Any


def mark_of_value(value: Any) -> str:
    """The same for equal values, another for others; what JSON does not know counts by its text."""
    text = json.dumps(value, default=str, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]
