"""What a case is: a file's name, how its content is made, what is expected of the portal."""

from collections.abc import Callable
from dataclasses import dataclass

REFUSED, PROBLEMS, ACCEPTED = "refused", "problems", "accepted"
# Not taken in silence: refused, or read with a problem that says what is wrong.
TOLD = (REFUSED, PROBLEMS)
# Harmless either way, as long as nothing breaks.
ANY = (REFUSED, PROBLEMS, ACCEPTED)

USUAL_SECONDS, BOMB_SECONDS = 10.0, 15.0


@dataclass(frozen=True)
class Case:
    """`expected`: which answers are right; `word`: what the message of a refusal or of a problem
    must hold, in any case of letters ("" for none; several parted by |); `seconds`: how long it
    may take at most."""

    name: str
    file: str
    make: Callable[[], bytes]
    expected: tuple[str, ...]
    word: str = ""
    seconds: float = USUAL_SECONDS


def refused(name: str, file: str, make: Callable[[], bytes], word: str = "") -> Case:
    return Case(name, file, make, (REFUSED,), word)


def bomb(name: str, file: str, make: Callable[[], bytes], word: str = "") -> Case:
    return Case(name, file, make, (REFUSED,), word, BOMB_SECONDS)


def told(name: str, file: str, make: Callable[[], bytes], word: str = "") -> Case:
    return Case(name, file, make, TOLD, word)


def read(name: str, file: str, make: Callable[[], bytes]) -> Case:
    return Case(name, file, make, (ACCEPTED,))


def either(name: str, file: str, make: Callable[[], bytes], seconds: float = 10.0) -> Case:
    return Case(name, file, make, ANY, seconds=seconds)
