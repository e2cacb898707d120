"""From a passed class to the record and back: each step, and what follows of it."""

import threading
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connections, transaction

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.actions import save_record
from cadres.changes import Ground
from cadres.merging import merge
from cadres.models import Change, Edit, Qualification, ShortTraining
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_holding,
    make_post,
    make_qualification,
    make_rule,
    make_title_set,
)
from cadres.undoing import restore, undo
from cadres.verdicts import verdicts_of
from training.credits import (
    Certificate,
    confirm_credits,
    drop,
    propose,
    propose_again,
    propose_for_study,
    withdraw,
)
from training.models import Credit, Enrolment
from training.row_origins import origins_of
from training.tests.factories import (
    make_class,
    make_enrolment,
    make_learner,
    make_programme,
    make_study,
)

pytestmark = pytest.mark.django_db
PASSED, FAILED = Enrolment.Result.PASSED, Enrolment.Result.FAILED
AWARDED = date(2023, 5, 20)


@pytest.fixture(autouse=True)
def _midyear():
    with time_machine.travel("2023-06-08T03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def hr():
    return make_user(Role.DISTRICT_HR, full_name="Bà Nhân Sự")


def passed(cadre=None, programme=None, **fields):
    """A participation that was passed, in a class of a programme that gives trung cấp LLCT."""
    held = make_class(programme=programme or make_programme(), begins_on=date(2023, 3, 1))
    return make_enrolment(held, cadre, result=PASSED, result_on=date(2023, 5, 15), **fields)


def proposed(cadre=None, programme=None, **fields):
    with transaction.atomic():  # which in the portal holds the class
        return propose([passed(cadre, programme, **fields)])[0]


def confirmed(credit, by, number="A 0123", on=AWARDED, evidence=""):
    return confirm_credits({credit.pk: Certificate(number, on, evidence)}, by=by)


def test_passing_proposes_the_level_of_the_programme_and_writes_nothing():
    enrolment = passed(certificate_number="TC 12")

    (credit,) = propose([enrolment])

    assert (credit.state, credit.strand, credit.rank) == ("proposed", "political", 2)
    assert (credit.evidence, credit.evidence_number) == ("diploma", "TC 12")
    assert credit.awarded_on == date(2023, 5, 15)
    assert credit.institution == enrolment.training_class.provider.name
    assert not Qualification.objects.exists()


@pytest.mark.parametrize(
    "enrolment",
    [
        lambda: make_enrolment(make_class(programme=make_programme()), result=FAILED),
        lambda: make_enrolment(make_class(), result=PASSED),
        lambda: make_enrolment(make_class(programme=make_programme(strand="")), result=PASSED),
        lambda: passed(outside_learner=make_learner()),
    ],
    ids=["failed", "without programme", "hours alone", "outsider without a record"],
)
def test_nothing_is_proposed_of(enrolment):
    assert propose([enrolment()]) == []
    assert not Credit.objects.exists()


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2023, 5, 14), "trước ngày có kết quả 15/05/2023"), (date(2023, 5, 15), ""),
     (date(2023, 3, 10), ""), (date(2023, 3, 11), "trước ngày có kết quả")],
)  # fmt: skip
def test_a_certificate_is_not_before_the_result_but_may_be_of_the_closing_day(hr, on, words):
    outcome = confirmed(proposed(), hr, on=on)  # a class of 01/03 to 10/03/2023

    assert [words in why for _, why in outcome.refused] == ([True] if words else [])


def test_a_diploma_is_not_before_the_graduation(hr):
    study = make_study(state="graduated", ended_on=date(2023, 5, 15))
    credit = propose_for_study(study, awarded_on=date(2023, 5, 15))

    early = confirmed(credit, hr, on=date(2023, 5, 14))
    done = confirmed(credit, hr, on=date(2023, 5, 15))

    assert "trước ngày tốt nghiệp 15/05/2023" in early.refused[0][1]
    assert done.refused == []


def test_a_linked_outside_learner_is_credited_as_the_person():
    cadre = make_cadre()

    (credit,) = propose([passed(outside_learner=make_learner(cadre=cadre))])

    assert credit.cadre == cadre


def test_proposing_again_follows_the_certificate_and_stays_one():
    enrolment = passed()
    propose([enrolment])
    enrolment.certificate_number, enrolment.certificate_on = "B 7", date(2023, 6, 1)

    assert propose([enrolment]) == []

    credit = Credit.objects.get()
    assert (credit.evidence_number, credit.awarded_on) == ("B 7", date(2023, 6, 1))


def test_a_confirmed_level_stands_in_the_record_with_its_certificate(hr):
    credit = proposed()

    outcome = confirmed(credit, hr)

    row = Qualification.objects.get()
    assert outcome.refused == []
    assert (row.cadre_id, row.strand, row.rank) == (credit.cadre_id, "political", 2)
    assert (str(row.awarded_on), row.evidence_number) == ("20/05/2023", "A 0123")
    assert str(row.studied_from) == "01/03/2023"
    credit.refresh_from_db()
    assert (credit.state, credit.table, credit.row_id) == (
        "confirmed", "cadres.qualification", row.pk,
    )  # fmt: skip
    assert (credit.change.by, credit.change.basis.kind) == (hr, "certificate")
    assert credit.change.basis.issuer == credit.institution
    assert credit.enrolment.certificate_number == "A 0123"
    origin = origins_of(credit.cadre_id)["cadres.qualification", row.pk]
    assert origin.words == "Lớp Thử"
    assert origin.url == f"/dao-tao/{credit.enrolment.training_class_id}/"


def test_a_confirmed_content_is_a_short_training_of_the_day_of_its_certificate(hr):
    credit = proposed(programme=make_programme("Hộ tịch", content="civil_status"))

    confirmed(credit, hr)

    row = ShortTraining.objects.get()
    assert (row.content, row.title, row.hours) == ("civil_status", "Lớp Thử", 40)
    assert (str(row.completed_on), row.certificate_number) == ("20/05/2023", "A 0123")


def verdict_on(cadre, day):
    return verdicts_of([cadre.pk], day)[cadre.pk].verdict


@pytest.fixture
def deputy():
    """Someone whose post asks for trung cấp LLCT, and who lacks it."""
    post = make_post()
    make_title_set(post)
    make_rule(
        dimension="political", requirement={"level": {"strand": "political", "min": 2}},
        label="trung cấp",
    )  # fmt: skip
    cadre = make_cadre()
    make_holding(cadre, post)
    make_qualification(cadre, "political", 1)
    return cadre


def test_the_verdict_follows_from_the_day_of_the_award_and_no_earlier_one_moves(deputy, hr):
    credit = proposed(deputy)
    before = verdict_on(deputy, date(2023, 6, 8))

    confirmed(credit, hr)

    assert before == "not_met"
    assert verdict_on(deputy, date(2023, 5, 19)) == "not_met"
    assert verdict_on(deputy, date(2023, 5, 20)) == "met"


def test_a_corrected_result_takes_the_level_back_by_undoing_its_change(deputy, hr):
    credit = proposed(deputy)
    confirmed(credit, hr)

    stood = withdraw(credit, by=hr, reason="Chấm lại bài thi")

    credit.refresh_from_db()
    assert stood
    assert (credit.state, credit.reason) == ("withdrawn", "Chấm lại bài thi")
    assert verdict_on(deputy, date(2023, 6, 8)) == "not_met"
    undoing = Change.objects.get(undoes=credit.change)
    assert (undoing.by, undoing.reason, undoing.source) == (hr, "Chấm lại bài thi", "undone")
    assert origins_of(deputy.pk) == {}


def test_a_row_that_was_mended_since_is_removed_for_the_same_reason(hr):
    credit = proposed()
    confirmed(credit, hr)
    row = Qualification.objects.get()
    row.major = "Xây dựng Đảng"
    save_record(row, ground=Ground(by=hr, basis=make_basis(), reason="Bổ sung"))

    withdraw(credit, by=hr, reason="Chấm lại")

    assert not Qualification.objects.exists()
    last = Edit.objects.order_by("pk").last()
    assert (last.action, last.change.reason, last.change.undoes) == ("remove", "Chấm lại", None)


def test_withdrawing_what_only_waits_touches_no_record(hr):
    credit = proposed()

    assert not withdraw(credit, by=hr, reason="Chấm lại")

    credit.refresh_from_db()
    assert credit.state == "withdrawn"
    assert not Change.objects.exists()


def test_withdrawing_needs_a_reason_and_twice_does_nothing_more(hr):
    credit = proposed()
    confirmed(credit, hr)
    with pytest.raises(ValidationError):
        withdraw(credit, by=hr, reason=" ")
    assert Qualification.objects.exists()

    withdraw(credit, by=hr, reason="Chấm lại")

    assert not withdraw(credit, by=hr, reason="Chấm lại")
    assert Change.objects.count() == 2


def test_undone_in_the_persons_history_it_tells_so_and_can_be_proposed_again(hr):
    credit = proposed()
    confirmed(credit, hr)
    credit.refresh_from_db()

    undo(credit.change_id, Ground(by=hr, basis=make_basis(), reason="Nhầm người"))

    assert credit.state_words == "Đã rút khỏi hồ sơ (gỡ ở hồ sơ)"
    assert list(Credit.objects.in_state("withdrawn")) == [credit]
    assert not Credit.objects.in_state("confirmed").exists()
    assert not withdraw(credit, by=hr, reason="Chấm lại")
    Credit.objects.update(state="confirmed")
    assert propose_again(credit.pk).state == "proposed"


def test_given_back_by_the_history_it_stands_again_and_can_still_be_withdrawn(hr):
    credit = proposed()
    confirmed(credit, hr)
    credit.refresh_from_db()
    undoing = undo(credit.change_id, Ground(by=hr, basis=make_basis(), reason="Nhầm"))
    restore(undoing.pk, Ground(by=hr, basis=make_basis(), reason="Không nhầm"))
    assert credit.state_now == "confirmed"

    assert withdraw(credit, by=hr, reason="Chấm lại")

    assert not Qualification.objects.exists()


def test_confirmed_twice_it_is_written_once_and_the_second_is_told_by_whom(hr):
    credit = proposed()
    confirmed(credit, hr)

    again = confirmed(credit, make_user(Role.DISTRICT_HR), number="B")

    ((_, why),) = again.refused
    assert "Đã vào hồ sơ (Bà Nhân Sự, 10:00 08/06/2023)" in why
    assert Qualification.objects.get().evidence_number == "A 0123"


def test_a_level_that_went_into_a_merged_record_stands_there_and_can_be_withdrawn(hr):
    credit = proposed()
    confirmed(credit, hr)
    gone, into = credit.cadre, make_cadre("Nguyễn Văn Thử")
    gone.refresh_from_db()

    merge(
        into.pk, gone.pk, choices={}, ground=Ground(by=hr, basis=make_basis(), reason="Một người"),
        versions=(into.version, gone.version),
    )  # fmt: skip

    credit.refresh_from_db()
    assert (credit.cadre, credit.state_now) == (into, "confirmed")
    assert withdraw(credit, by=hr, reason="Chấm lại")
    assert not Qualification.objects.exists()


@pytest.mark.parametrize(
    ("number", "on", "says"),
    [
        ("", AWARDED, "chưa có số hiệu"),
        ("9" * 61, AWARDED, "dài quá 60 ký tự"),
        ("A1", date(2023, 6, 9), "chưa tới"),
        ("A1", date(2023, 2, 28), "trước ngày bắt đầu học 01/03/2023"),
    ],
)
def test_a_certificate_is_refused_in_words(hr, number, on, says):
    credit = proposed()

    ((_, why),) = confirmed(credit, hr, number, on).refused

    assert says in why
    assert Credit.objects.get().state == "proposed"
    assert not Change.objects.exists()


def test_what_the_record_holds_of_that_day_is_not_written_again(hr):
    cadre = make_cadre()
    make_qualification(cadre, "political", 2, awarded_on="2023-05-20")
    other = proposed(cadre, make_programme(content="law"))
    ShortTraining.objects.create(cadre=cadre, content="law", completed_on="2023-05-20")

    ((_, of_level),) = confirmed(proposed(cadre), hr).refused
    ((_, of_content),) = confirmed(other, hr).refused

    assert "hồ sơ đã có Lý luận chính trị: Trung cấp cấp ngày 20/05/2023" in of_level
    assert "hồ sơ đã có Kiến thức pháp luật" in of_content


def test_a_record_that_was_set_aside_takes_nothing(hr):
    cadre = make_cadre(is_kept=False)

    ((_, why),) = confirmed(proposed(cadre), hr).refused

    assert "đã gộp hoặc không còn" in why


def test_one_refused_certificate_keeps_no_other_back(hr):
    good, bad = proposed(), proposed()
    papers = {good.pk: Certificate("A1", AWARDED), bad.pk: Certificate("", AWARDED)}

    outcome = confirm_credits(papers, by=hr)

    assert (outcome.done, [each for each, _ in outcome.refused]) == ([good], [bad])
    assert Qualification.objects.get().cadre_id == good.cadre_id


def test_confirming_tells_whoever_has_the_results_open(hr):
    credit = proposed()
    held = credit.enrolment.training_class

    confirmed(credit, hr)

    held.refresh_from_db()
    assert held.version == 2


def test_a_dropped_credit_says_why_and_waits_again_when_proposed_again(hr):
    credit = proposed()
    with pytest.raises(ValidationError, match="lý do"):
        drop(credit.pk, by=hr, reason=" ")

    drop(credit.pk, by=hr, reason="Đã có bằng")

    credit.refresh_from_db()
    assert (credit.state, credit.reason, credit.decided_by) == ("dropped", "Đã có bằng", hr)
    assert propose([credit.enrolment]) == []
    assert "không còn chờ xác nhận: Không ghi nhận" in confirmed(credit, hr).refused[0][1]
    with pytest.raises(ValidationError, match="không còn chờ"):
        drop(credit.pk, by=hr, reason="Lần nữa")
    assert propose_again(credit.pk).state == "proposed"
    with pytest.raises(ValidationError, match="không cần đề nghị"):
        propose_again(credit.pk)


def test_what_was_failed_since_is_not_proposed_again(hr):
    credit = proposed()
    withdraw(credit, by=hr, reason="Chấm lại")
    Enrolment.objects.update(result=FAILED)

    with pytest.raises(ValidationError, match="không phải hoàn thành"):
        propose_again(credit.pk)


def test_a_study_is_proposed_confirmed_and_withdrawn_as_a_class(hr):
    study = make_study(state="graduated", ended_on=date(2023, 5, 1), major="Luật")

    credit = propose_for_study(study, awarded_on=AWARDED, evidence_number="DH 1")
    confirmed(credit, hr, "DH 1")

    row = Qualification.objects.get()
    assert (row.rank, row.major, row.institution) == (4, "Luật", "Trường Đại học Thử")
    assert (row.study_form, row.evidence) == ("part_time", "diploma")
    origin = origins_of(study.cadre_id)["cadres.qualification", row.pk]
    assert (origin.words, origin.url) == (f"Cử đi học: {study.school}", study.get_absolute_url())
    assert propose_for_study(study, awarded_on=date(2023, 6, 1)).state == "confirmed"
    assert withdraw(credit, by=hr, reason="Bằng không hợp lệ")
    assert not Qualification.objects.exists()
    assert propose_for_study(study, awarded_on=AWARDED).state == "proposed"
    assert Credit.objects.count() == 1


def test_the_persons_levels_lead_to_the_class_behind_them(hr, client):
    credit = proposed()
    confirmed(credit, hr)
    client.force_login(hr)

    page = client.get(f"/can-bo/{credit.cadre_id}/trinh-do/?ngay=2023-06-08").content.decode()

    assert f'<a href="/dao-tao/{credit.enrolment.training_class_id}/">Lớp Thử</a>' in page


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_confirm_at_once_one_writes_and_the_other_is_told(hr):
    credit = proposed()
    other = make_user(Role.DISTRICT_HR)
    together, outcomes = threading.Barrier(2), []

    def one(by):
        together.wait()
        try:
            outcomes.append(confirmed(credit, by, number=f"A {by.pk}"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=[by]) for by in (hr, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(len(each.done) for each in outcomes) == [0, 1]
    assert Qualification.objects.count() == 1
    ((_, why),) = next(each.refused for each in outcomes if each.refused)
    assert "không còn chờ xác nhận" in why
