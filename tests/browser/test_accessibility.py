"""axe-core finds nothing: each page once as the role that sees most, the front page as each."""

import pytest
from axe_playwright_python.sync_playwright import Axe

AS_DISTRICT = [
    "/", "/can-bo/", "/can-bo/?q=khongcoai", "/can-bo/5/", "/can-bo/5/trinh-do/",
    "/can-bo/5/cong-tac/", "/can-bo/5/danh-gia/", "/can-bo/5/dao-tao/", "/can-bo/them/",
    "/can-bo/5/sua/", "/can-bo/5/chuc-vu/them/", "/can-bo/5/cap-uy/them/",
    "/can-bo/5/van-bang/them/", "/can-bo/5/boi-duong/them/", "/can-bo/5/xep-loai/them/",
    "/don-vi/", "/don-vi/1/", "/dao-tao/", "/dao-tao/1/", "/dao-tao/tap-huan/", "/dao-tao/them/",
    "/dao-tao/1/sua/", "/dao-tao/1/buoi/", "/dao-tao/1/bang-diem-danh/", "/dao-tao/1/phieu-hoi/",
    "/dao-tao/1/phieu-hoi/nhap/", "/dao-tao/1/phieu-hoi/mau/", "/bao-cao/", "/dao-tao/ket-qua/",
    "/dao-tao/ket-qua/?tt=tat-ca", "/dao-tao/1/ket-qua/", "/dao-tao/1/danh-sach-cu-hoc/",
    "/dao-tao/1/chung-chi/", "/dao-tao/1/bao-cao/", "/dao-tao/nhu-cau/",
    "/dao-tao/nhu-cau/da-neu/", "/dao-tao/nhu-cau/lap/?tat_ca=1", "/bao-cao/nghi-huu/",
    "/bao-cao/nghi-huu/?muc=cho-khuyet", "/bao-cao/nghi-huu/?muc=ty-le",
    "/bao-cao/du-bao/", "/bao-cao/du-bao/them/?chi_tieu=org_deputies_political&tat_ca=1",
    "/can-bo/5/luong-nghi-huu/", "/bao-cao/civil_servants_degree/", "/nhap-lieu/",
    "/nhap-lieu/xuat/", "/quan-tri/danh-muc/", "/quan-tri/danh-muc/tieu-chuan/",
    "/quan-tri/danh-muc/tieu-chuan/them/", "/quan-tri/danh-muc/bien-che/",
    "/quan-tri/danh-muc/bien-che/1/sua/", "/quan-tri/danh-muc/giao-chi-tieu/2024/",
    "/quan-tri/danh-muc/phan-loai-don-vi/", "/mat-khau/", "/can-bo/5/tai-lieu/",
    "/can-bo/5/tai-lieu/them/", "/can-bo/5/thanh-phan/", "/can-bo/5/ban-giao/",
    "/can-bo/ho-so-giay/", "/nhap-lieu/day-du/", "/nhap-lieu/day-du/muc/", "/can-bo/5/con-thieu/",
    "/nhap-lieu/ra-soat/", "/nhap-lieu/ra-soat/mo/", "/tai-khoan/thong-bao/",
    "/tai-khoan/khung-nhin/", "/can-bo/sua-hang-loat/?chon=5", "/nhap-lieu/quyet-dinh/",
    "/nhap-lieu/quyet-dinh/them/?nguoi=5&nguoi=9&loai=transfer", "/dao-tao/nguon/",
    "/dao-tao/nguon/tong-hop/", "/dao-tao/nguon/them/", "/dao-tao/nguon/1/",
    "/dao-tao/nguon/1/sua/", "/dao-tao/nguon/1/buoc/", "/dao-tao/ke-hoach/",
    "/dao-tao/ke-hoach/them/", "/dao-tao/ke-hoach/2023/", "/dao-tao/ke-hoach/2023/dieu-chinh/",
    "/dao-tao/ke-hoach/2024/dang-ky/", "/dao-tao/ke-hoach/2024/them/", "/dao-tao/cu-di-hoc/",
    "/dao-tao/cu-di-hoc/them/?nguoi=5&q=an", "/dao-tao/cu-di-hoc/9/", "/dao-tao/cu-di-hoc/1/sua/",
    "/dao-tao/cu-di-hoc/1/ghi/?viec=graduated", "/dao-tao/tong-hop/?tu=01/01/2021",
    "/dao-tao/tong-hop/nguoi/?tu=01/01/2021", "/dao-tao/gio-hoc/", "/dao-tao/chua-hoc/",
    "/can-bo/5/dao-tao/?phan=nang-luc", "/dao-tao/nang-luc/", "/dao-tao/nang-luc/?xa=1",
    "/can-bo/5/nang-luc/them/", "/dao-tao/tap-huan/them/", "/dao-tao/hoc-vien-ngoai/",
    "/dao-tao/hoc-vien-ngoai/them/", "/dao-tao/1/ghi-danh/", "/dao-tao/1/ghi-danh/?cach=dan",
    "/bao-cao/du-bao/them/?nguoi=5", "/bao-cao/de-xuat/",
    "/bao-cao/de-xuat/?chi_tieu=org_deputies_political&ct=3&them_lop=1", "/dao-tao/bao-cao/",
    "/dao-tao/bao-cao/nguoi/?tu=01/01/2021&den=08/06/2023&dong=5&cot=Y",
    "/dao-tao/bao-cao/nhap-tay/", "/bao-cao/civil_servants_degree/?muc=thay-doi",
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
