"""The whole story of a change: drafted by a clerk, confirmed by the head, returned in part, mended,
approved; and what the ratios and the history say then."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Installation, Role, User
from cadres.models import Holding
from cadres.models.post import PostGroup
from tests.conftest import PASSWORD

LATER = "2024-06-01"
FIGURE = "/bao-cao/civil_servants_degree/"


@pytest.fixture
def head_confirms():
    Installation.objects.update_or_create(pk=1, defaults={"head_confirms": True})
    yield
    Installation.objects.update_or_create(pk=1, defaults={"head_confirms": False})


def account(username, role, commune):
    user, _ = User.objects.get_or_create(
        username=username,
        defaults={"full_name": f"Tài khoản {username}", "role": role, "commune": commune,
                  "is_demo": True, "must_change_password": False},
    )  # fmt: skip
    user.set_password(PASSWORD)
    user.save()
    return username


def without_degree():
    """A civil servant of the demo who holds no degree, and still serves in 2024."""
    held = Holding.objects.on("2024-06-01").filter(post__group=PostGroup.CIVIL_SERVANT)
    lacking = held.exclude(cadre__qualifications__strand="professional",
                           cadre__qualifications__rank__gte=4)  # fmt: skip
    return lacking.filter(cadre__qualifications__strand="professional").first()


def numerator(page, portal, day):
    page.goto(f"{portal}{FIGURE}?ngay={day}")
    return int(re.search(r"(\d+)/255", page.locator("main").inner_text())[1])


def test_a_change_goes_from_the_clerk_through_the_head_to_the_district(
    sign_in, portal, head_confirms
):
    holding = without_degree()
    person, unit = holding.cadre, holding.commune
    clerk = account("xa.thu", Role.COMMUNE_CLERK, unit)
    head = account("chutich.thu", Role.COMMUNE_HEAD, unit)

    page = sign_in("nhansu")
    before = numerator(page, portal, LATER)
    assert numerator(page, portal, "2023-06-08") == 209

    # the clerk drafts two changes of one person and sends them
    page = sign_in(clerk)
    page.goto(f"{portal}/can-bo/{person.pk}/van-bang/them/")
    page.get_by_label("Nội dung và mức").select_option("professional:4")
    page.get_by_label("Ngày cấp").first.fill("01/03/2024")
    page.get_by_label("Chuyên ngành").fill("Luật kinh tế")
    page.get_by_role("button", name="Lưu vào bản nháp").click()
    expect(page.locator("main")).to_contain_text("Luật kinh tế")
    page.goto(f"{portal}/can-bo/{person.pk}/sua/")
    page.get_by_label("Nơi ở hiện nay").fill("Xóm mới")
    page.get_by_role("button", name="Lưu vào bản nháp").click()
    expect(page.locator("main")).to_contain_text("Xóm mới")
    draft = page.url
    page.get_by_label("Loại căn cứ").select_option("certificate")
    page.get_by_label("Số", exact=True).fill("B-123456")
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.locator("main")).to_contain_text("Chờ người đứng đầu xác nhận")
    assert numerator(sign_in("nhansu"), portal, LATER) == before

    # the head confirms, with name and time
    page = sign_in(head)
    page.goto(f"{portal}/duyet/")
    page.goto(draft)
    page.get_by_role("button", name="Xác nhận và gửi huyện").click()
    expect(page.locator("main")).to_contain_text("Tài khoản chutich.thu")

    # the district approves one section and returns the other with a reason
    page = sign_in("nhansu")
    page.goto(draft)
    parts = page.locator("section.card", has=page.locator("fieldset"))
    level = parts.filter(has_text="Trình độ").first
    residence = parts.filter(has_text="Nhân thân").first
    level.get_by_label("Duyệt", exact=True).check()
    residence.get_by_label("Trả lại", exact=True).check()
    residence.get_by_role("textbox").fill("Ghi rõ tên xóm và xã")
    page.get_by_role("button", name="Ghi kết quả").click()
    assert numerator(page, portal, LATER) == before + 1
    assert numerator(page, portal, "2023-06-08") == 209

    # the clerk mends what came back, the head confirms again, the district approves
    page = sign_in(clerk)
    page.goto(draft)
    expect(page.locator("main")).to_contain_text("Ghi rõ tên xóm và xã")
    page.locator("section.card", has_text="Nhân thân").get_by_role("link", name="Sửa").click()
    page.get_by_label("Nơi ở hiện nay").fill(f"Xóm Mới, {unit.name}")
    page.get_by_role("button", name="Lưu vào bản nháp").click()
    page.get_by_role("button", name="Gửi duyệt").click()
    page = sign_in(head)
    page.goto(draft)
    page.get_by_role("button", name="Xác nhận và gửi huyện").click()
    page = sign_in("nhansu")
    page.goto(draft)
    page.get_by_label("Duyệt tất cả").check()
    page.get_by_role("button", name="Ghi kết quả").click()

    # the history tells each step with who, and on what
    page.goto(f"{portal}/can-bo/{person.pk}/nhat-ky/")
    history = page.locator("main").inner_text()
    for words in ("Tài khoản xa.thu", "Tài khoản chutich.thu", "Nhân Sự Mẫu", "B-123456",
                  "Luật kinh tế", f"Xóm Mới, {unit.name}"):  # fmt: skip
        assert words in history
    assert history.count("duyệt đề nghị") == 2
