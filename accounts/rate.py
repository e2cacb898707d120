"""How often something may be done: counted in the cache, which all processes share."""

import time

from django.core.cache import cache


def allowed_now(what: str, most_a_minute: int) -> bool:
    """Count one more of `what` and say whether it is still within its number a minute."""
    key = f"rate:{what}:{int(time.time() // 60)}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) <= most_a_minute
