"""Whatever is sent to a page or form, the portal answers: never an error of its own.

Requests are drawn with a seed that is printed, from the routes and the forms themselves.
"""

import random
import re
from datetime import time
from importlib import import_module

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cadres.models import Cadre
from daitu_portal.tests.test_access import APPS
from intake.tests.old_lists import PEOPLE, sent, written
from intake.tests.old_lists import drawn as book_of
from reports.forecast.tests.factories import make_scenario
from tests.conftest import PASSWORD
from training.models import (
    Assessment,
    Candidate,
    ClassSession,
    Credit,
    Enrolment,
    HandsOnSession,
    Need,
    OutsideLearner,
    Programme,
    Study,
    TrainingClass,
    TrainingPlan,
)
from training.tests.factories import make_class, make_enrolment

pytestmark = pytest.mark.django_db
REQUESTS = 2_000
LISTS_LAST = 400  # requests: what is sent meanwhile may write a list or give it up
SEED = random.SystemRandom().randrange(10**9)
_FIELD = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')
NASTY = [
    "", " ", "0", "-1", "1", "9" * 21, "1e9", "NaN", "null", "None", "\x00", "a\x00b", "\U0001f600",
    "é" * 3000, "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "%00", "../../x", "=1+1",
    "@SUM(A1)", "2023-02-31", "08/06/2023", "0000-00-00", "31/12/9999", "1965", "gte-99", "lt-x",
    "__class__", "cadre__national_id__startswith", "-pk", "sap", "moi", "khong-ro", "٣", "²",
    "professional:99", "professional:x", "a:b:c", '{"level": 1}', "[]", "tieu-chuan",
]  # fmt: skip
PARAMETERS = [
    "q", "ngay", "trang", "sap", "cot", "xa", "nhom", "muc", "ket_luan", "dem", "dat", "ai", "cm",
    "ct", "nguoi", "don_vi", "tt", "dot", "chi_tieu", "khi", "tinh_trang", "phieu", "cach", "phan",
    "dong", "them_lop", "giu", "bo", "llct", "nam", "sinh_tu", "so_voi", "tat_ca", "trang_tinh",
    "viec", "tu", "den", "pk__gt",
    "next",
]  # fmt: skip
OBJECTS = {
    "year": {"year": 2023},
    "person": {"pk": 5}, "commune": {"pk": 1}, "class": {"pk": 1}, "account": {"pk": 1},
    "proposal": {"pk": 1}, "proposal_item": {"pk": 1, "item_id": 1},
    "new_person": {"pk": 1, "item_id": 1}, "review": {"pk": 1}, "review_unit": {"pk": 1},
    "batch": {"pk": 1}, "indicator": {"code": "civil_servants_degree"},
    "pair": {"pk": 5, "other": 6},
    "catalogue": {"kind": "tieu-chuan"}, "catalogue_row": {"kind": "tieu-chuan", "pk": 1}, "": {},
    "file": {"key": "0" * 40}, "change": {"pk": 5, "change_id": 1},
    "decision": {"pk": 1}, "saved_view": {"pk": 1},
}  # fmt: skip


def signed_in(client, name):
    client.force_login(User.objects.get(username=name), "accounts.backends.WithCommune")
    return client


def lists(number):
    """Old lists of a commune, newly sent: one to decide, one with errors, one that is written."""
    client = signed_in(Client(), "nhansu")
    people = PEOPLE.replace("An|", f"An {'abcdefgh'[number]}|").replace("|0190", f"|0{number}90")
    wrong = people.replace("12/5/1970", "32/5/1970").replace("|Nam|", "|Nam nữ|")
    return {
        "written_batch": {"pk": written(client, sent(client, book_of(people))).pk},
        "open_batch": {"pk": sent(client, book_of(people.replace("1985", "7/1986"))).pk},
        "faulty_batch": {"pk": sent(client, book_of(wrong)).pk},
    }


def loop():
    """Training of the seeded demo, with what nobody entered there yet: a class that runs, with a
    sitting, a learner, a certificate that waits; an assessment, a scenario."""
    staff = User.objects.get(username="nhansu")
    cadre, plan = Cadre.objects.get(pk=5), TrainingPlan.objects.order_by("-year").first()
    taught = make_class("Lớp thử", programme=Programme.objects.exclude(strand="").first(),
                        state=TrainingClass.State.RUNNING, capacity=60)  # fmt: skip
    sitting = ClassSession.objects.create(training_class=taught, held_on=taught.begins_on,
                                          begins_at=time(7, 30), ends_at=time(11))  # fmt: skip
    enrolment = make_enrolment(taught, cadre)
    passed = Enrolment.objects.filter(result="passed", cadre__isnull=False).first()
    Credit.objects.get_or_create(enrolment=passed, defaults={
        "cadre": passed.cadre, "content": "law", "awarded_on": taught.ends_on})  # fmt: skip
    assessment = Assessment.objects.order_by("pk").first()
    return {
        "class": {"pk": taught.pk},
        "class_session": {"pk": taught.pk, "session_id": sitting.pk},
        "enrolment": {"pk": taught.pk, "enrolment_id": enrolment.pk},
        "assessment": {"pk": assessment.pk},
        "candidate": {"pk": Candidate.objects.order_by("pk").first().pk},
        "hands_on": {"pk": HandsOnSession.objects.order_by("pk").first().pk},
        "learner": {"pk": OutsideLearner.objects.order_by("pk").first().pk},
        "need": {"pk": Need.objects.order_by("pk").first().pk},
        "plan": {"year": plan.year},
        "plan_line": {"year": plan.year, "pk": plan.lines.order_by("pk").first().pk},
        "study": {"pk": Study.objects.order_by("pk").first().pk},
        "scenario": {"pk": make_scenario(staff).pk},
    }


def addresses(objects):
    for app in APPS:
        for route in import_module(f"daitu_portal.tests.access.{app}").ROUTES:
            if route.name != "account_logout":
                keys = objects.get(route.object, {"pk": 5, "row_id": 1})
                yield route, reverse(route.name, kwargs=keys)


def nasty(rng, names):
    """Some of `names` with nasty values, some of them twice."""
    chosen = rng.sample(names, min(len(names), rng.randint(1, 6)))
    return [(name, rng.choice(NASTY)) for name in chosen for _ in range(rng.choice([1, 1, 1, 2]))]


def fields_of(client, address):
    found = client.get(address)
    text = found.content.decode(errors="replace") if not found.streaming else ""
    return sorted(set(_FIELD.findall(text)) - {"csrfmiddlewaretoken"})


def test_no_request_is_answered_by_an_error_of_the_portal():
    print(f"seed {SEED}")
    rng = random.Random(SEED)
    # Its own errors come back as answers, so that one does not hide the others.
    client = Client(raise_request_exception=False)
    forms = {}
    wrong = []
    known = OBJECTS | loop()
    for number in range(REQUESTS):
        who = "quantri" if number % 5 == 0 else "nhansu"
        if "_auth_user_id" not in client.session or number % 100 == 0:
            signed_in(client, who)
            cache.clear()
        if number % LISTS_LAST == 0:
            routes = list(addresses(known | lists(number // LISTS_LAST)))
        route, address = rng.choice(routes)
        if address not in forms:
            forms[address] = fields_of(client, address)
        names = forms[address] or PARAMETERS
        if "POST" in route.ok and rng.random() < 0.6:
            data = {}
            for name, value in nasty(rng, names):
                data.setdefault(name, []).append(value)
            response = client.post(address, data)
        else:
            query = dict(nasty(rng, [*PARAMETERS, *forms[address]]))
            response = client.get(address, query)
        if response.status_code >= 500:
            what = response.exc_info[1] if getattr(response, "exc_info", None) else ""
            wrong.append(f"{route.name}: {what!r}"[:200])
    assert sorted(set(wrong)) == []


def test_the_demo_password_still_opens_the_portal():
    """Nothing above changed an account: the accounts of the demo are as they were."""
    assert User.objects.get(username="lanhdao").check_password(PASSWORD)
