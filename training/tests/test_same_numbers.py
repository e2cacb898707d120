"""One certificate number of two people: both are named, nothing is refused."""

import pytest

from accounts.models import Role
from cadres.models import Qualification
from cadres.tests.factories import make_cadre, make_commune, make_holding
from cadres.tests.pages import signed_in, words_of
from training.credits import propose
from training.models import Enrolment
from training.same_numbers import same_numbers
from training.tests.factories import make_class, make_enrolment, make_learner, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return make_class(programme=make_programme(), state="results", code="LLCT1")


@pytest.fixture
def another(held):
    """Another class of the same programme at the same school, where Lý Thị Trước has A 1."""
    found = make_class(programme=held.programme, provider=held.provider, code="LLCT0")
    passed(found, make_cadre("Lý Thị Trước"))
    return found


def passed(held, cadre=None, number="A 1", **fields):
    return make_enrolment(
        held, cadre, result="passed", result_on=held.ends_on, certificate_number=number, **fields
    )


def told(row, number="A 1"):
    return same_numbers([row], {row.pk: number}).get(row.pk, "")


def test_the_number_of_another_of_the_same_school_and_programme_is_told(held, another):
    row = make_enrolment(held)

    assert told(row) == "số A 1 cũng là của Lý Thị Trước (lớp LLCT0)"
    assert told(row, " A 1 ") == "số A 1 cũng là của Lý Thị Trước (lớp LLCT0)"
    assert told(row, "A 2") == told(row, "") == ""


def test_other_schools_and_programmes_have_numbers_of_their_own(held):
    passed(make_class(programme=held.programme))
    passed(make_class(programme=make_programme(), provider=held.provider))

    assert told(make_enrolment(held)) == ""


def test_a_person_bears_the_own_number_in_two_classes_and_as_the_learner_once_was(held, another):
    cadre = another.enrolments.get().cadre
    learner = make_learner(cadre=cadre)

    assert told(make_enrolment(held, cadre)) == ""
    assert told(make_enrolment(held, outside_learner=learner)) == ""


def test_of_many_the_first_is_named_and_the_others_counted(held, another):
    passed(another, make_cadre("Lý Thị Sau"))

    assert (
        told(make_enrolment(held)) == "số A 1 cũng là của Lý Thị Trước (lớp LLCT0) và 1 người khác"
    )


def test_the_results_sheet_warns_and_writes(client, held, another):
    signed_in(client)
    row = make_enrolment(held, make_cadre("Hà Văn Nay"))
    sent = {
        "on": "10/03/2023", "version": held.version, f"kq_{row.pk}": "passed", f"d_{row.pk}": "",
        f"so_{row.pk}": "A 1", f"nc_{row.pk}": "",
    }  # fmt: skip

    page = words_of(client.post(f"/dao-tao/{held.pk}/ket-qua/", sent, follow=True))

    assert "Trùng số chứng chỉ, xem lại: Hà Văn Nay: số A 1 cũng là của Lý Thị Trước" in page
    assert "trùng số A 1 cũng là của Lý Thị Trước (lớp LLCT0)" in page
    assert Enrolment.objects.get(pk=row.pk).certificate_number == "A 1"


def test_two_lines_of_one_sheet_tell_of_each_other(client, held):
    signed_in(client)
    passed(held, make_cadre("Hà Một")), passed(held, make_cadre("Hà Hai"))

    page = words_of(client.get(f"/dao-tao/{held.pk}/ket-qua/"))

    assert "cũng là của Hà Một" in page
    assert "cũng là của Hà Hai" in page


def test_confirming_warns_and_writes(client, held, another):
    signed_in(client)
    (credit,) = propose([passed(held, make_cadre("Hà Văn Nay"))])
    waits = words_of(client.get("/dao-tao/ket-qua/"))
    sent = {"viec": "xac-nhan", "chon": credit.pk, f"so_{credit.pk}": "A 1",
            f"nc_{credit.pk}": "20/05/2023", f"gt_{credit.pk}": "diploma"}  # fmt: skip

    page = words_of(client.post("/dao-tao/ket-qua/ghi/", sent, follow=True))

    assert "số A 1 cũng là của Lý Thị Trước (lớp LLCT0)" in waits
    assert "Trùng số chứng chỉ, xem lại: Hà Văn Nay: số A 1 cũng là của Lý Thị Trước" in page
    assert Qualification.objects.count() == 1


def test_a_clerk_reads_no_name_of_another_commune(client, held, another):
    mine = make_commune()
    cadre = make_holding(make_cadre("Hà Văn Nay"), commune=mine).cadre
    propose([passed(held, cadre)])
    signed_in(client, Role.COMMUNE_CLERK, commune=mine)

    page = words_of(client.get("/dao-tao/ket-qua/"))

    assert "Hà Văn Nay" in page
    assert "Lý Thị Trước" not in page
