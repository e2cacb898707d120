"""One person on two sheets of a list, with the CCCD on one of them alone: one, or asked."""

from datetime import date

import pytest

from cadres.models import Cadre, Holding
from cadres.tests.factories import make_cadre, make_holding
from daitu_portal.reading.limits import BULK
from intake import batches, long_reading
from intake.healing.recipe import Recipe
from intake.models import ImportBatch
from intake.tests.old_lists import decided, drawn, make_unit, page_of, put, saved, sent, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
State = ImportBatch.State
TITLE = "UBND XÃ TIÊN HỘI\nDANH SÁCH CÁN BỘ, CÔNG CHỨC"
FIRST = "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD|Chức vụ|Giữ chức vụ từ ngày"
SECOND = "STT|Họ và tên|Ngày sinh|Giới tính|Điện thoại|Chức vụ|Giữ chức vụ từ ngày"
NUMBERED = "1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Kế toán|1/7/2015"
BARE = "1|Nguyễn Văn An|12/5/1970|Nam|0912345678|Kế toán|1/7/2015"
OTHERS = (
    "2|Trần Thị Bình|03/02/1980|Nữ|019180000022|Tư pháp - hộ tịch|1/7/2016",
    "2|Lê Văn Cường|03/02/1985|Nam|0987654321|Văn phòng - TK|1/7/2016",
)


def book(first=NUMBERED, second=BARE, *, titles=(TITLE, TITLE), is_turned=False):
    """Two sheets: one with numbers, one without; each with somebody else too."""
    sheets = [
        ("Có số", f"{titles[0]}\n{FIRST}\n{first}\n{OTHERS[0]}"),
        ("Không số", f"{titles[1]}\n{SECOND}\n{second}\n{OTHERS[1]}"),
    ]
    found = drawn("", head="", title="")
    found.remove(found.active)
    for name, text in reversed(sheets) if is_turned else sheets:
        put(found.create_sheet(name), text)
    return found


def kinds(batch):
    return [row["kind"] for row in batch.staging.rows("people") if row["name"] == "Nguyễn Văn An"]


def asked(batch):
    return [p["message"] for p in batch.problems if "cùng họ tên" in p["message"]]


# -- one person ---------------------------------------------------------------------------


@pytest.mark.parametrize("is_turned", [False, True])
def test_one_name_one_full_birth_date_in_one_unit_are_one_person(hr, is_turned):
    batch = sent(hr, book(is_turned=is_turned))

    assert (batch.problems, batch.state) == ([], State.PREVIEW)
    written(hr, batch)
    an = Cadre.objects.get(full_name="Nguyễn Văn An")
    assert (an.national_id, an.phone) == ("019070000011", "0912345678")
    assert Holding.objects.filter(cadre=an).count() == 1
    assert Cadre.objects.count() == 3


def test_both_rows_are_listed_with_what_they_say(hr):
    page = page_of(hr, sent(hr, book()), "nguoi/", loai="new")

    assert page.count("Nguyễn Văn An") == 2


@pytest.mark.parametrize("is_turned", [False, True])
def test_what_the_later_sheet_adds_is_in_the_preview(hr, is_turned):
    batch = sent(hr, book(is_turned=is_turned))

    (shown,) = (
        each for each in batch.preview
        if each["table"] == "Hồ sơ" and each["who"] == "Nguyễn Văn An"
    )  # fmt: skip
    told = {header: after for header, _, after in shown["cells"]}
    assert told["Số CCCD"] == "019070000011"
    assert told["Điện thoại"] == "0912345678"


UNTITLED = "DANH SÁCH\nCÁN BỘ, CÔNG CHỨC"  # names no unit


def test_where_a_sheet_tells_no_unit_the_same_post_says_it_too(hr):
    batch = sent(hr, book(titles=(TITLE, UNTITLED)))

    assert kinds(batch) == ["new", "new"]
    assert asked(batch) == []


def test_where_a_sheet_tells_no_unit_and_another_post_it_is_asked(hr):
    second = BARE.replace("Kế toán", "Văn phòng - TK")

    assert kinds(sent(hr, book(second=second, titles=(TITLE, UNTITLED)))) == ["new", "doubtful"]


# -- asked --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "second",
    [
        BARE.replace("12/5/1970", "1970"),  # a year alone
        BARE.replace("12/5/1970", "5/1970"),
        BARE.replace("12/5/1970", ""),  # no birth: the unit is the same
    ],
)
def test_a_birth_that_is_told_less_is_asked_at_the_row_without_number(hr, second):
    batch = sent(hr, book(second=second))

    assert kinds(batch) == ["new", "doubtful"]
    assert len(asked(batch)) == 1
    assert "dòng 4, trang Có số (12/05/1970)" in asked(batch)[0]
    assert batch.state == State.REFUSED


def test_another_unit_is_asked_also_with_the_same_post(hr):
    make_unit("Xã Khác")

    batch = sent(hr, book(titles=(TITLE, TITLE.replace("TIÊN HỘI", "KHÁC"))))

    assert kinds(batch) == ["new", "doubtful"]


def test_another_word_about_the_person_is_asked(hr):
    found = book()
    for sheet, town in zip(found, ("Hùng Sơn", "Bình Thuận"), strict=True):
        put(sheet, f"\n\n|||||||Quê quán\n|||||||{town}")

    assert kinds(sent(hr, found)) == ["new", "doubtful"]


def test_two_with_numbers_who_may_be_meant_are_asked(hr):
    twin = NUMBERED.replace("1|", "3|", 1).replace("000011", "000099")

    batch = sent(hr, book(first=f"{NUMBERED}\n{twin}"))

    assert kinds(batch) == ["new", "new", "doubtful"]
    assert "dòng 4" in asked(batch)[0]
    assert "dòng 5" in asked(batch)[0]


def test_a_number_of_someone_on_record_is_offered(hr, unit):
    an = make_cadre("Nguyễn Văn An", born_on="1971-05-12", national_id="019070000011")
    make_holding(an, commune=unit)

    batch = sent(hr, book())
    page = page_of(hr, batch, "nguoi/")

    assert kinds(batch) == ["exact", "doubtful"]
    assert an.code in page


# -- two people ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "second",
    [
        BARE.replace("1970", "1971"),
        BARE.replace("|Nam|", "|Nữ|"),
        BARE.replace("Văn An", "Văn Ân"),
    ],
)
def test_another_birth_sex_or_name_is_another_person_without_a_word(hr, second):
    batch = sent(hr, book(second=second))

    assert asked(batch) == []
    written(hr, batch)
    assert Cadre.objects.count() == 4


def test_a_name_alone_in_another_unit_says_nothing(hr):
    make_unit("Xã Khác")
    other = TITLE.replace("TIÊN HỘI", "KHÁC")

    batch = sent(hr, book(second=BARE.replace("12/5/1970", ""), titles=(TITLE, other)))

    assert asked(batch) == []
    assert kinds(batch) == ["new", "new"]


def test_a_sheet_of_the_portals_own_is_not_asked(hr):
    text = "Số hiệu|Họ và tên|Giới tính|Ngày sinh|Số CCCD\n"
    found = drawn("", head="", title="", name="Hồ sơ")
    put(found.active, text + "|Nguyễn Văn An|Nam|1970|019070000011\n|Nguyễn Văn An|Nam|1970|")

    batch = sent(hr, found)

    assert (batch.is_healed, asked(batch)) == (False, [])


# -- the answer ---------------------------------------------------------------------------


def doubtful(hr):
    batch = sent(hr, book(second=BARE.replace("12/5/1970", "1970"), is_turned=True))
    assert kinds(batch) == ["doubtful", "new"]
    return batch


def test_the_page_shows_the_other_row_beside(hr):
    page = page_of(hr, doubtful(hr), "nguoi/")

    assert 'value="=Có số!4"' in page
    assert "Dòng Có số!4" in page
    assert "12/05/1970" in page
    assert "Tài chính – kế toán" in page


def test_the_sender_says_that_both_rows_are_one(hr):
    batch = decided(hr, doubtful(hr), "nguoi/", {"ai-0": "=Có số!4"})

    assert (asked(batch), batch.state) == ([], State.PREVIEW)
    written(hr, batch)
    an = Cadre.objects.get(full_name="Nguyễn Văn An")
    assert (str(an.born_on), an.national_id) == ("12/05/1970", "019070000011")
    assert Cadre.objects.count() == 3


def test_the_sender_says_that_they_are_two(hr):
    batch = decided(hr, doubtful(hr), "nguoi/", {"ai-0": "new"})

    written(hr, batch)
    assert Cadre.objects.filter(full_name="Nguyễn Văn An").count() == 2


def test_a_row_that_is_not_offered_cannot_be_chosen(hr):
    batch = doubtful(hr)

    answer = hr.post(f"/nhap-lieu/{batch.pk}/nguoi/", {"ai-0": "=Có số!5"})

    assert answer.status_code == 400


def test_a_third_row_is_held_against_what_the_second_told(hr):
    third = BARE.replace("1|", "3|", 1).replace("0912345678", "0911111111")

    batch = sent(hr, book(second=f"{BARE}\n{third}"))
    assert kinds(batch) == ["new", "new", "doubtful"]
    batch = decided(hr, batch, "nguoi/", {"ai-0": "=Có số!4"})

    (problem,) = batch.problems
    assert problem["message"] == "Dòng này cùng một người với dòng 4."
    assert (problem["sheet"], problem["row"]) == ("Không số", 5)


# -- long lists, in parts -----------------------------------------------------------------


def planned(tmp_path, monkeypatch, rows):
    """The plan of a list that is read three rows at a time, head and title with the first."""
    monkeypatch.setattr(long_reading, "ROWS_AT_ONCE", 4)
    path = tmp_path / "dài.xlsx"
    path.write_bytes(saved(drawn("\n".join(rows), head=FIRST, title=TITLE)))
    more = {"recipe": Recipe(), "today": date(2023, 6, 8), "limits": BULK}
    return batches.look_in_parts(path, beside=tmp_path / "beside", **more).plan


BETWEEN = [
    f"{n}|Lê Thị {given}|0{n + 1}/02/198{n}|Nữ|01918{n}00010{n}|Kế toán|1/7/2016"
    for n, given in enumerate(("Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín"))
]
WITHOUT = NUMBERED.replace("019070000011", "")


@pytest.mark.parametrize("pair", [(NUMBERED, WITHOUT), (WITHOUT, NUMBERED)])
def test_a_row_of_an_earlier_part_is_asked_and_never_joined(tmp_path, monkeypatch, pair):
    plan = planned(tmp_path, monkeypatch, [pair[0], *BETWEEN, pair[1]])

    (problem,) = plan.problems
    assert "dòng 4" in problem.message
    assert (problem.row, problem.is_question) == (12, True)


@pytest.mark.parametrize(
    "other",
    [
        WITHOUT.replace("1970", "1971"),
        WITHOUT.replace("|Nam|", "|Nữ|"),
        WITHOUT.replace("Văn An", "Văn Ân"),
        NUMBERED.replace("000011", "000099"),
        WITHOUT.replace("12/5/1970", ""),
    ],
)
def test_somebody_else_of_an_earlier_part_is_not_asked(tmp_path, monkeypatch, other):
    plan = planned(tmp_path, monkeypatch, [NUMBERED, *BETWEEN, other])

    assert plan.problems == []
