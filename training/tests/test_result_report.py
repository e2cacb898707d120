"""The result template: lượt by post and column, what is typed, who is behind a cell."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_affiliation, make_cadre, make_holding, make_post
from training.models import ReportFigure, StudyStep
from training.result_report import Period, report
from training.rules.result_template import LINES, heads, line_of, rows_of
from training.tests.factories import (
    make_class,
    make_enrolment,
    make_learner,
    make_programme,
    make_study,
)

pytestmark = pytest.mark.django_db
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
ADDRESS = "/dao-tao/bao-cao/"
QUERY = "tu=01/01/2023&den=31/12/2023"


def official(category, full_name="Nguyễn Văn Thử", **fields):
    cadre = make_cadre(full_name, **fields)
    make_holding(cadre, make_post(category=category))
    return cadre


def numbers(row, found=None):
    """The figures of a row that are not nought, by column."""
    told = next(each for each in (found or report(YEAR)).rows if each.line.code == row)
    return {cell.column: cell.value for cell in told.cells if cell.value}


def signed_in(client, role=Role.LEADER):
    client.force_login(make_user(role))
    return client


def test_a_participation_stands_in_the_row_of_the_post_and_the_column_of_the_programme():
    taught = make_class(programme=make_programme(report_column="E"))
    make_enrolment(taught, official("cadre", sex="F", ethnicity="Tày"))
    make_enrolment(taught, official("civil_servant", ethnicity="Kinh"))
    make_enrolment(taught, official("part_time", sex="F", ethnicity="Kinh"))

    assert numbers("5a") == {"E": 1, "Y": 1, "Z": 1, "AA": 1}
    assert numbers("5b") == {"E": 1, "Y": 1}
    assert numbers("5") == {"E": 2, "Y": 2, "Z": 1, "AA": 1}
    assert numbers("6") == {"E": 1, "Y": 1, "AA": 1}
    assert numbers("cong") == {"E": 3, "Y": 3, "Z": 1, "AA": 2}


def test_a_person_in_two_classes_is_two_participations():
    cadre = official("civil_servant")
    for column in ("E", "X"):
        make_enrolment(make_class(programme=make_programme(report_column=column)), cadre)

    assert numbers("5b") == {"E": 1, "X": 1, "Y": 2}


def test_the_post_is_that_of_the_day_on_which_the_class_began():
    cadre = make_cadre()
    make_holding(cadre, make_post(category="part_time"), valid_to=date(2023, 3, 2))
    make_holding(cadre, make_post(category="cadre"), valid_from=date(2023, 3, 2))
    programme = make_programme(report_column="E")
    for begins in (date(2023, 3, 1), date(2023, 3, 2)):
        make_enrolment(make_class(programme=programme, begins_on=begins), cadre)

    assert numbers("6") == {"E": 1, "Y": 1}
    assert numbers("5a") == {"E": 1, "Y": 1}


def test_outsiders_stand_beside_the_template_and_linked_ones_with_their_post():
    taught = make_class(programme=make_programme(report_column="R"))
    make_enrolment(taught, outside_learner=make_learner(sex="F"))
    linked = make_learner("Nguyễn Văn Thử", cadre=official("cadre"))
    make_enrolment(taught, outside_learner=linked)

    assert numbers("ngoai") == {"R": 1, "Y": 1, "AA": 1}
    assert numbers("5a") == {"R": 1, "Y": 1}
    assert numbers("cong") == {"R": 1, "Y": 1}


def test_a_member_of_the_council_without_a_post_has_a_row_and_nobody_is_lost():
    taught = make_class(programme=make_programme(report_column="R"))
    member, former = make_cadre(), make_cadre()
    make_affiliation(member, "council_commune", joined_on="2021-07")
    make_affiliation(former, "council_commune", joined_on="2016", until_on="2021")
    make_enrolment(taught, member)
    make_enrolment(taught, former)

    assert numbers("4") == {"R": 1, "Y": 1}
    assert numbers("chua-ro") == {"R": 1, "Y": 1}


def test_a_class_without_a_programme_counts_by_its_group_and_the_report_says_so():
    make_enrolment(make_class(content_group="defence"), official("civil_servant"))

    found = report(YEAR)

    assert numbers("5b", found) == {"V": 1, "Y": 1}
    assert found.by_group == 1


@pytest.mark.parametrize("result", ["absent", "withdrawn", "transferred"])
def test_whoever_did_not_take_part_does_not_count(result):
    make_enrolment(make_class(), official("civil_servant"), result=result)

    assert numbers("5b") == {}


def test_drafts_and_classes_of_other_years_do_not_count():
    make_enrolment(make_class(state="draft"), official("civil_servant"))
    make_enrolment(make_class(begins_on=date(2022, 12, 31)), official("civil_servant"))
    make_enrolment(
        make_class(begins_on=date(2024, 1, 1), ends_on=date(2024, 1, 2)), official("civil_servant")
    )

    assert numbers("5b") == {}


@pytest.mark.parametrize(
    ("strand", "rank", "column"),
    [("professional", 4, "N"), ("professional", 5, "M"), ("political", 3, "D"),
     ("state_management", 2, "J"), ("it", 2, "X"), ("general", 3, "U")],
)  # fmt: skip
def test_a_study_that_begins_counts_by_the_level_it_leads_to(strand, rank, column):
    make_study(official("civil_servant"), strand=strand, rank=rank, begins_on=date(2023, 9, 5))

    assert numbers("5b") == {column: 1, "Y": 1}


def test_unknown_peoples_and_sexes_are_told_apart_from_the_subsets():
    make_enrolment(make_class(), official("civil_servant", ethnicity=""))
    make_enrolment(make_class(), outside_learner=make_learner())

    assert report(YEAR).unknown == {"Z": 2, "AA": 1}


def test_costs_are_those_of_the_classes_and_what_was_paid_to_those_who_study():
    make_class(cost_central=5, cost_local=7, cost_other=11)
    make_class(state="draft", cost_local=1000)
    study = make_study()
    StudyStep.objects.create(study=study, kind="support", on=date(2023, 6, 1), amount=13)
    StudyStep.objects.create(study=study, kind="repayment", on=date(2023, 7, 1), amount=100)

    found = report(YEAR)

    assert found.costs == {"central": 5, "local": 7, "other": 11, "study": 13}
    assert found.class_cost == 23


def test_what_is_typed_is_marked_and_no_part_of_the_sum(client):
    signed_in(client, Role.DISTRICT_HR)

    answer = client.post(f"{ADDRESS}nhap-tay/?{QUERY}", {"E": "12", "X": "3", "note": "BC số 12"})

    assert answer.status_code == 302
    assert numbers("3") == {"E": 12, "X": 3, "Y": 15}
    assert numbers("cong") == {}
    assert "nhập tay" in client.get(f"{ADDRESS}?{QUERY}").content.decode()


def test_typing_again_takes_the_place_of_what_was_typed(client):
    signed_in(client, Role.DISTRICT_HR)
    address = f"{ADDRESS}nhap-tay/?{QUERY}"
    client.post(address, {"E": "12", "F": "1", "note": "cũ"})

    client.post(address, {"E": "13", "note": "mới"})

    assert list(ReportFigure.objects.values_list("column", "value", "note")) == [("E", 13, "mới")]


def test_a_subset_greater_than_the_whole_is_refused(client):
    signed_in(client, Role.DISTRICT_HR)

    answer = client.post(f"{ADDRESS}nhap-tay/?{QUERY}", {"E": "2", "AA": "3", "note": "x"})

    assert "Không quá tổng các cột" in answer.content.decode()
    assert not ReportFigure.objects.exists()


def test_every_cell_opens_as_many_people_as_it_says(client):
    signed_in(client)
    programme = make_programme(report_column="E")
    taught = make_class(programme=programme)
    make_enrolment(taught, official("cadre", "Lê Thị Một", sex="F", ethnicity="Nùng"))
    make_enrolment(taught, official("civil_servant", "Lê Văn Hai", ethnicity="Kinh"))
    make_enrolment(taught, outside_learner=make_learner("Lê Ngoài Ba"))
    make_study(official("cadre", "Lê Thị Bốn", sex="F"), begins_on=date(2023, 5, 1))

    for told in report(YEAR).rows:
        for cell in told.cells:
            if cell.value:
                page = client.get(
                    f"{ADDRESS}nguoi/?{QUERY}&dong={told.line.code}&cot={cell.column}"
                )
                assert page.context["page"].total + page.context["study_count"] == cell.value


def test_a_cell_names_its_people_with_unit_and_class(client):
    signed_in(client)
    make_enrolment(make_class("Lớp Một"), official("cadre", "Lê Thị Một"))

    text = client.get(f"{ADDRESS}nguoi/?{QUERY}&dong=5&cot=Y").content.decode()

    assert "Lê Thị Một" in text
    assert "Lớp Một" in text
    assert "Xã Thử" in text


@pytest.mark.parametrize(
    ("row", "column"), [("1", "E"), ("3", "E"), ("5", "B"), ("", ""), ("x", "E")]
)
def test_a_cell_that_opens_nobody_is_not_found(client, row, column):
    signed_in(client)

    assert client.get(f"{ADDRESS}nguoi/?{QUERY}&dong={row}&cot={column}").status_code == 404


@pytest.mark.parametrize("query", ["tu=xx", "tu=31/12/2023&den=01/01/2023", "tu=01/01/1990"])
def test_a_period_that_cannot_be_is_told_and_the_default_stands(client, query):
    signed_in(client)

    answer = client.get(f"{ADDRESS}?{query}&ngay=2023-06-08")

    assert answer.context["found"].period == Period(date(2023, 1, 1), date(2023, 6, 8))
    assert answer.context["form"].errors


def test_the_workbook_says_what_the_page_says(client):
    signed_in(client)
    make_enrolment(make_class(programme=make_programme(report_column="E")), official("cadre"))

    answer = client.post(f"{ADDRESS}xuat/", {"tu": "01/01/2023", "den": "31/12/2023"})

    sheet = load_workbook(BytesIO(answer.getvalue())).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(row for row in rows if row[0] == "A. TT")
    row = next(each for each in rows if each[1] == "Cán bộ chuyên trách")
    assert row[head.index("E. Lý luận chính trị: Trung cấp")] == 1
    assert len(head) == 3 + 21 + 3
    assert "01/01/2023 đến hết 31/12/2023" in rows[1][0]


def test_pages_ask_as_much_for_many_as_for_few(client):
    signed_in(client)
    client.get(f"{ADDRESS}?{QUERY}")
    asked = []
    for count in (2, 30):
        for number in range(count):
            begins = date(2023, 3, 1 + number % 20)
            make_enrolment(
                make_class(begins_on=begins, ends_on=date(2023, 4, 1)), official("cadre")
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{ADDRESS}nguoi/?{QUERY}&dong=5&cot=Y").status_code == 200
        with CaptureQueriesContext(connection) as more:
            assert client.get(f"{ADDRESS}?{QUERY}").status_code == 200
        asked.append((len(queries), len(more)))

    assert asked[0] == asked[1]
    assert max(asked[0]) <= 12


def test_rows_of_the_template_are_themselves_or_what_they_add_up():
    assert rows_of("5") == ("5a", "5b")
    assert rows_of("6") == ("6",)
    assert rows_of("9") == ()
    assert line_of("9") is None
    assert len({line.code for line in LINES}) == len(LINES)


def test_the_heads_of_groups_span_all_columns():
    assert heads()[0] == ("Lý luận chính trị", 4)
    assert ("V. Quốc phòng – an ninh", 0) in heads()
    assert sum(span or 1 for _, span in heads()) == 24
