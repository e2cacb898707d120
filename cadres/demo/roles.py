"""The seats of a commune in the demo: which posts a person holds together, and who sits in the
Party committee."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A place in the staff of a commune that one person fills."""

    name: str
    group: str  # leader, head, civil, deputy, police, village
    posts: tuple[str, ...]
    field: str
    seat: str = ""  # role in the Party committee
    women: float = 0.3
    oldest_entry: int = 44  # years, when first entering
    youngest_entry: int = 30


LEADERS = (
    Role("secretary", "leader", ("CB01", "CB03"), "party_building", "bi_thu", 0.15),
    Role("standing_deputy", "leader", ("CB02",), "administration", "pho_bi_thu", 0.25),
    Role("chair", "leader", ("CB05", "CB02"), "law", "pho_bi_thu", 0.15),
    Role("council_deputy", "leader", ("CB04",), "administration", "uv_btv", 0.3),
    Role("committee_deputy", "leader", ("CB06",), "economics", "uv_btv", 0.2),
)
HEADS = (
    Role("front", "head", ("CB07",), "administration", "uv_btv", 0.25, 52, 35),
    Role("youth", "head", ("CB08",), "culture_society", "uv_bch", 0.4, 29, 23),
    Role("women", "head", ("CB09",), "culture_society", "uv_bch", 1.0, 47, 28),
    Role("farmers", "head", ("CB10",), "land_agriculture", "uv_bch", 0.2, 47, 32),
    Role("veterans", "head", ("CB11",), "administration", "uv_bch", 0.0, 57, 45),
)
DEPUTIES = (
    Role("front_deputy", "deputy", ("NK01",), "administration", "", 0.3, 50, 28),
    Role("youth_deputy", "deputy", ("NK02",), "culture_society", "", 0.45, 30, 23),
    Role("women_deputy", "deputy", ("NK03",), "culture_society", "", 1.0, 48, 25),
    Role("farmers_deputy", "deputy", ("NK04",), "land_agriculture", "", 0.25, 48, 28),
    Role("veterans_deputy", "deputy", ("NK05",), "administration", "", 0.0, 56, 40),
)
COMMANDER = Role("commander", "civil", ("CC02",), "military_base", "uv_bch", 0.0, 40, 24)
OFFICE_HEAD = Role("office", "civil", ("CC03",), "administration", "uv_bch", 0.45, 40, 23)
JUSTICE = Role("justice", "civil", ("CC06",), "law", "", 0.5, 40, 23)
OTHER_OFFICERS = (
    Role("office_2", "civil", ("CC03",), "administration", "", 0.6, 40, 23),
    Role("land", "civil", ("CC04B",), "land_agriculture", "", 0.25, 40, 23),
    Role("building", "civil", ("CC04B",), "construction_environment", "", 0.25, 40, 23),
    Role("accounts", "civil", ("CC05",), "finance_accounting", "", 0.75, 40, 23),
    Role("culture", "civil", ("CC07",), "culture_society", "", 0.55, 40, 23),
)
SECOND_CULTURE = Role("culture_2", "civil", ("CC07",), "culture_society", "", 0.55, 40, 23)
POLICE = Role("police", "police", ("CAX01",), "law", "uv_bch", 0.0, 40, 26)
OLD_POLICE = Role("police_chief", "civil", ("CC01",), "law", "uv_bch", 0.0, 40, 28)
VILLAGE = Role("village", "village", ("TH01",), "administration", "uv_bch", 0.3, 50, 30)


def officers(number: int) -> tuple[Role, ...]:
    """The civil servants of a commune that has `number` of them, eight or nine."""
    second = (SECOND_CULTURE,) if number == 9 else ()
    return (COMMANDER, OFFICE_HEAD, *OTHER_OFFICERS[:4], JUSTICE, OTHER_OFFICERS[4], *second)
