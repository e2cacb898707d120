"""What a commune of the world has of training: one object of each kind that a route names."""

from datetime import date, time

from cadres.models import Cadre, Commune
from training.models import (
    Assessment,
    ClassSession,
    Competence,
    Credit,
    Enrolment,
    HandsOnSession,
    Provider,
    TrainingClass,
)
from training.tests.factories import (
    make_candidate,
    make_enrolment,
    make_learner,
    make_need,
    make_plan_line,
    make_programme,
    make_study,
)


def training_keys(
    commune: Commune, person: Cadre, provider: Provider, plan, clerk
) -> dict[str, dict]:
    """Keys of the objects by the names that the table of routes calls them."""
    taught = TrainingClass.objects.create(
        code=f"L-{commune.pk}",
        name=f"Lớp {commune.name}",
        content_group="ethics",
        provider=provider,
        begins_on=date(2022, 3, 1),
        ends_on=date(2022, 3, 2),
        state=TrainingClass.State.CLOSED,
    )
    enrolment = Enrolment.objects.create(training_class=taught, cadre=person, result="passed")
    sitting = ClassSession.objects.create(
        training_class=taught, held_on=date(2022, 3, 1), begins_at=time(7, 30), ends_at=time(11)
    )
    programme = make_programme(f"Chương trình {commune.name}")
    need = make_need(person, programme, commune=commune, stated_by=clerk)
    learner = make_learner(commune=commune)
    make_enrolment(taught, outside_learner=learner)
    study = make_study(person)
    credit = Credit.objects.create(
        cadre=person, enrolment=enrolment, content="law", awarded_on=date(2022, 3, 2)
    )
    session = HandsOnSession.objects.create(
        code=f"TH-{commune.pk}", name="Tập huấn thử", held_on=date(2022, 5, 1)
    )
    competence = Competence.objects.create(
        code=f"NL-{commune.pk}", name=f"Năng lực {commune.name}", group="general",
        levels=["Biết", "Làm được", "Thạo"],
    )  # fmt: skip
    assessment = Assessment.objects.create(
        cadre=person, competence=competence, level=2, assessed_on=date(2023, 3, 1), entered_by=clerk
    )
    return {
        "assessment": {"pk": assessment.pk},
        "class": {"pk": taught.pk},
        "class_session": {"pk": taught.pk, "session_id": sitting.pk},
        "enrolment": {"pk": taught.pk, "enrolment_id": enrolment.pk},
        "programme": {"pk": programme.pk},
        "need": {"pk": need.pk},
        "learner": {"pk": learner.pk},
        "study": {"pk": study.pk},
        "credit": {"pk": credit.pk},
        "hands_on": {"pk": session.pk},
        "candidate": {"pk": make_candidate(commune=commune).pk},
        "plan": {"year": plan.year},
        "plan_line": {
            "year": plan.year,
            "pk": make_plan_line(plan, programme, commune=commune).pk,
        },
    }
