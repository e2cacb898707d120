"""The result template of training over all participations against one aggregate written by hand, in
one run: at most twice as long, and every cell equal; else the command fails and says so.

    DATA_DIR=… python -m tests.bench.training_report      over whatever is seeded there
"""

import statistics
import sys
import time
from collections import Counter
from datetime import date

import django

django.setup()

from django.db import connection  # noqa: E402

from training import result_report  # noqa: E402
from training.models import Enrolment  # noqa: E402
from training.result_report import Period  # noqa: E402

PERIOD = Period(date(2021, 1, 1), date(2023, 12, 31))
RUNS, MOST_TIMES = 3, 2
BY_HAND = """
SELECT CASE WHEN person IS NULL THEN 'ngoai'
            WHEN category = 'cadre' THEN '5a' WHEN category = 'civil_servant' THEN '5b'
            WHEN category = 'part_time' THEN '6' WHEN category IN ('village', 'police') THEN 'ngoai'
            WHEN EXISTS (SELECT 1 FROM cadres_affiliation a WHERE a.cadre_id = person
                         AND a.body = 'council_commune') THEN '4'
            ELSE 'chua-ro' END AS told,
       letter, minority, sex, COUNT(*)
FROM (
    SELECT COALESCE(e.cadre_id, l.cadre_id) AS person,
           COALESCE(g.report_column, CASE c.content_group
               WHEN 'political' THEN 'G' WHEN 'defence' THEN 'V' WHEN 'state_management' THEN 'R'
               WHEN 'speciality' THEN 'R' ELSE 'U' END) AS letter,
           CASE WHEN COALESCE(p.ethnicity, l.ethnicity) = '' THEN NULL
                WHEN COALESCE(p.ethnicity, l.ethnicity) = 'Kinh' THEN 0 ELSE 1 END AS minority,
           COALESCE(p.sex, l.sex) AS sex,
           (SELECT o.category FROM cadres_holding h JOIN cadres_post o ON o.id = h.post_id
            WHERE h.cadre_id = COALESCE(e.cadre_id, l.cadre_id) AND h.valid_from <= c.begins_on
              AND (h.valid_to IS NULL OR h.valid_to > c.begins_on)
            ORDER BY h.is_main DESC, o."order", h.valid_from, h.id LIMIT 1) AS category
    FROM training_enrolment e
    JOIN training_trainingclass c ON c.id = e.training_class_id
    LEFT JOIN training_programme g ON g.id = c.programme_id
    LEFT JOIN cadres_cadre p ON p.id = e.cadre_id
    LEFT JOIN training_outsidelearner l ON l.id = e.outside_learner_id
    WHERE c.begins_on BETWEEN %s AND %s AND c.state <> 'draft'
      AND e.result NOT IN ('absent', 'transferred', 'withdrawn')
) AS learnt
GROUP BY told, letter, minority, sex"""


def by_hand() -> Counter[tuple[str, str]]:
    """By row and column, the participations."""
    found: Counter[tuple[str, str]] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [PERIOD.first, PERIOD.last])
        for row, letter, minority, sex, number in cursor.fetchall():
            for each in (letter, "Y", *["Z"] * bool(minority), *["AA"] * (sex == "F")):
                found[row, each] += number
    return found


def ours() -> Counter[tuple[str, str]]:
    """The same by the report, asked anew; studies come on top and are taken off again."""
    counts, _ = result_report._counted(PERIOD)
    found = Counter(counts)
    studies = result_report.studies_of(PERIOD).values_list(
        "row", "column", "minority", "cadre__sex"
    )
    for row, letter, minority, sex in studies:
        for each in (letter, "Y", *["Z"] * bool(minority), *["AA"] * (sex == "F")):
            found[row, each] -= 1
    return +found


def timed(do) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def past_limit(mine: float, hands: float) -> list[str]:
    """What is past its limit, by the seconds of both."""
    if mine <= MOST_TIMES * hands:
        return []
    return [f"training report: {mine / hands:.2f} x what is written by hand, at most {MOST_TIMES}"]


def main() -> list[str]:
    """Print what both take; what is past its limit."""
    if ours() != +by_hand():
        raise SystemExit("training report: its cells are not those counted by hand")
    pairs = [(timed(lambda: result_report._counted(PERIOD)), timed(by_hand)) for _ in range(RUNS)]
    mine, hands = (statistics.median(each) for each in zip(*pairs, strict=True))
    told = f"{mine:.3f} s; by hand {hands:.3f} s; ratio {mine / hands:.2f} (at most {MOST_TIMES})"
    print(f"training report over {Enrolment.objects.count()} participations {told}", flush=True)
    return past_limit(mine, hands)


if __name__ == "__main__":
    sys.exit("\n".join(main()) or 0)
