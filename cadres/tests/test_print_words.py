"""What the papers say of a record, word by word."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Allowance, WorkPeriod
from cadres.printing.curriculum import Curriculum, curriculum_of
from cadres.printing.papers import CURRICULUM, SUPPLEMENT
from cadres.printing.people import dossiers
from cadres.printing.sight import withheld
from cadres.printing.supplement import Supplement, supplement_of
from cadres.printing.words import day_words, month_words, percent_words, period_words, plain
from cadres.tests.dossiers import (
    CCCD,
    make_award,
    make_discipline,
    make_relative,
    make_step,
    make_whole_record,
)
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
)
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 8)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def told(cadre, user=None, day=ON):
    user = user or make_user()
    (dossier,) = dossiers(user, [cadre.pk], day)
    return curriculum_of(dossier)


def changed(cadre, year, user=None, day=ON):
    user = user or make_user()
    (dossier,) = dossiers(user, [cadre.pk], day)
    return supplement_of(dossier, year)


@pytest.mark.parametrize(
    ("paper", "words"), [(CURRICULUM, Curriculum), (SUPPLEMENT, Supplement)], ids=["2c", "4a"]
)
def test_each_place_of_a_paper_is_filled_from_a_field_and_each_field_has_a_place(paper, words):
    places = {slot.field for line in paper.lines for slot in line.slots}
    places |= {part.field for part in (*paper.tables, *paper.texts)}

    assert places == {field.name for field in fields(words)} - {"year"}


def test_a_whole_record_stands_on_the_2c_form_in_its_words(settings):
    settings.PORTAL_PLACE = "Huyện Đại Từ, Thái Nguyên"

    found = told(make_whole_record(make_commune("Xã Bản Ngoại")))

    assert found.managing_agency == "UBND huyện Đại Từ, Thái Nguyên"
    assert found.using_agency == "Xã Bản Ngoại"
    assert found.full_name == "NGUYỄN THỊ HƯỜNG"
    assert (found.born_day, found.born_month, found.born_year) == ("12", "05", "1985")
    assert (found.sex, found.ethnicity, found.recruited_on) == ("Nữ", "Sán Dìu", "03/2008")
    assert found.posts == (
        "Văn phòng – thống kê, xã Bản Ngoại; Ủy viên Ban Chấp hành Đảng bộ xã Bản Ngoại"
    )
    assert (found.grade_code, found.step, found.coefficient) == ("01.003", "6", "3,99")
    assert found.paid_from == "01/03/2022"
    assert (found.position_allowance, found.other_allowances) == ("0,20", "công vụ 25%")
    assert (found.general_education, found.profession) == ("THPT", "Đại học, Luật (2007)")
    assert found.languages == "Tiếng Anh: Bậc 2 (A2, B)"
    assert found.affiliations == "Đoàn TNCS Hồ Chí Minh, Phó Bí thư Đoàn xã (26/03/2000)"
    assert (found.enlisted_on, found.honour) == ("2003", "Nhà giáo ưu tú (2019)")
    assert found.awards == "Bằng khen, 2021; Chiến sĩ thi đua cơ sở, 2022"
    assert found.disciplines == "Khiển trách (Đảng), 2016"
    assert (found.height, found.weight, found.blood_type) == ("1 m 58", "52 kg", "O")
    assert (found.national_id, found.national_id_issued_on) == (CCCD, "10/05/2021")
    assert [(row.label, row.cell_1, row.cell_2, row.cell_3) for row in found.pay] == [
        ("Tháng/năm", "03/2019", "03/2022", ""),
        ("Mã ngạch/bậc", "01.003/5", "01.003/6", ""),
        ("Hệ số lương", "3,66", "3,99", ""),
    ]


def test_the_tables_of_learning_work_and_family_hold_the_record_in_order():
    found = told(make_whole_record(make_commune("Xã Bản Ngoại")))

    law, english, course = found.learning
    assert (law.school, law.period, law.form) == (
        "Đại học Luật", "09/2003 – 06/2007", "Chính quy, tập trung",
    )  # fmt: skip
    assert law.outcome == "Bằng tốt nghiệp: Đại học, 06/2007"
    assert (english.subject, english.outcome) == ("Tiếng Anh", "Chứng chỉ: Bậc 2 (A2, B), 2015")
    assert (course.period, course.form) == ("04/2022", "Bồi dưỡng")
    assert course.outcome == "Chứng chỉ, 12/CN, 40 tiết"
    assert [(row.period, row.what) for row in found.work] == [
        ("09/2003 – 06/2007", "Sinh viên Đại học Luật"),
        ("08/2012 – nay", "Văn phòng – thống kê, xã Bản Ngoại"),
        ("06/2020 – nay", "Ủy viên Ban Chấp hành Đảng bộ xã Bản Ngoại"),
    ]
    assert [(r.relation, r.year, r.detail) for r in found.own_family] == [
        ("Cha", "1955", "(đã mất) Làm ruộng"),
        ("Con", "2022", ""),
    ]
    assert [row.full_name for row in found.spouse_family] == ["Phạm Thị Ẵm"]


def test_nothing_is_made_up_for_an_empty_record():
    found = told(make_cadre("Lê Văn Không", born_on=None))

    known = {f.name: getattr(found, f.name) for f in fields(found) if getattr(found, f.name)}
    assert set(known) == {"code", "full_name", "sex", "pay"}
    assert all(row.cell_1 == "" for row in found.pay)


def test_what_is_known_of_a_birth_date_is_told_and_no_more():
    found = told(make_cadre(born_on="1965"))

    assert (found.born_day, found.born_month, found.born_year) == ("", "", "1965")


def test_what_comes_after_the_day_is_not_on_the_paper():
    cadre = make_cadre()
    make_holding(cadre, make_post("Chủ tịch UBND"), valid_from=date(2023, 7, 1))
    make_qualification(cadre, "professional", 5, awarded_on="2023-12")
    make_step(cadre, date(2024, 1, 1), 3, "3.00")
    make_award(cadre, "order", 2024)
    make_discipline(cadre, day=date(2023, 6, 9))
    WorkPeriod.objects.create(cadre=cadre, from_on="2024", what="Sau này")

    found = told(cadre)

    assert (found.posts, found.profession, found.coefficient) == ("", "", "")
    assert (found.awards, found.disciplines, found.work) == ("", "", ())


def test_a_post_that_ended_is_told_to_its_last_day_and_one_that_ends_later_goes_on():
    cadre, commune = make_cadre(), make_commune("Xã Đây")
    post = make_post("Địa chính")
    ended, later = date(2015, 5, 1), date(2023, 9, 1)
    make_holding(cadre, post, commune, valid_from=date(2010, 1, 1), valid_to=ended)
    make_holding(cadre, post, commune, valid_from=ended, valid_to=later)

    assert [row.period for row in told(cadre).work] == ["01/2010 – 04/2015", "05/2015 – nay"]


def test_a_post_that_the_summary_tells_already_is_told_once():
    cadre, commune = make_cadre(), make_commune("Xã Đây")
    make_holding(cadre, make_post("Địa chính"), commune, valid_from=date(2015, 5, 1))
    WorkPeriod.objects.create(cadre=cadre, from_on="2015-05", what="Công chức địa chính xã Đây")

    assert [row.what for row in told(cadre).work] == ["Công chức địa chính xã Đây"]


def test_part_pay_and_pay_beyond_the_frame_are_told_with_the_coefficient():
    cadre = make_cadre()
    make_step(cadre, date(2020, 1, 1), 12, "4.06", percent=85, over_frame_percent=7)

    assert told(cadre).coefficient == "4,06 (hưởng 85%, VK 7%)"


def test_more_steps_than_the_form_has_columns_go_on_below():
    cadre = make_cadre()
    for number in range(9):
        make_step(cadre, date(2000 + 2 * number, 1, 1), number + 1, "2.34")

    rows = told(cadre).pay

    assert [row.label for row in rows] == ["Tháng/năm", "Mã ngạch/bậc", "Hệ số lương"] * 2
    assert (rows[0].cell_7, rows[3].cell_1, rows[3].cell_2, rows[3].cell_3) == (
        "01/2012", "01/2014", "01/2016", "",
    )  # fmt: skip


def test_the_highest_award_of_each_ladder_and_the_gravest_discipline_of_each_system_are_told():
    cadre = make_cadre()
    for kind, year in [("certificate", 2022), ("medal", 2010), ("diploma", 2015),
                       ("advanced", 2021), ("party_badge", 2020)]:  # fmt: skip
        make_award(cadre, kind, year)
    make_discipline(cadre, "warning", date(2012, 1, 1))
    make_discipline(cadre, "reprimand", date(2018, 1, 1))
    make_discipline(cadre, "reprimand", date(2014, 1, 1), system="state")

    found = told(cadre)

    assert found.awards == "Huy chương, 2010; Lao động tiên tiến, 2021; Huy hiệu Đảng, 2020"
    assert sorted(found.disciplines.split("; ")) == [
        "Cảnh cáo (Đảng), 2012",
        "Khiển trách (Chính quyền), 2014",
    ]


def test_a_leader_gets_the_form_without_the_sensitive_groups():
    cadre = make_whole_record(make_commune())

    found = told(cadre, make_user(Role.LEADER))

    for name in ("national_id", "insurance_number", "ethnicity", "religion", "residence",
                 "permanent_residence", "disciplines", "health", "policy_family",
                 "personal_history", "foreign_relations", "remark"):  # fmt: skip
        assert getattr(found, name) == "", name
    assert [row.full_name for row in (*found.own_family, *found.spouse_family)] == ["", ""]
    assert "không in" in found.own_family[0].detail
    assert "không in" in changed(cadre, 2016, make_user(Role.LEADER)).discipline_changes[0].what


def test_a_clerk_gets_the_form_of_the_own_commune_without_the_whole_number():
    commune = make_commune()
    cadre = make_whole_record(commune)
    clerk = make_user(Role.COMMUNE_CLERK, commune=commune)

    found = told(cadre, clerk)

    assert (found.national_id, found.ethnicity) == ("", "Sán Dìu")
    assert found.disciplines
    assert withheld(clerk) == ["số CCCD"]


def test_rows_of_another_commune_are_not_loaded():
    mine, theirs = make_commune(), make_commune()
    own, foreign = make_whole_record(mine), make_cadre("Người Xã Bạn")
    make_holding(foreign, commune=theirs)
    clerk = make_user(Role.COMMUNE_CLERK, commune=mine)

    found = dossiers(clerk, [foreign.pk, own.pk], ON)

    assert [each.person for each in found] == [own]


def test_the_supplement_tells_what_began_ended_or_was_decided_in_its_year():
    cadre = make_whole_record(make_commune("Xã Bản Ngoại"))

    found = changed(cadre, 2022)

    assert [(row.period, row.what) for row in found.career_changes] == [
        ("Từ 01/09/2022", "Đi học, Học viện"),
        ("Hết ngày 30/11/2022", "Hết thời gian: Đi học, Học viện"),
    ]
    assert [row.subject for row in found.learning] == ["Nghiệp vụ công tác xây dựng Đảng"]
    assert [(r.period, r.amount, r.decision) for r in found.pay_changes] == [
        ("01/03/2022", "3,99", "7/QĐ")
    ]
    assert [(row.what, row.decision) for row in found.award_changes] == [
        ("Chiến sĩ thi đua cơ sở, UBND huyện", "46/QĐ-UBND")
    ]
    assert (found.discipline_changes, found.body_changes) == ((), ())
    assert found.rating == "Hoàn thành tốt nhiệm vụ"
    assert [(row.full_name, row.born) for row in found.family_changes] == [
        ("Lê Bảo Ưỡng", "01/09/2022")
    ]


def test_a_year_is_its_own_first_to_last_day():
    cadre, commune, post = make_cadre(), make_commune("Xã Đây"), make_post("Địa chính")
    for first, last in [(date(2021, 12, 31), date(2022, 1, 1)), (date(2022, 1, 1), None)]:
        make_holding(cadre, post, commune, valid_from=first, valid_to=last)
    make_membership(cadre, commune, valid_from=date(2022, 12, 31))
    cadre.party_official_on = PartialDate("2021")
    cadre.save()

    assert [row.period for row in changed(cadre, 2021).career_changes] == [
        "Từ 31/12/2021",
        "Hết ngày 31/12/2021",
    ]
    assert [row.period for row in changed(cadre, 2022).career_changes] == [
        "Từ 01/01/2022",
        "Từ 31/12/2022",
    ]
    assert [row.what for row in changed(cadre, 2021).body_changes] == ["Đảng viên chính thức"]


def test_allowances_and_discipline_of_the_year_are_changes_too():
    cadre = make_cadre()
    Allowance.objects.create(
        cadre=cadre, kind="area", coefficient=Decimal("0.5"), valid_from=date(2022, 1, 1)
    )
    make_discipline(cadre, "warning", date(2022, 5, 4), system="state")

    found = changed(cadre, 2022)

    assert [(row.what, row.amount) for row in found.pay_changes] == [("Phụ cấp khu vực", "0,50")]
    assert [(row.period, row.what) for row in found.discipline_changes] == [
        ("Từ 04/05/2022", "Cảnh cáo (Chính quyền), lý do: kỷ luật công tác")
    ]


def test_relatives_without_a_birth_year_are_told_without_one():
    cadre = make_cadre()
    make_relative(cadre, "Mẹ", "Trần Thị Ợt")

    (mother,) = told(cadre).own_family

    assert (mother.full_name, mother.year) == ("Trần Thị Ợt", "")


def test_dates_and_numbers_are_written_as_offices_do():
    assert [day_words(PartialDate(d)) for d in ("1980-05-12", "1980-05", "1980")] == [
        "12/05/1980", "05/1980", "1980",
    ]  # fmt: skip
    assert [month_words(d) for d in (date(2020, 3, 1), PartialDate("1980-05-12"), None)] == [
        "03/2020", "05/1980", "",
    ]  # fmt: skip
    assert period_words(None, None) == ""
    assert period_words(None, PartialDate("2007")) == "…… – 2007"
    assert period_words(PartialDate("2003"), None) == "2003 – ……"
    assert [percent_words(Decimal(n)) for n in ("25.00", "12.50", "100")] == [
        "25%",
        "12,5%",
        "100%",
    ]


def test_what_no_paper_can_show_is_left_out():
    assert plain("a\x00b\x0b\ud800c\ufffe") == "abc"
    assert plain(" một\r\nhai\tba ") == "một\nhai ba"
    assert plain(None) == ""
