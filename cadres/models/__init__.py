"""The record: one module per noun."""

from cadres.models.cadre import Cadre
from cadres.models.commune import Commune, CommuneArea, CommuneSuccession
from cadres.models.holding import CommitteeMembership, Holding
from cadres.models.post import Post, PostManagement, Term, TitleSet
from cadres.models.qualification import Qualification, ShortTraining, StudyField
from cadres.models.quota import DistrictQuota, Quota, QuotaCeiling
from cadres.models.rating import Rating
from cadres.models.record_version import RecordVersion
from cadres.models.standard import LegalDocument, Rule

__all__ = [
    "Cadre",
    "CommitteeMembership",
    "Commune",
    "CommuneArea",
    "CommuneSuccession",
    "DistrictQuota",
    "Holding",
    "LegalDocument",
    "Post",
    "PostManagement",
    "Qualification",
    "Quota",
    "QuotaCeiling",
    "Rating",
    "RecordVersion",
    "Rule",
    "ShortTraining",
    "StudyField",
    "Term",
    "TitleSet",
]
