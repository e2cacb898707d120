"""Workbooks of many people for the figures of the import: one row a person, forty columns."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from intake.tests.old_encodings import to_tcvn3

_DATA = Path(__file__).resolve().parents[2] / "cadres" / "data"
_RANKS = ("Trung cấp", "Cao đẳng", "Đại học", "Thạc sĩ")
TEMPLATE = [
    "Số hiệu", "Họ và tên", "Tên gọi khác", "Giới tính", "Ngày sinh", "Số CCCD", "Điện thoại",
    "Dân tộc", "Tôn giáo", "Nơi sinh", "Quê quán", "Nơi ở hiện nay", "Ngày tuyển dụng",
    "Cơ quan tuyển dụng", "Ngày vào Đảng", "Ngày chính thức", "Xã, thị trấn",
    "Chức vụ, chức danh", "Giữ từ ngày", "Giữ đến hết ngày", "Số quyết định", "Năm xếp loại",
    "Mức xếp loại", "Phổ thông: mức", "Chuyên môn: mức", "Chuyên môn: nhóm ngành",
    "Chuyên môn: chuyên ngành", "Chuyên môn: cơ sở đào tạo", "Chuyên môn: ngày cấp",
    "Chuyên môn: số văn bằng", "LLCT: mức", "LLCT: ngày cấp", "QLNN: mức", "QLNN: ngày cấp",
    "Tin học: mức", "Tin học: ngày cấp", "Ngoại ngữ: mức", "Ngoại ngữ: thứ tiếng",
]  # fmt: skip
OLD_LIST = [
    "STT", "Họ và tên", "Tên gọi khác", "Giới tính", "Ngày sinh", "Số CCCD", "Điện thoại",
    "Dân tộc", "Tôn giáo", "Nơi sinh", "Quê quán", "Nơi ở hiện nay", "Ngày tuyển dụng",
    "Cơ quan tuyển dụng", "Ngày vào Đảng", "Ngày chính thức", "Xã, thị trấn", "Chức vụ",
    "Giữ chức vụ từ ngày", "Đến ngày", "Số quyết định", "Năm xếp loại", "Mức xếp loại",
    "Trình độ văn hóa", "Trình độ chuyên môn", "Nhóm ngành", "Chuyên ngành",
    "Cơ sở đào tạo", "Ngày cấp bằng", "Số văn bằng", "Lý luận chính trị", "Ngày cấp LLCT",
    "Quản lý nhà nước", "Ngày cấp QLNN", "Tin học", "Ngày cấp tin học", "Ngoại ngữ", "Thứ tiếng",
    "Email", "Số sổ BHXH",
]  # fmt: skip


def _column(name: str, column: int = 0) -> list[str]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.reader(file)][1:]


class People:
    """People who are nobody; drawn by a seed, so that a row of a number is always the same."""

    def __init__(self, communes: list[str], post: str, seed: int = 1) -> None:
        self.random, self.communes, self.post = random.Random(seed), communes, post
        self.families, self.middles = _column("names_surnames.csv"), _column("names_middle.csv", 1)
        self.given = _column("names_given.csv", 1)

    def row(self, number: int) -> list[str]:
        """The cells of the template, all of them text."""
        draw = self.random
        born = date(1962, 1, 1) + timedelta(draw.randrange(13_000))
        is_male = bool(draw.randrange(2))
        name = " ".join(draw.choice(each) for each in (self.families, self.middles, self.given))
        return [
            "", name.title(), "", "Nam" if is_male else "Nữ", f"{born:%d/%m/%Y}",
            f"019{0 if is_male else 1}{born:%y}{number:06}", f"09{10_000_000 + number:08}",
            "Kinh", "Không", "Đại Từ, Thái Nguyên", "Đại Từ, Thái Nguyên", f"Xóm {number % 40 + 1}",
            f"01/03/{born.year + 25}", "UBND huyện Đại Từ", f"03/02/{born.year + 26}",
            f"03/02/{born.year + 27}", self.communes[number % len(self.communes)], self.post,
            f"12/05/{max(born.year + 26, 2005)}", "30/06/2025",
            f"{number % 900 + 1}/QĐ-UBND", "2022", "Hoàn thành tốt nhiệm vụ", "THPT",
            draw.choice(_RANKS), "", "Quản lý đất đai",
            "Đại học Thái Nguyên", f"{born.year + 23}", f"B{number:07}", "Trung cấp",
            f"{min(born.year + 30, 2022)}", "Chuyên viên", f"{min(born.year + 31, 2022)}",
            "", "", "", "",
        ]  # fmt: skip


def template_rows(people: People, count: int) -> Iterator[list[str]]:
    yield TEMPLATE
    for number in range(count):
        yield people.row(number)


def old_rows(people: People, count: int) -> Iterator[list[str]]:
    yield ["DANH SÁCH CÁN BỘ, CÔNG CHỨC CẤP XÃ"]
    yield ["(Tính đến ngày 31/12/2024)"]
    yield OLD_LIST
    for number in range(count):
        yield [str(number + 1), *people.row(number)[1:], f"cb{number}@xa.vn", f"{number:010}"]


def write(path: Path, sheet: str, rows: Iterator[list[str]], font: str = "") -> Path:
    """A workbook of one sheet; in `font`, an old one, the text is of TCVN3."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for row in rows:
        page.append([_cell(page, text, font) for text in row] if font else row)
    book.save(path)
    return path


def _cell(page, text: str, font: str):
    cell = WriteOnlyCell(page, to_tcvn3(text))
    cell.font = Font(name=font)
    return cell
