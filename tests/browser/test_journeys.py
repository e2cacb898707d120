"""Journeys of the people who use the portal, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from cadres.models import Cadre
from daitu_portal.text import fold
from tests.conftest import PASSWORD

OVERFLOWS = "document.documentElement.scrollWidth > window.innerWidth"


def test_a_leader_opens_the_front_page_and_the_forty_six_in_two_clicks(sign_in, portal):
    page = sign_in("lanhdao")

    tile = page.locator(".stat-number a", has_text="209/255").first
    expect(tile).to_be_visible()
    tile.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("đại học")
    body = page.locator("main").inner_text()
    assert "46" in body
    rows = page.locator("main table tbody tr")
    assert rows.count() == 46
    assert page.locator("main tbody .verdict-met").count() == 12
    assert page.locator("main tbody .verdict-transition").count() == 30
    assert page.locator("main tbody .verdict-missing").count() == 4


def test_the_front_page_prints_on_one_page_of_a4(sign_in, portal):
    page = sign_in("lanhdao")

    content = page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page[^s]", content)) == 1


def test_anyone_finds_a_name_without_accents_and_back_returns(sign_in, portal):
    page = sign_in("lanhdao")
    page.goto(f"{portal}/can-bo/?ngay=2023-06-08")
    name = page.locator("main tbody th a").first.inner_text()
    plain = fold(name)

    page.keyboard.press("/")
    page.keyboard.type(plain)
    page.keyboard.press("Enter")

    expect(page.locator("main tbody th a").first).to_have_text(name)
    page.locator("main tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.go_back()
    assert "q=" in page.url


def test_a_number_typed_in_the_head_is_in_no_address(sign_in, portal):
    page = sign_in("nhansu")
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))

    page.keyboard.press("/")
    page.keyboard.type("999 999 999 999")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("Số CCCD (12 chữ số)")
    assert any("/can-bo/tim/" in address for address in addresses)
    assert not any("999" in address for address in addresses)


def test_the_keyboard_alone_reaches_the_names(sign_in, portal):
    page = sign_in("lanhdao")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.stat') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/bao-cao/**")


def test_pages_work_without_javascript(browser, portal):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal}/dang-nhap/")
    page.fill("input[name=login]", "nhansu")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{portal}/can-bo/?gioi=F&sap=-sinh")
    assert page.locator("main tbody tr").count() == 50
    page.fill("#quick-top", "999999999999")
    page.press("#quick-top", "Enter")
    page.wait_for_url("**/can-bo/tim-so/")
    page.goto(f"{portal}/can-bo/?ngay=2023-06-08")
    page.locator("details.filters summary").click()
    page.fill("#id_q", "999999999999")
    page.click(".filter-actions button")
    assert page.url == f"{portal}/can-bo/?ngay=2023-06-08"
    page.goto(f"{portal}/can-bo/them/")
    page.fill("input[name=full_name]", "Trần Không Kịch Bản")
    page.click("main button[type=submit]")
    expect(page.locator(".error-summary")).to_contain_text("Giới tính")
    context.close()


@pytest.mark.parametrize(
    "address",
    ["/", "/can-bo/", "/can-bo/5/", "/can-bo/5/trinh-do/", "/can-bo/5/cong-tac/", "/don-vi/",
     "/don-vi/1/", "/dao-tao/", "/bao-cao/", "/bao-cao/civil_servants_degree/",
     "/can-bo/them/", "/nhap-lieu/", "/quan-tri/danh-muc/", "/duyet/", "/duyet/1/",
     "/can-bo/5/ai-da-xem/", "/can-bo/thay-doi/", "/nhap-lieu/trung-lap/",
     "/nhap-lieu/day-du/muc/", "/nhap-lieu/quyet-dinh/", "/nhap-lieu/ra-soat/mo/",
     "/bao-cao/nghi-huu/", "/bao-cao/nghi-huu/?muc=ty-le"],
)  # fmt: skip
def test_nothing_is_cut_on_a_phone(sign_in, portal, address):
    page = sign_in("nhansu", at=address, size=(390, 844))

    assert not page.evaluate(OVERFLOWS)


@pytest.mark.parametrize(
    ("address", "cells", "least"),
    [("/duyet/1/", ".table-diff td", 250), ("/nhap-lieu/trung-lap/", "td.why", 180),
     ("/nhap-lieu/day-du/muc/", "td.why", 180),
     ("/bao-cao/nghi-huu/?muc=ty-le", "tbody th", 140)],
)  # fmt: skip
def test_words_on_a_phone_are_not_squeezed_one_to_a_line(sign_in, portal, address, cells, least):
    page = sign_in("nhansu", at=address, size=(390, 844))

    assert page.locator(f"main {cells}").first.bounding_box()["width"] >= least


COLUMNS = ("sinh", "gioi", "chuc", "xa", "cm", "llct", "dat", "ngach", "hs", "viec", "que",
           "dantoc", "tongiao", "tuyen", "dang")  # fmt: skip


@pytest.mark.parametrize("number", [7, 8, 10, 15])
@pytest.mark.parametrize("width", [1100, 1279, 1366, 1920])
def test_a_list_of_many_columns_scrolls_in_its_card_and_not_the_page(
    sign_in, portal, number, width
):
    page = sign_in("nhansu")
    page.set_viewport_size({"width": width, "height": 768})

    page.goto(f"{portal}/can-bo/?xa=1&" + "&".join(f"cot={each}" for each in COLUMNS[:number]))

    card = page.locator("main .card").bounding_box()
    assert page.locator("main thead th").count() == number + 2
    assert not page.evaluate(OVERFLOWS)
    if width < 1280 or number > 7:
        region = page.locator(".table-scroll")
        assert region.evaluate("r => getComputedStyle(r).overflowX") == "auto"
        region.evaluate("r => r.scrollTo(r.scrollWidth, 0)")
    last = page.locator("main thead th").last.bounding_box()
    assert last["x"] + last["width"] <= card["x"] + card["width"] + 1


CUT = "e => e.scrollWidth > e.clientWidth"


@pytest.mark.parametrize("username", ["nhansu", "xa.hungson", "lanhdao"])
@pytest.mark.parametrize("width", [1100, 1280, 1299, 1300, 1366, 1440, 1920])
def test_the_head_of_the_page_cuts_no_word(sign_in, portal, username, width):
    page = sign_in(username, at="/can-bo/", size=(width, 768))

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    top = page.locator(".top").bounding_box()
    last = page.locator(".avatar").bounding_box()
    assert last["x"] + last["width"] <= top["x"] + top["width"]
    name, search = page.locator(".account-name"), page.locator("#quick-top")
    assert not name.is_visible() or not name.evaluate(CUT)
    assert not search.is_visible() or search.bounding_box()["width"] >= 180


def test_the_field_of_a_file_speaks_vietnamese_and_names_what_is_chosen(sign_in, portal):
    page = sign_in("nhansu")
    page.goto(f"{portal}/nhap-lieu/")
    told = page.locator(".file-told")
    assert told.inner_text().split("\n") == ["Chọn tệp", "Chưa chọn tệp nào"]

    page.set_input_files("#file", {"name": "xã.xlsx", "mimeType": "", "buffer": b"x"})

    assert told.inner_text().split("\n") == ["Chọn tệp", "xã.xlsx"]


def test_the_day_of_the_figures_is_typed_day_first(sign_in, portal):
    page = sign_in("nhansu")
    page.goto(f"{portal}/can-bo/")
    page.locator(".as-of > summary").click()
    assert page.input_value("#as-of-day") == "08/06/2023"

    page.fill("#as-of-day", "31/12/2022")
    page.press("#as-of-day", "Enter")

    expect(page.locator(".as-of > summary")).to_contain_text("31/12/2022")


WORD = "Dài" * 40  # longer than any line of a phone


@pytest.fixture
def long_name(portal):
    """Someone with a word in the name that no line holds, while the test runs."""
    person = Cadre.objects.filter(holdings__valid_to="2025-07-01").order_by("pk").first()
    kept = person.full_name
    person.full_name = f"Ảo {WORD} Â"
    person.save()
    yield person
    person.full_name = kept
    person.save()


def test_a_long_word_in_a_name_is_broken_and_not_cut(sign_in, portal, long_name):
    page = sign_in("nhansu")
    page.set_viewport_size({"width": 390, "height": 844})
    tabs = ("", "trinh-do/", "cong-tac/", "dao-tao/", "danh-gia/")

    for address in [f"/can-bo/{long_name.pk}/{tab}" for tab in tabs]:
        page.goto(f"{portal}{address}")
        assert not page.evaluate(OVERFLOWS), address
        heading = page.get_by_role("heading", level=1)
        assert heading.evaluate("h => h.scrollWidth <= h.clientWidth"), address
    page.goto(f"{portal}/can-bo/?q=ao")
    cell = page.locator("main tbody th", has_text=WORD)
    assert cell.bounding_box()["width"] <= 0.5 * 390


@pytest.mark.parametrize("address", ["/dao-tao/", "/don-vi/", "/can-bo/"])
def test_on_a_phone_the_first_column_is_wide_enough_to_read(sign_in, portal, address):
    page = sign_in("nhansu", at=address, size=(390, 844))

    cells = page.locator("main tbody th")
    assert cells.first.bounding_box()["width"] >= 0.4 * 390
    heights = [cells.nth(number).bounding_box()["height"] for number in range(10)]
    assert max(heights) <= 110  # five lines
