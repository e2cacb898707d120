"""A district whose ratio is known by hand."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres import catalogue as record_catalogue
from cadres.models import Post
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_qualification
from reports import catalogue

NAMES = ("Lê Thị Một", "Lê Thị Hai", "Lê Thị Ba", "Lê Thị Bốn")


class District:
    """Four deputies in two communes; one has trung cấp LLCT: 1/4."""

    code = "org_deputies_political"
    base = date(2023, 6, 8)

    def __init__(self):
        self.hr = make_user(Role.DISTRICT_HR)
        self.leader = make_user(Role.LEADER)
        self.here, self.there = make_commune("Xã Đầu"), make_commune("Xã Hai")
        self.post = Post.objects.filter(title_sets__code="org_deputies").first()
        homes = (self.here, self.here, self.there, self.there)
        self.people = [self.deputy(name, home) for name, home in zip(NAMES, homes, strict=True)]
        make_qualification(self.people[0], "political", 2)

    def deputy(self, name, commune, **fields):
        cadre = make_cadre(name, **fields)
        make_holding(cadre, self.post, commune, valid_from=date(2021, 1, 1))
        make_qualification(cadre, "political", 1)
        return cadre


@pytest.fixture
def district(db):
    record_catalogue.load()
    catalogue.load()
    return District()
