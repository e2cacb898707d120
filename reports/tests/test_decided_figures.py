"""A decision and the figures: a ratio moves on the first day of effect, and on no day before it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres import catalogue as record_catalogue
from cadres.change_kinds import kind_of
from cadres.decisions import Line, decide, revoke
from cadres.models import Holding, Post
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_qualification,
)
from cadres.tests.pages import words_of
from intake.approvals import Decision
from intake.approvals import decide as approve
from intake.models import Proposal
from intake.proposals import digest_of
from reports import catalogue
from reports.models import Indicator
from reports.queries import Figures

pytestmark = pytest.mark.django_db
HEADS, ARTICLE, ELECTED = "org_heads_degree", date(2023, 6, 8), date(2023, 7, 1)
BASIS = {"basis-kind": "decision", "basis-number": "15/QĐ-UBND", "basis-signed_on": "30/05/2023",
         "basis-issuer": "Hội LHPN huyện", "basis-reason": "Theo nghị quyết"}  # fmt: skip


@pytest.fixture
def unit():
    record_catalogue.load()
    catalogue.load()
    commune = make_commune("Xã Nhà")
    make_holding(make_cadre("Trần Văn Cũ"), Post.objects.get(code="CB11"), commune)
    return commune


@pytest.fixture
def woman(unit):
    """A member of a commune's committee with a degree, who holds no post yet."""
    person = make_cadre("Đỗ Thị Mới", sex="F")
    make_holding(person, Post.objects.get(code="CC07"), unit, is_main=True)
    make_qualification(person, rank=4)
    return person


def ratio_on(day, user=None):
    """(numerator, denominator) of heads of organisations with a degree."""
    ratio = Figures(user or make_user()).matrix(day).ratio(HEADS)
    return ratio.numerator, ratio.denominator


def elected(person, unit):
    values = {"post": Post.objects.get(code="CB09"), "commune": unit, "is_main": False}
    return Line(kind_of("election"), person, values, ELECTED, {})


def test_an_election_moves_a_ratio_from_its_day_on_though_it_waits_for_recognition(woman, unit):
    assert {ratio_on(day) for day in (ARTICLE, ELECTED)} == {(0, 1)}
    ground = make_ground(make_user())

    (change,) = decide([elected(woman, unit)], ground)

    assert woman.holdings.get(post__code="CB09").pending == "chưa công nhận"
    assert ratio_on(ARTICLE) == (0, 1)
    assert ratio_on(ELECTED - timedelta(days=1)) == (0, 1)
    assert ratio_on(ELECTED) == (1, 2)
    revoke(ground.basis, make_ground(change.by))
    assert ratio_on(ELECTED) == (0, 1)


def test_the_check_tells_which_ratios_move_and_from_what_to_what(woman, unit):
    client = Client()
    client.force_login(make_user(), "accounts.backends.WithCommune")
    post = Post.objects.get(code="CB09")

    words = words_of(client.post("/nhap-lieu/quyet-dinh/them/", {
        **BASIS, "viec": "kiem-tra", "nguoi": woman.pk, "phan": "0:election",
        "n0-effective_on": "01/07/2023", "n0-post": post.pk, "n0-commune": unit.pk,
        "n0-is_main": "0",
    }))  # fmt: skip

    assert "Tỷ lệ thay đổi, tính ngày 01/07/2023" in words
    assert "0/1" in words
    assert "1/2" in words
    assert ratio_on(ELECTED) == (0, 1)


def test_a_ratio_that_moves_in_communes_alone_is_not_told_as_one_of_the_district(unit):
    client, head, other = Client(), Holding.objects.get(), make_commune("Xã Bạn")
    client.force_login(make_user(), "accounts.backends.WithCommune")

    words = words_of(client.post("/nhap-lieu/quyet-dinh/them/", {
        **BASIS, "viec": "kiem-tra", "nguoi": head.cadre_id, "phan": "0:transfer",
        "n0-effective_on": "01/07/2023", "n0-post": head.post_id, "n0-commune": other.pk,
        f"n0-p{head.cadre_id}-holding": head.pk,
    }))  # fmt: skip

    name = Indicator.objects.get(code=HEADS).name
    told = words.split("chỉ đổi ở cấp xã, cả huyện vẫn như cũ: ")[1]
    assert f"{name} (2 đơn vị)" in told
    assert "Tỷ lệ thay đổi" not in words


def test_what_a_commune_proposes_counts_when_it_is_approved_and_from_its_day(woman, unit):
    client = Client()
    client.force_login(make_user(Role.COMMUNE_CLERK, commune=unit), "accounts.backends.WithCommune")
    page = {"viec": "nhap", "nguoi": woman.pk, "phan": "0:election", "n0-is_main": "0",
            "n0-effective_on": "01/07/2023", "n0-post": Post.objects.get(code="CB09").pk,
            "n0-commune": unit.pk}  # fmt: skip
    client.post("/nhap-lieu/quyet-dinh/them/", page)
    proposal = Proposal.objects.get()
    client.post(f"/duyet/{proposal.pk}/gui/",
                {**BASIS, "version": proposal.version, "title": "Bầu cử"})  # fmt: skip
    proposal.refresh_from_db()
    assert ratio_on(ELECTED) == (0, 1)

    items = list(proposal.items.all())
    approve(proposal.pk, Decision(frozenset({items[0].pk}), {}), by=make_user(),
            version=proposal.version, digest=digest_of(items))  # fmt: skip

    assert (ratio_on(ARTICLE), ratio_on(ELECTED)) == ((0, 1), (1, 2))
    assert "chưa công nhận" in words_of(client.get(f"/can-bo/{woman.pk}/?ngay=2023-07-01"))
