"""The rows above the people: letterhead and title, the heads of columns, the index row."""

from random import Random

from tests.heal.grid import Grid
from tests.heal.plan import Plan


def write_title(rng: Random, plan: Plan, grid: Grid) -> int:
    """Letterhead and title; returns the first row of the heads."""
    width = len(plan.layout.columns)
    office = plan.unit.name.upper()
    row = 1
    if plan.has("letterhead"):
        right = max(width - 4, 3)
        grid.put(1, 1, rng.choice(["HUYỆN ĐẠI TỪ", "UBND HUYỆN ĐẠI TỪ", "HUYỆN ỦY ĐẠI TỪ"]))
        grid.put(1, right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        grid.put(2, 1, rng.choice([f"UBND {office}", f"ĐẢNG ỦY {office}", office]))
        grid.put(2, right, "Độc lập - Tự do - Hạnh phúc")
        row = 4
    if plan.has("letterhead") or rng.random() < 0.6:
        grid.put(row, 1, _title(rng, office))
        if plan.suffix == "xlsx":
            grid.merge(row, 1, row, width)
        row += 1
        if rng.random() < 0.6:
            grid.put(row, 1, "(Tính đến ngày 31 tháng 12 năm 2022)")
            row += 1
        row += rng.randint(0, 1)
    return row


def _title(rng: Random, office: str) -> str:
    return rng.choice(
        [
            f"DANH SÁCH CÁN BỘ, CÔNG CHỨC {office}",
            f"DANH SÁCH TRÍCH NGANG CÁN BỘ, CÔNG CHỨC {office}",
            "BÁO CÁO DANH SÁCH VÀ TIỀN LƯƠNG CÁN BỘ, CÔNG CHỨC CẤP XÃ",
            f"BIỂU TỔNG HỢP CHẤT LƯỢNG ĐỘI NGŨ CBCC {office} NĂM 2022",
        ]
    )


def write_heads(rng: Random, plan: Plan, grid: Grid, row: int) -> int:
    """The heads of the columns; returns the row below."""
    paths = [column.path for column in plan.layout.columns]
    if plan.has("flat_heads"):
        mark = rng.choice([" - ", ": ", " "])
        for number, path in enumerate(paths, start=1):
            grid.put(row, number, mark.join(path))
        return row + 1
    return row + _write_tree(plan, grid, row, paths)


def _write_tree(plan: Plan, grid: Grid, row: int, paths: list[tuple[str, ...]]) -> int:
    """Heads over heads; what is alike side by side is one cell. Returns the number of rows."""
    depth = max(len(path) for path in paths)
    for level in range(depth):
        for left, right in _runs(paths, level):
            _put_head(plan, grid, (row, depth, level), (left, right), paths[left])
    return depth


def _put_head(
    plan: Plan,
    grid: Grid,
    place: tuple[int, int, int],
    span: tuple[int, int],
    path: tuple[str, ...],
) -> None:
    row, depth, level = place
    left, right = span
    is_last = level == len(path) - 1
    below = plan.has("heads_below") and is_last and len(path) == 1
    top = row + (depth - 1 if below else level)
    grid.put(top, left + 1, path[level])
    if plan.suffix == "xlsx":
        bottom = row + depth - 1 if is_last else top
        grid.merge(row if below else top, left + 1, bottom, right + 1)
        if below and depth > 1:  # a merged cell keeps its text in its first cell
            grid.cells[row, left + 1] = grid.cells.pop((top, left + 1))


def _runs(paths: list[tuple[str, ...]], level: int) -> list[tuple[int, int]]:
    """(first, last) columns whose heads from the top down to `level` are one cell."""
    runs: list[tuple[int, int]] = []
    for number, path in enumerate(paths):
        if len(path) <= level:
            continue
        is_leaf = len(path) == level + 1
        same = (
            runs
            and runs[-1][1] == number - 1
            and paths[number - 1][: level + 1] == path[: level + 1]
        )
        if same and not is_leaf and len(paths[number - 1]) > level + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def write_index_row(rng: Random, plan: Plan, grid: Grid, row: int) -> int:
    """A, B, 1, 2 … or (1), (2) …; returns the row below."""
    width = len(plan.layout.columns)
    way = rng.randrange(3)
    for number in range(1, width + 1):
        if way == 0:
            grid.put(row, number, number)
        elif way == 1:
            grid.put(row, number, f"({number})")
        else:
            grid.put(row, number, "AB"[number - 1] if number < 3 else number - 2)
    return row + 1
