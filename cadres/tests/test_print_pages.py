"""The pages that print: who gets whose papers, what is asked first, what is logged."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from accounts.models import AuditEvent, Role
from cadres.printing.jobs import MOST_AT_ONCE
from cadres.printing.papers import PAPERS
from cadres.tests.dossiers import CCCD, make_whole_record
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post
from cadres.tests.pages import ON, list_url, signed_in, words_of
from cadres.tests.pdf_text import pages_of
from cadres.views.printing import PRINTS_A_MINUTE

pytestmark = pytest.mark.django_db
BATCH = "/can-bo/in/"
SAID = {"mau": "2c", "tep": "pdf", "nam": "2022", "muc_dich": "bổ sung hồ sơ"}


@pytest.fixture(autouse=True)
def own_folder_and_cache(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    cache.clear()


def address(cadre):
    return f"/can-bo/{cadre.pk}/in/?ngay={ON}"


def batch(client, url=None, **said):
    loc = (url or list_url()).partition("?")[2]
    return client.post(BATCH, {**SAID, **said, "loc": loc}, follow=True)


def prints():
    return AuditEvent.objects.filter(action=AuditEvent.Action.PRINT)


def test_the_page_asks_for_paper_format_year_and_purpose(client):
    signed_in(client)
    cadre = make_cadre("Lê Thị Ẵm")

    page = client.get(address(cadre))

    words = words_of(page)
    assert all(paper.name in words for paper in PAPERS.values())
    assert "Lê Thị Ẵm" in words
    assert 'name="nam" value="2022"' in page.content.decode()
    assert "bản in để trống" not in words
    assert AuditEvent.objects.get(action="view").subject_ids == [cadre.pk]


@pytest.mark.parametrize("route", ["cadres:detail", "cadres:career"])
def test_a_persons_pages_lead_to_the_print(client, route):
    signed_in(client)
    cadre = make_cadre()

    page = client.get(reverse(route, args=[cadre.pk]) + f"?ngay={ON}")

    assert f'href="{address(cadre)}"' in page.content.decode()


def test_the_form_as_pdf_is_to_be_saved_and_logged_with_its_purpose(client):
    signed_in(client)
    cadre = make_whole_record(make_commune())

    answer = client.post(address(cadre), SAID)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "NGUYỄN THỊ HƯỜNG" in pages_of(answer.content)[0]
    event = prints().get()
    assert (event.subject_ids, event.purpose) == ([cadre.pk], "bổ sung hồ sơ")
    assert event.detail == {"form": "2c", "as": "pdf"}


def test_the_supplement_as_word_is_of_the_year_asked_for(client):
    signed_in(client)
    cadre = make_whole_record(make_commune())

    answer = client.post(address(cadre), {**SAID, "mau": "4a", "tep": "word", "nam": "2021"})

    document = Document(BytesIO(answer.content))
    assert "Năm 2021" in [paragraph.text for paragraph in document.paragraphs]
    assert prints().get().detail == {"form": "4a", "as": "word", "year": 2021}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"muc_dich": " "}, "Mục đích"),
        ({"mau": "4a", "nam": ""}, "Phiếu bổ sung cần năm"),
        ({"mau": "4a", "nam": "2024"}, "Năm 2024 chưa tới"),
        ({"mau": "4a", "nam": "1989"}, "1990"),
        ({"mau": "9z"}, "9z"),
        ({"tep": "exe"}, "exe"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_printed(client, said, told):
    signed_in(client)
    cadre = make_cadre()

    page = client.post(address(cadre), {**SAID, **said})

    assert page.status_code == 200
    assert "invalid" in page.content.decode()
    assert told in words_of(page)
    assert not prints().exists()


def test_the_2c_form_needs_no_year(client):
    signed_in(client)

    assert client.post(address(make_cadre()), {**SAID, "nam": ""})["Content-Type"].endswith("pdf")


def test_a_clerk_prints_the_own_commune_and_nobody_else(client):
    commune = make_commune()
    own, foreign = make_whole_record(commune), make_whole_record_elsewhere()
    signed_in(client, Role.COMMUNE_CLERK, commune=commune)

    assert "NGUYỄN THỊ HƯỜNG" in pages_of(client.post(address(own), SAID).content)[0]
    assert client.get(address(foreign)).status_code == 404
    assert client.post(address(foreign), SAID).status_code == 404
    assert [event.subject_ids for event in prints()] == [[own.pk]]


def test_a_batch_of_a_clerk_holds_no_row_of_another_commune(client):
    commune = make_commune()
    make_whole_record(commune)
    make_whole_record_elsewhere()
    signed_in(client, Role.COMMUNE_CLERK, commune=commune)

    text = "\n".join(pages_of(batch(client, list_url(ai="moi")).content))

    assert "NGUYỄN THỊ HƯỜNG" in text
    assert "VI VĂN XA" not in text


def make_whole_record_elsewhere():
    cadre = make_cadre("Vi Văn Xa", national_id=CCCD[::-1])
    make_holding(cadre, make_post("Địa chính"), make_commune("Xã Kia"))
    return cadre


def test_a_leader_is_told_what_stays_blank_and_gets_no_sensitive_word(client):
    signed_in(client, Role.LEADER)
    cadre = make_whole_record(make_commune())

    words = words_of(client.get(address(cadre)))
    text = "\n".join(pages_of(client.post(address(cadre), SAID).content))

    assert "bản in để trống: giấy tờ, số định danh, nơi ở, liên lạc, dân tộc, tôn giáo" in words
    assert "sức khỏe, gia đình, kỷ luật, lịch sử bản thân, nhận xét" in words
    for hidden in (CCCD, "Sán Dìu", "Khiển trách", "Phạm Thị Ẵm", "52 kg", "Xóm 5"):
        assert hidden not in text, hidden


def test_the_administrator_prints_nobody(client):
    signed_in(client, Role.ADMIN)

    assert client.get(address(make_cadre())).status_code == 403
    assert client.post(BATCH, SAID).status_code == 403


def test_a_list_is_printed_as_it_is_filtered_and_ordered(client):
    signed_in(client)
    commune = make_commune()
    people = [make_cadre(name, sex="F") for name in ("Lê Thị An", "Bùi Thị Chi", "Vi Thị Bé")]
    for person in (*people, make_cadre("Trần Nam", sex="M")):
        make_holding(person, commune=commune)

    answer = batch(client, list_url(gioi="F", sap="-ten"))

    text = "\n".join(pages_of(answer.content))
    assert re.findall(r"in hoa\): (.*)", text) == ["BÙI THỊ CHI", "VI THỊ BÉ", "LÊ THỊ AN"]
    event = prints().get()
    assert event.subject_ids == [people[1].pk, people[2].pk, people[0].pk]
    assert (event.subject_count, event.purpose) == (3, "bổ sung hồ sơ")


def test_word_files_of_a_list_come_as_an_archive(client):
    signed_in(client)
    for name in ("Lê An", "Lê Bé"):
        make_holding(make_cadre(name))

    answer = batch(client, tep="word")

    assert answer["Content-Type"] == "application/zip"
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"muc_dich": ""}, "Chưa in: Mục đích:"),
        ({"mau": "4a", "nam": ""}, "Chưa in: Năm bổ sung: Phiếu bổ sung cần năm"),
        ({"tep": ""}, "Chưa in: Tệp:"),
    ],
)
def test_a_batch_without_what_it_needs_leads_back_to_the_same_list(client, said, told):
    signed_in(client)
    make_holding(make_cadre(sex="F"))

    page = batch(client, list_url(gioi="F"), **said)

    assert page.redirect_chain[0][0] == list_url(gioi="F")
    assert told in words_of(page)
    assert not prints().exists()


def test_a_list_of_nobody_is_not_printed(client):
    signed_in(client)

    assert "không có ai trong danh sách" in words_of(batch(client))


def test_more_people_than_one_print_takes_are_told_how_to_narrow_it(client):
    signed_in(client)
    commune, post = make_commune(), make_post()
    for number in range(MOST_AT_ONCE + 1):
        make_holding(make_cadre(f"Lê {number}"), post, commune)

    words = words_of(batch(client))

    assert "hơn 100 người, mỗi lần in nhiều nhất 100. Lọc theo xã" in words
    assert not prints().exists()


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_many_people_take_as_many_queries_as_two(client, kind):
    signed_in(client)
    commune = make_commune()
    for _ in range(2):
        make_holding(make_cadre(), commune=commune)
    queries_of_batch(client, kind)  # what is remembered of the record is asked once
    two = queries_of_batch(client, kind)
    for number in range(6):
        make_holding(make_cadre(f"Lê {number}"), commune=commune)
    queries_of_batch(client, kind)
    many = queries_of_batch(client, kind)

    assert many == two <= 24


def queries_of_batch(client, kind):
    with CaptureQueriesContext(connection) as queries:
        answer = batch(client, tep=kind)
    assert answer.status_code == 200
    return len(queries)


@pytest.mark.usefixtures("within_a_minute")
def test_printing_has_its_rate(client):
    signed_in(client)
    cadre = make_cadre()
    for _ in range(PRINTS_A_MINUTE):
        client.post(address(cadre), SAID)

    assert client.post(address(cadre), SAID).status_code == 429
    assert prints().count() == PRINTS_A_MINUTE


def test_the_lists_question_offers_the_papers_that_there_are(client):
    signed_in(client)
    make_holding(make_cadre(), make_post(), make_commune(), valid_from=date(2020, 1, 1))

    page = client.get(list_url()).content.decode()

    for paper in PAPERS.values():
        assert f'<option value="{paper.code}">{paper.name}</option>' in page
