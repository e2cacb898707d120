"""axe-core finds nothing: each page once as the role that sees most, the front page as each."""

import pytest
from axe_playwright_python.sync_playwright import Axe

AS_DISTRICT = [
    "/", "/can-bo/", "/can-bo/?q=khongcoai", "/can-bo/5/", "/can-bo/5/trinh-do/",
    "/can-bo/5/cong-tac/", "/can-bo/5/danh-gia/", "/can-bo/5/dao-tao/", "/can-bo/them/",
    "/can-bo/5/sua/", "/can-bo/5/chuc-vu/them/", "/can-bo/5/cap-uy/them/",
    "/can-bo/5/van-bang/them/", "/can-bo/5/boi-duong/them/", "/can-bo/5/xep-loai/them/",
    "/don-vi/", "/don-vi/1/", "/dao-tao/", "/dao-tao/1/", "/dao-tao/tap-huan/", "/bao-cao/",
    "/bao-cao/du-bao/", "/bao-cao/du-bao/them/?chi_tieu=org_deputies_political&tat_ca=1",
    "/bao-cao/nghi-huu/", "/bao-cao/nghi-huu/?muc=cho-khuyet", "/bao-cao/nghi-huu/?muc=ty-le",
    "/can-bo/5/luong-nghi-huu/", "/bao-cao/civil_servants_degree/", "/nhap-lieu/",
    "/nhap-lieu/xuat/",
    "/quan-tri/danh-muc/",
    "/quan-tri/danh-muc/tieu-chuan/", "/quan-tri/danh-muc/tieu-chuan/them/",
    "/quan-tri/danh-muc/bien-che/", "/quan-tri/danh-muc/bien-che/1/sua/",
    "/quan-tri/danh-muc/giao-chi-tieu/2024/", "/quan-tri/danh-muc/phan-loai-don-vi/", "/mat-khau/",
    "/can-bo/5/tai-lieu/", "/can-bo/5/tai-lieu/them/", "/can-bo/5/thanh-phan/",
    "/can-bo/5/ban-giao/", "/can-bo/ho-so-giay/", "/nhap-lieu/day-du/", "/nhap-lieu/day-du/muc/",
    "/can-bo/5/con-thieu/", "/nhap-lieu/ra-soat/", "/nhap-lieu/ra-soat/mo/",
    "/tai-khoan/thong-bao/", "/tai-khoan/khung-nhin/", "/can-bo/sua-hang-loat/?chon=5",
    "/nhap-lieu/quyet-dinh/", "/nhap-lieu/quyet-dinh/them/?nguoi=5&nguoi=9&loai=transfer",
]  # fmt: skip
AS_ADMINISTRATOR = ["/", "/quan-tri/tai-khoan/them/", "/quan-tri/tai-khoan/1/",
                    "/quan-tri/nhat-ky/", "/quan-tri/thiet-lap/"]  # fmt: skip


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("address", AS_DISTRICT)
def test_pages_of_the_district_have_no_barrier(sign_in, address):
    page = sign_in("nhansu", at=address)

    assert violations(page) == []


@pytest.mark.parametrize("address", AS_ADMINISTRATOR)
def test_pages_of_the_administrator_have_no_barrier(sign_in, address):
    page = sign_in("quantri", at=address)

    assert violations(page) == []


@pytest.mark.parametrize("who", ["lanhdao", "xa.hungson", "chutich.hungson"])
def test_the_front_page_of_each_role_has_no_barrier(sign_in, who):
    page = sign_in(who)

    assert violations(page) == []


def test_the_page_of_sign_in_has_no_barrier(watched, portal):
    watched.goto(f"{portal}/dang-nhap/")

    assert violations(watched) == []
