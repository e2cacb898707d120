"""A post that an old list dates otherwise than the record: a correction, or what it was before."""

from datetime import date

import pytest

from cadres.models import Holding, Post
from cadres.tests.factories import make_cadre, make_holding
from intake.models import ImportBatch
from intake.tests import books
from intake.tests.conftest import BASIS
from intake.tests.old_lists import HEAD, as_shown, decided, drawn, make_unit, page_of, sent, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
State = ImportBatch.State
AN = "1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Văn phòng - TK|1/9/2016|ĐH Luật"
HELD = date(2015, 7, 1)
TOLD = date(2016, 9, 1)


@pytest.fixture
def an(unit):
    """Nguyễn Văn An, who holds CC03 in the unit of the list since 01/07/2015."""
    cadre = make_cadre("Nguyễn Văn An", born_on="1970-05-12", national_id="019070000011")
    make_holding(cadre, Post.objects.get(code="CC03"), unit, valid_from=HELD)
    return cadre


def days(cadre):
    return [(each.valid_from, each.valid_to) for each in cadre.holdings.order_by("valid_from")]


def told_of_holdings(batch):
    return [each["cells"] for each in batch.preview if each["table"] == "Giữ chức vụ"]


def refused_as_second(batch):
    return batch.state == State.REFUSED and any(
        "đang là chức vụ chính" in each["message"] for each in batch.problems
    )


@pytest.mark.parametrize(("text", "day"), [("1/9/2016", TOLD), ("2/3/2011", date(2011, 3, 2))])
def test_another_first_day_of_the_same_post_is_a_correction(hr, an, text, day):
    batch = sent(hr, drawn(AN.replace("1/9/2016", text)))

    assert (batch.state, batch.problems) == (State.PREVIEW, [])
    assert told_of_holdings(batch) == [[["Từ ngày", f"{HELD:%d/%m/%Y}", f"{day:%d/%m/%Y}"]]]
    page = page_of(hr, batch)
    assert f"<span>Từ ngày: <del>{HELD:%d/%m/%Y}</del> <ins>{day:%d/%m/%Y}</ins></span>" in page
    assert days(an) == [(HELD, None)]  # a preview writes nothing
    written(hr, batch)
    assert days(an) == [(day, None)]


def test_a_correction_is_named_in_a_warning_at_its_cell(hr, an):
    (warning,) = sent(hr, drawn(AN)).warnings

    assert (warning["kind"], warning["ref"]) == ("redated", "G6")
    assert "Nguyễn Văn An: 01/07/2015 → 01/09/2016" in warning["message"]


def test_a_correction_is_taken_back_with_its_import(hr, an):
    batch = written(hr, sent(hr, drawn(AN)))
    assert days(an) == [(TOLD, None)]

    hr.post(f"/nhap-lieu/{batch.pk}/huy/", BASIS)

    assert days(an) == [(HELD, None)]


def test_the_day_on_record_changes_nothing(hr, an):
    batch = sent(hr, drawn(AN.replace("1/9/2016", "1/7/2015")))

    assert told_of_holdings(batch) == []
    assert batch.warnings == []


def test_another_post_is_a_second_main_post_as_before(hr, an):
    assert refused_as_second(sent(hr, drawn(AN.replace("Văn phòng - TK", "Kế toán"))))


def test_the_same_post_in_another_unit_is_a_second_main_post_as_before(hr, an):
    Holding.objects.update(commune=make_unit("Xã Khác"))

    assert refused_as_second(sent(hr, drawn(AN)))


def test_a_second_main_post_on_that_day_makes_it_no_correction(hr, an, unit):
    make_holding(an, Post.objects.get(code="CC05"), unit, valid_from=HELD)

    batch = sent(hr, drawn(AN))

    assert refused_as_second(batch)
    assert any("Người này đã giữ" in each["message"] for each in batch.problems)


def test_a_post_beside_the_main_one_is_not_what_the_list_means(hr, an):
    Holding.objects.update(is_main=False)

    batch = sent(hr, drawn(AN))

    assert batch.state == State.REFUSED
    assert any("Người này đã giữ" in each["message"] for each in batch.problems)


def test_a_post_that_ended_before_the_day_of_the_list_stays_and_a_new_one_is_added(hr, an):
    Holding.objects.update(valid_to=date(2016, 1, 1))

    written(hr, sent(hr, drawn(AN)))

    assert days(an) == [(HELD, date(2016, 1, 1)), (TOLD, None)]


def test_the_day_of_the_list_says_what_is_held_now(hr, an):
    """Ended since the list was made: on its day the post was held, and it is that one."""
    Holding.objects.update(valid_to=date(2020, 1, 1))
    title = "DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ TIÊN HỘI\n(Tính đến ngày {})\n"

    batch = sent(hr, drawn(AN, title=title.format("31/12/2018")))
    written(hr, batch)
    assert days(an) == [(TOLD, date(2020, 1, 1))]

    Holding.objects.update(valid_from=HELD)
    later = sent(hr, drawn(AN, title=title.format("31/12/2021")))
    assert later.state == State.REFUSED


def test_a_day_after_that_of_the_list_is_no_correction(hr, an):
    title = "DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ TIÊN HỘI\n(Tính đến ngày 31/12/2015)\n"

    assert refused_as_second(sent(hr, drawn(AN, title=title)))


def test_a_period_before_the_one_on_record_is_a_stay_of_its_own(hr, an):
    head = HEAD.replace("Giữ chức vụ từ ngày", "Thời gian giữ chức vụ")
    text = AN.replace("1/9/2016", "01/02/2010 - 30/06/2014")

    written(hr, sent(hr, drawn(text, head=head)))

    assert days(an) == [(date(2010, 2, 1), date(2014, 7, 1)), (HELD, None)]


def test_a_first_of_the_month_that_stands_for_the_month_corrects_nothing(hr, an):
    batch = sent(hr, drawn(AN.replace("1/9/2016", "9/2016")))
    columns = as_shown(hr, batch, "cot/") | {"ngay_dau": "on"}

    batch = decided(hr, batch, "cot/", columns)

    assert refused_as_second(batch)


def test_two_rows_that_date_one_post_in_two_ways_are_no_correction(hr, an):
    other = AN.replace("1|Nguyễn", "2|Nguyễn").replace("1/9/2016", "1/10/2017")

    batch = sent(hr, drawn(f"{AN}\n{other}"))

    assert refused_as_second(batch)
    assert days(an) == [(HELD, None)]


def test_a_person_told_of_twice_in_the_same_words_is_put_right_once(hr, an):
    batch = sent(hr, drawn(f"{AN}\n{AN.replace('1|Nguyễn', '2|Nguyễn')}"))

    written(hr, batch)

    assert days(an) == [(TOLD, None)]


def test_an_earlier_post_on_record_may_stand_beside_the_correction(hr, an, unit):
    before = (date(2010, 2, 1), date(2014, 7, 1))
    make_holding(an, Post.objects.get(code="CC05"), unit, valid_from=before[0], valid_to=before[1])
    head = HEAD.replace("Giữ chức vụ từ ngày", "Thời gian giữ chức vụ")
    earlier = AN.replace("Văn phòng - TK", "Kế toán").replace("1/9/2016", "01/02/2010 - 30/06/2014")

    batch = sent(hr, drawn(f"{earlier}\n{AN.replace('1|Nguyễn', '2|Nguyễn')}", head=head))
    written(hr, batch)

    assert days(an) == [before, (TOLD, None)]


def test_a_second_post_in_the_same_cell_is_new_and_the_main_one_put_right(hr, an):
    batch = sent(hr, drawn(AN.replace("Văn phòng - TK", "Văn phòng - TK; Kế toán")))
    data = as_shown(hr, batch, "cot/") | {"tu_ngay": "05/01/2020"}

    batch = written(hr, decided(hr, batch, "cot/", data))

    assert batch.state == State.DONE, batch.problems
    told = an.holdings.order_by("-is_main").values_list("post__code", "is_main", "valid_from")
    assert list(told) == [("CC03", True, TOLD), ("CC05", False, date(2020, 1, 5))]


def test_a_row_beside_one_of_the_day_on_record_is_no_correction(hr, an):
    as_known = AN.replace("1/9/2016", "1/7/2015")
    other = AN.replace("1|Nguyễn", "2|Nguyễn")

    assert refused_as_second(sent(hr, drawn(f"{as_known}\n{other}")))


def test_two_new_posts_of_which_one_is_dated_otherwise_are_no_correction(hr, an):
    other = AN.replace("1|Nguyễn", "2|Nguyễn").replace("Văn phòng - TK", "Kế toán")

    batch = sent(hr, drawn(f"{AN}\n{other}"))

    assert len([each for each in batch.problems if each["column"] == "Giữ chức vụ từ ngày"]) == 1
    assert refused_as_second(batch)


def test_a_workbook_of_the_portals_own_shape_tells_of_each_post_it_names(hr, an, unit, tmp_path):
    head = ["Số hiệu", "Mã chức danh", "Mã đơn vị", "Từ ngày"]
    rows = [head, [an.code, "CC03", unit.code, "01/09/2016"]]

    batch = sent(hr, books.write(tmp_path / "so.xlsx", {"Giữ chức vụ": rows}).read_bytes())

    assert not batch.is_healed
    assert refused_as_second(batch)


def test_a_day_that_another_rule_forbids_is_refused_at_the_row(hr, an, unit):
    make_holding(an, Post.objects.get(code="CC03"), unit, valid_from=date(2010, 1, 1),
                 valid_to=date(2012, 1, 1))  # fmt: skip

    batch = sent(hr, drawn(AN.replace("1/9/2016", "1/6/2011")))

    assert batch.state == State.REFUSED
    assert {each["row"] for each in batch.problems} == {6}
