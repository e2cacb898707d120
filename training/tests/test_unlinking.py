"""A learner who was taken for an official and is none: what came of it leaves the record."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.actions import save_record
from cadres.changes import Ground
from cadres.models import Change, Qualification
from cadres.tests.factories import make_basis, make_cadre
from cadres.tests.pages import signed_in, words_of
from training import learners
from training.credits import Certificate, confirm_credits, drop, propose_again
from training.learners import NotLinked, Through, link, unlink
from training.models import Credit, Enrolment, OutsideLearner
from training.tests.factories import make_class, make_enrolment, make_learner, make_programme

pytestmark = pytest.mark.django_db
AWARDED = date(2023, 5, 20)


@pytest.fixture
def hr():
    return make_user(Role.DISTRICT_HR)


@pytest.fixture
def learner(hr):
    """Of two classes passed, linked to a record of the same name."""
    found = make_learner("Hà Thị Ngoài")
    for rank in (1, 2):
        held = make_class(programme=make_programme(rank=rank))
        make_enrolment(held, outside_learner=found, result="passed", result_on=date(2023, 3, 10))
    link(learner_id=found.pk, cadre_id=make_cadre("Hà Thị Ngoài").pk, by=hr)
    return found


def confirm(credit, by):
    return confirm_credits({credit.pk: Certificate("A 1", AWARDED)}, by=by)


def test_unlinking_takes_the_certificate_out_of_the_record_and_what_waits_off_the_list(hr, learner):
    first, second = Credit.objects.order_by("pk")
    confirm(first, hr)

    done = unlink(learner_id=learner.pk, by=hr, reason="Nhầm người")

    assert done == Through(stand=1, wait=1)
    assert not Qualification.objects.exists()
    first.refresh_from_db(), second.refresh_from_db()
    assert {first.state, second.state} == {"withdrawn"}
    assert first.reason == f"Bỏ nối học viên {learner.code}: Nhầm người"
    assert Change.objects.filter(source=Change.Source.UNDONE, reason=first.reason).exists()


def test_the_page_warns_before_and_says_how_many_after(client, learner):
    user = signed_in(client)
    confirm(Credit.objects.earliest("pk"), user)
    address = f"/dao-tao/hoc-vien-ngoai/{learner.pk}/noi/"

    before = words_of(client.get(address))
    after = words_of(client.post(address, {"viec": "bo", "reason": "Nhầm"}, follow=True))

    assert "1 văn bằng, chứng chỉ đã xác nhận qua các lượt học này bị rút khỏi hồ sơ" in before
    assert "1 văn bằng, chứng chỉ đã rút khỏi hồ sơ; 1 kết quả không còn chờ xác nhận" in after


def test_a_row_that_was_mended_since_leaves_the_record_too(hr, learner):
    confirm(Credit.objects.earliest("pk"), hr)
    row = Qualification.objects.get()
    row.major = "Lý luận"
    ground = Ground(by=hr, basis=make_basis(), reason="Bổ sung")
    save_record(row, ground=ground, version=row.cadre.version)

    unlink(learner_id=learner.pk, by=hr, reason="Nhầm người")

    assert not Qualification.objects.exists()


def test_what_keeps_a_certificate_in_the_record_is_told_and_nothing_is_unlinked(
    hr, learner, monkeypatch
):
    def stuck(credit, **_):
        raise ValidationError("Thay đổi sau dựa vào nó.")

    confirm(Credit.objects.latest("pk"), hr)
    monkeypatch.setattr(learners, "withdraw", stuck)

    with pytest.raises(NotLinked, match=r"chưa rút ra được: Thay đổi sau dựa vào nó\."):
        unlink(learner_id=learner.pk, by=hr, reason="Nhầm người")

    assert OutsideLearner.objects.get().cadre is not None
    assert Qualification.objects.count() == 1


def test_of_a_learner_who_is_not_linked_nothing_is_confirmed_or_proposed_again(hr, learner):
    first, second = Credit.objects.order_by("pk")
    drop(second.pk, by=hr, reason="Chưa rõ")
    OutsideLearner.objects.update(cadre=None)

    ((_, why),) = confirm(first, hr).refused
    with pytest.raises(ValidationError, match="không nối với hồ sơ"):
        propose_again(second.pk)

    assert "không nối với hồ sơ" in why
    assert not Qualification.objects.exists()


def test_linked_to_somebody_else_everything_is_proposed_for_that_person(hr, learner):
    drop(Credit.objects.latest("pk").pk, by=hr, reason="Không phải người này")
    unlink(learner_id=learner.pk, by=hr, reason="Nhầm người")
    right = make_cadre("Hà Thị Ngoài")

    link(learner_id=learner.pk, cadre_id=right.pk, by=hr)

    found = Credit.objects.values_list("cadre", "state")
    assert list(found) == [(right.pk, "proposed")] * 2
    assert Enrolment.objects.filter(result="passed").count() == 2
