"""The log on screen speaks Vietnamese of what its events are about."""

import re

import pytest
from django.conf import settings

from accounts.models import SUBJECTS, AuditEvent, Role
from accounts.tests.factories import make_user
from reports.catalogue_kinds import KINDS

_GIVEN = re.compile(r'subject_type="(\w+)"')


def types_given():
    """Every type that the portal's code gives to an event."""
    files = [
        file
        for app in ("accounts", "cadres", "intake", "training", "reports")
        for file in (settings.ROOT / app).rglob("*.py")
        if "tests" not in file.parts
    ]
    found = {name for file in files for name in _GIVEN.findall(file.read_text(encoding="utf-8"))}
    return found | {kind.model._meta.model_name for kind in KINDS.values()}


def test_every_type_of_subject_has_its_words():
    assert {"cadre", "figure", "rule"} <= types_given()
    assert types_given() - set(SUBJECTS) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "keys", "count", "told"),
    [("cadre", [], 713, "713 người"), ("cadre", [], 0, "0 người"), ("cadre", [5], 1, "1 người"),
     ("figure", [], 1450, "1.450 số liệu"), ("user", [3], 1, "1 tài khoản"),
     ("class", [7], 67, "1 lớp, 67 người"), ("commune", [], 29, "29 đơn vị"),
     ("template", [], 0, "tệp mẫu"), ("", [], 0, "—")],
)  # fmt: skip
def test_the_page_tells_how_many_of_what(client, kind, keys, count, told):
    AuditEvent.objects.create(
        action="list", subject_type=kind, subject_ids=keys, subject_count=count
    )
    client.force_login(make_user(Role.ADMIN), "accounts.backends.WithCommune")

    page = client.get("/quan-tri/nhat-ky/?viec=list").content.decode()

    assert f"<td>{told}</td><td></td>" in page
