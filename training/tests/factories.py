"""Training for tests: each function takes only what the test is about."""

from datetime import date
from itertools import count

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Basis
from cadres.tests.factories import make_cadre, make_commune
from training.models import (
    Assessment,
    Candidate,
    CandidateStep,
    Competence,
    Enrolment,
    Need,
    OutsideLearner,
    PlanLine,
    PostCompetence,
    Programme,
    Provider,
    Study,
    TrainingClass,
    TrainingPlan,
)

_number = count(1)


def make_provider(name="", **fields):
    number = next(_number)
    return Provider.objects.create(
        **{"code": f"cs{number}", "name": name or f"Trường Thử {number}", **fields}
    )


def make_programme(name="Trung cấp lý luận chính trị", **fields):
    """By default one that gives trung cấp LLCT; `content=` or `strand=""` gives another."""
    awards = {"strand": "political", "rank": 2}
    if "content" in fields or fields.get("strand") == "":
        awards = {"strand": "", "rank": None}
    return Programme.objects.create(
        **{
            "code": f"ct{next(_number)}",
            "name": name,
            "content_group": "political",
            "report_column": "E",
            "hours": 1056,
            **awards,
            **fields,
        }
    )


def make_class(name="Lớp Thử", **fields):
    return TrainingClass.objects.create(
        **{
            "code": f"LT{next(_number)}",
            "name": name,
            "content_group": "political",
            "begins_on": date(2023, 3, 1),
            "ends_on": date(2023, 3, 10),
            "hours": 40,
            "state": TrainingClass.State.OPEN,
            **({} if "provider" in fields else {"provider": make_provider()}),
            **fields,
        }
    )


def make_learner(full_name="Trần Thị Ngoài", **fields):
    return OutsideLearner.objects.create(
        **{"code": f"HV{next(_number)}", "full_name": full_name, "kind": "thon", **fields}
    )


def make_enrolment(training_class=None, cadre=None, **fields):
    """Of a person of the record, unless `outside_learner` is given."""
    if "outside_learner" not in fields:
        fields["cadre"] = cadre or make_cadre()
    return Enrolment.objects.create(training_class=training_class or make_class(), **fields)


def make_decision(number="", **fields):
    """A decision that training cites: to send, to open a class, about a result."""
    return Basis.objects.create(
        **{
            "kind": Basis.Kind.DECISION,
            "number": number or f"{next(_number)}/QĐ-UBND",
            "signed_on": date(2023, 2, 20),
            "issuer": "UBND huyện",
            **fields,
        }
    )


def make_need(cadre=None, programme=None, **fields):
    """To send, stated by a clerk of the commune."""
    commune = fields.pop("commune", None) or make_commune()
    if "stated_by" not in fields:
        fields["stated_by"] = make_user(Role.COMMUNE_CLERK, commune=commune)
    return Need.objects.create(
        **{
            "cadre": cadre or make_cadre(),
            "programme": programme or make_programme(),
            "commune": commune,
            "answer": Need.Answer.SEND,
            "year": 2023,
            "strand": "political",
            "rank": 2,
            **fields,
        }
    )


def make_plan(year=2024, **fields):
    return TrainingPlan.objects.create(year=year, **fields)


def make_plan_line(plan=None, programme=None, **fields):
    return PlanLine.objects.create(
        **{
            "plan": plan or make_plan(),
            "programme": programme or make_programme(),
            "participations": 40,
            **fields,
        }
    )


def make_study(cadre=None, **fields):
    """Sent to university, part time."""
    return Study.objects.create(
        **{
            "cadre": cadre or make_cadre(),
            "school": "Trường Đại học Thử",
            "strand": "professional",
            "rank": 4,
            "begins_on": date(2021, 9, 1),
            "due_on": date(2025, 12, 15),
            "decision": fields.pop("decision", None) or make_decision(),
            **fields,
        }
    )


def make_candidate(full_name="Lê Thị Nguồn", commune=None, **fields):
    """Introduced by a cell, with the step that says so."""
    introduced = fields.pop("introduced_on", date(2023, 1, 15))
    made = Candidate.objects.create(
        **{
            "full_name": full_name,
            "sex": "F",
            "kind": Candidate.Kind.YOUNG_MEMBER,
            "commune": commune or make_commune(),
            "body": Candidate.Body.CELL,
            "introduced_on": introduced,
            "state_on": introduced,
            **fields,
        }
    )
    CandidateStep.objects.create(candidate=made, state=made.state, on=made.state_on)
    return made


def make_competence(name="Tin học", levels=("Biết", "Làm được", "Thạo"), **fields):
    return Competence.objects.create(
        **{"code": f"nl{next(_number)}", "name": name, "group": "it", "levels": list(levels),
           **fields}
    )  # fmt: skip


def make_asked(post, competence=None, level=2, **fields):
    """What a post asks, since long ago unless `valid_from` says otherwise."""
    return PostCompetence.objects.create(
        **{"post": post, "competence": competence or make_competence(), "level": level,
           "valid_from": date(2004, 1, 1), **fields}
    )  # fmt: skip


def make_assessment(cadre=None, competence=None, level=2, **fields):
    """Entered, not confirmed, unless `state` says otherwise."""
    return Assessment.objects.create(
        **{"cadre": cadre or make_cadre(), "competence": competence or make_competence(),
           "level": level, "assessed_on": date(2023, 3, 1),
           "entered_by": fields.pop("entered_by", None) or make_user(), **fields}
    )  # fmt: skip
