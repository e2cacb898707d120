"""Daily work on the people list in the browser: tick, choose all, edit many, keep a view; with and
without scripts."""

import pytest

from accounts.models import SavedView, User
from cadres.models import Cadre, Change

LIST = "/can-bo/?ngay=2023-06-08&gioi=F&nhom=org_deputy"


@pytest.fixture
def plain(browser, portal, sign_in):
    """A page without scripts, signed in as the district's staff."""
    cookies = sign_in("nhansu").context.cookies()
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    context.add_cookies(cookies)
    yield context.new_page()
    context.close()


def test_ticks_show_the_bar_and_all_who_match_are_edited_after_a_look(sign_in, portal):
    page = sign_in("nhansu")
    page.goto(f"{portal}{LIST}")
    assert page.locator(".bulk").is_hidden()

    page.check("tbody tr:nth-child(1) input")
    page.check("tbody tr:nth-child(2) input")
    assert page.locator("[data-chosen]").inner_text() == "Đã chọn 2 người"
    page.check("[data-choose-listed]")
    number = int(page.locator("[data-chosen]").inner_text().split()[2])
    assert number > 50  # more than the page holds
    page.click("text=Sửa hàng loạt…")
    page.select_option("[name=religion-cach]", "moi")
    page.fill("[name=religion]", "Thử nghiệm hàng loạt")
    page.click("text=Xem trước")
    assert f"sửa {number} người" in page.locator("h1").inner_text()
    page.click(".pages button:has-text('2')")
    assert "Người 51–" in page.locator(".pages p").inner_text()
    page.select_option("[name=basis-kind]", "declaration")
    page.fill("[name=basis-number]", "07/TK")
    page.fill("[name=basis-reason]", "Rà soát tôn giáo")
    page.click(f"text=Ghi cho {number} người")

    assert f"Đã ghi cho {number} người" in page.locator(".messages, main").first.inner_text()
    changed = Cadre.objects.filter(religion="Thử nghiệm hàng loạt")
    assert changed.count() == number
    assert Change.objects.filter(kind="bulk", reason="Rà soát tôn giáo").count() == number


def test_the_bar_works_without_scripts(plain, portal):
    plain.goto(f"{portal}{LIST}")
    plain.check("tbody tr:nth-child(1) input")
    plain.check("tbody tr:nth-child(3) input")

    plain.click("text=Sửa hàng loạt…")

    assert plain.locator("h1").inner_text() == "Sửa hàng loạt 2 người"
    assert "chon=" in plain.url


def test_a_view_is_kept_opens_first_and_is_deleted_without_scripts(plain, portal):
    owner = User.objects.get(username="nhansu")
    plain.goto(f"{portal}{LIST}")
    plain.click("summary:has-text('Khung nhìn')")
    plain.fill("#view-name", "Nữ cấp phó")
    plain.check("#view-default")
    plain.click("text=Lưu khung nhìn này >> nth=-1")

    plain.goto(f"{portal}/can-bo/")
    assert "gioi=F" in plain.url
    assert "Khung nhìn: Nữ cấp phó" in plain.locator("summary:has-text('Khung nhìn')").inner_text()
    plain.goto(f"{portal}/tai-khoan/khung-nhin/")
    plain.click("tbody button:has-text('Xóa')")
    assert not SavedView.objects.filter(owner=owner).exists()
    plain.goto(f"{portal}/can-bo/")
    assert plain.url.endswith("/can-bo/")
