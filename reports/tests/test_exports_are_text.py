"""Whatever stands in a record, no cell of an exported workbook is a formula: each export, through
the writer of ordinary workbooks and through that of large ones."""

from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CharField, TextField
from openpyxl import load_workbook

from cadres import catalogue as record_catalogue
from cadres.columns import COLUMNS, MOST_COLUMNS
from cadres.models import Cadre, Commune, Post
from cadres.records import Field, Kind, Table, tables
from cadres.tests.dossiers import make_whole_record
from cadres.tests.factories import make_cadre, make_commune, make_holding
from cadres.tests.pages import list_url, signed_in
from daitu_portal import excel_large
from reports import catalogue
from training.models import TrainingClass
from training.tests.test_pages import enrol, make_class

pytestmark = pytest.mark.django_db
DAY = "2023-06-08"
FORMULAS = [
    "=1+1", '=HYPERLINK("http://x")', "+84912345678", "-1", "@SUM(A1)", "\t=1", "\r=1",
    "=cmd|'/c calc'!A0", "#N/A",
]  # fmt: skip
_FREE = {Kind.TEXT, Kind.NOTE, Kind.IDENTIFIER, Kind.DIGITS}
_LEFT = {("people", "full_name")}  # a person has to be found by it


@pytest.fixture(params=["ordinary", "large"])
def writer(request, monkeypatch):
    """Which writer is at work: for the second one, every sheet with a row is large."""
    if request.param == "large":
        monkeypatch.setattr(excel_large, "LARGE", 0)
    return request.param


@pytest.fixture
def unit(settings, tmp_path):
    """A unit with someone of whom everything is known, someone to retire, and a class."""
    settings.MEDIA_ROOT = tmp_path
    record_catalogue.load()
    catalogue.load()
    commune = make_commune("Xã Thử")
    whole = make_whole_record(commune)
    old = make_cadre("Trần Văn Già", born_on="1963-04-15")
    for person in (whole, old):
        make_holding(person, Post.objects.get(code="CC07"), commune, valid_from=date(2016, 1, 1))
    enrol(make_class(), whole, outsiders=1, commune=commune)
    return commune


def fill(text: str) -> int:
    """Put `text` into every free field of every row; how many fields took it."""
    return sum(
        _filled(table, each, text)
        for table in tables()
        for each in table.fields
        if each.kind in _FREE and not each.is_info and (table.code, each.code) not in _LEFT
    )


def _filled(table: Table, field: Field, text: str) -> bool:
    names = {each.name: each for each in table.model._meta.concrete_fields}
    column = names.get(field.code)
    if not isinstance(column, CharField | TextField) or column.choices or column.unique:
        return False
    try:
        with transaction.atomic():
            told = text[: column.max_length]
            return bool(table.model._base_manager.update(**{column.name: told}))
    except IntegrityError:  # a value that two rows may not share, or of a given form
        return False


def sheets_of(client, address: str, **data: object):
    """The sheets of the workbook that the page sends."""
    response = client.post(address, data)
    assert response.status_code == 200, address
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return load_workbook(BytesIO(content)).worksheets


def exports(client, unit: Commune):
    """(name, sheets) of every export there is."""
    asked = {"muc_dich": "thử", "loc": f"ngay={DAY}"}
    for start in range(0, len(COLUMNS), MOST_COLUMNS):
        columns = [each.code for each in COLUMNS[start : start + MOST_COLUMNS]]
        loc = list_url(cot=columns).partition("?")[2]
        yield "people", sheets_of(client, "/can-bo/xuat/", **{**asked, "loc": loc})
    yield "record set", sheets_of(client, "/can-bo/bo-du-lieu/", **asked)
    pack = {"commune": unit.pk, "purpose": "thử"}
    yield "work pack", sheets_of(client, f"/nhap-lieu/xuat/?ngay={DAY}", **pack)
    yield "figure", sheets_of(client, "/bao-cao/civil_servants_degree/xuat/", **asked)
    yield "retirements", sheets_of(client, "/bao-cao/nghi-huu/xuat/", **asked)
    yield "units", sheets_of(client, "/don-vi/xuat/", ngay=DAY)
    learnt = TrainingClass.objects.get()
    yield "class", sheets_of(client, f"/dao-tao/{learnt.pk}/xuat/")


def test_no_cell_of_any_export_is_a_formula(client, unit, writer):
    signed_in(client)

    for text in FORMULAS:
        assert fill(text) > 60
        told = set()
        for name, sheets in exports(client, unit):
            cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
            assert not {cell.data_type for cell in cells} & {"f", "e"}, (name, text)
            if any(text.strip() in str(cell.value) for cell in cells):
                told.add(name)
        assert told >= {"people", "record set", "work pack"}, text  # it did come through


def test_every_exported_list_explains_its_columns_and_can_be_filtered(client, unit, writer):
    signed_in(client)

    for name, sheets in exports(client, unit):
        titles = [sheet.title for sheet in sheets]
        assert titles[1] == "Giải thích", name
        explained = {cell.value for row in sheets[1].iter_rows() for cell in row}
        data = [each for each in sheets if each.title not in _BESIDE]
        for sheet in data:
            assert sheet.freeze_panes, (name, sheet.title)
            head = [c.value for c in sheet[int(sheet.freeze_panes[1:]) - 1]]
            assert {str(one).removesuffix(" *") for one in head} <= explained, name
            assert sheet.auto_filter.ref.startswith(f"A{int(sheet.freeze_panes[1:]) - 1}:")


_BESIDE = {"Giải thích", "Thông tin", "Hướng dẫn", "Danh mục", "Phiên bản"}


def test_days_and_numbers_are_real_and_identifiers_text(client, unit, writer):
    signed_in(client)
    Cadre.objects.filter(full_name="Trần Văn Già").update(phone="0912345678")

    found = dict(exports(client, unit))

    head, *rows = found["record set"][
        [s.title for s in found["record set"]].index("Hồ sơ")
    ].iter_rows()
    by_header = {cell.value: n for n, cell in enumerate(head)}
    old = next(row for row in rows if row[by_header["Họ và tên"]].value == "Trần Văn Già")
    born, phone = old[by_header["Ngày sinh"]], old[by_header["Điện thoại"]]
    assert (born.value.date(), born.number_format) == (date(1963, 4, 15), "dd/mm/yyyy")
    assert (phone.value, phone.data_type, phone.number_format) == ("0912345678", "s", "@")
