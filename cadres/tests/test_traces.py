"""What tells of discipline in changes that are none by their table: for leaders as if unknown."""

from datetime import date
from itertools import product

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.change_kinds import kind_of
from cadres.changes import Ground
from cadres.decisions import Line, decide
from cadres.history import plain_of, tell_changes
from cadres.models import Attachment, Change, Edit
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_membership,
    make_salary_step,
)
from cadres.traces import betraying, betrays
from cadres.undoing import undo

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 1)
NUMBER, REASON = "777/QĐ-UBND", "Vi phạm đạo đức lối sống"


class Someone:
    """With a post, a seat and a step of pay; `values` are what each kind needs."""

    def __init__(self):
        self.cadre, unit = make_cadre(), make_commune()
        holding = make_holding(self.cadre, commune=unit, valid_from=date(2020, 1, 1))
        seat = make_membership(self.cadre, unit, valid_from=date(2020, 1, 1))
        make_salary_step(self.cadre, valid_from=date(2020, 1, 1))
        both = {"holding": holding, "seat": seat}
        told = {"system": "state", "reason": "work"}
        self.values = {
            "dismissal": both,
            "leave_post": both,
            "delayed_raise": {"months": 6},
            "suspension": {},
            "discipline": {**told, "form": "removal", **both},
            "regular_raise": {"coefficient": "3.33", "step": 4},
            "study": {"place": "Trường Chính trị tỉnh"},
        }

    def decide(self, by, code):
        """The change, by a decision with a scan."""
        basis = make_basis(number=NUMBER)
        Attachment.objects.create(
            basis=basis, kind="decision", name=f"{code}.pdf", content_type="application/pdf",
            size=1, sha256="0" * 64,
        )  # fmt: skip
        line = Line(kind_of(code), self.cadre, self.values[code], DAY, {})
        (change,) = decide([line], Ground(by=by, basis=basis, reason=REASON))
        return change


@pytest.fixture
def someone():
    return Someone()


@pytest.fixture
def hr():
    return make_user(Role.DISTRICT_HR)


@pytest.fixture
def leader(client):
    user = make_user(Role.LEADER)
    client.force_login(user, "accounts.backends.WithCommune")
    return user


TELLING = ["dismissal", "delayed_raise", "suspension", "discipline"]
PLAIN = ["leave_post", "study"]


@pytest.mark.parametrize("code", TELLING)
def test_the_history_tells_a_leader_that_something_changed_and_no_more(
    client, hr, leader, someone, code
):
    change = someone.decide(hr, code)
    undo(change.pk, make_ground(hr, basis=make_basis(number="778/QĐ"), reason="Bãi bỏ kỷ luật"))

    page = client.get(f"/can-bo/{someone.cadre.pk}/nhat-ky/").content.decode()

    page = page.partition("told-change")[2]
    label = kind_of(code).label
    for words in (label, NUMBER, REASON, "778/QĐ", "Bãi bỏ kỷ luật", "01/01/2022", "Kéo dài"):
        assert words not in page
    assert page.count("mục không hiển thị với vai trò này") >= 2


@pytest.mark.parametrize("code", PLAIN)
def test_the_history_of_other_decisions_is_whole(client, hr, leader, someone, code):
    someone.decide(hr, code)

    page = client.get(f"/can-bo/{someone.cadre.pk}/nhat-ky/").content.decode()

    assert all(words in page for words in (kind_of(code).label, NUMBER, REASON))
    assert "mục không hiển thị" not in page


@pytest.mark.parametrize("code", TELLING)
def test_those_who_keep_the_record_read_all_of_it(hr, someone, code):
    change = someone.decide(hr, code)

    (told,) = tell_changes([change], hr)

    assert (told.label, told.is_withheld) == (kind_of(code).label, False)


@pytest.mark.parametrize(
    ("code", "is_seen"), [*((c, False) for c in TELLING), *((c, True) for c in PLAIN)]
)
def test_a_leader_gets_no_scan_of_a_decision_that_tells(client, hr, leader, someone, code, is_seen):
    change = someone.decide(hr, code)
    scan = change.basis.scans.get()

    tab = client.get(f"/can-bo/{someone.cadre.pk}/tai-lieu/").content.decode()

    assert (f"{code}.pdf" in tab) is is_seen
    assert Attachment.objects.visible_to(leader).filter(pk=scan.pk).exists() is is_seen
    if not is_seen:
        assert client.get(f"/tep/{scan.key}/").status_code == 404
    assert Attachment.objects.visible_to(hr).filter(pk=scan.pk).exists()


def test_a_leader_does_not_find_people_by_the_number_of_such_a_decision(
    client, hr, leader, someone
):
    for code in TELLING[:3]:
        someone.decide(hr, code)

    page = client.get("/can-bo/", {"q": NUMBER}).content.decode()

    assert someone.cadre.full_name not in page


_VALUES = (
    ("cadres.discipline", "form", ("warning",)),
    ("cadres.salarystep", "delayed_months", (0, 6)),
    ("cadres.salarystep", "reason", ("lowered", "regular")),
    ("cadres.holding", "end_reason", ("dismissed", "removed", "left", "")),
    ("cadres.committeemembership", "end_reason", ("removed", "retired")),
    ("cadres.status", "kind", ("suspended", "study")),
    ("cadres.award", "kind", ("certificate",)),
    ("cadres.cadre", "national_id", ("019180000777",)),
)
_SIDES = [
    (table, *({name: value} if side in sides else {} for side in ("before", "after")))
    for table, name, values in _VALUES
    for value, sides in product(values, (("before",), ("after",), ("before", "after")))
]


@pytest.mark.parametrize("role", [Role.LEADER, Role.DISTRICT_HR, Role.COMMUNE_HEAD])
def test_one_edit_and_all_in_sql_are_judged_alike(role):
    unit = make_commune() if role == Role.COMMUNE_HEAD else None
    user, cadre = make_user(role, commune=unit), make_cadre()
    change = Change.objects.create(kind="thử", cadre=cadre, basis=make_basis(), source="direct")
    titled = [("cadres.status", {"note": ""}, {"note": "x"}), ("cadres.holding", {}, {"note": "x"})]
    for number, (table, before, after) in enumerate([*_SIDES, *titled]):
        change.edits.create(
            cadre=cadre, table=table, row_id=number, action="change", before=before, after=after,
            title="Tạm đình chỉ công tác" if "note" in after else "",
        )  # fmt: skip

    one_by_one = {each.pk for each in Edit.objects.all() if betrays(plain_of(each), user)}

    assert one_by_one == {each.pk for each in Edit.objects.filter(betraying(user))}
    # 3 of discipline, of delays those of 6, lowered, two ends of a post, one of a seat, suspended,
    # and the state that its title names
    assert len(one_by_one) == (3 * 7 + 1 if role == Role.LEADER else 0)


def test_a_title_alone_tells_only_of_the_table_it_is_of(hr):
    edit = {"table": "cadres.holding", "before": {}, "after": {}, "title": "Tạm đình chỉ công tác"}

    assert not betrays(edit, make_user(Role.LEADER))
    assert betrays({**edit, "table": "cadres.status"}, make_user(Role.LEADER))
