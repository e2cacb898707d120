"""Sheets for the tests of layout and mapping, written as text: a line a row, a bar a column."""

from intake.rules.grid import Grid, GridRow
from intake.rules.mapping import suggest


def drawn(text, merges=(), *, hidden=(), **more):
    """A grid of the lines of `text`, with its first line as row 1; cells stand between bars."""
    rows = []
    for number, line in enumerate(text.strip("\n").split("\n"), start=1):
        cells = {c: t.strip() for c, t in enumerate(line.split("|"), start=1) if t.strip()}
        rows.append(GridRow(number, cells, number in hidden))
    return Grid(rows, merges, **more)


def samples_of(grid, layout):
    """The texts of people's rows by column."""
    numbers = {row.number for row in layout.rows}
    found = {}
    for row in grid.rows:
        if row.number in numbers:
            for column, text in row.texts.items():
                found.setdefault(column, []).append(text)
    return found


def targets_of(grid, layout):
    """The target of each column, as the sheet suggests it."""
    told = suggest(layout.columns, samples_of(grid, layout), context=layout.title)
    return {column: suggestion.target for column, suggestion in told.items()}


def listed(layout):
    """All rows that the layout accounts for."""
    return {*layout.head_rows, *(row.number for row in layout.rows), *layout.skipped}


def built(columns, *, above=(), below=(), merged=True, numbered=True):
    """A grid of `columns`, each (headers joined by " > ", cells), below the rows `above`: lines of
    texts as `drawn` reads them. Headers are merged as a form prints them, or only laid out so."""
    top = len(above) + 1
    cells, merges, depth = _head([path.split(" > ") for path, _ in columns], top)
    if numbered:
        marks = ["A", "B", *map(str, range(1, len(columns)))]
        cells |= {(top + depth, at): mark for at, mark in enumerate(marks, start=1)}
    first = top + depth + numbered
    for at, (_, texts) in enumerate(columns, start=1):
        cells |= {(first + n, at): text for n, text in enumerate(texts) if text}
    height = max(len(texts) for _, texts in columns)
    cells |= _lines(above, 1) | _lines(below, first + height)
    numbers = sorted({row for row, _ in cells})
    rows = [GridRow(r, {c: t for (q, c), t in sorted(cells.items()) if q == r}) for r in numbers]
    return Grid(rows, merges if merged else ())


def _head(paths, top):
    """Cells, merges and number of rows of a head from row `top` down."""
    depth = max(map(len, paths))
    cells, merges = {}, []
    for level in range(depth):
        for at, path in enumerate(paths):
            stem = path[: level + 1]
            if level >= len(path) or (at and paths[at - 1][: level + 1] == stem):
                continue
            width = sum(other[: level + 1] == stem for other in paths[at:])
            last = top + (depth - 1 if level == len(path) - 1 else level)
            cells[top + level, at + 1] = path[level]
            merges.append((top + level, at + 1, last, at + width))
    return cells, [m for m in merges if m[:2] != m[2:]], depth


def _lines(lines, start):
    return {
        (number, column): text.strip()
        for number, line in enumerate(lines, start=start)
        for column, text in enumerate(line.split("|"), start=1)
        if text.strip()
    }


def _x(*places):
    return ["x" if n in places else "" for n in range(3)]


NAMES = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"]
# Mẫu số 02/CL.CBCCX: (headers, cells, the target of the column).
FORM_48 = (
    ("STT", ["1", "2", "3"], "index"),
    ("Họ và tên", NAMES, "full_name"),
    ("Ngày sinh > Nam", ["12/5/1970", "", "1985"], "born.male"),
    ("Ngày sinh > Nữ", ["", "1/2/1980", ""], "born.female"),
    ("Tháng, năm bắt đầu BHXH", ["01/1995", "03/2004", "06/2010"], "profile.insured_from"),
    ("Đảng viên", _x(0, 1), "mark.party"),
    ("Dân tộc", ["Kinh", "Tày", "Kinh"], "ethnicity"),
    ("Tôn giáo", ["Không", "Không", "Không"], "religion"),
    ("Đại biểu HĐND > Xã", _x(0), None),
    ("Đại biểu HĐND > Huyện", [], None),
    ("Đại biểu HĐND > Tỉnh", [], None),
    ("Tham gia cấp ủy cấp xã", _x(0), None),
    ("Văn hóa > Tiểu học", [], "mark.general.1"),
    ("Văn hóa > THCS", [], "mark.general.2"),
    ("Văn hóa > THPT", _x(0, 1, 2), "mark.general.3"),
    ("Chuyên môn > Chưa qua ĐT", [], "mark.professional.0"),
    ("Chuyên môn > SC", [], "mark.professional.1"),
    ("Chuyên môn > TC", _x(1), "mark.professional.2"),
    ("Chuyên môn > CĐ", [], "mark.professional.3"),
    ("Chuyên môn > ĐH", _x(0), "mark.professional.4"),
    ("Chuyên môn > ThS-TS", _x(2), "mark.professional.5"),
    ("LLCT > SC", [], "mark.political.1"),
    ("LLCT > TC", _x(1), "mark.political.2"),
    ("LLCT > CC", _x(0), "mark.political.3"),
    ("LLCT > CN", [], "mark.political.4"),
    ("QLNN > Chưa qua", _x(2), "mark.state_management.0"),
    ("QLNN > CV&TĐ", _x(0, 1), "mark.state_management.2"),
    ("QLNN > CVC&TĐ", [], "mark.state_management.3"),
    ("Tin học > CC (A,B,C)", _x(0, 1, 2), "mark.it.1"),
    ("Tin học > TC", [], "mark.it.4"),
    ("Tin học > CĐ", [], "mark.it.5"),
    ("Tin học > ĐH", [], "mark.it.6"),
    ("Ngoại ngữ > CC (A,B,C)", _x(0, 1), "mark.language.1"),
    ("Ngoại ngữ > TC", [], None),
    ("Ngoại ngữ > CĐ", [], None),
    ("Ngoại ngữ > ĐH", _x(2), "mark.language.6"),
    ("QP-AN", _x(0, 1), "defence.text"),
    ("Tuổi > ≤30", [], "info"),
    ("Tuổi > 31–40", _x(2), "info"),
    ("Tuổi > 41–50", _x(1), "info"),
    ("Tuổi > 51–60 > tổng", _x(0), "info"),
    ("Tuổi > 51–60 > nữ 51–55", [], "info"),
    ("Tuổi > 51–60 > nam 56–60", _x(0), "info"),
    ("Tuổi > >60", [], "info"),
    ("Thâm niên BHXH > <15", [], "info"),
    ("Thâm niên BHXH > 15–20", _x(1), "info"),
    ("Thâm niên BHXH > 21–30", [], "info"),
    ("Thâm niên BHXH > >30 năm", [], "info"),
    ("Ghi chú", ["", "", "đi học"], "note"),
)
# BM04 of TT 11/2012/TT-BNV: list and salary.
FORM_BM04 = (
    ("Stt", ["1", "2", "3"], "index"),
    ("Họ và tên", NAMES, "full_name"),
    ("Ngày tháng năm sinh > Nam", ["12/5/1970", "", "1985"], "born.male"),
    ("Ngày tháng năm sinh > Nữ", ["", "1/2/1980", ""], "born.female"),
    ("Chức vụ hoặc chức danh công tác", ["Bí thư", "VP-TK", "Kế toán"], "holding.post"),
    ("Cơ quan, đơn vị đang làm việc", ["Xã Tiên Hội"] * 3, "holding.commune"),
    ("Thời gian giữ chức vụ, chức danh", ["6/2020", "2015", "2019"], "holding.valid_from"),
    ("Mức lương hiện hưởng > Hệ số lương", ["2,35", "3,00", "2,67"], "salary.coefficient"),
    ("Mức lương hiện hưởng > Bậc lương", ["1", "3", "2"], "salary.step"),
    ("Phụ cấp > Chức vụ", ["0,3", "", ""], "allowance.position"),
    ("Phụ cấp > Trách nhiệm", ["", "", "0,1"], "allowance.responsibility"),
    ("Phụ cấp > Khu vực", ["0,3", "0,3", "0,3"], "allowance.area"),
    ("Phụ cấp > Vượt khung", ["", "", ""], "salary.over_frame_percent"),
    ("Phụ cấp > Tổng phụ cấp theo %", ["25", "25", "25"], "info"),
    ("Ghi chú", ["", "", ""], "note"),
)
FORMS = {"02/CL.CBCCX": FORM_48, "BM04": FORM_BM04}
LETTERHEAD = (
    "UBND HUYỆN ĐẠI TỪ||||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "PHÒNG NỘI VỤ||||Độc lập - Tự do - Hạnh phúc",
    "",
    "DANH SÁCH CÁN BỘ, CÔNG CHỨC CẤP XÃ",
    "(Tính đến ngày 31/12/2022)",
    "|||||||||Đơn vị tính: người",
)
SIGNATURES = (
    "|Tổng số: 3|1|2",
    "|||||||Đại Từ, ngày 05 tháng 01 năm 2023",
    "|NGƯỜI LẬP BIỂU||||||THỦ TRƯỞNG ĐƠN VỊ",
    "|(Ký, họ tên)||||||(Ký tên, đóng dấu)",
    "|Trần Thị Lập||||||Nguyễn Văn Ký",
)
