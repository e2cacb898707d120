"""The matrix of all figures against the sum of the aggregates written by hand, in one run."""

import statistics
import time
from datetime import date

import django

django.setup()

from cadres.rulebook import Rulebook  # noqa: E402
from reports.queries import Figures  # noqa: E402
from tests.bench import matrix_sql  # noqa: E402

DAY = date.fromisoformat(matrix_sql.DAY)
RUNS = 3


def timed(do) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _matrix():
    """Asked anew: a book of its own remembers nothing."""
    return Figures(None, Rulebook()).matrix(DAY)


def main() -> None:
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
    print(f"matrix {ours:.3f} s; by hand {hands:.3f} s; ratio {ours / hands:.2f} (at most 2)")


main()
