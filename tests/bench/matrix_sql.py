"""The fifteen figures of 08/06/2023 as one would write them by hand: one aggregate an indicator.

Each gives rows of commune key (NULL: in all), numerator, denominator, unknown; together they are
what the portal's matrix is measured against, and what checks it once more. Words of the law stand
here as plain conditions; in the portal they are data.

A requirement is a number for each row `h` (a post held or a seat): FAILS, LACKS a record, WAITS
(a transition still runs), MEETS; several at once are the least of them.
"""

from collections.abc import Mapping

from django.db import connections

DAY = "2023-06-08"
FAILS, LACKS, WAITS, MEETS = 0, 1, 2, 3

LEADERS = ("CB01", "CB02", "CB03", "CB04", "CB05", "CB06")
HEADS = ("CB07", "CB08", "CB09", "CB10", "CB11")
DEPUTIES = ("NK01", "NK02", "NK03", "NK04", "NK05")
CIVIL_SERVANTS = ("CC01", "CC02", "CC03", "CC04A", "CC04B", "CC05", "CC06", "CC07")


def listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def records(case: str, strand: str, more: str = "") -> str:
    return (
        f"COALESCE((SELECT MAX(CASE {case} ELSE {MEETS} END) FROM cadres_qualification q {more}"
        f" WHERE q.cadre_id = h.cadre_id AND q.strand = '{strand}'"
        f" AND (q.awarded_on IS NULL OR q.awarded_on <= '{DAY}')), {LACKS})"
    )


def level(strand: str, rank: int) -> str:
    return records(f"WHEN q.rank < {rank} THEN {FAILS}", strand)


def level_in(rank: int, field: str) -> str:
    case = (
        f"WHEN q.rank < {rank} OR f.code <> '{field}' THEN {FAILS} WHEN f.id IS NULL THEN {LACKS}"
    )
    return records(case, "professional", "LEFT JOIN cadres_studyfield f ON f.id = q.field_id")


def politics(rank: int) -> str:
    case = (
        f"WHEN q.rank < {rank} OR (q.evidence = 'confirmation' AND q.awarded_on >= '2021-07-09')"
        f" THEN {FAILS} WHEN q.evidence = 'confirmation' AND q.awarded_on IS NULL THEN {LACKS}"
    )
    return records(case, "political")


def training(content: str) -> str:
    return (
        "CASE WHEN EXISTS (SELECT 1 FROM cadres_shorttraining t WHERE t.cadre_id = h.cadre_id"
        f" AND t.content = '{content}' AND (t.completed_on IS NULL OR t.completed_on <= '{DAY}'))"
        f" THEN {MEETS} ELSE {LACKS} END"
    )


OLDEST = (
    "(CASE LENGTH(c.{0}) WHEN 4 THEN c.{0} || '-01-01' WHEN 7 THEN c.{0} || '-01' ELSE c.{0} END)"
)
YOUNGEST = (
    "(CASE LENGTH(c.{0}) WHEN 4 THEN c.{0} || '-12-31' WHEN 7 THEN c.{0} || '-31' ELSE c.{0} END)"
)
GROWN_UP = (
    f"CASE WHEN {YOUNGEST.format('born_on')} <= '2005-06-08' THEN {MEETS}"
    f" WHEN {OLDEST.format('born_on')} > '2005-06-08' THEN {FAILS} ELSE {LACKS} END"
)
RECRUITED_EARLY = f"{YOUNGEST.format('recruited_on')} < '2019-12-25'"


def number(text: str) -> str:
    return f"CAST(REPLACE(SUBSTR({text}, 1, 10), '-', '') AS integer)"


def entered_by(men: int, women: int, *codes: str) -> str:
    entry = number(
        "CAST((SELECT MIN(e.valid_from) FROM cadres_holding e JOIN cadres_post ep"
        f" ON ep.id = e.post_id AND ep.code IN ({listed(codes)})"
        f" WHERE e.cadre_id = h.cadre_id AND e.valid_from <= '{DAY}') AS varchar(10))"
    )
    most = f"(CASE c.sex WHEN 'M' THEN {men + 1} ELSE {women + 1} END) * 10000"
    return (
        f"CASE WHEN c.born_on IS NULL THEN {LACKS}"
        f" WHEN {entry} < {number(OLDEST.format('born_on'))} + {most} THEN {MEETS}"
        f" WHEN {entry} >= {number(YOUNGEST.format('born_on'))} + {most} THEN {FAILS}"
        f" ELSE {LACKS} END"
    )


def standard(least: str) -> str:
    """The rules in force that day, group by group."""

    def every(*parts: str) -> str:
        return f"{least}({', '.join(parts)})"

    degree = (
        f"CASE {level('professional', 4)} WHEN {MEETS} THEN {MEETS} WHEN {LACKS} THEN {LACKS}"
        f" ELSE CASE WHEN {RECRUITED_EARLY} THEN {WAITS} ELSE {FAILS} END END"
    )
    special = (
        f"CASE WHEN p.code = 'CC02' THEN {level_in(2, 'military_base')} WHEN p.code = 'CC06'"
        f" THEN {every(level_in(2, 'law'), training('civil_status'))} ELSE {degree} END"
    )
    head_age = (
        f"CASE p.code WHEN 'CB07' THEN {entered_by(60, 55, 'CB07')}"
        f" WHEN 'CB08' THEN {entered_by(30, 30, 'CB08')}"
        f" WHEN 'CB11' THEN {entered_by(65, 65, 'CB11')}"
        f" ELSE {entered_by(55, 50, 'CB09', 'CB10')} END"
    )
    general, politically = level("general", 3), politics(2)
    managing = every(training("state_management"), training("economic_management"))
    party = every(
        entered_by(45, 45, "CB01", "CB02"), general, politically, level("professional", 2),
        training("party_building"), managing,
    )  # fmt: skip
    head = every(head_age, level("general", 2), politics(1), level("professional", 1))
    return (
        f"CASE WHEN p.code IN ('CB01', 'CB02') THEN {party}"
        f" WHEN p.code IN ('CB03', 'CB04') THEN {every(general, politically)}"
        f" WHEN p.code IN ('CB05', 'CB06') THEN"
        f" {every(general, politically, level('professional', 2), managing)}"
        f" WHEN p.code IN ({listed(HEADS)}) THEN {head}"
        f" WHEN p.code IN ({listed(CIVIL_SERVANTS)}) THEN {every(GROWN_UP, general, special)} END"
    )


POST_ROWS = (
    "cadres_holding h JOIN cadres_post p ON p.id = h.post_id"
    " JOIN cadres_cadre c ON c.id = h.cadre_id"
)
SEAT_ROWS = "cadres_committeemembership h"
ON_DAY = f"h.valid_from <= '{DAY}' AND (h.valid_to IS NULL OR h.valid_to > '{DAY}')"
COUNTED = (
    f"SUM(CASE WHEN s = {MEETS} THEN 1 ELSE 0 END), COUNT(*),"
    f" SUM(CASE WHEN s = {LACKS} THEN 1 ELSE 0 END)"
)


def by_post(codes: tuple[str, ...], state: str) -> str:
    rows = (
        f"SELECT h.commune_id, {state} AS s FROM {POST_ROWS}"
        f" WHERE {ON_DAY} AND p.code IN ({listed(codes)})"
    )
    return both(f"WITH r AS MATERIALIZED ({rows})", "r", "r")


def by_person(rows: str) -> str:
    """`rows` of commune_id, cadre_id, s; the worst of someone's rows is theirs."""
    text = f"WITH r AS MATERIALIZED ({rows})"
    here = "(SELECT commune_id, cadre_id, MIN(s) AS s FROM r GROUP BY commune_id, cadre_id) a"
    whole = "(SELECT cadre_id, MIN(s) AS s FROM r GROUP BY cadre_id) b"
    return both(text, here, whole)


def both(text: str, here: str, whole: str, counted: str = COUNTED) -> str:
    return (
        f"{text} SELECT commune_id, {counted} FROM {here} GROUP BY commune_id"
        f" UNION ALL SELECT NULL, {counted} FROM {whole}"
    )


def persons_with_posts(codes: tuple[str, ...], state: str) -> str:
    return by_person(
        f"SELECT h.commune_id, h.cadre_id, {state} AS s FROM {POST_ROWS}"
        f" WHERE {ON_DAY} AND p.code IN ({listed(codes)})"
    )


def persons_at_standard(codes: tuple[str, ...], state: str) -> str:
    """Someone meets the standard who meets that of every post held."""
    counted = f"SELECT h.commune_id, h.cadre_id FROM {POST_ROWS} WHERE {ON_DAY}"
    whole = (
        f"SELECT h.cadre_id, MIN({state}) AS s FROM {POST_ROWS} WHERE {ON_DAY} AND h.cadre_id IN"
        f" (SELECT h.cadre_id FROM {POST_ROWS} WHERE {ON_DAY} AND p.code IN ({listed(codes)}))"
        " GROUP BY h.cadre_id"
    )
    return by_person(
        f"SELECT m.commune_id, m.cadre_id, w.s FROM ({counted} AND p.code IN ({listed(codes)})) m"
        f" JOIN ({whole}) w ON w.cadre_id = m.cadre_id"
    )


def rated() -> str:
    text = (
        "WITH r AS MATERIALIZED (SELECT DISTINCT h.commune_id, h.cadre_id, y.level"
        f" FROM {POST_ROWS} LEFT JOIN cadres_rating y ON y.cadre_id = h.cadre_id AND y.year = 2022"
        f" WHERE {ON_DAY} AND p.code IN ({listed(LEADERS + HEADS + CIVIL_SERVANTS)}))"
    )
    counted = (
        "SUM(CASE WHEN level >= 3 THEN 1 ELSE 0 END), COUNT(level),"
        " SUM(CASE WHEN level IS NULL THEN 1 ELSE 0 END)"
    )
    return both(text, "r", "(SELECT DISTINCT cadre_id, level FROM r) b", counted)


def aggregates(vendor: str) -> Mapping[str, str]:
    """The statement of each indicator, for "sqlite" or "postgresql"."""
    least = "MIN" if vendor == "sqlite" else "LEAST"
    degree, politically = level("professional", 4), politics(2)
    intermediate = level("professional", 2)
    trained = ", ".join(map(training, ("party_building", "state_management", "law")))
    seats = f"SELECT h.commune_id, h.cadre_id, {{}} AS s FROM {SEAT_ROWS} WHERE {ON_DAY}"
    law = standard(least)
    return {
        "key_leaders_degree": persons_with_posts(LEADERS, degree),
        "committee_intermediate": by_person(
            seats.format(f"{least}({intermediate}, {politically})")
        ),
        "committee_trained": by_person(seats.format(f"{least}({trained})")),
        "org_heads_political": by_post(HEADS, politically),
        "org_deputies_political": by_post(DEPUTIES, politically),
        "org_heads_degree": by_post(HEADS, degree),
        "org_deputies_professional": by_post(DEPUTIES, intermediate),
        "civil_servants_degree": by_post(CIVIL_SERVANTS, degree),
        "civil_servants_political": by_post(CIVIL_SERVANTS, politically),
        "rated_good": rated(),
        "standardised_key_leaders": persons_at_standard(LEADERS, law),
        "standardised_org_heads": by_post(HEADS, law),
        "standardised_org_deputies": by_post(DEPUTIES, str(FAILS)),
        "standardised_civil_servants": by_post(CIVIL_SERVANTS, law),
        "standardised_all": persons_at_standard(LEADERS + HEADS + CIVIL_SERVANTS, law),
    }


def run(code: str, using: str = "default") -> dict[int | None, tuple[int, int, int]]:
    """The rows of the aggregate of an indicator: by commune key, None in all."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(aggregates(connection.vendor)[code])
        return {key: (int(x or 0), int(n or 0), int(u or 0)) for key, x, n, u in cursor.fetchall()}
