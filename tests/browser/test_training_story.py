"""From the gap to the class to the ratio: deputies to a class, civil servants to university.

Both run on the seeded demo and leave what they wrote: only later days than those that other tests
look at are moved, and each says so.
"""

import re

from playwright.sync_api import expect

REFERENCE, YEAR_END = "2023-06-08", "2023-12-31"
AFTER = "2024-10-31"  # before two communes become one
DEPUTIES, DEGREE = "org_deputies_political", "civil_servants_degree"
PROGRAMME = "Trung cấp lý luận chính trị, hệ tập trung"
SENT, GRADUATES = 40, 3


def figure(page, portal, code, day):
    """The numerator and denominator that the page of a figure prints."""
    page.goto(f"{portal}/bao-cao/{code}/?ngay={day}")
    told = page.locator(".stat-number").inner_text()
    return tuple(int(number) for number in re.findall(r"\d+", told))


def says(page, words):
    expect(page.locator("body")).to_contain_text(words)


def fill(page, **values):
    """Type into the fields of a form by their names."""
    for name, value in values.items():
        page.locator(f"main [name={name}]").first.fill(value)


def press(page, words):
    page.get_by_role("button", name=words).first.click()


def choose_outside(page, number):
    """Tick the first `number` of the names outside the numerator, and open their needs."""
    for box in page.locator("input[name=nguoi]").all()[:number]:
        box.check()
    press(page, "Lập nhu cầu")


def state_needs(page, portal):
    """Those chosen who lack trung cấp LLCT, as needs of 2024."""
    page.locator("details.filters summary").click()
    page.locator("select[name=ct]").select_option(label=PROGRAMME)
    page.get_by_role("button", name="Lọc", exact=True).click()
    expect(page.locator("tbody input[name=chon]")).to_have_count(SENT)
    page.locator("input[data-choose-all]").check()
    press(page, "Lập nhu cầu")
    page.get_by_role("radio", name="Cử đi học").check()
    fill(page, year="2024")
    for box in page.locator("main [name^=ngoai], main [name^=exception]").all():
        box.fill("Huyện ủy đồng ý cử học theo văn bản số 12")
    press(page, "Lưu nhu cầu")
    says(page, "nhu cầu")


def plan_needs(page, portal):
    """Two clicks: from the needs to the line of the plan."""
    page.goto(f"{portal}/dao-tao/nhu-cau/da-neu/?tt=open&nam=2024")
    page.locator("select[name=ct]").select_option(label=PROGRAMME)
    page.get_by_role("button", name="Lọc", exact=True).click()
    page.locator("input[data-choose-all]").check()
    press(page, "Đưa vào kế hoạch")
    press(page, "Ghi vào kế hoạch")
    says(page, "dòng")


def test_deputies_go_from_the_gap_to_a_class_and_the_ratio_follows(sign_in, portal):
    page = sign_in("nhansu")
    assert figure(page, portal, DEPUTIES, REFERENCE) == (88, 138)
    assert figure(page, portal, DEPUTIES, AFTER) == (88, 138)
    page.goto(f"{portal}/bao-cao/{DEPUTIES}/?ngay={REFERENCE}")
    choose_outside(page, SENT)
    state_needs(page, portal)
    plan_needs(page, portal)

    # a class from the line of the plan
    page.goto(f"{portal}/dao-tao/ke-hoach/2024/")
    page.get_by_role("link", name=PROGRAMME).first.click()
    page.get_by_role("link", name="Mở lớp").click()
    fill(page, name="Trung cấp LLCT, lớp của câu chuyện", begins_on="01/03/2024",
         ends_on="30/09/2024", capacity="60", decision_number="77/QĐ-UBND",
         decision_signed_on="20/02/2024", decision_issuer="UBND huyện Đại Từ")  # fmt: skip
    page.locator("select[name=provider]").select_option(index=1)
    press(page, "Lưu")
    says(page, "Dự thảo")
    press(page, "Mở ghi danh")

    # those with a registered need, by one decision
    page.get_by_role("link", name="Ghi danh").first.click()
    page.locator("input[name=tat_ca]").check()
    press(page, "Xem trước")
    fill(page, number="78/QĐ-UBND", signed_on="25/02/2024", issuer="UBND huyện Đại Từ")
    press(page, "Ghi danh những người đã đánh dấu")
    says(page, "lượt người học")
    in_class = int(re.search(r"(\d+) lượt người học", page.locator("main").inner_text())[1])
    assert in_class >= 30

    # they study, pass, and their certificates are confirmed
    press(page, "Bắt đầu học")
    press(page, "Vào kết quả")
    page.get_by_role("link", name=f"Vào kết quả của {in_class} học viên").click()
    page.locator("summary").filter(has_text="chưa có kết quả").click()
    fill(page, rest_on="10/10/2024")
    press(page, f"Tất cả {in_class} lượt ấy hoàn thành")
    says(page, "chờ xác nhận chứng chỉ")
    assert figure(page, portal, DEPUTIES, AFTER) == (88, 138)
    page.goto(f"{portal}/dao-tao/ket-qua/?lop=câu chuyện")
    confirm_certificates(page, "15/10/2024")
    assert figure(page, portal, DEPUTIES, AFTER) == (88 + in_class, 138)
    assert figure(page, portal, DEPUTIES, REFERENCE) == (88, 138)


def confirm_certificates(page, day):
    """A number and a day for each, and all of them confirmed at once."""
    for number, box in enumerate(page.locator("main tbody tr").all(), start=1):
        box.locator("input[type=checkbox]").check()
        box.locator("input[name^=so_]").first.fill(f"TC-{number:04d}")
        box.locator("input[name^=nc_]").first.fill(day)
    press(page, "Xác nhận các dòng đã chọn")
    says(page, "Đã xác nhận")


def test_civil_servants_go_to_university_and_the_page_says_who_made_the_ratio_rise(sign_in, portal):
    page = sign_in("nhansu")
    assert figure(page, portal, DEGREE, REFERENCE) == (209, 255)
    assert figure(page, portal, DEGREE, YEAR_END) == (209, 255)
    names = page.locator("tbody tr", has=page.locator("input[name=nguoi]"))
    rows = names.filter(has_text="Trung cấp").all()[:GRADUATES]
    people = [row.locator("input[name=nguoi]").get_attribute("value") for row in rows]
    told = [row.locator("th a").inner_text() for row in rows]

    # sent by one decision
    query = "&".join(f"nguoi={key}" for key in people)
    page.goto(f"{portal}/dao-tao/cu-di-hoc/them/?{query}")
    page.locator("select[name=level]").select_option("professional:4")
    fill(page, school="Trường Đại học Nông Lâm", major="Luật", begins_on="01/09/2019",
         due_on="30/12/2023", decision_number="91/QĐ-UBND", decision_signed_on="20/08/2019",
         decision_issuer="UBND huyện Đại Từ")  # fmt: skip
    press(page, f"Cử {GRADUATES} người đi học")
    says(page, f"{GRADUATES} người")
    assert figure(page, portal, DEGREE, YEAR_END) == (209, 255)

    # each graduates on 15/12/2023, and the degrees are confirmed
    for name in told:
        page.goto(f"{portal}/dao-tao/cu-di-hoc/?q={name}&ngay={YEAR_END}")
        page.get_by_role("link", name=name).first.click()
        page.goto(f"{page.url.split('?')[0]}ghi/?viec=graduated")
        fill(page, on="15/12/2023")
        press(page, "Ghi")
        says(page, "Đã ghi: Tốt nghiệp")
    assert figure(page, portal, DEGREE, YEAR_END) == (209, 255)
    page.goto(f"{portal}/dao-tao/ket-qua/")
    confirm_certificates(page, "15/12/2023")

    # at the end of the year three more, and the page says who; in June nothing moved
    assert figure(page, portal, DEGREE, YEAR_END) == (209 + GRADUATES, 255)
    assert figure(page, portal, DEGREE, REFERENCE) == (209, 255)
    page.goto(f"{portal}/bao-cao/{DEGREE}/?ngay={YEAR_END}&muc=thay-doi&so_voi={REFERENCE}")
    moved = page.locator("tbody tr th[scope=row]").all_inner_texts()
    assert sorted(moved) == sorted(told)
