"""A commune's old list in a browser: recognised, mended on screen, written, undone; and on a
phone, the same by a clerk."""

import re

from openpyxl import load_workbook
from openpyxl.styles import Font
from playwright.sync_api import expect

from cadres.models import Cadre, Holding
from intake.tests.old_encodings import to_tcvn3
from intake.tests.old_lists import TITLE, drawn, saved
from tests.browser.test_accessibility import violations

# Posts begin after every day that other tests look at.
PEOPLE = """
1|Kiều Thử An|12/5/1970|Nam|019070999911|Văn phòng - TK|1/7/2024|ĐH Luật
2|Kiều Thử Bình|32/5/1980|nữ|019180999922|Kế toán|01/07/2024|ĐH Kinh tế
3|Kiều Thử Cường|1985|Nam|019085999933|TP - HT|01/07/2024|TC Luật
4|Kiều Thử Dung|10/10/1990|x|019190999944|Đoàn TN|01/07/2024|TC Luật
Cộng: 4 người
"""
New = Cadre.objects.filter(full_name__startswith="Kiều Thử")


def mended():
    """The list as it is after what the first test types."""
    people = PEOPLE.replace("32/5/1980", "12/5/1980").replace("|x|", "|Nữ|")
    return people.replace("Đoàn TN|", "Bí thư Đoàn TNCS Hồ Chí Minh|")


def file_of(text=PEOPLE, **more):
    """A list as the browser takes a file; the names in a font of old Vietnamese letters."""
    book = drawn(text, **more)
    for (cell,) in book.active.iter_rows(min_row=6, min_col=2, max_col=2):
        if cell.value:
            cell.value = to_tcvn3(cell.value)
            cell.font = Font(name=".VnTime")
    return {"name": "danh sách xã Tiên Hội.xlsx", "mimeType": "", "buffer": saved(book)}


def uploaded(page, portal, file):
    page.goto(f"{portal}/nhap-lieu/")
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Tải lên và kiểm tra").click()
    return page.locator("main")


def is_held(page):
    """Nothing is wider than the window, and nothing bars those who hear the page."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return (wide, violations(page)) == (False, [])


def test_an_old_list_is_mended_on_screen_written_and_undone(sign_in, portal):
    page = sign_in("nhansu")
    main = uploaded(page, portal, file_of())

    # recognised: the list, its head and what was repaired
    expect(main).to_contain_text("4 dòng người")
    expect(main).to_contain_text("Kiều Thử An")
    assert is_held(page)
    page.get_by_role("button", name="Tiếp: đối chiếu cột").click()
    expect(main).to_contain_text("Giữ chức vụ từ ngày")
    assert is_held(page)
    page.get_by_role("button", name="Tiếp: đối chiếu người").click()
    expect(page).to_have_url(re.compile(r"/nguoi/"))
    assert is_held(page)
    page.goto(page.url.split("nguoi/")[0])

    # all that is wrong at once, mended where it is told; meanwhile nothing is written
    expect(main).to_contain_text("3 lỗi, chưa ghi gì")
    assert is_held(page)
    for label, text in [("C7", "12/5/1980"), ("D9", "Nữ"), ("F9", "Bí thư Đoàn TNCS Hồ Chí Minh")]:
        page.get_by_label(f"Sửa ô Sheet1!{label}").fill(text)
    page.get_by_role("button", name="Kiểm tra lại với các ô vừa sửa").click()
    expect(main).to_contain_text("Sẽ thay đổi")
    expect(main).not_to_contain_text("lỗi, chưa ghi gì")
    assert is_held(page)
    assert not New.exists()

    # written with its ground, and people are on record as the list has them
    page.get_by_label("Ngày", exact=True).fill("15/07/2024")
    page.get_by_label("Lý do, ghi chú về thay đổi").fill("Danh sách của xã, tháng 7 năm 2024")
    page.get_by_role("button", name="Ghi tất cả").click()
    expect(main).to_contain_text("Đã thay đổi")
    assert is_held(page)
    assert sorted(New.values_list("full_name", flat=True)) == [
        "Kiều Thử An", "Kiều Thử Bình", "Kiều Thử Cường", "Kiều Thử Dung"
    ]  # fmt: skip
    batch = page.url
    expect(uploaded(page, portal, file_of(mended()))).to_contain_text("Nhận dạng")
    page.get_by_role("link", name="Bỏ qua, đến bước kiểm tra").click()
    expect(main).to_contain_text("Không có gì thay đổi")

    # and the whole of it is taken back
    page.goto(batch)
    page.get_by_role("link", name="Hủy lần nhập…").click()
    assert is_held(page)
    page.get_by_label("Căn cứ đã nhập gần đây").select_option(index=1)
    page.get_by_label("Lý do, ghi chú về thay đổi").fill("Ghi nhầm tệp")
    page.get_by_role("button", name="Hủy lần nhập").click()
    expect(main).to_contain_text("4 người trở về như trước")
    assert not Holding.objects.filter(cadre__in=New.all()).exists()


def test_a_clerk_leaves_bad_rows_out_on_a_phone_and_proposes_the_others(sign_in, portal, tmp_path):
    page = sign_in("xa.hungson", size=(390, 844))
    people = PEOPLE.replace("Kiều Thử", "Kiều Điện").replace("9999", "8888")
    title = TITLE.replace("XÃ TIÊN HỘI", "THỊ TRẤN HÙNG SƠN")
    main = uploaded(page, portal, file_of(people, title=title))

    for step in ("cot/", "nguoi/", ""):
        assert is_held(page), page.url
        page.goto(re.sub(r"(/nhap-lieu/\d+/).*", rf"\1{step}", page.url))
    expect(main).to_contain_text("3 lỗi, chưa ghi gì")
    page.get_by_role("button", name="Bỏ qua dòng lỗi").click()
    expect(main).to_contain_text("3 lỗi ở những dòng không ghi")
    assert is_held(page)
    with page.expect_download() as told:
        page.get_by_role("link", name="Tải những dòng bỏ qua").click()
    told.value.save_as(tmp_path / "bỏ qua.xlsx")
    sheet = load_workbook(tmp_path / "bỏ qua.xlsx").active
    assert [cell.value for cell in sheet["A"]] == ["STT", "2", "4"]

    page.get_by_role("button", name="Lập đề nghị").click()
    expect(main).to_contain_text("Kiều Điện An")
    assert is_held(page)
    assert not Cadre.objects.filter(full_name__startswith="Kiều Điện").exists()
