"""What comes in and waits: workbooks, proposals, reviews."""

from intake.models.imports import ImportBatch, new_key, version_now
from intake.models.proposal import Proposal, ProposalItem
from intake.models.review import Review, ReviewLine, ReviewUnit

__all__ = [
    "ImportBatch",
    "Proposal",
    "ProposalItem",
    "Review",
    "ReviewLine",
    "ReviewUnit",
    "new_key",
    "version_now",
]
