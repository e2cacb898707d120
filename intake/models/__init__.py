"""What comes in and waits: workbooks, proposals, reviews."""

from intake.models.imports import (
    ColumnMemory,
    ImportBatch,
    ImportedChange,
    has_moved,
    new_key,
    version_before,
    version_now,
)
from intake.models.proposal import Proposal, ProposalItem
from intake.models.review import Review, ReviewLine, ReviewUnit
from intake.models.twins import NotSame

__all__ = [
    "ColumnMemory",
    "ImportBatch",
    "ImportedChange",
    "NotSame",
    "Proposal",
    "ProposalItem",
    "Review",
    "ReviewLine",
    "ReviewUnit",
    "has_moved",
    "new_key",
    "version_before",
    "version_now",
]
