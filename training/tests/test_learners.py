"""Learners outside the file: no twins, linked to a record of the same name, then one person."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding
from cadres.tests.pages import signed_in, words_of
from daitu_portal.dates import PartialDate
from training.learners import NotLinked, Twins, add, link, twins_of, unlink
from training.models import Enrolment, OutsideLearner, TrainingClass
from training.tests.factories import make_class, make_enrolment, make_learner
from training.totals import totals_of

pytestmark = pytest.mark.django_db
LIST = "/dao-tao/hoc-vien-ngoai/"
TYPED = {"full_name": "Hà Thị Ngoài", "kind": "thon", "workplace": "Xóm Một"}


@pytest.fixture
def hr(client):
    client.user = signed_in(client)
    return client


def test_a_learner_gets_a_code_that_nobody_has():
    first = add(TYPED)
    taken = make_learner(code=f"HV{first.pk + 2:05d}")  # what the next one would be called

    second = add(TYPED, is_confirmed=True)

    assert first.code.startswith("HV")
    assert len({first.code, taken.code, second.code}) == 3


@pytest.mark.parametrize(
    ("known", "is_twin"),
    [
        ({"workplace": "xóm một"}, True),
        ({"workplace": ""}, True),
        ({"workplace": "Xóm Hai"}, False),
        ({"workplace": "Xóm Một", "born_on": PartialDate("1980-01-02")}, True),
        ({"workplace": "Xóm Một", "born_on": PartialDate("1990")}, False),
    ],
)
def test_the_same_name_place_and_year_may_be_one_person(known, is_twin):
    make_learner("Ha Thi Ngoai", **known)

    found = twins_of(full_name="Hà Thị Ngoài", workplace="Xóm Một", year=1980)

    assert bool(found) is is_twin
    if is_twin:
        with pytest.raises(Twins):
            add(TYPED)


def test_a_twin_is_shown_first_and_added_only_when_confirmed(hr):
    make_learner("Hà Thị Ngoài", workplace="Xóm Một")

    shown = hr.post(f"{LIST}them/", TYPED)
    assert "Có thể đã có" in words_of(shown)
    assert OutsideLearner.objects.count() == 1
    hr.post(f"{LIST}them/", TYPED | {"is_another": "on"})

    assert OutsideLearner.objects.count() == 2


@pytest.mark.parametrize("name", ["", "A1", "x" * 101, "А"])
def test_a_name_that_is_none_is_refused_in_words(hr, name):
    answer = hr.post(f"{LIST}them/", TYPED | {"full_name": name})

    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.content.decode()


def test_a_learner_is_corrected_and_a_form_of_before_is_refused(hr):
    learner = make_learner()
    page = hr.get(f"{LIST}{learner.pk}/sua/").context["form"]
    seen = page.initial["seen"]

    hr.post(f"{LIST}{learner.pk}/sua/", TYPED | {"seen": seen})
    stale = hr.post(f"{LIST}{learner.pk}/sua/", TYPED | {"seen": seen, "workplace": "Khác"})

    learner.refresh_from_db()
    assert (learner.full_name, learner.workplace) == ("Hà Thị Ngoài", "Xóm Một")
    assert "vừa được người khác sửa" in words_of(stale)


def test_a_learner_is_linked_to_a_record_of_the_same_name_only(hr):
    learner = make_learner("Hà Thị Ngoài")
    same = make_holding(make_cadre("Ha Thị Ngoài"), commune=make_commune("Xã Đúng")).cadre
    other = make_cadre("Người Khác")

    page = words_of(hr.get(f"{LIST}{learner.pk}/noi/"))
    refused = hr.post(f"{LIST}{learner.pk}/noi/", {"can_bo": other.pk})
    hr.post(f"{LIST}{learner.pk}/noi/", {"can_bo": same.pk})

    assert "Xã Đúng" in page
    assert "1980" in page
    assert "Người Khác" not in page
    assert "chỉ nối với hồ sơ cùng tên" in words_of(refused)
    learner.refresh_from_db()
    assert (learner.cadre, learner.linked_by) == (same, hr.user)


def test_a_link_is_taken_back_with_a_reason(hr):
    learner = make_learner("Người Một", cadre=make_cadre("Người Một"))

    unsaid = hr.post(f"{LIST}{learner.pk}/noi/", {"viec": "bo"})
    hr.post(f"{LIST}{learner.pk}/noi/", {"viec": "bo", "reason": "Nhầm người"})
    again = hr.post(f"{LIST}{learner.pk}/noi/", {"viec": "bo", "reason": "Nhầm người"})

    assert "Ghi lý do" in words_of(unsaid)
    learner.refresh_from_db()
    assert learner.cadre is None
    assert "không còn nối" in words_of(again)


@pytest.mark.parametrize("chosen", ["", "x", "999999999", "9" * 40])
def test_a_record_that_is_none_is_not_linked(hr, chosen):
    learner = make_learner()

    assert hr.post(f"{LIST}{learner.pk}/noi/", {"can_bo": chosen}).status_code == 200
    learner.refresh_from_db()
    assert learner.cadre is None


def test_two_who_sit_in_one_class_are_two_people():
    cadre, taught = make_cadre("Người Một"), make_class("Lớp Chung")
    learner = make_learner("Người Một")
    make_enrolment(taught, cadre), make_enrolment(taught, outside_learner=learner)

    with pytest.raises(NotLinked, match="Lớp Chung"):
        link(learner_id=learner.pk, cadre_id=cadre.pk, by=make_user())
    Enrolment.objects.filter(cadre=cadre).update(result="withdrawn")
    link(learner_id=learner.pk, cadre_id=cadre.pk, by=make_user())
    with pytest.raises(NotLinked, match="bỏ nối trước"):
        link(learner_id=learner.pk, cadre_id=cadre.pk, by=make_user())


def test_a_linked_pair_is_one_person_of_two_participations():
    cadre = make_cadre("Người Một")
    learner = make_learner("Người Một", cadre=cadre)
    make_enrolment(make_class(), cadre), make_enrolment(make_class(), outside_learner=learner)
    make_enrolment(make_class(), outside_learner=make_learner())

    linked = totals_of(TrainingClass.objects.all(), Enrolment.objects.all())
    unlink(learner_id=learner.pk, by=make_user(), reason="Nhầm người")
    apart = totals_of(TrainingClass.objects.all(), Enrolment.objects.all())

    assert (linked.participations, linked.people) == (3, 2)
    assert (linked.officials, linked.of_officials) == (1, 2)
    assert (apart.people, apart.officials, apart.of_officials) == (3, 1, 1)


def test_the_list_is_searched_filtered_and_says_who_may_be_an_official(hr):
    commune = make_commune("Xã Lọc")
    make_learner("Nông Thị Xa", commune=commune, workplace="Trường Mầm Non", kind="vien_chuc")
    make_learner("Lý Văn Trùng")
    make_cadre("Lý Văn Trùng")

    for query in (
        "q=nong+xa",
        "q=Mầm Non",
        f"xa={commune.pk}",
        "loai=vien_chuc",
        "ho_so=chua&q=xa",
    ):
        page = words_of(hr.get(f"{LIST}?{query}"))
        assert "Nông Thị Xa" in page
        assert "Lý Văn Trùng" not in page
    likely = words_of(hr.get(f"{LIST}?ho_so=co-the"))
    assert "Lý Văn Trùng" in likely
    assert "Nông Thị Xa" not in likely
    assert "Không có học viên nào khớp" in words_of(hr.get(f"{LIST}?ho_so=da-noi"))
    assert hr.get(f"{LIST}?q=0912345678").status_code == 302


def test_the_list_offers_the_units_of_the_day_and_those_gone_that_learners_name(hr):
    gone = {"valid_to": date(2020, 1, 1)}
    old, here = make_commune("Xã Cũ", **gone), make_commune("Xã Nay")
    make_commune("Xã Không Ai", **gone)
    make_learner(commune=old)

    choices = [words for _, words in hr.get(f"{LIST}?ngay=2023-06-08").context["filters"]
               .form.fields["xa"].choices]  # fmt: skip
    then = hr.get(f"{LIST}?ngay=2019-06-08").content.decode()

    assert choices == ["Tất cả", "Xã Nay", "Xã Cũ (đến hết 31/12/2019)"]
    assert "Xã Không Ai" in then
    assert "(đến hết" not in then
    assert here.name in then


def test_a_clerk_sees_the_learners_of_the_own_commune_and_changes_none(client):
    mine = make_commune()
    signed_in(client, Role.COMMUNE_CLERK, commune=mine)
    make_learner("Của Nhà", commune=mine)
    theirs = make_learner("Của Bạn", commune=make_commune())

    page = words_of(client.get(LIST))

    assert "Của Nhà" in page
    assert "Của Bạn" not in page
    assert client.get(f"{LIST}{theirs.pk}/sua/").status_code == 403


def test_the_list_costs_as_many_queries_for_a_hundred_as_for_one(hr, django_assert_max_num_queries):
    for number in range(120):
        make_learner(f"Người Số {number}")
    with django_assert_max_num_queries(12):
        page = hr.get(LIST)

    assert len(page.content) < 100 * 1024
