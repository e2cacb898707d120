"""A long file in parts: what a short one says in one, in little memory, and written as one."""

import pickle
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Cadre, Change, Holding
from cadres.tests.factories import make_cadre, make_commune, make_post
from daitu_portal.reading.limits import BULK
from daitu_portal.reading.problems import TooLarge
from intake import batches, long_reading
from intake.healing.recipe import Recipe
from intake.models import ImportBatch, ImportedChange
from intake.pieces import Pieces
from intake.tests import books

TODAY = date(2023, 6, 8)
HEAD = ["Số hiệu", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Điện thoại"]
SYLLABLES = ["An", "Bình", "Chi", "Dung", "Giang", "Hải", "Khoa", "Lan", "Minh", "Nga"]


@pytest.fixture(autouse=True)
def short_parts(monkeypatch):
    """Four rows are long enough to be cut."""
    monkeypatch.setattr(long_reading, "ROWS_AT_ONCE", 4)
    monkeypatch.setattr(batches, "is_long", lambda batch: True)


def people(count):
    return [
        ["", f"Trần Thị {SYLLABLES[number % 10]} {SYLLABLES[number // 10]}", "Nữ",
         f"{number % 28 + 1:02}/05/{1970 + number}", f"0191{70 + number}{number:06}", ""]
        for number in range(10, 10 + count)
    ]  # fmt: skip


def template(path, rows, sheet="Cán bộ", head=HEAD):
    return books.write(path / "ds.xlsx", {sheet: [head, *rows]})


def both(path, tmp_path):
    """(what is told in one, what is told in parts)."""
    more = {"recipe": Recipe(), "today": TODAY, "limits": BULK}
    one = batches.look_at(path, **more)
    return one.plan, batches.look_in_parts(path, beside=tmp_path / "beside", **more).plan


def told(plan):
    return books.told(plan.problems), books.told(plan.warnings), plan.counts


@pytest.mark.django_db
def test_parts_say_what_the_whole_says(tmp_path):
    make_cadre("Trần Thị An Bình", national_id="019170000099")
    rows = people(11)
    rows[9][3] = "31/31/1980"

    whole, parts = both(template(tmp_path, rows), tmp_path)

    assert told(parts) == told(whole)
    assert parts.counts["failed"] == 1
    assert parts.counts["created"] == 0  # nothing is written beside a row that is not sound


@pytest.mark.django_db
def test_one_person_in_two_parts_is_told_as_in_one(tmp_path):
    rows = people(9)
    rows[8][4] = rows[0][4]

    whole, parts = both(template(tmp_path, rows), tmp_path)

    assert told(parts)[0] == told(whole)[0]
    assert "cùng một người với dòng 2" in parts.problems[0].message


@pytest.mark.django_db
def test_new_people_alike_in_two_parts_are_told(tmp_path):
    rows = people(9)
    rows[8] = ["", rows[0][1], "Nữ", rows[0][3], "019180777777", ""]

    whole, parts = both(template(tmp_path, rows), tmp_path)

    assert books.told(parts.warnings) == books.told(whole.warnings)
    assert "dòng 2" in parts.warnings[0].message


@pytest.mark.django_db
def test_a_post_held_twice_in_two_parts_is_told_of_the_later(tmp_path):
    make_post(code="CC01", per_commune=1)
    make_commune(code="05914")
    head = [*HEAD[:5], "Xã, thị trấn", "Chức vụ, chức danh", "Giữ từ ngày"]
    rows = [[*row[:5], "", "", ""] for row in people(9)]
    for place in (0, 8):
        rows[place][5:] = ["05914", "CC01", "01/01/2021"]

    _, parts = both(template(tmp_path, rows, head=head), tmp_path)

    crowded = [each for each in parts.warnings if each.kind == "crowded"]
    assert [each.row for each in crowded] == [10]
    assert "Trần Thị An Bình" in crowded[0].message


@pytest.mark.django_db
def test_a_row_with_a_problem_is_left_out_of_its_part_alone(tmp_path):
    rows = people(9)
    rows[2][3] = "31/31/1980"
    path = template(tmp_path, rows)

    plan = batches.look_in_parts(
        path, recipe=Recipe(skips_bad=True), today=TODAY, beside=tmp_path / "beside"
    ).plan

    assert (plan.problem_count, plan.counts["created"], plan.counts["skipped"]) == (0, 8, 1)
    assert len(plan.left_out) == 1


def old_list(groups=True):
    """An old list with group rows, longer than a part."""
    rows = [["DANH SÁCH CÁN BỘ"], [], ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quê quán"]]
    for number in range(12):
        if groups and number % 5 == 0:
            rows.append([None, f"Xã {SYLLABLES[number // 5]} {SYLLABLES[number // 5 + 1]}"])
        name = f"Trần Thị {SYLLABLES[number % 10]} {SYLLABLES[number // 10 + 3]}"
        rows.append([number + 1, name, f"{number + 1:02}/05/{1970 + number}", "Nữ", "Đại Từ"])
    rows += [[None, "Tổng số: 12 người"]]
    return rows


@pytest.mark.django_db
@pytest.mark.parametrize("groups", [True, False])
def test_an_old_list_in_parts_says_what_the_whole_says(tmp_path, groups, monkeypatch):
    for number in (0, 1, 2):
        make_commune(f"Xã {SYLLABLES[number]} {SYLLABLES[number + 1]}")
    path = books.write(tmp_path / "cu.xlsx", {"Danh sách": old_list(groups)})
    more = {"recipe": Recipe(), "today": TODAY, "limits": BULK}
    whole = batches.look_at(path, **more)

    parts = batches.look_in_parts(path, beside=tmp_path / "beside", **more)

    assert parts.plan.counts == whole.plan.counts
    assert whole.plan.counts["read"] == 12
    assert [each.message for each in parts.plan.problems] == [
        each.message for each in whole.plan.problems
    ]
    assert [each.rows for each in parts.reading.lists] == [12]


@pytest.mark.django_db
def test_a_long_workbook_of_several_long_sheets_is_read_in_one_or_refused(tmp_path, monkeypatch):
    head = ["Số hiệu", "Họ và tên", "Giới tính", "Ngày sinh"]
    rows = [[f"DT{number:06}", f"Trần Thị {SYLLABLES[number]}", "Nữ", 1980] for number in range(6)]
    posts = [["DT000001", "x", "y", "01/01/2020", ""]] * 6
    path = books.write(tmp_path / "bo.xlsx", {
        "Hồ sơ": [head, *rows],
        "Giữ chức vụ": [["Số hiệu", "Mã chức danh", "Mã đơn vị", "Từ ngày", "Đến hết ngày"],
                        *posts],
    })  # fmt: skip

    whole, parts = both(path, tmp_path)
    assert told(parts) == told(whole)

    monkeypatch.setattr(long_reading, "MOST_IN_ONE", 5)
    with pytest.raises(TooLarge):
        both(path, tmp_path)


def batch_of(path):
    batch = batches.keep_file([path.read_bytes()], name=path.name, by=make_user(Role.DISTRICT_HR))
    batches.preview_import(batch, today=timezone.localdate())
    return batch


@pytest.mark.django_db(transaction=True)
def test_all_parts_are_written_from_what_the_preview_kept(tmp_path, monkeypatch):
    make_post(code="CC01", per_commune=None)
    make_commune(code="05914")
    make_cadre("Ai Đó", code="DT000007")
    head = [*HEAD[:5], "Xã, thị trấn", "Chức vụ, chức danh", "Giữ từ ngày"]
    rows = [[*row[:5], "05914", "CC01", "01/01/2021"] for row in people(11)]
    batch = batch_of(template(tmp_path, rows, head=head))
    monkeypatch.setattr(batches, "_as_previewed", None)  # the file is not compared again

    batches.confirm_import(batch, by=batch.uploaded_by, today=timezone.localdate())

    new = Cadre.objects.exclude(full_name="Ai Đó").order_by("pk")
    assert [cadre.full_name for cadre in new] == [row[1] for row in rows]
    assert list(new.values_list("code", flat=True))[:2] == ["DT000008", "DT000009"]
    assert Holding.objects.filter(cadre__in=new).count() == 11
    assert ImportedChange.objects.filter(batch=batch).count() == 11
    assert Change.objects.filter(kind="import").count() == 11
    assert not batches.places_of(batch.path)[1].path.exists()


@pytest.mark.django_db(transaction=True)
def test_what_the_preview_kept_is_not_written_where_the_record_moved(tmp_path):
    batch = batch_of(template(tmp_path, people(9)))
    make_cadre("Người Mới")

    batches.confirm_import(batch, by=batch.uploaded_by, today=timezone.localdate())

    assert ImportedChange.objects.filter(batch=batch).count() == 9


@pytest.mark.django_db(transaction=True)
def test_where_one_part_cannot_be_written_nothing_is(tmp_path, monkeypatch):
    batch = batch_of(template(tmp_path, people(11)))
    write, written = batches.write, []

    def breaks(piece, **more):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(piece)
        return write(piece, **more)

    monkeypatch.setattr(batches, "write", breaks)
    with pytest.raises(KeyboardInterrupt):
        batches.confirm_import(batch, by=batch.uploaded_by, today=timezone.localdate())

    batch.refresh_from_db()
    assert (batch.state, Cadre.objects.count()) == (ImportBatch.State.PREVIEW, 0)


@pytest.mark.django_db(transaction=True)
def test_known_people_are_changed_in_parts(tmp_path):
    known = [
        make_cadre(row[1], code=f"DT{number:06}", national_id=row[4])
        for number, row in enumerate(people(9))
    ]
    rows = [
        [cadre.code, cadre.full_name, "Nữ", "1980", cadre.national_id, "0912345678"]
        for cadre in known
    ]
    batch = batch_of(template(tmp_path, rows))

    batches.confirm_import(batch, by=batch.uploaded_by, today=timezone.localdate())

    assert Cadre.objects.filter(phone="0912345678", version=2).count() == 9


class Intruder:
    def __reduce__(self):
        return print, ("read",)


@pytest.mark.django_db
def test_what_does_not_belong_in_the_pieces_is_not_taken_out_of_them(tmp_path):
    pieces = Pieces(tmp_path / "x.pieces")
    writer = pieces.anew()
    import zlib

    piece = zlib.compress(pickle.dumps([Intruder()]))
    writer._file.write(len(piece).to_bytes(8, "big") + piece)
    writer.close()

    with pytest.raises(pickle.UnpicklingError):
        list(pieces.plans())


@pytest.mark.django_db
def test_a_look_by_the_command_line_leaves_nothing_behind(tmp_path, capsys, monkeypatch):
    from intake.management.commands import import_cadres

    monkeypatch.setattr(import_cadres, "_LONG", 0)

    call_command("import_cadres", str(template(tmp_path, people(9))), "--check")

    assert "thêm mới: 9" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["ds.xlsx"]


@pytest.mark.django_db
def test_what_an_interrupted_import_left_is_tidied_up(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    batch = batch_of(template(tmp_path, people(9)))
    folder = batch.path.parent
    orphan = folder / "nobodys.xlsx"
    half = batch.path.with_suffix(".staging")
    for path in (orphan, half):
        path.write_text("x")

    call_command("tidy_imports", verbosity=0)
    assert orphan.exists()  # it may be on its way
    call_command("tidy_imports", minutes=0, verbosity=0)

    assert not orphan.exists()
    assert not half.exists()
    assert batch.path.exists()
    assert batches.places_of(batch.path)[1].path.exists()
