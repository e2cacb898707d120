"""Catalogues on screen: what was entered wrongly is corrected, for all days of the row."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from accounts.tests.factories import make_user
from cadres.catalogue_actions import mark_of
from cadres.models import LegalDocument, Post, Quota, Rule, Term
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_document,
    make_holding,
    make_post,
    make_qualification,
    make_rule,
    make_title_set,
)
from reports import catalogue
from reports.queries import matrix

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)
CODE = "standardised_civil_servants"


@pytest.fixture
def office(client):
    """The district's staff signed in."""
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client


def correct(client, kind, row, seen=None, **fields):
    data = {"reason": "gõ nhầm", "seen": mark_of(row) if seen is None else seen, **fields}
    return client.post(f"/quan-tri/danh-muc/{kind}/{row.pk}/sua/?ngay=2023-06-08", data)


def shown(client, kind, row):
    """What the form of a row shows, as a browser would send it back."""
    form = client.get(f"/quan-tri/danh-muc/{kind}/{row.pk}/sua/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    for name, field in form.fields.items():
        if hasattr(field.widget, "format_value") and not isinstance(values[name], bool | list):
            values[name] = field.widget.format_value(values[name])
            values[name] = values[name][0] if isinstance(values[name], list) else values[name]
    return {name: value for name, value in values.items() if value not in (None, False)}


@pytest.fixture
def rule(db):
    catalogue.load()
    post = make_post()
    make_title_set(post)
    cadre = make_cadre()
    make_holding(cadre, post, make_commune(), valid_from=date(2021, 1, 1))
    make_qualification(cadre, rank=3)
    return make_rule(requirement={"level": {"strand": "professional", "min": 4}})


def test_a_rule_is_shown_as_it_is_stored_and_sent_back_unchanged_stays_the_same(office, rule):
    before = mark_of(rule)

    correct(office, "tieu-chuan", rule, **shown(office, "tieu-chuan", rule), xac_nhan="1")

    assert AuditEvent.objects.filter(action="change", subject_type="rule").count() == 1
    assert mark_of(Rule.objects.get()) == before


@pytest.mark.parametrize(
    "tree",
    [
        {"training": "law"},
        {"level": {"strand": "professional", "min": 4, "fields": ["law"]}},
        {"any": [{"training": "law"}, {"age": {"min": 18}}]},
    ],
)
def test_a_requirement_of_any_shape_survives_the_form(office, rule, tree):
    Rule.objects.update(requirement=tree, transition_condition={"held_before": "2023-08-01"},
                        transition_until=date(2028, 8, 1))  # fmt: skip
    rule.refresh_from_db()

    data = shown(office, "tieu-chuan", rule)
    correct(office, "tieu-chuan", rule, **{**data, "label": "khác"}, xac_nhan="1")

    found = Rule.objects.get()
    assert (found.label, found.requirement) == ("khác", tree)
    assert data["transition_last_on"] == "31/07/2028"
    assert found.transition_until == date(2028, 8, 1)


def test_a_correction_shows_first_which_ratios_it_moves_and_then_moves_them(office, rule):
    data = {**shown(office, "tieu-chuan", rule), "least": "professional:3"}

    tried = correct(office, "tieu-chuan", rule, **data, xac_nhan="0").content.decode()
    assert "<b>0</b>/1" in tried
    assert "<b>1</b>/1" in tried
    assert matrix(None, DAY).ratio(CODE).numerator == 0

    correct(office, "tieu-chuan", rule, **data, xac_nhan="1")
    assert matrix(None, DAY).ratio(CODE).numerator == 1
    assert AuditEvent.objects.get(subject_type="rule").purpose == "gõ nhầm"


def test_a_correction_of_what_someone_else_saved_meanwhile_is_refused_with_both(office):
    term = Term.objects.create(
        organisation="hdnd", name="2021–2026", valid_from=date(2021, 5, 23), valid_to=None
    )
    seen = mark_of(term)
    Term.objects.update(name="2021-2025", valid_to=date(2026, 3, 15))

    data = {"organisation": "hdnd", "name": "2021–2027", "valid_from": "23/05/2021", "note": ""}
    page = correct(office, "nhiem-ky", term, seen=seen, **data, xac_nhan="1")

    assert Term.objects.get().name == "2021-2025"
    html = page.content.decode()
    assert "vừa được người khác sửa" in html
    assert "<td>2021-2025</td><td>2021–2027</td>" in html
    assert "<td>14/03/2026</td><td>(trống)</td>" in html
    again = page.context["why"]["seen"].value()
    correct(office, "nhiem-ky", term, seen=again, **data, xac_nhan="1")
    assert Term.objects.get().name == "2021–2027"


def test_a_correction_needs_a_reason(office):
    term = Term.objects.create(organisation="hdnd", name="x", valid_from=date(2021, 5, 23))

    data = {"organisation": "hdnd", "name": "2021–2026", "valid_from": "23/05/2021"}
    correct(office, "nhiem-ky", term, **{**data, "reason": ""}, xac_nhan="1")

    assert Term.objects.get().name == "x"


def test_the_code_of_a_row_stays_what_it_is(office):
    post = make_post(code="CC77")

    data = {**shown(office, "chuc-danh", post), "code": "CC78", "name": "Tên mới"}
    correct(office, "chuc-danh", post, **data, xac_nhan="1")

    found = Post.objects.get()
    assert (found.code, found.name) == ("CC77", "Tên mới")


def test_correcting_the_sets_of_a_post_leaves_those_that_ended(office):
    post, other = make_post(), make_post()
    ended = make_title_set(post, code="cu", valid_to=date(2020, 1, 1))
    left, entered = make_title_set(post, code="ra"), make_title_set(other, code="vao")

    data = {**shown(office, "chuc-danh", post), "title_sets": [entered.pk]}
    correct(office, "chuc-danh", post, **data, xac_nhan="1")

    assert set(post.title_sets.all()) == {ended, entered}
    assert set(left.posts.all()) == set()


def test_a_corrected_quota_may_not_share_a_day_with_another(office):
    commune = make_commune()
    first, second = (
        Quota.objects.create(commune=commune, group="cadre", number=10, valid_from=begins,
                             valid_to=ends)
        for begins, ends in [(date(2022, 1, 1), date(2023, 1, 1)), (date(2023, 1, 1), None)]
    )  # fmt: skip

    data = {"commune": commune.pk, "group": "cadre", "number": 11, "valid_from": "01/01/2022"}
    page = correct(office, "bien-che", first, **data, last_on="01/01/2023", xac_nhan="1")
    assert "Trùng thời gian với dòng đã có" in page.content.decode()
    assert Quota.objects.get(pk=first.pk).number == 10

    correct(office, "bien-che", first, **data, last_on="31/12/2022", xac_nhan="1")
    first.refresh_from_db()
    assert (first.number, first.valid_to) == (11, second.valid_from)


def test_the_last_day_of_a_document_is_shown_and_stored_the_day_after(office):
    document = make_document(effective_on=date(2019, 12, 25), expired_on=date(2023, 8, 1))

    data = shown(office, "van-ban", document)
    correct(office, "van-ban", document, **{**data, "last_on": "30/06/2023"}, xac_nhan="1")

    assert data["last_on"] == "31/07/2023"
    assert LegalDocument.objects.get().expired_on == date(2023, 7, 1)
