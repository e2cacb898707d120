"""What the district printed, and how the demo splits it, read off the pages as a leader does.

The numbers are those of the district's article on its 29 communes (08/06/2023) and of the split of
the demo population that fits them all.
"""

import re
from html import unescape

import pytest

from accounts.models import User
from cadres.models import Commune

pytestmark = pytest.mark.django_db

JUNE, AUGUST = "2023-06-08", "2023-08-15"


@pytest.fixture
def leader(client, django_db_setup):
    client.force_login(User.objects.get(username="lanhdao"), "accounts.backends.WithCommune")
    return client


def text_of(response):
    assert response.status_code == 200
    bare = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(bare))


def figure(client, code, day=JUNE, **query):
    """The text of a figure's page."""
    return text_of(client.get(f"/bao-cao/{code}/", {"ngay": day, **query}))


def number_of(text):
    """(numerator, denominator, unknown) as the card beside the names prints them."""
    part, whole = re.search(r"([\d.]+|—) /([\d.]+)", text).groups()
    unknown = re.search(r"(?:Thiếu dữ liệu|Chưa xếp loại, ngoài mẫu số) (\d+) ", text)
    return (
        None if part == "—" else int(part.replace(".", "")),
        int(whole.replace(".", "")),
        int(unknown[1]) if unknown else None,
    )


def people_on(client, code, tab, day=JUNE, **query):
    """The keys of all people whom a tab of a figure lists, page after page."""
    found, page = [], 1
    while True:
        asked = {"ngay": day, "muc": tab, "trang": page, **query}
        html = client.get(f"/bao-cao/{code}/", asked).content.decode()
        row = r'<th scope="row">(?:<input[^>]*> )?<a href="/can-bo/(\d+)/'
        found += map(int, re.findall(row, html))
        if 'rel="next"' not in html:
            return found
        page += 1


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("key_leaders_degree", (145, 145, 0)),
        ("committee_intermediate", (377, 377, 0)),
        ("committee_trained", (377, 377, 0)),
        ("org_heads_political", (144, 144, 0)),
        ("org_deputies_political", (88, 138, 0)),
        ("org_heads_degree", (132, 144, 0)),
        ("org_deputies_professional", (96, 138, 0)),
        ("civil_servants_degree", (209, 255, 4)),
        ("civil_servants_political", (163, 255, 0)),
        ("rated_good", (486, 540, 4)),
        ("standardised_key_leaders", (145, 145, 0)),
        ("standardised_org_heads", (144, 144, 0)),
        ("standardised_org_deputies", (None, 138, None)),
        ("standardised_civil_servants", (221, 255, 4)),
        ("standardised_all", (510, 544, 4)),
    ],
)
def test_the_figures_of_the_eighth_of_june(leader, code, printed):
    assert number_of(figure(leader, code)) == printed


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("civil_servants_degree", (209, 255, 4)),
        ("org_deputies_political", (88, 138, 0)),
        ("standardised_key_leaders", (145, 145, 0)),
        ("standardised_org_heads", (132, 144, 0)),
        ("standardised_org_deputies", (96, 138, 0)),
        ("standardised_civil_servants", (221, 255, 4)),
        ("standardised_all", (498, 544, 4)),
    ],
)
def test_the_figures_of_the_fifteenth_of_august_under_the_new_decree(leader, code, printed):
    text = figure(leader, code, AUGUST)

    assert number_of(text) == printed
    assert "NĐ 33/2023/NĐ-CP" in text
    assert "TT 13/2019/TT-BNV" not in text


def test_the_list_of_indicators_prints_the_same_numbers(leader):
    text = text_of(leader.get("/bao-cao/", {"ngay": JUNE}))

    for words in (
        "209 /255", "163 /255", "144 /144", "132 /144", "88 /138", "96 /138", "145 /145",
        "377 /377", "486 /540", "221 /255", "510 /544", "82,0 %", "90,0 %",
    ):  # fmt: skip
        assert words in text
    assert "đang hiểu là chuyên môn, chờ huyện xác nhận" in text


def test_from_the_front_page_two_clicks_lead_to_the_46_names_with_reasons(leader):
    front = leader.get("/")
    assert "209 /255" in text_of(front)
    address = unescape(re.search(r'href="(/bao-cao/civil_servants_degree/[^"]*)"',
                                 front.content.decode())[1])  # fmt: skip

    page = leader.get(address)

    body = page.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert body.count("<tr>") == 46
    assert (
        "46 người: 30 còn thời hạn chuyển tiếp · 12 đạt theo luật chuyên ngành · 4 thiếu dữ liệu"
    ) in text_of(page)
    assert body.count("Luật chuyên ngành áp dụng: trung cấp ngành quân sự cơ sở") == 12
    assert body.count("Cử học đại học (không bắt buộc)") == 12
    assert body.count("còn đến 25/12/2024") == 30
    assert body.count("Bổ sung hồ sơ: bằng chuyên môn") == 4


@pytest.mark.parametrize(
    ("first", "second", "both", "first_only", "second_only", "neither"),
    [
        ("civil_servants_degree", "civil_servants_political", 140, 69, 23, 23),
        ("org_deputies_political", "org_deputies_professional", 70, 18, 26, 24),
        ("org_heads_political", "org_heads_degree", 132, 12, 0, 0),
    ],
)
def test_the_cross_tables(leader, first, second, both, first_only, second_only, neither):
    one, other = set(people_on(leader, first, "dat")), set(people_on(leader, second, "dat"))
    none = set(people_on(leader, first, "chua")) & set(people_on(leader, second, "chua"))

    assert len(one & other) == both
    assert len(one - other) == first_only
    assert len(other - one) == second_only
    assert len(none) == neither


def test_the_twelve_commanders_meet_their_standard_with_intermediate_politics(leader):
    """Outside 209, inside 221, among the "LLCT only"."""
    commanders = set(people_on(leader, "civil_servants_degree", "chua", ket_luan="specialised"))

    assert len(commanders) == 12
    assert commanders <= set(people_on(leader, "standardised_civil_servants", "dat"))
    assert commanders <= set(people_on(leader, "civil_servants_political", "dat"))


def test_the_four_without_a_record_are_the_same_in_every_figure(leader):
    missing = set(people_on(leader, "civil_servants_degree", "thieu"))

    assert len(missing) == 4
    assert missing == set(people_on(leader, "standardised_civil_servants", "thieu"))
    assert missing == set(people_on(leader, "standardised_all", "thieu"))
    assert missing <= set(people_on(leader, "civil_servants_political", "chua"))


def test_leaders_hold_203_posts(leader):
    assert number_of(figure(leader, "key_leaders_degree", dem="luot")) == (203, 203, 0)
    assert number_of(figure(leader, "standardised_key_leaders", dem="luot")) == (203, 203, 0)


def test_the_new_decree_changes_the_answer_not_the_people(leader):
    heads = figure(leader, "standardised_org_heads", AUGUST)
    civil_servants = leader.get("/bao-cao/standardised_civil_servants/", {"ngay": AUGUST})
    deputies = figure(leader, "standardised_org_deputies", AUGUST)

    assert "12 người: 12 còn thời hạn chuyển tiếp" in heads
    assert text_of(civil_servants).count("còn đến 01/08/2028") == 30
    assert "42 người: 42 chưa đạt" in deputies
    assert "Nghị định 33/2023/NĐ-CP không nêu thời hạn chuyển tiếp cho nhóm này" in deputies


def test_everyone_in_hung_son_meets_the_standard(leader):
    (key,) = Commune.objects.filter(name="Thị trấn Hùng Sơn", valid_to="2025-07-01").values_list(
        "pk", flat=True
    )

    assert number_of(figure(leader, "standardised_all", xa=key)) == (19, 19, 0)
    assert number_of(figure(leader, "civil_servants_degree", xa=key)) == (9, 9, 0)
    assert "Không ai ở ngoài tử số" in figure(leader, "civil_servants_degree", xa=key)


@pytest.mark.parametrize(
    ("day", "communes"), [("2021-12-31", 30), (JUNE, 29), ("2024-12-01", 27), ("2025-07-05", 10)]
)
def test_the_communes_are_those_of_the_day(leader, day, communes):
    html = leader.get("/bao-cao/civil_servants_degree/", {"ngay": day, "muc": "theo-xa"})

    body = html.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert body.count("<tr>") == communes


def test_the_end_of_2021_gives_clearly_lower_figures(leader):
    for code, now in (("civil_servants_degree", 82.0), ("civil_servants_political", 63.9),
                      ("org_deputies_political", 63.8)):  # fmt: skip
        part, whole, _ = number_of(figure(leader, code, "2021-12-31"))
        assert 100 * part / whole < now - 5


@pytest.mark.parametrize("code", ["civil_servants_degree", "standardised_all", "rated_good"])
@pytest.mark.parametrize("tab", ["chua", "dat", "theo-xa", "xu-huong"])
def test_a_day_after_the_end_of_the_communes_fails_no_page(leader, code, tab):
    assert figure(leader, code, "2025-07-05", muc=tab)
