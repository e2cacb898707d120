"""Whom a row of an old list means: exactly, doubtfully, or nobody yet; never by the name alone."""

import json

import pytest

from accounts.models import Role
from cadres.models import Cadre, Post
from cadres.tests.factories import make_cadre, make_holding, make_post
from intake.models import ImportBatch
from intake.tests.clients import signed_in
from intake.tests.old_lists import HEAD, decided, drawn, fresh, make_unit, page_of, sent, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
State = ImportBatch.State
AN = "1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Văn phòng - TK|1/7/2015|ĐH Luật"
NO_NUMBER = AN.replace("019070000011", "")


@pytest.fixture
def an(unit):
    """Nguyễn Văn An, on record in the unit of the list."""
    cadre = make_cadre("Nguyễn Văn An", born_on="1970-05-12")
    make_holding(cadre, Post.objects.get(code="CC03"), unit, valid_from="2015-07-01")
    return cadre


def kinds(batch):
    return {(row["kind"], row["code"]) for row in batch.staging.rows("people")}


def change(cadre, **fields):
    Cadre.objects.filter(pk=cadre.pk).update(**fields)


def test_the_number_alone_says_who_it_is(hr, an):
    change(an, national_id="019070000011", born_on=None)

    assert kinds(sent(hr, drawn(AN))) == {("exact", an.code)}


def test_name_and_birth_date_in_the_same_unit_say_who_it_is(hr, an):
    assert kinds(sent(hr, drawn(NO_NUMBER))) == {("exact", an.code)}


def test_a_year_of_birth_with_the_same_post_in_the_unit_says_who_it_is(hr, an):
    assert kinds(sent(hr, drawn(NO_NUMBER.replace("12/5/1970", "1970")))) == {("exact", an.code)}


def test_a_year_of_birth_with_another_post_is_doubtful(hr, an):
    text = NO_NUMBER.replace("12/5/1970", "1970").replace("Văn phòng - TK", "Kế toán")

    batch = sent(hr, drawn(text))

    assert kinds(batch) == {("doubtful", "")}
    assert (batch.state, batch.problems[0]["is_question"]) == (State.REFUSED, True)


@pytest.mark.parametrize("text", ["", "1970"])
def test_the_name_alone_says_nobody(hr, text):
    make_holding(make_cadre("Nguyễn Văn An", born_on=text or None))

    batch = sent(hr, drawn(NO_NUMBER.replace("12/5/1970", text)))

    assert kinds(batch) == {("doubtful", "")}
    assert Cadre.objects.count() == 1


def test_two_of_the_same_name_and_birth_are_told_side_by_side(hr, an, unit):
    twin = make_cadre("Nguyễn Văn An", born_on="1970-05-12")
    make_holding(twin, make_post(), unit)

    batch = sent(hr, drawn(NO_NUMBER))
    page = page_of(hr, batch, "nguoi/")

    (row,) = batch.staging.rows("people")
    assert (row["kind"], set(json.loads(row["candidates"]))) == ("doubtful", {an.pk, twin.pk})
    assert an.code in page
    assert twin.code in page
    assert "Văn phòng – thống kê" in page
    assert "CC03" not in page  # people read names, not codes
    assert "điểm" in page  # how alike each is


def test_another_birth_or_another_number_is_another_person(hr, an):
    assert kinds(sent(hr, drawn(NO_NUMBER.replace("1970", "1971")))) == {("new", "")}
    change(an, national_id="019070000099")
    assert kinds(sent(hr, drawn(AN))) == {("new", "")}


def test_a_number_of_somebody_of_another_name_is_asked(hr, an):
    change(an, full_name="Phạm Thị Khác", search_text="pham thi khac", national_id="019070000011")

    batch = sent(hr, drawn(AN))

    assert kinds(batch) == {("doubtful", "")}
    assert "người tên Phạm Thị Khác" in batch.problems[0]["message"]


# -- codes ---------------------------------------------------------------------------------

CODED_HEAD = HEAD + "|Số hiệu"


def coded(cadre, text=AN):
    """A list whose only row has the code of `cadre`, one of the portal's numbering."""
    cadre.code = "DT000901"
    cadre.save()
    return drawn(f"{text}|{cadre.code}", head=CODED_HEAD)


@pytest.mark.parametrize("name", ["Nguyễn Văn An", "Nguyễn Văn Ăn", "Nguyễn An"])
def test_a_code_with_a_name_that_may_be_the_one_on_record_says_who_it_is(hr, an, name):
    batch = sent(hr, coded(an, AN.replace("Nguyễn Văn An", name)))

    assert kinds(batch) == {("exact", an.code)}


def test_a_code_of_somebody_of_another_name_is_asked(hr, an):
    batch = sent(hr, coded(an, AN.replace("Nguyễn Văn An", "Đỗ Thị Mới")))

    assert (kinds(batch), batch.state) == ({("doubtful", "")}, State.REFUSED)
    (problem,) = batch.problems
    assert "là của Nguyễn Văn An, tên khác hẳn" in problem["message"]
    assert problem["is_question"]
    assert problem["ref"] == "I6"


def mistaken(client, an):
    """The code of one, the name of another who is on record too."""
    other = make_cadre("Đỗ Thị Mới", born_on="1970-05-12", sex="F")
    make_holding(other, Post.objects.get(code="CC05"), is_main=False)
    text = NO_NUMBER.replace("Nguyễn Văn An", "Đỗ Thị Mới").replace("|Nam|", "|Nữ|")
    return other, sent(client, coded(an, text))


@pytest.mark.parametrize("is_owner", [True, False])
def test_a_code_of_another_name_is_of_whom_the_sender_says(hr, an, is_owner):
    other, batch = mistaken(hr, an)
    meant = an if is_owner else other

    batch = decided(hr, batch, "nguoi/", {"ai-0": meant.code})

    assert (kinds(batch), batch.state) == ({("exact", meant.code)}, State.PREVIEW)
    told = [each["message"] for each in batch.warnings if "số hiệu của dòng này" in each["message"]]
    assert len(told) == (not is_owner)
    written(hr, batch)
    codes = set(Cadre.objects.values_list("code", flat=True))
    assert codes == {an.code, other.code}


def test_a_code_of_another_name_may_be_of_somebody_new_who_gets_another(hr, an):
    _, batch = mistaken(hr, an)

    batch = decided(hr, batch, "nguoi/", {"ai-0": "new"})

    assert (kinds(batch), batch.state) == ({("new", "")}, State.PREVIEW)
    written(hr, batch)
    assert Cadre.objects.filter(full_name="Đỗ Thị Mới").count() == 2
    an.refresh_from_db()
    assert an.full_name == "Nguyễn Văn An"


def test_a_code_of_nobody_stays_with_somebody_new(hr, an):
    batch = sent(hr, drawn(f"{NO_NUMBER}|TH0012", head=CODED_HEAD))
    assert kinds(batch) == {("doubtful", "")}

    written(hr, decided(hr, batch, "nguoi/", {"ai-0": "new"}))

    assert Cadre.objects.filter(code="TH0012").exists()


def test_a_code_of_nobody_does_not_become_that_of_whom_the_sender_chose(hr, an):
    batch = sent(hr, drawn(f"{NO_NUMBER}|TH0012", head=CODED_HEAD))

    batch = decided(hr, batch, "nguoi/", {"ai-0": an.code})

    assert (kinds(batch), batch.problems) == ({("exact", an.code)}, [])
    written(hr, batch)
    assert Cadre.objects.get(pk=an.pk).code == an.code


# -- what the sender says ------------------------------------------------------------------


def doubtful(client, an):
    change(an, born_on="1970")
    batch = sent(client, drawn(NO_NUMBER.replace("Văn phòng - TK", "Kế toán")))
    assert kinds(batch) == {("doubtful", "")}
    return batch


def test_the_sender_says_it_is_one_of_them(hr, an):
    batch = decided(hr, doubtful(hr, an), "nguoi/", {"ai-0": an.code})

    assert kinds(batch) == {("exact", an.code)}
    assert batch.recipe["people"] == {"Sheet1!6": an.code}


def test_the_sender_says_it_is_somebody_new(hr, an):
    batch = decided(hr, doubtful(hr, an), "nguoi/", {"ai-0": "new"})

    assert (kinds(batch), batch.state) == ({("new", "")}, State.PREVIEW)
    written(hr, batch)
    assert Cadre.objects.filter(full_name="Nguyễn Văn An").count() == 2


def test_somebody_who_is_not_offered_cannot_be_chosen(hr, an):
    stranger = make_holding(make_cadre("Hoàng Thị Lạ")).cadre
    batch = doubtful(hr, an)

    answer = hr.post(f"/nhap-lieu/{batch.pk}/nguoi/", {"ai-0": stranger.code})

    assert answer.status_code == 400
    assert fresh(batch).recipe.get("people", {}) == {}


def test_a_chosen_person_who_is_gone_since_is_asked_again(hr, an):
    batch = decided(hr, doubtful(hr, an), "nguoi/", {"ai-0": an.code})
    change(an, code="ĐÃ ĐỔI")

    batch = decided(hr, batch, "kiem-tra/", {})

    assert "không còn trên cổng" in batch.problems[0]["message"]


def test_people_out_of_a_clerks_sight_are_not_told_of(settings, tmp_path, unit):
    settings.MEDIA_ROOT = tmp_path
    theirs = make_cadre("Nguyễn Văn An", born_on="1970-05-12")
    make_holding(theirs, Post.objects.get(code="CC03"), make_unit("Xã Khác"))
    clerk = signed_in(Role.COMMUNE_CLERK, unit)

    batch = sent(clerk, drawn(NO_NUMBER))

    assert kinds(batch) == {("new", "")}
    pages = "".join(page_of(clerk, batch, part) for part in ("", "nguoi/", "da-sua/"))
    assert theirs.code not in pages
    assert batch.people == []


def test_a_clerk_cannot_choose_somebody_out_of_sight(settings, tmp_path, unit, an):
    settings.MEDIA_ROOT = tmp_path
    theirs = make_cadre("Nguyễn Văn An", born_on="1970")
    make_holding(theirs, Post.objects.get(code="CC05"), make_unit("Xã Khác"))
    clerk = signed_in(Role.COMMUNE_CLERK, unit)
    batch = doubtful(clerk, an)

    page = page_of(clerk, batch, "nguoi/")
    answer = clerk.post(f"/nhap-lieu/{batch.pk}/nguoi/", {"ai-0": theirs.code})

    assert an.code in page
    assert theirs.code not in page
    assert answer.status_code == 400


def test_rows_that_are_sure_and_new_are_listed_by_kind(hr, an):
    other = AN.replace("1|Nguyễn Văn An", "2|Đỗ Thị Mới").replace("000011", "000022")
    batch = sent(hr, drawn(f"{NO_NUMBER}\n{other}"))

    assert "Đỗ Thị Mới" in page_of(hr, batch, "nguoi/", loai="new")
    sure = page_of(hr, batch, "nguoi/", loai="exact")
    assert an.code in sure
    assert "Đỗ Thị Mới" not in sure
