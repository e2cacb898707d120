"""The lists are what they claim: the same by the same seed, ugly, and true as far as told."""

import ast
import csv
import io
import json
import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.heal import encodings, vocabulary
from tests.heal.books import draw_book
from tests.heal.compare import Comparison, Score, same
from tests.heal.people import units
from tests.heal.truth import KINDS

SEED, BOOKS = 20230608, 40
PACKAGE = Path(__file__).parent
APPS = {"daitu_portal", "accounts", "cadres", "intake", "training", "reports", "django"}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ugly")
    return folder, [draw_book(SEED, number, folder) for number in range(BOOKS)]


def _shown(path: Path) -> dict[tuple[int, int], str]:
    """What stands in every cell of a file, as text, read by other means than it was written."""
    if path.suffix == ".xlsx":
        sheet = load_workbook(path, rich_text=True).worksheets[0]
        cells = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
        return {(cell.row, cell.column): _as_text(cell.value) for cell in cells}
    content = path.read_bytes()
    text = _decoded(content)
    first = text.splitlines()[0]
    delimiter = (
        "\t" if path.suffix == ".tsv" else ";" if first.count(";") > first.count(",") else ","
    )
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return {
        (r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value
    }


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _as_text(value) -> str:
    return str(value.date()) if isinstance(value, datetime) else str(value)


def test_no_module_but_the_runner_imports_the_product():
    for path in sorted(PACKAGE.glob("*.py")):
        if path.name == "__main__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
                assert node.level == 0, path
            assert not {name.split(".")[0] for name in names} & APPS, (path, names)


def test_the_same_seed_gives_the_same_list(tmp_path, drawn):
    _, books = drawn

    again = draw_book(SEED, 3, tmp_path)

    assert again.as_json() == books[3].as_json()
    assert draw_book(SEED + 1, 3, tmp_path).as_json() != again.as_json()


def test_every_cell_of_the_truth_stands_where_it_says(drawn):
    folder, books = drawn
    for book in books:
        shown = _shown(folder / book.file)
        for person in book.people:
            for cell in person.cells:
                found = shown[cell.row, cell.column]
                if cell.shown != found:  # a date in a text file, an int as a workbook gives it
                    assert _same_value(cell.shown, found), (book.file, cell)


def _same_value(told: str, found: str) -> bool:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        if told == f"{found}.0":
            return True
        return told.replace("\r\n", "\n") == found.replace("\r\n", "\n")
    return found in (f"{day:%d/%m/%Y}", f"{day:%m/%Y}")


def test_no_cell_of_a_person_is_left_out_of_the_truth(drawn):
    """All that stands in a person's row is told of, but numbers of order and derived marks."""
    folder, books = drawn
    for book in books:
        shown = _shown(folder / book.file)
        unreadable = {(each.row, each.column) for each in book.unreadable}
        for person in book.people:
            told = {cell.column for cell in person.cells if cell.row == person.row}
            rest = {
                column: text
                for (row, column), text in shown.items()
                if row == person.row and column > 1 and column not in told
            }
            left = {c: t for c, t in rest.items() if (person.row, c) not in unreadable}
            assert set(left.values()) <= {"x"}, (book.file, person.row, left)


def test_what_a_cell_means_is_true_of_its_person(drawn):
    _, books = drawn
    for book in books:
        for person in book.people:
            for cell in person.cells:
                for code, text in cell.values.items():
                    if code != "rating.year":
                        assert person.facts[code] == text


def test_every_list_is_ugly_in_five_ways_at_least(drawn):
    _, books = drawn

    assert min(len(book.defects) for book in books) >= 5


def test_every_kind_of_repair_is_asked_for(tmp_path):
    found = set()
    for number in range(150):
        book = draw_book(7, number, tmp_path)
        found |= {kind for p in book.people for cell in p.cells for kind in cell.kinds}

    assert found == set(KINDS)


def test_lists_have_all_layouts_formats_and_matches(drawn):
    _, books = drawn

    assert {book.layout for book in books} == {"commune_form", "bm04", "free_list", "simple_list"}
    assert {Path(book.file).suffix for book in books} == {".xlsx", ".csv", ".tsv"}
    assert {p.match for book in books for p in book.people} == {"exact", "doubtful", "new"}
    assert all(15 <= len(book.people) <= 300 for book in books)


def test_old_encodings_are_undone_by_their_inverse():
    texts = [
        text
        for table in (vocabulary.POSTS, vocabulary.HEADS, vocabulary.PROFESSIONAL)
        for ways in table.values()
        for text in ways
    ] + [unit.name for unit in units()]
    for text in texts:
        assert encodings.from_tcvn3(encodings.tcvn3(text)).lower() == text.lower()
        assert encodings.from_vni(encodings.vni(text)) == text
        assert encodings.from_cp1258(encodings.cp1258(text)) == text
        assert unicodedata.normalize("NFC", encodings.decomposed(text)) == text
        assert unicodedata.normalize("NFC", encodings.combined(text)) == text


def test_known_texts_in_old_encodings():
    """«®¹i tõ», «Ñaïi Töø»: as the sources of the tables print them."""
    assert encodings.tcvn3("đại từ") == "®¹i tõ"
    assert encodings.vni("Đại Từ") == "Ñaïi Töø"
    assert encodings.tcvn3("Ánh") == "¸nh"
    assert encodings.tcvn3("Lương") == "L\u00ad¬ng"
    assert encodings.lookalike("Đại Từ") == "\u00d0ại Từ"


def test_free_words_lose_no_capital_in_old_fonts():
    """Only names, posts and units may: they come back by their tables."""
    words = (*vocabulary.HAMLETS, *vocabulary.PLACES, *vocabulary.NOTES, *vocabulary.MAJORS,
             *vocabulary.RELIGIONS)  # fmt: skip

    assert [word for word in words if encodings.loses_capitals(word)] == []


def test_a_right_answer_is_right_and_a_wrong_one_is_found(drawn):
    """The comparison itself: the truth as the answer, then with one value changed, and one lost."""
    _, books = drawn
    book = next(book for book in books if book.unreadable and book.known)
    answer = json.loads(json.dumps(_answer(book)))

    right = _score(book, answer)
    answer["people"][2]["values"]["full_name"] = "Nguyễn Văn Khác"
    del answer["people"][3]["values"]["full_name"]
    answer["people"][4]["match"], answer["people"][4]["person"] = "exact", "UG9999"
    wrong = _score(book, answer)

    assert right.cells["wrong"] == right.cells["asked"] == right.matches["wrong"] == 0
    assert right.unreadable["untold"] == 0
    assert wrong.cells["wrong"] >= 2
    assert wrong.matches["wrong"] == 1


def test_a_lost_value_that_is_told_of_is_asked(drawn):
    _, books = drawn
    book = books[0]
    answer = _answer(book)
    person = book.people[0]
    cell = next(cell for cell in person.cells if cell.row == person.row)
    answer["people"][0]["values"] = {
        code: text for code, text in person.values.items() if code not in cell.values
    }
    answer["problems"].append({"row": cell.row, "column": cell.column, "kind": "question"})

    assert _score(book, answer).cells["asked"] >= 1
    assert _score(book, answer).cells["wrong"] == 0


def _answer(book):
    return {
        "people": [
            {"row": p.row, "match": p.match, "person": p.person, "values": dict(p.values)}
            for p in book.people
        ],
        "problems": [
            {"row": each.row, "column": each.column, "kind": "error"} for each in book.unreadable
        ],
    }


def _score(book, answer) -> Score:
    score = Score()
    Comparison(book, answer, score).go()
    return score


@pytest.mark.parametrize(
    ("code", "truth", "read", "expected"),
    [
        ("salary.coefficient", "2,10", "2,1", True),
        ("salary.coefficient", "2,10", "21", False),
        ("language.language", "Tiếng Anh", "Anh", True),
        ("born_on", "05/1970", "01/05/1970", False),
        ("full_name", "Lê An", None, False),
    ],
)
def test_texts_that_say_one_thing_are_the_same(code, truth, read, expected):
    assert same(code, truth, read) is expected
