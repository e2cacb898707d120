"""Posts and seats of a file against leaving for good: of the record, and of the file itself."""

from datetime import date

import pytest

from cadres.models import Status
from cadres.tests.factories import make_cadre, make_commune, make_membership, make_post, make_status
from intake.tests.books import plan_of, write

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 8)
POSTS = ["Số hiệu", "Mã chức danh", "Mã đơn vị", "Từ ngày", "Đến hết ngày"]
SEATS = ["Số hiệu", "Mã đơn vị", "Chức danh cấp ủy", "Từ ngày", "Đến hết ngày"]
STATES = ["Số hiệu", "Tình trạng", "Từ ngày", "Đến hết ngày"]


@pytest.fixture
def planned(tmp_path):
    return lambda sheets: plan_of(write(tmp_path / "x.xlsx", sheets), TODAY)


@pytest.fixture
def where():
    """Codes of a post and a unit."""
    return make_post(code="CC01").code, make_commune(code="05914").code


def told(plan):
    return [(each.sheet, each.column, each.message) for each in plan.problems]


def test_a_post_and_a_seat_after_death_are_refused(planned, where):
    person = make_cadre(code="DT000001")
    make_status(person, "deceased", valid_from=date(2022, 1, 1))

    plan = planned(
        {
            "Giữ chức vụ": [POSTS, ["DT000001", *where, "01/01/2023", None]],
            "Cấp ủy viên": [
                SEATS,
                ["DT000001", where[1], "Ủy viên Ban Chấp hành", "01/01/2023", None],
            ],
        }
    )

    words = "Người này đã từ trần từ ngày 01/01/2022."
    assert told(plan) == [("Giữ chức vụ", "Từ ngày", words), ("Cấp ủy viên", "Từ ngày", words)]


def test_a_leaving_in_the_file_itself_counts_as_it_stands_there(planned, where):
    person = make_cadre(code="DT000001")
    make_status(person, "resigned", valid_from=date(2018, 1, 1))
    post = ["DT000001", *where, "01/01/2020", None]

    assert "đã thôi việc" in told(planned({"Giữ chức vụ": [POSTS, post]}))[0][2]
    ended = ["DT000001", "Thôi việc", "01/01/2018", "31/12/2019"]
    back = planned({"Giữ chức vụ": [POSTS, post], "Tình trạng công tác": [STATES, ended]})
    assert back.problems == []
    died = ["DT000001", "Từ trần", "01/01/2019", None]
    dead = planned({"Giữ chức vụ": [POSTS, post], "Tình trạng công tác": [STATES, ended, died]})
    assert told(dead) == [
        ("Giữ chức vụ", "Từ ngày", "Người này đã từ trần từ ngày 01/01/2019.")
    ]  # fmt: skip


def test_a_post_without_an_end_ends_where_the_person_leaves_and_says_so(planned, where):
    person = make_cadre(code="DT000001")
    make_status(person, "retired", valid_from=date(2022, 1, 1))

    open_one = planned({"Giữ chức vụ": [POSTS, ["DT000001", *where, "01/01/2020", None]]})
    too_long = planned({"Giữ chức vụ": [POSTS, ["DT000001", *where, "01/01/2020", "01/01/2022"]]})

    (change,) = open_one.changes
    assert (change.row.valid_to, change.row.end_reason) == (date(2022, 1, 1), "retired")
    assert "kết thúc cùng việc nghỉ hưu của người này, hết ngày 31/12/2021" in change.note
    assert "người đã có ngày rời đi" in open_one.notices[-1]
    assert told(too_long) == [
        ("Giữ chức vụ", "Đến hết ngày", "Người này nghỉ hưu từ ngày 01/01/2022.")
    ]


def test_a_post_on_record_that_the_file_leaves_as_it_is_is_not_judged(planned, where):
    person = make_cadre(code="DT000001")
    make_membership(person, valid_from=date(2022, 6, 1))
    make_status(person, "resigned", valid_from=date(2022, 1, 1))

    plan = planned({"Giữ chức vụ": [POSTS, ["DT000001", *where, "01/01/2020", "31/12/2021"]]})

    assert plan.problems == []


def test_ten_people_cost_as_many_queries_as_one(planned, where, django_assert_max_num_queries):
    people = [make_cadre(code=f"DT{number:06d}") for number in range(1, 12)]
    for person in people:
        make_status(person, "retired", valid_from=date(2022, 1, 1))
    rows = [[person.code, *where, "01/01/2020", "31/12/2021"] for person in people]
    with django_assert_max_num_queries(30) as one:
        planned({"Giữ chức vụ": [POSTS, rows[0]]})
    with django_assert_max_num_queries(30) as ten:
        planned({"Giữ chức vụ": [POSTS, *rows[1:]]})

    assert len(one) == len(ten)
    assert Status.objects.count() == 11
