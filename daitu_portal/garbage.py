"""When Python looks for objects that hold each other and nobody else."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_collecting() -> Iterator[None]:
    """While many rows are made that all stay: the collector would go through all of them again
    and again, a fifth of the time, and find nothing. What it would find waits until the end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
