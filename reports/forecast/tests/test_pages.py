"""The pages of the forecast: tried at once, kept once, changed, compared, exported."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.models import Term
from cadres.tests.factories import make_qualification
from reports.forecast.models import Scenario, ScenarioPerson
from reports.forecast.tests.factories import make_scenario
from training.tests.factories import make_programme, make_study

TRY, SAVE, LIST = "/bao-cao/du-bao/them/", "/bao-cao/du-bao/luu/", "/bao-cao/du-bao/"
FIGURE = "/bao-cao/org_deputies_political/"
DAY = "2023-06-08"
MOST_QUERIES, MOST_BYTES = 12, 100 * 1024


@pytest.fixture
def hr(client, district):
    client.force_login(district.hr, "accounts.backends.WithCommune")
    return client


@pytest.fixture
def leader(client, district):
    client.force_login(district.leader, "accounts.backends.WithCommune")
    return client


def text_of(response):
    bare = re.sub(
        r"<(script|style|svg).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S
    )
    return re.sub(r"\s+", " ", bare)


def asked(district, *people, **more):
    """The address that the list of names leads to."""
    told = {"ngay": DAY, "chi_tieu": district.code, "nguoi": [each.pk for each in people], **more}
    return {name: value for name, value in told.items() if value != ""}


def kept(client, district, *people, name="Mở lớp", token="một", **more):
    """Keep what the address shows; the answer."""
    loc = client.get(TRY, asked(district, *people, **more)).wsgi_request.GET.urlencode()
    return client.post(SAVE, {"loc": loc, "ten": name, "chia_se": "on", "dau": token})


# -- tried ----------------------------------------------------------------------------------------


def test_the_people_of_a_list_are_answered_at_once_and_nothing_is_kept(leader, district):
    text = text_of(leader.get(TRY, asked(district, *district.people[1:])))

    assert "Nếu 3 người học Trung cấp lý luận chính trị, kết quả ngày 31/12/2024, 90 % đạt" in text
    # 1 + 2,7; that all three pass has a chance of 73 %, that fewer than two do 3 %
    assert "1/4 → 4/4 (100,0 %) ngày 31/12/2024, thấp 3, cao 4. Chưa lưu." in text
    assert "Lưu kịch bản" not in text
    assert Scenario.objects.count() == 0


def test_the_communes_say_why_their_rounded_changes_need_not_add_up(hr, district):
    page = text_of(hr.get(TRY, asked(district, *district.people)))

    assert "Theo xã, thị trấn" in page
    assert "cộng thay đổi của các xã có thể lệch" in page


def test_the_district_staff_may_keep_it(hr, district):
    assert "Lưu kịch bản" in text_of(hr.get(TRY, asked(district, *district.people[1:])))


def test_a_programme_alone_chooses_the_indicator_that_counts_what_it_gives(hr, district):
    programme = make_programme("Đại học", strand="professional", rank=4)
    person = district.people[1].pk

    response = hr.get(TRY, {"ngay": DAY, "ct": programme.pk, "nguoi": person})

    assert response.context["shown"].code == "civil_servants_degree"
    assert response.context["trial"].plan.parts[0].item.programme == programme


def test_everyone_outside_the_numerator_may_be_meant(hr, district):
    response = hr.get(TRY, asked(district, tat_ca="1"))

    assert set(response.context["trial"].chosen) == {each.pk for each in district.people[1:]}


def test_an_indicator_of_no_kind_names_nobody(hr, district):
    response = hr.get(TRY, {"chi_tieu": "khong-co", "tat_ca": "1"})

    assert response.context["trial"].outcome is None
    assert "Chưa tính được" in text_of(response)


def test_who_is_not_ticked_is_not_counted_and_codes_add_people(hr, district):
    more = {"them_ma": f"{district.people[2].code}, {district.people[1].code}"}

    response = hr.get(TRY, asked(district, district.people[1], **more))

    assert set(response.context["trial"].chosen) == {district.people[1].pk}
    assert len(response.context["outcome"].people) == 2


WRONG = [
    ({"den": "13/2024"}, "không phải tháng"),
    ({"den": "05/2023"}, "Tháng cuối phải sau ngày gốc 08/06/2023."),
    ({"den": "12/2090"}, "nhiều nhất 60 tháng"),
    ({"den": "12/2999"}, "kiểm tra lại năm"),
    ({"ket_qua": "01/2023"}, "Chọn tháng sau ngày gốc 08/06/2023 và không sau 12/2024."),
    ({"ket_qua": "01/2027"}, "Chọn tháng sau ngày gốc"),
    ({"dat": "101"}, "Nhập số nguyên từ 0 đến 100."),
    ({"dat": "9" * 5000}, "Nhập số nguyên từ 0 đến 100."),
    ({"dat_thap": "95"}, "Tỷ lệ thấp nhất phải không quá tỷ lệ đạt (90 %)."),
    ({"dat_cao": "50"}, "Tỷ lệ cao nhất phải từ tỷ lệ đạt (90 %) trở lên."),
    ({"them_ma": "KHONG-CO"}, "Không có hồ sơ mang mã: KHONG-CO."),
    ({"them_ma": " ".join(map(str, range(501)))}, "nhiều nhất 500 mã"),
    ({"them_ma": "a\x00b"}, "Chưa tính được"),
    ({"muc": "political:99"}, "Chưa tính được"),
    ({"ct": "9" * 40}, "Chưa tính được"),
    ({"chi_tieu": ["khong-co"]}, "Chưa tính được"),
    ({"nhiem_ky": "x"}, "Chưa tính được"),
    ({"tuyen_so": "5"}, "Chọn chức danh."),
    ({"tuyen_so": "201"}, "Chưa tính được"),
    ({"qd_nhom": "org_deputies"}, "Chọn mức phải có."),
]


@pytest.mark.parametrize(("more", "words"), WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_calculated_is_told_beside_its_field(hr, district, more, words):
    response = hr.get(TRY, asked(district, district.people[1], **more))

    assert response.status_code == 200
    assert words in text_of(response)
    assert response.context["trial"].outcome is None
    assert f'name="nguoi" value="{district.people[1].pk}"' in response.content.decode()


def test_too_many_indicators_are_refused(hr, district):
    codes = ["civil_servants_degree", "civil_servants_political", "key_leaders_degree",
             "org_heads_degree", "org_heads_political", "org_deputies_political",
             "org_deputies_professional"]  # fmt: skip

    assert "nhiều nhất 6 chỉ tiêu" in text_of(hr.get(TRY, {"ngay": DAY, "chi_tieu": codes}))


def test_a_level_must_be_chosen_where_the_indicator_asks_for_a_standard(hr, district):
    more = {"chi_tieu": "standardised_org_deputies"}

    words = text_of(hr.get(TRY, asked(district, district.people[1], **more)))

    assert "Chọn chương trình, hoặc mức mà lớp cấp." in words


def test_keys_that_are_none_are_nobody(hr, district):
    told = {"ngay": DAY, "chi_tieu": district.code, "nguoi": ["x", "9" * 30, "-1", "999999999"],
            "luot": ["x", "9" * 30]}  # fmt: skip

    assert hr.get(TRY, told).status_code == 200


def test_each_section_becomes_a_part(hr, district):
    term = Term.objects.filter(organisation="mttq").on(district.base).get()
    make_study(district.people[3], strand="political", rank=2, due_on=date(2024, 6, 1))
    more = {
        "hinh_thuc": "cu-di-hoc", "hoc": "1", "hoc_dat": "80", "nghi_huu": "1",
        "thoi_ma": district.people[0].code, "thoi_tu": "03/2024", "nhiem_ky": term.pk,
        "nhiem_ky_het": "06/2024", "o_lai": district.people[1].code, "tuyen_so": "2",
        "tuyen_chuc": district.post.pk, "tuyen_xa": district.here.pk, "tuyen_tu": "01/2024",
        "tuyen_llct": "political:2", "qd_nhom": "org_heads", "qd_muc": "political:3",
        "qd_tu": "01/2024",
    }  # fmt: skip

    response = hr.get(TRY, asked(district, district.people[1], **more))

    kinds = [part.kind for part in response.context["trial"].plan.parts]
    assert kinds == ["study", "study", "leavers", "term", "hires", "rule", "retirement"]
    text = text_of(response)
    assert "1 lượt cử đi học đang học, theo ngày dự kiến, 80 % đạt" in text
    assert "1 người thôi giữ chức vụ từ 01/04/2024" in text
    assert "Từ 31/01/2024 nhóm" in text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"thoi_ma": "0"}, "Nhập tháng thôi giữ chức vụ."),
        ({"thoi_ma": "0", "thoi_tu": "01/2020"}, "Chọn tháng sau ngày gốc"),
        ({"nhiem_ky": "1"}, "Nhập tháng hết nhiệm kỳ."),
        ({"nhiem_ky": "1", "nhiem_ky_het": "01/2020"}, "Chọn tháng sau ngày gốc"),
        ({"qd_nhom": "org_heads", "qd_muc": "it:1", "qd_tu": "01/2020"}, "Chọn tháng sau"),
    ],
)
def test_a_section_that_is_half_filled_says_what_is_missing(hr, district, more, words):
    if "thoi_ma" in more:
        more["thoi_ma"] = district.people[0].code
    if "nhiem_ky" in more:
        more["nhiem_ky"] = Term.objects.filter(organisation="mttq").on(district.base).get().pk

    assert words in text_of(hr.get(TRY, asked(district, **more)))


def test_studies_that_are_named_are_taken_whatever_their_day(hr, district):
    study = make_study(district.people[3], strand="political", rank=2, due_on=date(2026, 6, 1))

    response = hr.get(TRY, asked(district, luot=[study.pk]))

    assert response.context["trial"].plan.parts[0].studies == ((study.cadre_id, study.pk),)
    assert f'name="luot" value="{study.pk}"' in response.content.decode()


def test_more_people_than_fit_a_page_stay_counted(hr, district):
    many = [district.deputy(f"Lê Thị Số {n}", district.here) for n in range(120)]

    response = hr.get(TRY, asked(district, *many))

    assert len(response.context["lines"]) == 100
    assert len(response.context["kept"]) == 20
    assert "120 người; 20 người học nữa cũng được tính" in text_of(response)


def cost(client, address, told):
    """(queries, size) of a page that was opened before."""
    client.get(address, told)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, told)
    return [each["sql"][:100] for each in queries], len(response.content)


@pytest.mark.django_db(transaction=True)  # a process remembers nothing inside a transaction
def test_the_page_costs_the_same_for_three_as_for_a_hundred(hr, district):
    few, _ = cost(hr, TRY, asked(district, *district.people))
    people = [district.deputy(f"Nguyễn Thị Dài Tên {n}", district.here) for n in range(100)]
    many, size = cost(hr, TRY, asked(district, *people))

    assert len(few) == len(many) <= MOST_QUERIES, "\n".join(many)
    assert size < MOST_BYTES


# -- kept -----------------------------------------------------------------------------------------


def test_a_form_sent_twice_is_kept_once(hr, district):
    first = kept(hr, district, *district.people[1:])
    second = kept(hr, district, *district.people[1:])

    scenario = Scenario.objects.get()
    assert first.url == second.url == f"/bao-cao/du-bao/{scenario.pk}/"
    assert ScenarioPerson.objects.count() == 3
    assert (scenario.base_on, scenario.until_on) == (district.base, date(2024, 12, 31))
    assert AuditEvent.objects.filter(subject_type="scenario", action="create").exists()


def test_the_same_form_with_another_name_or_other_people_is_kept_too(hr, district):
    kept(hr, district, *district.people[1:])
    kept(hr, district, *district.people[1:], name="Mở hai lớp")
    kept(hr, district, *district.people[2:])
    again = kept(hr, district, *district.people[2:])

    assert Scenario.objects.count() == 3
    assert Scenario.objects.filter(name="Mở hai lớp").exists()
    assert "đã được lưu từ lần bấm trước" in text_of(hr.get(again.url))


@pytest.mark.parametrize("post", [{}, {"ten": "A", "dau": "b", "loc": "chi_tieu=x"}])
def test_what_is_not_whole_is_not_kept(hr, district, post):
    response = hr.post(SAVE, post, follow=True)

    assert "Chưa lưu: nhập tên kịch bản" in text_of(response)
    assert Scenario.objects.count() == 0


def test_what_was_kept_stays_and_is_set_beside_what_happened(hr, district):
    address = kept(hr, district, *district.people[1:3], dat="100", ket_qua="12/2023").url
    make_qualification(district.people[1], "political", 2, awarded_on="2023-12-20")

    before = text_of(hr.get(address, {"ngay": DAY}))
    after = hr.get(address, {"ngay": "2024-01-31"})

    assert "Chưa có tháng nào đã qua để so" in before
    shown = after.context["shown"]
    assert (str(shown.first.middle), str(shown.last.middle)) == ("1/4", "3/4")
    last = after.context["passed"][-1]
    assert (str(last.cell.middle), str(last.real), last.is_within) == ("3/4", "2/4", False)
    assert after.context["passed"][0].is_within


def test_another_indicator_of_the_scenario_may_be_shown(hr, district):
    codes = [district.code, "org_deputies_professional"]
    address = kept(hr, district, district.people[1], chi_tieu=codes, muc="political:2").url

    response = hr.get(address, {"xem": "org_deputies_professional"})

    assert response.context["shown"].code == "org_deputies_professional"
    assert hr.get(address, {"xem": "khác"}).context["shown"].code == district.code


def test_a_scenario_of_ones_own_is_hidden_from_others(client, district):
    mine = make_scenario(district.hr, is_shared=False)
    shared = make_scenario(district.hr)
    client.force_login(district.leader, "accounts.backends.WithCommune")

    assert client.get(mine.get_absolute_url()).status_code == 404
    assert client.get(shared.get_absolute_url()).status_code == 200
    assert [each.pk for each in client.get(LIST).context["page"]] == [shared.pk]


def test_a_commune_sees_no_scenario(district):
    clerk = make_user(Role.COMMUNE_CLERK, commune=district.here)
    make_scenario(district.hr)

    assert not Scenario.objects.visible_to(clerk).exists()


def test_an_empty_list_says_what_to_do(leader, district):
    text = text_of(leader.get(LIST, {"ngay": DAY}))

    assert "Chưa có kịch bản nào" in text
    assert "Cấp phó MTTQ, đoàn thể có trình độ lý luận chính trị" in text


def test_the_list_costs_the_same_for_one_as_for_forty(hr, district):
    make_scenario(district.hr)
    few, _ = cost(hr, LIST, {})
    for n in range(40):
        make_scenario(district.hr, name=f"Kịch bản {n}")
    many, size = cost(hr, LIST, {})

    assert len(few) == len(many) <= MOST_QUERIES
    assert size < MOST_BYTES


def test_the_page_of_a_scenario_costs_the_same_for_three_as_for_a_hundred(hr, district):
    few, _ = cost(hr, kept(hr, district, *district.people).url, {"ngay": "2023-09-30"})
    people = [district.deputy(f"Nguyễn Thị Dài Tên {n}", district.here) for n in range(100)]
    many, size = cost(hr, kept(hr, district, *people, token="hai").url, {"ngay": "2023-09-30"})

    assert len(few) == len(many)
    assert len(many) <= MOST_QUERIES, "\n".join(many)
    assert size < MOST_BYTES


# -- changed --------------------------------------------------------------------------------------


@pytest.fixture
def scenario(hr, district):
    kept(hr, district, *district.people[1:3], dat="100")
    return Scenario.objects.get()


def edit(client, scenario, **said):
    return client.post(f"{scenario.get_absolute_url()}sua/", {"ban": scenario.version, **said})


def test_a_part_may_be_added_and_dropped_and_the_result_follows(hr, district, scenario):
    person = district.people[0].code
    edit(hr, scenario, viec="them", thoi_ma=person, thoi_tu="03/2024")
    scenario.refresh_from_db()
    added = [item.kind for item in scenario.items.all()]
    edit(hr, scenario, viec="bo", muc=scenario.items.get(kind="class").pk)
    scenario.refresh_from_db()

    assert added == ["class", "leavers"]
    assert [item.kind for item in scenario.items.all()] == ["leavers"]
    assert scenario.version == 3
    assert dict(scenario.result["cells"][district.code][-1])[None] == [0, 0, 0, 3, 0]


def test_name_indicators_and_months_may_be_changed(hr, district, scenario):
    said = {
        "ten": "Tên mới",
        "dau": "x",
        "den": "06/2025",
        "chi_tieu": ["org_deputies_professional"],
    }

    response = edit(hr, scenario, viec="luu", **said)

    scenario.refresh_from_db()
    assert response.status_code == 302
    assert (scenario.name, scenario.is_shared) == ("Tên mới", False)
    assert scenario.until_on == date(2025, 6, 30)
    assert list(scenario.result["cells"]) == ["org_deputies_professional"]


def test_a_stale_form_changes_nothing(hr, district, scenario):
    response = edit(hr, scenario, viec="tinh", ban=7)

    assert "vừa được người khác sửa" in text_of(hr.get(response.url))
    scenario.refresh_from_db()
    assert scenario.version == 1


def test_it_may_be_calculated_anew_from_the_record_of_now(hr, district, scenario):
    make_qualification(district.people[3], "political", 2, awarded_on="2023-07-01")

    edit(hr, scenario, viec="tinh")

    scenario.refresh_from_db()
    assert dict(scenario.result["cells"][district.code][-1])[None][1] == 4


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"viec": "them"}, "Chưa thêm gì"),
        ({"viec": "luu"}, "Nhập tên kịch bản."),
        ({"viec": "khac"}, "Giả định đang có"),
        ({"viec": "bo", "muc": "x"}, "Giả định đang có"),
    ],
)
def test_what_says_nothing_changes_nothing(hr, scenario, said, words):
    assert words in text_of(edit(hr, scenario, **said))
    scenario.refresh_from_db()
    assert scenario.version == 1


def test_there_is_an_end_to_the_parts_of_a_scenario(hr, district, scenario):
    for n in range(7):
        scenario.refresh_from_db()
        more = {"them_ma": district.people[n % 4].code, "muc": "political:2", "ket_qua": "12/2023"}
        assert edit(hr, scenario, viec="them", **more).status_code == 302
    scenario.refresh_from_db()

    refused = edit(hr, scenario, viec="them", **more)

    assert "nhiều nhất 20 mục, trong đó 8 lớp" in text_of(refused)
    assert scenario.items.count() == 8


# -- exported, and from the names of a figure -----------------------------------------------------


def test_the_workbook_has_months_communes_people_and_what_is_supposed(hr, district, scenario):
    refused = hr.post(f"{scenario.get_absolute_url()}xuat/")
    response = hr.post(f"{scenario.get_absolute_url()}xuat/", {"muc_dich": "họp"})

    book = load_workbook(BytesIO(b"".join(response)))
    assert refused.status_code == 302
    assert {"Theo tháng", "Theo xã", "Người", "Giả định"} <= set(book.sheetnames)
    names = [row[2].value for row in book["Người"].iter_rows() if row[2].value]
    assert {"Lê Thị Hai", "Lê Thị Ba"} <= set(names)
    last = [cell.value for cell in list(book["Theo tháng"].iter_rows())[-1]]
    assert last[2:] == [3, 3, 3, 4, 0, 75]
    assert AuditEvent.objects.filter(action="export", purpose="họp").exists()


def test_the_names_of_a_figure_lead_to_the_forecast_for_the_district_alone(client, district):
    clerk = make_user(Role.COMMUNE_CLERK, commune=district.here)
    seen = {}
    for user in (district.leader, clerk):
        client.force_login(user, "accounts.backends.WithCommune")
        seen[user.role] = client.get(FIGURE, {"ngay": DAY}).content.decode()

    assert f'action="{TRY}"' in seen[Role.LEADER]
    assert f'name="nguoi" value="{district.people[1].pk}"' in seen[Role.LEADER]
    assert TRY not in seen[Role.COMMUNE_CLERK]


@pytest.mark.parametrize("tab", ["dat", "tat-ca", "theo-xa"])
def test_only_those_outside_the_numerator_can_be_chosen(leader, district, tab):
    assert TRY not in leader.get(FIGURE, {"ngay": DAY, "muc": tab}).content.decode()
