"""Training: one module per noun."""

from training.models.candidate import Candidate, CandidateStep
from training.models.credit import Credit
from training.models.enrolment import Attendance, Enrolment, OutsideLearner
from training.models.need import Assessment, Competence, Need, PostCompetence
from training.models.plan import PlanLine, TrainingPlan
from training.models.programme import (
    ClassForm,
    ContentGroup,
    CostNorm,
    Programme,
    Provider,
    TrainingSetting,
)
from training.models.report_figure import ReportFigure
from training.models.study import Study, StudyStep
from training.models.training_class import (
    ClassSession,
    HandsOnSession,
    SurveySheet,
    TrainingClass,
)

__all__ = [
    "Assessment",
    "Attendance",
    "Candidate",
    "CandidateStep",
    "ClassForm",
    "ClassSession",
    "Competence",
    "ContentGroup",
    "CostNorm",
    "Credit",
    "Enrolment",
    "HandsOnSession",
    "Need",
    "OutsideLearner",
    "PlanLine",
    "PostCompetence",
    "Programme",
    "Provider",
    "ReportFigure",
    "Study",
    "StudyStep",
    "SurveySheet",
    "TrainingClass",
    "TrainingPlan",
    "TrainingSetting",
]
