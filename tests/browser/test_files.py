"""Files of a person without JavaScript: put up, handed out, shown in no page but the photo."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from daitu_portal.tests.scans import image, pdf

PERSON = 8


def sent(name, kind, data):
    return {"name": name, "mimeType": kind, "buffer": data}


@pytest.fixture
def plain(browser, sign_in, watched):
    """A page without JavaScript, of the district office."""
    sign_in("nhansu")
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    context.add_cookies(watched.context.cookies())
    yield context.new_page()
    context.close()


def test_files_are_put_up_and_handed_out_without_javascript(plain, portal):
    address = f"{portal}/can-bo/{PERSON}/tai-lieu/"
    plain.goto(f"{address}them/")
    plain.select_option("select[name=kind]", "diploma")
    plain.set_input_files("input[name=scans]", [
        sent("Bằng.pdf", "application/pdf", pdf()), sent("giả.pdf", "application/pdf", b"<html>"),
    ])  # fmt: skip
    plain.click("main button[type=submit]")
    expect(plain.locator(".error-summary")).to_contain_text("“giả.pdf”: Nội dung là trang web")

    plain.set_input_files("input[name=scans]", [
        sent("Bằng.pdf", "application/pdf", pdf()), sent("trang 2.jpg", "image/jpeg", image()),
    ])  # fmt: skip
    plain.click("main button[type=submit]")
    expect(plain.locator("main .messages")).to_contain_text("Đã lưu 2 tệp")

    with plain.expect_download() as download:
        plain.get_by_role("link", name="Bằng.pdf").click()
    assert download.value.suggested_filename == "Bằng.pdf"
    assert download.value.path().read_bytes() == pdf()


def test_the_photo_stands_at_the_head_in_a_place_of_its_size(plain, portal):
    plain.goto(f"{portal}/can-bo/{PERSON}/")
    before = plain.locator(".photo").bounding_box()
    plain.goto(f"{portal}/can-bo/{PERSON}/tai-lieu/them/")
    plain.select_option("select[name=kind]", "photo")
    photo = image("PNG", (800, 1200), colour="green")
    plain.set_input_files("input[name=scans]", [sent("ảnh thẻ.png", "image/png", photo)])
    plain.click("main button[type=submit]")

    plain.goto(f"{portal}/can-bo/{PERSON}/")
    shown = plain.locator("img.photo")
    answer = plain.request.get(f"{portal}{shown.get_attribute('src')}")

    assert shown.bounding_box() == before
    assert (before["width"], before["height"]) == (64, 96)
    assert Image.open(BytesIO(answer.body())).size == (160, 240)


def test_the_hand_over_list_prints_on_one_page(sign_in, portal):
    page = sign_in("nhansu")

    page.goto(f"{portal}/can-bo/11/ban-giao/")

    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
