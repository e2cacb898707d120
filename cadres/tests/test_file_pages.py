"""Who sees which files of a person, how they are handed out, and what is logged."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from PIL import Image

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.attachments import set_aside, store
from cadres.models import Attachment, Basis, Change, PaperItem
from cadres.tests.factories import make_cadre, make_commune, make_holding
from cadres.tests.pages import signed_in, words_of
from daitu_portal.file_content import checked
from daitu_portal.tests.scans import image, pdf

pytestmark = pytest.mark.django_db
Kind = Attachment.Kind


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def person():
    return make_holding().cadre


def put_up(cadre=None, kind=Kind.DIPLOMA, name="bằng.pdf", data=None, **more):
    file = checked(BytesIO(data or pdf()), name, is_photo=kind == Kind.PHOTO)
    return store(file, kind=kind, cadre=cadre, **{"by": None, **more})


def commune_of(person):
    return person.holdings.get().commune


def account(role, person):
    at = role in (Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)
    return make_user(role, **({"commune": commune_of(person)} if at else {}))


@pytest.mark.parametrize(
    ("role", "hidden"),
    [
        (Role.DISTRICT_HR, set()),
        (Role.COMMUNE_CLERK, set()),
        (Role.COMMUNE_HEAD, {"identity"}),
        (Role.LEADER, {"identity", "health", "resume", "declaration", "other"}),
        (Role.ADMIN, set(Kind.values)),
    ],
)
def test_each_role_sees_its_kinds_of_files(person, role, hidden):
    for kind in Kind.values:
        put_up(person, kind, data=image())

    seen = {each.kind for each in Attachment.objects.visible_to(account(role, person))}

    assert seen == set(Kind.values) - hidden


def test_another_commune_sees_no_file(person):
    put_up(person)

    assert not Attachment.objects.visible_to(make_user(Role.COMMUNE_CLERK)).exists()


def basis_of(*people, **fields):
    basis = Basis.objects.create(kind="declaration", **fields)
    for each in people:
        Change.objects.create(kind="thử", cadre=each, basis=basis, source="direct")
    return basis


def test_the_scan_of_a_decision_is_seen_by_the_commune_whose_people_alone_it_names(person):
    clerk = account(Role.COMMUNE_CLERK, person)
    alone = put_up(basis=basis_of(person))
    put_up(basis=basis_of(person, make_holding().cadre))
    put_up(basis=basis_of())
    own = put_up(basis=basis_of(), by=clerk)

    assert set(Attachment.objects.visible_to(clerk)) == {alone, own}
    assert list(Attachment.objects.visible_to(clerk).of_person(person)) == [alone]
    assert Attachment.objects.visible_to(make_user()).count() == 4


def test_a_decision_of_discipline_is_not_for_leaders(person):
    open_to_all, hidden = put_up(basis=basis_of(person)), put_up(basis=basis_of(person))
    for kept, table in ((open_to_all, "cadres.award"), (hidden, "cadres.discipline")):
        change = Change.objects.get(basis=kept.basis)
        change.edits.create(cadre=person, table=table, row_id=1, action="add")

    assert list(Attachment.objects.visible_to(make_user(Role.LEADER))) == [open_to_all]
    assert hidden in Attachment.objects.visible_to(account(Role.COMMUNE_HEAD, person))


def test_the_tab_lists_files_with_who_when_and_size(client, person):
    clerk = make_user(Role.COMMUNE_CLERK, commune=commune_of(person), full_name="Lê Thị Văn Phòng")
    put_up(person, name="bằng đại học.pdf", by=clerk)
    out = put_up(person, name="nhầm.pdf", data=pdf(version=b"1.4"))
    set_aside(out)
    signed_in(client, Role.COMMUNE_CLERK, commune=commune_of(person))

    words = words_of(client.get(f"/can-bo/{person.pk}/tai-lieu/"))

    assert "bằng đại học.pdf Văn bằng, chứng chỉ —" in words
    assert "Lê Thị Văn Phòng" in words
    assert "Bỏ khỏi hồ sơ" in words
    assert "nhầm.pdf" not in words
    assert "Tài liệu 1" in words


def test_the_district_sees_what_was_set_aside_and_may_take_it_back(client, person):
    set_aside(put_up(person, name="nhầm.pdf"))
    signed_in(client)

    words = words_of(client.get(f"/can-bo/{person.pk}/tai-lieu/"))

    assert "Đã bỏ khỏi hồ sơ" in words
    assert "Lấy lại" in words
    assert "Tài liệu 0" in words


def test_a_leader_is_told_that_there_may_be_what_is_not_shown(client, person):
    put_up(person, Kind.IDENTITY, "cccd.pdf")
    signed_in(client, Role.LEADER)

    words = words_of(client.get(f"/can-bo/{person.pk}/tai-lieu/"))

    assert "cccd" not in words
    assert "Không có tệp nào bạn được xem" in words
    assert "Thêm tệp" not in words
    assert "Tài liệu 0" in words


@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.COMMUNE_CLERK, Role.LEADER])
def test_the_tab_asks_little_however_many_files_there_are(client, person, role):
    commune = commune_of(person)
    signed_in(client, role, **({"commune": commune} if role == Role.COMMUNE_CLERK else {}))
    address = f"/can-bo/{person.pk}/tai-lieu/"

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        # served, the rules and posts are remembered, and one query says that they still hold
        rules = ('FROM "cadres_post"', 'FROM "cadres_rule"')
        return 1 + sum(not any(rule in each["sql"] for rule in rules) for each in queries)

    before = asked()
    for number in range(30):
        put_up(person, data=pdf(b"%d" % number), by=make_user(), basis=basis_of(person))

    assert asked() == before <= 12


def test_a_file_is_handed_out_to_be_saved_and_never_shown(client, person):
    kept = put_up(person, name="bằng\u202e Đại học.pdf")
    user = signed_in(client)

    response = client.get(f"/can-bo/tep/{kept.key}/")

    assert response.content == pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="bang-dai-hoc.pdf"; '
        "filename*=UTF-8''b%E1%BA%B1ng%20%C4%90%E1%BA%A1i%20h%E1%BB%8Dc.pdf"
    )
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    event = AuditEvent.objects.get(action="download")
    assert (event.actor, event.subject_type, event.subject_ids) == (user, "cadre", [person.pk])
    assert event.detail == {"attachment": kept.pk, "kind": "diploma"}


def test_the_scan_of_a_basis_is_logged_as_such_with_all_whom_it_names(client, person):
    other = make_cadre()
    kept = put_up(basis=basis_of(person, other))
    signed_in(client)

    client.get(f"/can-bo/tep/{kept.key}/")

    event = AuditEvent.objects.get(action="download")
    assert (event.subject_type, event.subject_ids) == ("attachment", [kept.pk])
    assert set(event.subjects.values_list("cadre_key", flat=True)) == {person.pk, other.pk}


def test_what_was_set_aside_is_handed_out_to_the_district_alone(client, person):
    kept = put_up(person)
    set_aside(kept)

    signed_in(client, Role.COMMUNE_CLERK, commune=commune_of(person))
    assert client.get(f"/can-bo/tep/{kept.key}/").status_code == 404
    signed_in(client)
    assert client.get(f"/can-bo/tep/{kept.key}/").status_code == 200


def test_a_kind_that_is_hidden_is_nobodys_by_its_address_either(client, person):
    kept = put_up(person, Kind.IDENTITY)
    signed_in(client, Role.LEADER)

    assert client.get(f"/can-bo/tep/{kept.key}/").status_code == 404
    assert not AuditEvent.objects.filter(action="download").exists()


@pytest.mark.parametrize("of_person", [True, False])
def test_a_file_that_is_no_longer_what_it_was_is_not_handed_out(client, person, of_person):
    kept = put_up(**({"cadre": person} if of_person else {"basis": basis_of()}))
    kept.path.write_bytes(b"khac")
    signed_in(client)

    response = client.get(f"/can-bo/tep/{kept.key}/", follow=True)

    assert "không còn nguyên trên máy chủ" in words_of(response)
    assert not AuditEvent.objects.filter(action="download").exists()


def test_the_head_of_the_pages_shows_the_newest_photo_small(client, person):
    put_up(person, Kind.PHOTO, "cũ.png", image("PNG", (400, 600), colour="red"))
    put_up(person, Kind.PHOTO, "mới.png", image("PNG", (400, 600), colour="blue"))
    signed_in(client, Role.LEADER)

    page = client.get(f"/can-bo/{person.pk}/").content.decode()
    response = client.get(f"/can-bo/{person.pk}/anh/")

    assert f'src="/can-bo/{person.pk}/anh/" width="64" height="96"' in page
    photo = Image.open(BytesIO(response.content))
    assert (photo.format, photo.size) == ("JPEG", (160, 240))
    assert photo.getpixel((80, 120))[2] > 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert AuditEvent.objects.filter(detail__page="cadres:photo", subject_ids=[person.pk]).exists()


def test_who_has_no_photo_has_a_place_for_one(client, person):
    signed_in(client)

    assert "photo-none" in client.get(f"/can-bo/{person.pk}/").content.decode()
    assert client.get(f"/can-bo/{person.pk}/anh/").status_code == 404


def note(person, **states):
    for code, state in states.items():
        PaperItem.objects.create(
            cadre=person, component=code, state=state, checked_on="2023-06-08", note="tủ 3"
        )


def test_the_tab_tells_what_the_paper_file_lacks(client, person):
    note(person, health="missing", diplomas="copy", resume_2c="there")
    signed_in(client)

    words = words_of(client.get(f"/can-bo/{person.pk}/tai-lieu/"))

    assert "Thành phần hồ sơ giấy: thiếu 1/14, chưa kiểm 11/14" in words
    assert "Giấy chứng nhận sức khỏe thiếu tủ 3" in words


def test_the_list_of_paper_files_is_of_a_commune_those_who_lack_most_first(client):
    here = make_commune("Xã Nhà")
    for name, lacks in (("An Đủ", 0), ("Bình Thiếu", 2), ("Chi Khác", 1)):
        one = make_holding(make_cadre(name), commune=here).cadre
        note(one, **dict.fromkeys(["health", "assets"][:lacks], "missing"))
    make_holding(make_cadre("Dung Nơi Khác"))
    signed_in(client)

    words = words_of(client.get(f"/can-bo/ho-so-giay/?xa={here.pk}&ngay=2023-06-08"))

    assert "Hồ sơ giấy của Xã Nhà" in words
    assert words.index("Bình Thiếu") < words.index("Chi Khác") < words.index("An Đủ")
    assert "thiếu 2/14, chưa kiểm 12/14" in words
    assert "Dung Nơi Khác" not in words


def test_a_clerk_asking_for_another_commune_is_told_and_shown_nobody(client, person):
    other = make_holding(make_cadre("Dung Nơi Khác"))
    signed_in(client, Role.COMMUNE_CLERK, commune=commune_of(person))

    for asked in (other.commune_id, "²", "9" * 30, "x"):
        words = words_of(client.get(f"/can-bo/ho-so-giay/?xa={asked}&ngay=2023-06-08"))
        assert "Dung Nơi Khác" not in words
        assert person.full_name not in words
        assert "không có trong phạm vi của bạn" in words
    assert person.full_name in words_of(client.get("/can-bo/ho-so-giay/?ngay=2023-06-08"))


def test_a_commune_that_is_no_more_on_the_day_has_nobody_and_is_told(client):
    gone = make_commune("Xã Đã Nhập", valid_to=date(2023, 4, 10))
    make_holding(make_cadre("Lê Còn Lại"))
    signed_in(client)

    words = words_of(client.get(f"/can-bo/ho-so-giay/?xa={gone.pk}&ngay=2023-06-08"))

    assert "0 người" in words
    assert "Đơn vị này không có ngày tính" in words
    assert "Xã Đã Nhập (không có ngày này)" in words
    assert "Lê Còn Lại" not in words


def test_the_list_asks_the_same_for_one_and_for_many(client):
    commune = make_commune()
    signed_in(client)

    def asked(number):
        for _ in range(number):
            note(make_holding(commune=commune).cadre, health="missing")
        address = "/can-bo/ho-so-giay/?ngay=2023-06-08"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    assert asked(2) == asked(60)


def test_the_hand_over_list_names_offices_day_papers_and_files(client, person):
    note(person, diplomas="copy")
    put_up(person, name="bằng.pdf")
    signed_in(client)
    query = "giao=UBND xã Nhà&nhan=UBND xã Bạn&hom=12/05/2023"

    words = words_of(client.get(f"/can-bo/{person.pk}/ban-giao/?{query}"))

    assert "ngày 12 tháng 05 năm 2023" in words
    assert "Bên giao: UBND xã Nhà" in words
    assert "Bên nhận: UBND xã Bạn" in words
    assert "Văn bằng, chứng chỉ Bản sao tủ 3" in words
    assert "Văn bằng, chứng chỉ bằng.pdf" in words


def test_what_is_not_known_at_the_hand_over_is_left_to_be_written(client, person):
    signed_in(client, Role.COMMUNE_HEAD, commune=commune_of(person))

    words = words_of(client.get(f"/can-bo/{person.pk}/ban-giao/?hom=31/02/2023"))

    assert "ngày …… tháng …… năm ………" in words
    assert f"Bên giao: {commune_of(person).name}" in words
    assert "Bên nhận: ………" in words
    assert "Nhập ngày có thật" in words
    assert "Không có tệp nào." in words


def test_the_word_file_says_the_same_and_what_looks_like_markup_is_text(client, person):
    note(person, diplomas="copy")
    put_up(person, name="bằng {{ 7*7 }} & b.pdf")
    signed_in(client)

    response = client.post(
        f"/can-bo/{person.pk}/ban-giao/word/",
        {"giao": "UBND <xã> {{ 7*7 }} & Nhà", "nhan": "", "hom": "12/05/2023"},
    )

    assert response["Content-Disposition"].startswith('attachment; filename="ban-giao-ho-so-')
    document = Document(BytesIO(response.content))
    text = "\n".join(each.text for each in document.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert "Bên giao: UBND <xã> {{ 7*7 }} & Nhà" in text
    assert "ngày 12 tháng 05 năm 2023" in text
    assert ["7", "Văn bằng, chứng chỉ", "Bản sao", "", "tủ 3"] in cells
    assert any(row[2] == "bằng {{ 7_7 }} & b.pdf" for row in cells)
    assert AuditEvent.objects.filter(action="export", subject_ids=[person.pk]).exists()
