"""From the gap to the class to the ratio: deputies to a class, civil servants to university."""

import re

from playwright.sync_api import expect

REFERENCE, YEAR_END = "2023-06-08", "2023-12-31"
DEPUTIES, DEGREE = "org_deputies_political", "civil_servants_degree"
SENT = 40


def ratio(page, portal, code, day):
    """The numerator and denominator that the page of a figure prints."""
    page.goto(f"{portal}/bao-cao/{code}/?ngay={day}")
    told = page.locator(".stat-number").inner_text()
    return tuple(int(number) for number in re.findall(r"\d+", told))


def wait(page, words):
    expect(page.locator("main, .messages").filter(has_text=words).first).to_be_visible()


def fill(page, label, value):
    page.get_by_label(label, exact=True).fill(value)


def test_deputies_go_from_the_gap_to_a_class_and_the_ratio_follows(sign_in, portal):
    page = sign_in("nhansu")
    assert ratio(page, portal, DEPUTIES, REFERENCE) == (88, 138)

    # the names outside the numerator, and from them the needs
    for box in page.locator("input[name=nguoi]").all()[:SENT]:
        box.check()
    page.get_by_role("button", name="Lập nhu cầu").first.click()
    choose_programme(page, portal)
    page.locator("input[name=tat_ca]").check()
    page.get_by_role("button", name="Lập nhu cầu").first.click()
    page.get_by_role("radio", name="Cử đi học").check()
    fill(page, "Năm", "2023")
    give_reasons(page)
    page.get_by_role("button", name="Lưu nhu cầu").click()
    wait(page, "đã đăng ký")

    # two clicks into the plan
    page.goto(f"{portal}/dao-tao/nhu-cau/da-neu/?tt=open&nam=2023")
    page.locator("input[data-choose-all]").check()
    page.get_by_role("button", name="Đưa vào kế hoạch").click()
    page.get_by_role("button", name="Ghi vào kế hoạch").click()
    wait(page, "kế hoạch")


def choose_programme(page, portal):
    """Narrow the list of needs to those chosen who lack trung cấp LLCT."""
    people = re.findall(r"nguoi=(\d+)", page.url)
    assert len(people) == SENT
    page.locator("details.filters summary").click()
    page.locator("select[name=ct]").select_option(
        label="Trung cấp lý luận chính trị, hệ tập trung"
    )
    page.get_by_role("button", name="Lọc", exact=True).click()


def give_reasons(page):
    for box in page.locator("textarea[name*=exception], input[name*=exception]").all():
        box.fill("Huyện ủy đồng ý cử học, văn bản số 12")
