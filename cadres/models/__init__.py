"""The record: one module per noun."""

from cadres.models.attachment import Attachment, PaperItem
from cadres.models.cadre import Cadre
from cadres.models.change import Basis, Change, Edit, JournalNote
from cadres.models.commune import Commune, CommuneArea, CommuneSuccession
from cadres.models.holding import CommitteeMembership, Ended, Holding
from cadres.models.merit import Award, Discipline
from cadres.models.pay import Allowance, SalaryStep
from cadres.models.post import Post, PostManagement, Term, TitleSet
from cadres.models.profile import Affiliation, FamilyMember, Profile, WorkPeriod
from cadres.models.qualification import Qualification, ShortTraining, StudyField
from cadres.models.quota import DistrictQuota, Quota, QuotaCeiling
from cadres.models.rating import Rating
from cadres.models.record_version import RecordVersion
from cadres.models.standard import LegalDocument, Rule
from cadres.models.status import Status

__all__ = [
    "Affiliation",
    "Allowance",
    "Attachment",
    "Award",
    "Basis",
    "Cadre",
    "Change",
    "CommitteeMembership",
    "Commune",
    "CommuneArea",
    "CommuneSuccession",
    "Discipline",
    "DistrictQuota",
    "Edit",
    "Ended",
    "FamilyMember",
    "Holding",
    "JournalNote",
    "LegalDocument",
    "PaperItem",
    "Post",
    "PostManagement",
    "Profile",
    "Qualification",
    "Quota",
    "QuotaCeiling",
    "Rating",
    "RecordVersion",
    "Rule",
    "SalaryStep",
    "ShortTraining",
    "Status",
    "StudyField",
    "Term",
    "TitleSet",
    "WorkPeriod",
]
