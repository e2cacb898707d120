"""Needs of the demo: registered ones of 2023, and some of 2024 that wait for their head."""

from datetime import UTC, date, datetime

from accounts.models import User
from cadres.models import Commune
from cadres.rulebook import Rulebook
from training.gaps import Offer, Row, roster_of
from training.models import Need

DAY = date(2023, 6, 8)
_STATED = datetime(2023, 5, 15, 2, 0, tzinfo=UTC)
_CONFIRMED = datetime(2023, 5, 22, 2, 0, tzinfo=UTC)
# (account that stated, of which unit, year, how many, whether confirmed)
_WAVES = (
    ("xa.hungson", "05761", 2024, 2, False),
    ("xa.quanchu", "05851", 2024, 2, False),
    ("nhansu", "05773", 2023, 2, True),
    ("nhansu", "05788", 2023, 2, True),
)


def seed() -> None:
    """A few needs in four communes. People, catalogue and accounts must be there already."""
    staff = User.objects.get(username="nhansu")
    roster, _ = roster_of(staff, DAY, Rulebook())
    rows = [row for row in roster.rows(Offer.read()) if row.is_proposed and row.programme]
    codes = _codes()
    users = {user.username: user for user in User.objects.all()}
    for username, code, year, number, is_confirmed in _WAVES:
        mine = [row for row in rows if codes.get(row.person.unit) == code][:number]
        made = [_need(row, users[username], year) for row in mine]
        for need in made:
            if is_confirmed:
                need.state, need.confirmed_by = Need.State.CONFIRMED, staff
                need.confirmed_at = _CONFIRMED
        Need.objects.bulk_create(made)


def _codes() -> dict[int, str]:
    return dict(Commune.objects.on(DAY).values_list("pk", "code"))


def _need(row: Row, by: User, year: int) -> Need:
    gap = row.gap
    return Need(
        cadre_id=row.person.key, commune_id=row.person.unit, strand=gap.strand, rank=gap.rank,
        content=gap.content, due_on=gap.due, answer=Need.Answer.SEND, programme_id=row.programme,
        year=year, stated_by=by, stated_at=_STATED,
    )  # fmt: skip
