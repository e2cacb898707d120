"""The matrix of all figures against the sum of the aggregates written by hand, in one run: at most
twice as long, and the same numbers; else the command fails and says so."""

import statistics
import sys
import time
from datetime import date

import django

django.setup()

from cadres.rulebook import Rulebook  # noqa: E402
from reports.queries import Figures  # noqa: E402
from tests.bench import matrix_sql  # noqa: E402

DAY = date.fromisoformat(matrix_sql.DAY)
RUNS, MOST_TIMES = 3, 2


def timed(do) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _matrix():
    """Asked anew: a book of its own remembers nothing."""
    return Figures(None, Rulebook()).matrix(DAY)


def past_limit(ours: float, hands: float) -> list[str]:
    """What is past its limit, by the seconds of both."""
    if ours <= MOST_TIMES * hands:
        return []
    return [f"matrix: {ours / hands:.2f} x what is written by hand, at most {MOST_TIMES}"]


def main() -> list[str]:
    """Print what both take; what is past its limit."""
    found = _matrix()
    codes = [each.code for each in found.indicators]
    by_hand = {code: matrix_sql.run(code) for code in codes}
    for code in codes:
        if code not in found.unruled:
            ratio = found.ratio(code)
            told = (ratio.numerator, ratio.denominator, ratio.unknown)
            if told != by_hand[code][None]:
                raise SystemExit(f"{code}: {told} is not {by_hand[code][None]}")
    ours = statistics.median(timed(_matrix) for _ in range(RUNS))
    hands = statistics.median(
        timed(lambda: [matrix_sql.run(code) for code in codes]) for _ in range(RUNS)
    )
    print(f"matrix {ours:.3f} s; by hand {hands:.3f} s; ratio {ours / hands:.2f} (at most"
          f" {MOST_TIMES})", flush=True)  # fmt: skip
    return past_limit(ours, hands)


if __name__ == "__main__":
    sys.exit("\n".join(main()) or 0)
