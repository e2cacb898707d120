"""The pages of enrolment: three ways to one preview, and what its confirmation writes."""

from datetime import date, time
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cadres.models import Basis
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_qualification
from cadres.tests.pages import signed_in, words_of
from training import enrol_checks
from training.admission import Admission
from training.models import ClassSession, Enrolment, OutsideLearner
from training.tests.factories import (
    make_class,
    make_enrolment,
    make_learner,
    make_need,
    make_programme,
)

pytestmark = pytest.mark.django_db
LAST = {"follow": True}


@pytest.fixture
def taught():
    return make_class("Lớp Ghi Danh", capacity=3, programme=make_programme())


@pytest.fixture
def hr(client):
    client.user = signed_in(client)
    return client


def url(taught, more=""):
    return f"/dao-tao/{taught.pk}/ghi-danh/{more}"


def serving(name, commune=None, **fields):
    return make_holding(make_cadre(name, **fields), commune=commune or make_commune()).cadre


def book(*rows):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    out = BytesIO()
    workbook.save(out)
    return SimpleUploadedFile("danh-sach.xlsx", out.getvalue())


def paste(client, taught, text):
    """The address of the preview that a pasted list leads to."""
    answer = client.post(url(taught), {"cach": "dan", "names": text})
    assert answer.status_code == 302
    return answer.url


def test_the_list_offers_registered_needs_first_then_everyone_who_serves(hr, taught):
    needed, other = serving("Người Cần"), serving("Người Khác")
    make_need(needed, taught.programme, state="confirmed")

    needs, everyone = words_of(hr.get(url(taught))), words_of(hr.get(url(taught, "?nguon=tat-ca")))

    assert "Người Cần" in needs
    assert "Người Khác" not in needs
    assert "Người Cần" in everyone
    assert other.full_name in everyone


def test_the_list_is_narrowed_by_name_commune_and_group(hr, taught):
    commune = make_commune("Xã Lọc")
    serving("Trần Thị Lọc", commune), serving("Lê Văn Khác")

    for query in (f"xa={commune.pk}", "q=loc"):
        page = words_of(hr.get(url(taught, f"?nguon=tat-ca&{query}")))
        assert "Trần Thị Lọc" in page
        assert "Lê Văn Khác" not in page
    group = words_of(hr.get(url(taught, "?nguon=tat-ca&nhom=leader")))
    assert "Không có ai khớp" in group
    assert hr.get(url(taught, "?q=019080000017")).status_code == 302


def test_people_sent_by_another_page_are_ticked(hr, taught):
    one, _ = serving("Được Gửi"), serving("Không Gửi")

    page = hr.get(url(taught, f"?nguoi={one.pk},x&nguoi=999999999999"))

    assert "Được Gửi" in words_of(page)
    assert "Không Gửi" not in words_of(page)
    assert f'value="{one.pk}" aria-label="Chọn Được Gửi" checked' in page.content.decode()


def test_ticked_people_are_previewed_and_enrolled_with_their_decision(hr, taught):
    one, two = serving("Người Một"), serving("Người Hai")
    make_enrolment(taught, two)
    sent = hr.post(url(taught), {"cach": "danh-sach", "chon": [one.pk, two.pk, "x"]})

    preview = words_of(hr.get(sent.url))
    assert not taught.enrolments.filter(cadre=one).exists()
    done = hr.post(sent.url, {"viec": "ghi", "chon": [f"c{one.pk}"], "number": "12/QĐ-UBND",
                              "signed_on": "20/02/2023", "issuer": "UBND huyện"})  # fmt: skip

    assert "2 người · còn 2 chỗ trong 3" in preview
    assert "Đã có trong lớp" in preview
    assert done.url == f"/dao-tao/{taught.pk}/"
    row = taught.enrolments.get(cadre=one)
    assert (row.enrolled_by, row.decision.number) == (hr.user, "12/QĐ-UBND")
    told = words_of(hr.get(url(taught, "?cach=da-ghi")))
    assert "Đã ghi danh 1 người vào lớp, trong 2 người của phiếu: 1 người đã có" in told


def test_two_clicks_on_the_confirmation_enrol_once(hr, taught):
    one = serving("Người Một")
    preview = hr.post(url(taught), {"cach": "danh-sach", "chon": [one.pk]}).url
    sent = {"viec": "ghi", "chon": [f"c{one.pk}"]}

    hr.post(preview, sent)
    again = hr.post(preview, sent, follow=True)

    assert taught.enrolments.count() == 1
    assert "đã ghi xong hoặc không còn giữ" in words_of(again)


def test_the_whole_list_is_taken_by_its_address(hr, taught):
    commune = make_commune()
    for number in range(3):
        serving(f"Người Số {number}", commune)
    serving("Người Ngoài")
    sent = {"cach": "danh-sach", "tat_ca": "1", "loc": f"nguon=tat-ca&xa={commune.pk}"}

    preview = words_of(hr.get(hr.post(url(taught), sent).url))

    assert "3 người · còn 3 chỗ" in preview
    assert "Người Ngoài" not in preview


def test_a_full_class_says_so_and_enrols_nobody(hr, taught):
    people = [serving(f"Người {number}") for number in range(4)]
    preview = hr.post(url(taught), {"cach": "danh-sach", "chon": [p.pk for p in people]}).url

    page = hr.get(preview)
    answer = hr.post(preview, {"viec": "ghi", "chon": [f"c{p.pk}" for p in people]})

    assert "không đủ: bỏ đánh dấu bớt" in words_of(page)
    assert "còn 3 chỗ trong 3, không đủ cho 4 người" in words_of(answer)
    assert not taught.enrolments.exists()
    assert not Basis.objects.filter(number="1").exists()


def test_what_changed_since_the_preview_is_asked_again_at_the_confirmation(hr, taught):
    one, two = serving("Người Bận"), serving("Người Rảnh")
    preview = hr.post(url(taught), {"cach": "danh-sach", "chon": [one.pk, two.pk]}).url
    hr.get(preview)
    busy = make_class("Lớp Vừa Mở")
    for each in (busy, taught):
        ClassSession.objects.create(training_class=each, held_on=date(2023, 3, 1),
                                    begins_at=time(7), ends_at=time(11))  # fmt: skip
    make_enrolment(busy, one)

    answer = hr.post(preview, {"viec": "ghi", "chon": [f"c{one.pk}", f"c{two.pk}"]})

    told = words_of(answer)
    assert "Từ lúc xem trước, Người Bận không còn ghi danh được: trùng giờ với lớp" in told
    assert not taught.enrolments.exists()
    hr.post(preview, {"viec": "ghi", "chon": [f"c{two.pk}"]})
    assert [row.cadre for row in taught.enrolments.all()] == [two]


def test_an_unfinished_decision_or_nobody_ticked_is_told_and_kept(hr, taught):
    one = serving("Người Một")
    preview = hr.post(url(taught), {"cach": "danh-sach", "chon": [one.pk]}).url

    half = hr.post(preview, {"viec": "ghi", "chon": [f"c{one.pk}"], "number": "12/QĐ"})
    nobody = hr.post(preview, {"viec": "ghi"})

    assert half.status_code == 200
    assert "đủ số, ngày ký và cơ quan" in words_of(half)
    assert 'value="12/QĐ"' in half.content.decode()
    assert "Chưa chọn ai" in words_of(nobody)
    assert not taught.enrolments.exists()


def test_who_is_not_admitted_needs_a_reason_of_his_own_or_one_for_all(hr, taught, monkeypatch):
    one, two = serving("Người Một"), serving("Người Hai")
    monkeypatch.setattr(
        enrol_checks, "admissions_to",
        lambda programme, keys, day: {key: Admission(False, ("chưa đủ 5 năm",)) for key in keys},
    )  # fmt: skip
    preview = hr.post(url(taught), {"cach": "danh-sach", "chon": [one.pk, two.pk]}).url
    sent = {"viec": "ghi", "chon": [f"c{one.pk}", f"c{two.pk}"], f"ly_do_c{one.pk}": "Lý do riêng"}

    page, lacking = hr.get(preview), hr.post(preview, sent)
    hr.post(preview, sent | {"reason": "Lý do chung"})

    assert "Ngoài đối tượng: chưa đủ 5 năm" in words_of(page)
    assert "checked" not in page.content.decode()
    assert "Ghi lý do, ở đây hoặc ở ô lý do chung" in words_of(lacking)
    reasons = dict(taught.enrolments.values_list("cadre", "exception_reason"))
    assert reasons == {one.pk: "Lý do riêng", two.pk: "Lý do chung"}


def test_who_has_the_level_already_is_warned_about(hr, taught):
    one = serving("Người Có Bằng")
    make_qualification(one, "political", 2)

    page = hr.get(hr.post(url(taught), {"cach": "danh-sach", "chon": [one.pk]}).url)

    assert "đã có" in words_of(page)
    assert "Trung cấp" in words_of(page)


@pytest.mark.parametrize(
    ("result", "is_told"), [("studying", True), ("passed", False), ("transferred", False)]
)
def test_who_is_studying_the_programme_elsewhere_is_warned_about(hr, taught, result, is_told):
    one = serving("Người Đang Học")
    days = {"begins_on": date(2022, 1, 1), "ends_on": date(2022, 2, 1)}
    make_enrolment(make_class("Lớp Khác", programme=taught.programme, **days), one, result=result)
    make_enrolment(make_class("Lớp Lạ", programme=make_programme(), **days), one)

    page = words_of(hr.get(hr.post(url(taught), {"cach": "danh-sach", "chon": [one.pk]}).url))

    assert ("đang học lớp “Lớp Khác” cùng chương trình" in page) is is_told
    assert "Lớp Lạ" not in page


def test_pasted_names_are_found_asked_about_or_added(hr, taught):
    here, there = make_commune("Xã Đây"), make_commune("Xã Kia")
    only, one, _ = serving("Lê Văn Độc"), serving("Ma Văn Đôi", here), serving("Ma Văn Đôi", there)

    preview = paste(
        hr, taught, "Lê Văn Độc\nMa Văn Đôi\n3. Người Chưa Có, Xã Đây, 1990\nLê văn Độc"
    )
    page = words_of(hr.get(preview))
    hr.post(preview, {"viec": "chon", "dong_2": f"c{one.pk}", "dong_3": "moi", "kind": "thon"})
    hr.post(preview, {"viec": "chon", "dong_3": "moi", "kind": "thon"})
    after = words_of(hr.get(preview))

    assert "1 người và 2 dòng chưa rõ là ai, 1 dòng nêu lại" in page
    assert "Có 2 người cùng tên" in page
    learner = OutsideLearner.objects.get()
    assert (learner.full_name, learner.commune, str(learner.born_on)) == (
        "Người Chưa Có", here, "1990",
    )  # fmt: skip
    assert "3 người" in after
    assert "chưa rõ" not in after.partition("Chưa ghi gì")[2].partition("·")[0]
    keys = [f"c{only.pk}", f"c{one.pk}", f"h{learner.pk}"]
    hr.post(preview, {"viec": "ghi", "chon": keys})
    assert taught.enrolments.count() == 3


def test_who_may_be_a_learner_on_record_is_asked_about_before_he_is_added_again(hr, taught):
    known = make_learner("Người Ngoài", workplace="Xóm Một")

    preview = paste(hr, taught, "Người Ngoài, Xóm Hai\nNgười Mới\nNgười Mới")
    hr.post(preview, {"viec": "chon", "dong_1": f"h{known.pk}", "dong_2": "moi", "dong_3": "moi"})

    assert "Đã có học viên ngoài cùng tên" in words_of(hr.get(preview))
    assert OutsideLearner.objects.filter(full_name="Người Mới").count() == 1
    hr.post(preview, {"viec": "chon", "dong_3": "bo"})
    assert OutsideLearner.objects.count() == 2


@pytest.mark.parametrize("text", ["", "\n \n", "12345", "x\n" * 501, "a" * 60_001])
def test_a_pasted_list_that_cannot_be_used_is_told_in_words(hr, taught, text):
    answer = hr.post(url(taught), {"cach": "dan", "names": text})

    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.content.decode()


def test_a_workbook_is_read_by_the_heads_of_its_columns(hr, taught):
    commune = make_commune("Xã Đây")
    one, _ = serving("Ma Văn Đôi", commune), serving("Ma Văn Đôi")
    coded = serving("Ma Văn Mã")
    rows = [["DANH SÁCH CỬ ĐI HỌC"], ["STT", "Họ và tên", "Đơn vị", "Năm sinh", "Số hiệu"],
            [1, 2, 3, 4, 5], [1, "Đ/c Ma Văn Đôi", "Xã Đây", 1980, None],
            [2, "MA VĂN MÃ", None, None, coded.code]]  # fmt: skip

    sent = hr.post(url(taught), {"cach": "tep", "file": book(*rows)})
    hr.post(sent.url, {"viec": "ghi", "chon": [f"c{one.pk}", f"c{coded.pk}"]})

    assert set(taught.enrolments.values_list("cadre", flat=True)) == {one.pk, coded.pk}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["STT", "Đơn vị"], [1, "Xã A"]], "dòng 1–2, cột A–B: không có tiêu đề “Họ và tên”"),
        ([["Họ và tên"]], "có tiêu đề ở dòng 1 nhưng không có ai"),
        ([], "(trống)"),
    ],
)
def test_a_workbook_without_names_says_what_was_looked_at(hr, taught, rows, told):
    answer = hr.post(url(taught), {"cach": "tep", "file": book(*rows)})

    assert told in words_of(answer)
    assert "Việc cần làm" in words_of(answer)


def test_a_file_that_is_no_workbook_is_told_in_words(hr, taught):
    file = SimpleUploadedFile("a.xlsx", b"%PDF-1.4")

    answer = hr.post(url(taught), {"cach": "tep", "file": file})

    assert "không phải bảng tính" in words_of(answer)


@pytest.mark.parametrize("more", ["", "?phieu=khong-co", "?phieu=%00", "?phieu=" + "x" * 500])
def test_a_draft_that_is_not_kept_leads_back(hr, taught, more):
    assert hr.get(url(taught, f"phieu/{more}")).url == url(taught, "?cach=da-ghi")


def test_a_class_that_takes_nobody_enrols_nobody(hr):
    closed = make_class(state="closed")

    answer = hr.post(url(closed), {"cach": "dan", "names": "Ai"})

    assert "không nhận thêm" in words_of(answer)


def test_the_decision_comes_later_and_a_mistake_is_taken_back(hr, taught):
    row = make_enrolment(taught)
    told = {"number": "3/QĐ", "signed_on": "01/03/2023", "issuer": "UBND huyện"}

    wrong = hr.post(url(taught, "quyet-dinh/"), {"number": "3/QĐ"}, follow=True)
    hr.post(url(taught, "quyet-dinh/"), told)
    unsaid = hr.post(url(taught, f"{row.pk}/rut/"), {})
    left = hr.post(url(taught, f"{row.pk}/rut/"), {"reason": "Nhầm"}, follow=True)

    assert "Ngày ký" in words_of(wrong)
    assert "Ghi lý do" in words_of(unsaid)
    assert "Đã rút" in words_of(left)
    row = Enrolment.objects.get()
    assert (row.decision.number, row.result, row.result_note) == ("3/QĐ", "withdrawn", "Nhầm")
    again = hr.post(url(taught, f"{row.pk}/rut/"), {"reason": "Nhầm"})
    assert "đã có kết quả" in words_of(again)


def test_pages_cost_as_many_queries_for_a_hundred_as_for_ten(
    hr, taught, django_assert_max_num_queries
):
    taught.capacity = 500
    taught.save()
    people = [serving(f"Người Số {number}", make_commune("Xã Chung")) for number in range(110)]
    for each in people[:55]:
        make_enrolment(taught, each)
    for some in (people[:10], people):
        preview = hr.post(url(taught), {"cach": "danh-sach", "chon": [p.pk for p in some]}).url
        with django_assert_max_num_queries(21):  # a check of everything, not a list
            page = hr.get(preview)
    assert len(hr.get(preview).content) < 110 * 1024, page.status_code
    for more in ("?nguon=tat-ca", "?cach=da-ghi", "?cach=dan"):
        with django_assert_max_num_queries(12):
            page = hr.get(url(taught, more))
        assert len(page.content) < 100 * 1024
