"""What waits and is about a person follows into another record; what was decided stays told of the
record that it was about."""

from django.db.models import Q

from cadres.merged_tables import same_in
from cadres.person_tables import Moved, register
from intake.models import Proposal, ProposalItem, ReviewLine, ReviewUnit

_OF_THE_PERSON = ("cadres.cadre", "cadres.profile")  # one row a person: it is set aside with it
_WAITING = Q(proposal__state__in=[*Proposal.OPEN, "to_confirm", "pending"]) & ~Q(state="approved")

register(
    # Two items may propose the same: the district says which; none is taken out of a proposal.
    Moved(ProposalItem, where=_WAITING & ~Q(table__in=_OF_THE_PERSON), doubled=dict),
    # A list that a head confirmed never changes; of two lines of a list one is enough.
    Moved(
        ReviewLine,
        same_in("một danh sách", "unit_id"),
        where=~Q(unit__state=ReviewUnit.State.CONFIRMED),
        stays=True,
    ),
)
