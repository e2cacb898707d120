"""Which column of a list is which field."""

import pytest

from intake.rules.header_words import _index
from intake.rules.mapping import fingerprint, suggest
from intake.rules.samples import Samples

NAMES = ["Nguyễn Văn An", "Trần Thị Bình", "LÊ VĂN CƯỜNG"]
DAYS = ["12/05/1970", "5/1965", "1980"]
MARKS = ["x", "X", "x"]
WORDS = ["Luật", "Kế toán", "Quản lý đất đai"]

# Headers as lists write them, some cells below, and what the column is.
ORDINARY = [
    ("STT", ["1", "2", "3"], "index"),
    ("Số\nTT", ["1", "2", "3"], "index"),
    ("TT", ["01", "02", "03"], "index"),
    ("HỌ VÀ TÊN", NAMES, "full_name"),
    ("Họ, tên", NAMES, "full_name"),
    ("Họ  và\n tên", NAMES, "full_name"),
    ("Họ và tên (chữ in hoa)", NAMES, "full_name"),
    ("Họ tên cán bộ, công chức", NAMES, "full_name"),
    ("Ho va ten", NAMES, "full_name"),
    ("Họ vàtên", NAMES, "full_name"),
    ("Giới tính", ["Nam", "Nữ"], "sex"),
    ("Nam/Nữ", ["Nam", "nữ"], "sex"),
    ("Ngày, tháng, năm sinh", DAYS, "born_on"),
    ("Ngày tháng năm sinh (dd/mm/yyyy)", DAYS, "born_on"),
    ("Năm sinh", ["1970", "1981"], "born_on"),
    ("Sinh ngày", DAYS, "born_on"),
    ("NĂM SINH", ["28123", "30001"], "born_on"),
    ("Số CCCD", ["019080000417"], "national_id"),
    ("Số CMND/CCCD", ["090123456", "019080000417"], "national_id"),
    ("Số căn cước công dân", ["19080000417"], "national_id"),
    ("Ngày cấp CCCD", DAYS, "profile.national_id_issued_on"),
    ("SĐT", ["0912345678", "912345678"], "phone"),
    ("Số điện thoại liên hệ", ["0912.345.678"], "phone"),
    ("Dân tộc", ["Kinh", "Tày"], "ethnicity"),
    ("Dân tộc", MARKS, "mark.ethnic_minority"),
    ("Dân tộc thiểu số", MARKS, "mark.ethnic_minority"),
    ("DTTS", ["Tày", "Nùng"], "ethnicity"),
    ("Tôn giáo", ["Không", "Công giáo"], "religion"),
    ("Quê quán", ["Hùng Sơn, Đại Từ, Thái Nguyên"], "home_town"),
    ("Nơi ở hiện nay", ["Xóm 5, Hùng Sơn"], "residence"),
    ("Hộ khẩu thường trú", ["Xóm 5, Hùng Sơn"], "profile.permanent_residence"),
    ("Chức vụ, chức danh", ["Bí thư", "VP-TK"], "holding.post"),
    ("Chức vụ hoặc chức danh công tác", ["Bí thư"], "holding.post"),
    ("Chức danh", ["Kế toán"], "holding.post"),
    ("Đơn vị công tác", ["Xã Tiên Hội", "Hoàng Nông"], "holding.commune"),
    ("Cơ quan, đơn vị đang làm việc", ["UBND xã La Bằng"], "holding.commune"),
    ("Tên xã, thị trấn", ["TT Hùng Sơn"], "holding.commune"),
    ("Thời gian giữ chức vụ, chức danh", DAYS, "holding.valid_from"),
    ("Ngày bổ nhiệm", DAYS, "holding.valid_from"),
    ("Quyết định số", ["123/QĐ-UBND"], "holding.decision_number"),
    ("Ngày tuyển dụng", DAYS, "recruited_on"),
    ("Cơ quan tuyển dụng", ["UBND huyện Đại Từ"], "recruited_by"),
    ("Ngày vào Đảng", DAYS, "party_joined_on"),
    ("Ngày, tháng, năm vào Đảng CSVN", DAYS, "party_joined_on"),
    ("Ngày chính thức", DAYS, "party_official_on"),
    ("Đảng viên", MARKS, "mark.party"),
    ("Đảng viên", DAYS, "mark.party"),
    ("Ngày vào Đảng", MARKS, "mark.party"),
    ("Tháng, năm bắt đầu BHXH", ["01/2005"], "profile.insured_from"),
    ("Số sổ BHXH", ["1908001234"], "profile.insurance_number"),
    ("Văn hóa", ["12/12", "10/10"], "general.text"),
    ("Trình độ văn hoá", ["12/12", "THPT"], "general.text"),
    ("Trình độ học vấn", ["Đại học", "Cao đẳng"], "qualification.text"),
    ("Trình độ chuyên môn", ["ĐH Luật", "TC Kế toán"], "professional.text"),
    ("Trình độ chuyên môn, nghiệp vụ", ["Đại học"], "professional.text"),
    ("Trình độ CMNV", ["Đại học"], "professional.text"),
    ("Chuyên ngành đào tạo", WORDS, "professional.major"),
    ("Trường đào tạo", ["ĐH Luật Hà Nội"], "professional.institution"),
    ("Hình thức đào tạo", ["Chính quy", "Tại chức"], "professional.study_form"),
    ("Năm tốt nghiệp", ["2005"], "professional.awarded_on"),
    ("Lý luận chính trị", ["Trung cấp", "CC"], "political.text"),
    ("Trình độ LLCT", ["TC"], "political.text"),
    ("Quản lý nhà nước", ["Chuyên viên"], "state_management.text"),
    ("QLHCNN", ["CV"], "state_management.text"),
    ("Tin học", ["B", "CNTT cơ bản"], "it.text"),
    ("Ngoại ngữ", ["Anh B", "A2"], "language.text"),
    ("Tiếng dân tộc", MARKS, "mark.ethnic_language.1"),
    ("QP-AN", ["Đối tượng 4"], "defence.text"),
    ("Trình độ", ["ĐH Luật", "TC LLCT"], "qualification.text"),
    ("Mã ngạch", ["01.003", "1.004"], "salary.grade_code"),
    ("Ngạch", ["01.003", "01.004"], "salary.grade_code"),
    ("Ngạch", ["Chuyên viên", "Cán sự"], "salary.grade_name"),
    ("Bậc lương", ["3", "2/9"], "salary.step"),
    ("Hệ số lương", ["2,34", "2.67", "3"], "salary.coefficient"),
    ("Phụ cấp chức vụ", ["0,25"], "allowance.position"),
    ("Phụ cấp thâm niên vượt khung (%)", ["5", "6"], "salary.over_frame_percent"),
    ("Ghi chú", [], "note"),
    ("Xếp loại năm 2022", ["HTTNV", "HTXSNV"], "rating.level"),
    ("Tuổi", ["45"], "info"),
    ("Tuổi đời", ["45"], "info"),
    ("Tổng cộng", ["12"], "info"),
    ("Email", ["a@thainguyen.gov.vn"], "profile.email"),
    # under a group
    ("Ngày sinh > Nam", DAYS, "born.male"),
    ("Ngày sinh > Nữ", DAYS, "born.female"),
    ("Năm sinh > NAM", DAYS, "born.male"),
    ("Giới tính > Nam", MARKS, "mark.sex.M"),
    ("Giới tính > Nữ", MARKS, "mark.sex.F"),
    ("Giới tính > Nữ", DAYS, "born.female"),
    ("Nữ", MARKS, "mark.sex.F"),
    ("Trong đó > Nữ", MARKS, "mark.sex.F"),
    ("Ngày vào Đảng > Dự bị", DAYS, "party_joined_on"),
    ("Ngày vào Đảng > Chính thức", DAYS, "party_official_on"),
    ("CCCD > Số", ["019080000417"], "national_id"),
    ("CCCD > Ngày cấp", DAYS, "profile.national_id_issued_on"),
    ("CCCD > Nơi cấp", ["Cục CS QLHC"], "profile.national_id_issued_by"),
    ("Trình độ > Chuyên môn > ĐH", MARKS, "mark.professional.4"),
    ("Trình độ > Chuyên môn > ĐH", ["Luật", "Kế toán"], "mark.professional.4"),
    ("Trình độ > Lý luận chính trị > Cao cấp", MARKS, "mark.political.3"),
    ("LLCT > TC", MARKS, "mark.political.2"),
    ("Chuyên môn > TC", MARKS, "mark.professional.2"),
    ("Trình độ > Tin học", ["B"], "it.text"),
    ("Tin học > CC (A,B,C)", MARKS, "mark.it.1"),
    ("Tin học > TC", MARKS, "mark.it.4"),
    ("Văn hóa > TH", MARKS, "mark.general.1"),
    ("QLNN > CVC&TĐ", MARKS, "mark.state_management.3"),
    ("Trình độ chuyên môn > Chuyên ngành", WORDS, "professional.major"),
    ("Trình độ chuyên môn > Trình độ", ["ĐH"], "professional.text"),
    ("Trình độ > Ngoại ngữ > Tiếng Anh > ĐH", MARKS, "mark.language.6"),
    ("Mức lương hiện hưởng > Hệ số lương", ["2,34"], "salary.coefficient"),
    ("Mức lương hiện hưởng > Bậc lương", ["1"], "salary.step"),
    ("Lương > Mã số", ["01.003"], "salary.grade_code"),
    ("Phụ cấp > Chức vụ", ["0,2"], "allowance.position"),
    ("Phụ cấp > Trách nhiệm", ["0,1"], "allowance.responsibility"),
    ("Phụ cấp > Khu vực", ["0,3"], "allowance.area"),
    ("Phụ cấp > Vượt khung", ["5"], "salary.over_frame_percent"),
    ("Phụ cấp > Tổng phụ cấp theo %", ["30"], "info"),
    ("Tuổi > Dưới 30", MARKS, "info"),
    ("Thâm niên BHXH > <15", MARKS, "info"),
    ("Quyết định bổ nhiệm > Số", ["12/QĐ-UBND"], "holding.decision_number"),
    ("Thời gian giữ chức vụ > Từ", DAYS, "holding.valid_from"),
    ("Họ và > tên", NAMES, "full_name"),
    ("Thông tin cá nhân > Họ và tên", NAMES, "full_name"),
    ("Xếp loại > 2022", ["HTTNV"], "rating.level"),
    ("Phụ cấp > Ghi chú", ["đi học"], "note"),
]


def one(path, cells):
    return suggest({3: tuple(path.split(" > "))}, {3: cells})[3]


@pytest.mark.parametrize(("path", "cells", "target"), ORDINARY)
def test_an_ordinary_header_is_known(path, cells, target):
    assert one(path, cells).target == target
    assert not one(path, cells).is_question


@pytest.mark.parametrize(("path", "cells", "target"), ORDINARY)
def test_an_ordinary_header_is_known_before_there_is_anybody(path, cells, target):
    guess = one(path, []).target

    assert guess is None or guess.split(".")[0] == target.split(".")[0] or guess in (
        "ethnicity", "mark.ethnic_minority", "party_joined_on", "general.text", "mark.sex.F",
        "ethnic_language.text",
    )  # fmt: skip


# A wrong guess is worse than none.
NOT_GUESSED = [
    ("Sở thích", WORDS),
    ("Ngày vào Đoàn", DAYS),
    ("Vợ (chồng) > Họ và tên", NAMES),
    ("Cha > Năm sinh", DAYS),
    ("Họ và tên vợ (chồng)", NAMES),
    ("Họ và tên bố", NAMES),
    ("Họ tên người thân", NAMES),
    ("Ho ten vo", NAMES),
    ("Quy hoạch > Chức vụ", ["Bí thư"]),
    ("Đại biểu HĐND > Xã", MARKS),
    ("Tham gia cấp ủy cấp xã", MARKS),
    ("Ngày sinh", WORDS),
    ("Họ và tên", ["12", "13"]),
    ("Số CCCD", WORDS),
    ("Chức vụ", NAMES),
    ("Số", ["12", "5", "44"]),
    ("Chuyên môn > ĐH", ["12", "5", "44"]),
    ("Ngoại ngữ > TC", MARKS),
    ("Hệ số lương", WORDS),
    ("Mã ngạch", ["5", "7"]),
    ("Ngày", DAYS),
    ("Từ ngày", DAYS),
    ("Mức lương đề nghị > Hệ số", ["2,34"]),
    ("Ngày nhập học", DAYS),
    ("Số hiệu", ["12", "13"]),
    ("Tôn giáo", MARKS),
]


@pytest.mark.parametrize(("path", "cells"), NOT_GUESSED)
def test_what_is_not_known_is_left_and_told(path, cells):
    found = one(path, cells)

    assert found.target is None
    assert found.why


ASKED = [
    ("Chuyên môn > ThS-TS", MARKS, "mark.professional.5"),
    ("QP-AN", MARKS, "defence.text"),
    ("Tin học", MARKS, "it.text"),
    ("Ngoại ngữ > Chứng chỉ", MARKS, "mark.language.1"),
    ("Năm sinh", ["65", "70", "82"], "born_on"),
    ("Xếp loại", ["HTTNV"], "rating.level"),
    ("Phần hai > Số điện thoại", ["0912345678"], "phone"),
]


@pytest.mark.parametrize(("path", "cells", "target"), ASKED)
def test_what_may_mean_two_things_is_asked(path, cells, target):
    found = one(path, cells)

    assert (found.target, found.is_question) == (target, True)


def test_one_header_over_two_columns_holds_family_and_given_names():
    columns = {2: ("Họ và tên",), 3: ("Họ và tên",)}
    cells = {2: ["Nguyễn Văn", "Trần Thị Thu"], 3: ["An", "Hà"]}

    found = suggest(columns, cells)

    assert [found[c].target for c in (2, 3)] == ["name.family", "name.given"]


def test_a_column_without_header_beside_the_names_may_hold_given_names():
    found = suggest({2: ("Họ và tên",), 3: ()}, {2: ["Nguyễn Văn", "Trần Thị"], 3: ["An", "Hà"]})

    assert [found[c].target for c in (2, 3)] == ["name.family", "name.given"]


def test_an_empty_column_under_the_header_of_names_is_not_read():
    found = suggest({2: ("Họ và tên",), 3: ("Họ và tên",)}, {2: NAMES})

    assert [found[c].target for c in (2, 3)] == ["full_name", None]


def test_family_and_given_names_have_headers_of_their_own():
    columns = {2: ("Họ và đệm",), 3: ("Tên",)}

    found = suggest(columns, {2: ["Nguyễn Văn"], 3: ["An"]})

    assert [found[c].target for c in (2, 3)] == ["name.family", "name.given"]


def test_day_month_and_year_of_birth_in_three_columns():
    columns = {2: ("Ngày sinh",), 3: ("Tháng sinh",), 4: ("Năm sinh",)}
    cells = {2: ["12", "3"], 3: ["5", "11"], 4: ["1970", "1981"]}

    found = suggest(columns, cells)

    assert [s.target for s in found.values()] == ["born.day", "born.month", "born.year"]


def test_day_month_and_year_of_birth_below_one_group():
    columns = {2: ("Ngày sinh", "Ngày"), 3: ("Ngày sinh", "Tháng"), 4: ("Ngày sinh", "NAM")}
    cells = {2: ["12", "3"], 3: ["5", "11"], 4: ["1970", "1981"]}

    found = suggest(columns, cells)

    assert [s.target for s in found.values()] == ["born.day", "born.month", "born.year"]


def test_from_when_is_of_the_column_to_the_left():
    columns = {
        1: ("Chức vụ",), 2: ("Từ ngày",), 3: ("Hệ số lương",), 4: ("Từ ngày",),
        5: ("Số CCCD",), 6: ("Ngày cấp",), 7: ("Nơi cấp",), 8: ("Ngày cấp",),
    }  # fmt: skip

    found = suggest(columns, {})

    assert [s.target for s in found.values()] == [
        "holding.post", "holding.valid_from", "salary.coefficient", "salary.valid_from",
        "national_id", "profile.national_id_issued_on", "profile.national_id_issued_by", None,
    ]  # fmt: skip


FROM = ["Từ ngày", "Ngày bổ nhiệm", "Ngày nhận chức", "Thời điểm bổ nhiệm"]
POSTS = ["Bí thư", "Kế toán", "Văn phòng – thống kê"]


def last(*columns):
    """What the last of the columns (header path, cells) is taken for, behind names and posts."""
    mine = (("Họ và tên", NAMES), ("Chức vụ", POSTS), *columns)
    paths = {n: tuple(path.split(" > ")) for n, (path, _) in enumerate(mine, start=1)}
    found = suggest(paths, {n: cells for n, (_, cells) in enumerate(mine, start=1)})
    return found[len(mine)]


@pytest.mark.parametrize("header", FROM)
@pytest.mark.parametrize(
    "between",
    [
        (),
        (("Đơn vị công tác", ["Xã La Bằng", "Xã Hoàng Nông"]),),
        (("Số QĐ", ["12/QĐ-UBND"]), ("Ngày ký", DAYS)),
    ],
)
def test_a_bare_day_behind_a_post_is_of_the_post(header, between):
    found = last(*between, (header, DAYS))

    assert (found.target, found.is_question) == ("holding.valid_from", False)


@pytest.mark.parametrize("group", ["Công tác", "Thông tin công tác"])
def test_a_group_that_says_nothing_does_not_keep_the_day_from_its_post(group):
    found = last((f"{group} > Từ ngày", DAYS))

    assert (found.target, found.is_question) == ("holding.valid_from", False)


def test_a_day_under_the_group_of_its_post_is_of_the_post():
    found = last(("Phân công > Chức danh", POSTS), ("Phân công > Từ ngày", DAYS))

    assert found.target == "holding.valid_from"


def test_a_bare_day_behind_what_lists_tell_of_anybody_is_asked():
    found = last(("Giới tính", ["Nam", "Nữ"]), ("Ngày sinh", DAYS), ("Từ ngày", DAYS))

    assert (found.target, found.is_question) == ("holding.valid_from", True)
    assert "cột chức vụ" in found.why


@pytest.mark.parametrize("header", FROM)
@pytest.mark.parametrize("group", ["Kỷ luật", "Đảng", "Quy hoạch", "Chuyên môn", "BHXH"])
def test_under_a_group_of_something_else_the_day_is_asked_or_not_read(header, group):
    found = last((f"{group} > {header}", DAYS))

    assert found.target != "holding.valid_from" or found.is_question


@pytest.mark.parametrize(
    ("beside", "cells"),
    [
        ("Kỷ luật", ["Khiển trách", "Cảnh cáo"]),
        ("Chức vụ Đảng", ["Chi ủy viên"]),
        ("Ngày vào Đảng", DAYS),
        ("Trình độ chuyên môn", ["Đại học", "Cao đẳng"]),
        ("Sở thích", WORDS),
    ],
)
def test_a_bare_day_beside_something_else_is_not_of_the_post(beside, cells):
    assert last((beside, cells), ("Từ ngày", DAYS)).target is None


@pytest.mark.parametrize("header", ["Ngày bổ nhiệm", "Thời điểm bổ nhiệm"])
def test_a_day_of_appointment_beside_a_grade_is_asked(header):
    found = last(("Ngạch công chức", ["Chuyên viên", "Cán sự"]), (header, DAYS))

    assert (found.target, found.is_question) == ("holding.valid_from", True)
    assert "ngạch" in found.why


def test_a_bare_day_before_the_post_is_not_known():
    columns = {1: ("Họ và tên",), 2: ("Từ ngày",), 3: ("Chức vụ",)}

    assert suggest(columns, {1: NAMES, 2: DAYS, 3: POSTS})[2].target is None


def test_a_bare_day_whose_cells_are_words_is_not_read():
    assert last(("Từ ngày", WORDS)).target is None


def test_of_two_columns_for_one_field_the_fuller_is_read_and_the_other_told():
    columns = {1: ("Năm sinh",), 2: ("Ngày sinh",)}

    found = suggest(columns, {1: ["1970", "1981"], 2: ["12/5/1970", "1/2/1981"]})

    assert [s.target for s in found.values()] == [None, "born_on"]
    assert "Ngày sinh" in found[1].why


def test_two_columns_of_posts_are_asked():
    found = suggest({1: ("Chức vụ",), 2: ("Chức danh",)}, {1: ["Bí thư"], 2: ["Kế toán"]})

    assert sorted(str(s.target) for s in found.values()) == ["None", "holding.post"]
    assert any(s.is_question for s in found.values())


def test_the_year_of_ratings_stands_in_the_header_or_in_the_title():
    title = ["KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI NĂM 2021"]

    assert one("Xếp loại năm 2022", ["HTTNV"]).given == {"rating.year": "2022"}
    assert suggest({1: ("Xếp loại",)}, {1: ["HTTNV"]}, context=title)[1].given == {
        "rating.year": "2021"
    }


def test_a_fingerprint_is_of_the_headers_not_of_their_place():
    one_list = {1: ("STT",), 2: ("Họ và tên",), 3: ("Ngày sinh", "Nam"), 4: ()}
    moved = {2: ("stt",), 3: ("HỌ VÀ  TÊN",), 4: ("Ngày sinh", "Nam")}

    assert fingerprint(one_list) == fingerprint(moved)
    assert fingerprint(one_list) != fingerprint({**moved, 4: ("Ngày sinh", "Nữ")})


def test_of_two_columns_with_the_same_header_the_left_is_taken_and_asked():
    columns = {3: ("Năm sinh",), 4: ("Họ tên vợ (chồng)",), 5: ("Năm sinh",)}

    found = suggest(columns, {3: ["1970"], 4: NAMES, 5: ["12/5/1972"]})

    assert [s.target for s in found.values()] == ["born_on", None, None]
    assert found[3].is_question


def test_a_header_with_a_slip_is_known_unless_the_slip_is_a_word_of_headers():
    assert one("Chức vụ, chức dnah", ["Bí thư"]).target == "holding.post"
    assert one("Qêu quán", ["Đại Từ"]).target is None  # two slips in a short word
    assert one("Quê quám", ["Đại Từ"]).target == "home_town"
    assert one("Ngày xuất Đảng", DAYS).target is None


@pytest.mark.parametrize(
    ("path", "cells", "target"),
    [
        ("ĐT", ["0912345678", "0912345679"], "phone"),
        ("DT", ["Kinh", "Tày", "Nùng"], "ethnicity"),
        ("Số", ["019080000417"], "national_id"),
        ("Số", ["1", "2", "3", "4"], "index"),
        ("Mã số", ["01.003", "01.004"], "salary.grade_code"),
        ("Nam", MARKS, "mark.sex.M"),
        ("Nam", DAYS, "born.male"),
        ("Năm", DAYS, None),
        ("Đơn vị", ["05761", "05764"], "holding.commune"),
        ("Xã", ["La Bằng", "Hoàng Nông", "Văn Yên"], "holding.commune"),
        ("Đơn vị", NAMES, None),
        ("Dân tộc", ["Kinh", "Cao Lan"], "ethnicity"),
        ("Trình độ LLCT > LLCT", ["CC"], "political.text"),
        ("Ngày sinh > Tuổi", ["45"], "info"),
        ("Dưới 30", MARKS, "info"),
        ("Họ và đệm", NAMES, "full_name"),
        ("Họ và đệm", ["Văn", "Thị"], None),
        ("Tên", ["An", "Hà"], None),
        ("Tên", NAMES, "full_name"),
        ("Ngày sinh > Nam", MARKS, "mark.sex.M"),
        ("Đảng viên > Chính thức", MARKS, "mark.party"),
    ],
)
def test_the_cells_decide_where_the_header_says_too_little(path, cells, target):
    assert one(path, cells).target == target


def test_a_space_lost_is_a_slip_and_a_word_too_many_is_not():
    for header, target in [("Nơi ở hiệnnay", "residence"), ("Nơi ởhiện nay", "residence"),
                           ("Hệ sốlương", "salary.coefficient")]:  # fmt: skip
        assert suggest({1: (header,)}, {})[1].target == target
    assert suggest({1: ("Nơi ở hiện nay x",)}, {})[1].target is None


def test_of_a_column_without_texts_nothing_is_so():
    assert Samples.of([" ", ""]).days == 0.0
    assert not Samples.of([" ", ""])


def test_a_column_without_header_that_is_no_given_names_is_not_known():
    found = suggest({2: ("Họ và tên",), 3: ()}, {2: NAMES, 3: ["1970", "1980", "1990"]})

    assert [found[c].target for c in (2, 3)] == ["full_name", None]


def test_a_header_cannot_name_two_fields():
    with pytest.raises(ValueError, match="TUỔI names both"):
        _index({"info": "Tuổi", "note": "Ghi chú|TUỔI"})


def test_a_sentence_in_a_header_names_nothing():
    assert one("Chuyên môn " + "và nghiệp vụ " * 3000, []).target is None
