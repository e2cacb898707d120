"""The unit in the title of an old list, taken for the people who tell none: told, and replaced."""

import pytest

from accounts.models import Role
from cadres.models import Holding
from intake.tests.clients import signed_in
from intake.tests.old_lists import (
    HEAD,
    PEOPLE,
    TITLE,
    as_shown,
    decided,
    drawn,
    make_unit,
    page_of,
    put,
    sent,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]


def units_told(batch):
    return [each for each in batch.notices if "theo tiêu đề" in each]


def test_the_unit_of_the_title_is_told_until_another_is_chosen(hr):
    other = make_unit("Xã Khác")
    batch = sent(hr, drawn(PEOPLE))
    told = "Trang “Sheet1”: người không ghi đơn vị được xếp vào Xã Tiên Hội, theo tiêu đề của trang"

    assert told in units_told(batch)[0]
    assert told in page_of(hr, batch)
    step = page_of(hr, batch, "cot/")
    assert "không ghi thì theo tiêu đề trang: “Sheet1” là Xã Tiên Hội." in step
    assert 'aria-describedby="id_don_vi_helptext"' in step
    assert 'id="id_don_vi_helptext"' in step

    batch = decided(hr, batch, "cot/", as_shown(hr, batch, "cot/") | {"don_vi": other.code})

    assert units_told(batch) == []
    written(hr, batch)
    assert set(Holding.objects.values_list("commune__name", flat=True)) == {"Xã Khác"}


def test_a_title_without_a_unit_tells_of_none(hr):
    batch = sent(hr, drawn(PEOPLE, title="DANH SÁCH CÁN BỘ, CÔNG CHỨC"))

    assert units_told(batch) == []
    assert "theo tiêu đề trang" not in page_of(hr, batch, "cot/")


@pytest.mark.parametrize(("lacks", "is_told"), [("", False), ("3|", True)])
def test_where_all_tell_their_unit_that_of_the_title_is_not_spoken_of(hr, lacks, is_told):
    lines = [f"{line}|Xã Tiên Hội" for line in PEOPLE.strip().split("\n")]
    if lacks:
        lines[-1] = lines[-1].removesuffix("Xã Tiên Hội")

    batch = sent(hr, drawn("\n".join(lines), head=HEAD + "|Đơn vị"))

    assert bool(units_told(batch)) is is_told


def test_of_two_sheets_each_tells_its_own_unit(hr):
    make_unit("Xã Khác")
    book = drawn(PEOPLE, title=TITLE)
    others = PEOPLE.replace("0190", "0200").replace("0191", "0201")
    put(book.create_sheet("Hai"), f"{TITLE.replace('TIÊN HỘI', 'KHÁC')}\n{HEAD}{others}")

    batch = sent(hr, book)

    assert [("Tiên Hội" in each, "Xã Khác" in each) for each in units_told(batch)] == [
        (True, False), (False, True),
    ]  # fmt: skip
    assert "“Sheet1” là Xã Tiên Hội; “Hai” là Xã Khác" in page_of(hr, batch, "cot/")


def test_a_clerks_list_is_of_the_own_unit_whatever_its_title(settings, tmp_path, unit):
    settings.MEDIA_ROOT = tmp_path

    batch = sent(signed_in(Role.COMMUNE_CLERK, unit), drawn(PEOPLE))

    assert units_told(batch) == []
