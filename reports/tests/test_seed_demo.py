"""Larger sets of the demo's shape, and what is refused."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from cadres.models import Cadre, Commune, Holding
from cadres.tests.factories import make_cadre
from training.models import Enrolment

pytestmark = pytest.mark.django_db


def test_a_larger_set_has_the_people_communes_and_participations_asked_for(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    call_command("seed_demo", people=130, communes=6, participations=150, verbosity=0)

    assert Cadre.objects.count() == 130
    assert Commune.objects.filter(note="giả định").count() == 6
    assert Enrolment.objects.count() == 150
    current = Holding.objects.on(date(2023, 6, 8)).values("commune").distinct()
    assert current.count() == 6
    file = tmp_path / "demo-accounts.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    word = file.read_text(encoding="utf-8").splitlines()[1].split("\t")[1]
    assert User.objects.get(username="lanhdao").check_password(word)


def test_it_is_written_into_an_empty_portal_only():
    make_cadre()

    with pytest.raises(CommandError, match="còn trống"):
        call_command("seed_demo", verbosity=0)


def test_half_of_the_sizes_is_no_size():
    with pytest.raises(CommandError, match="cả --people và --communes"):
        call_command("seed_demo", people=10, verbosity=0)


def test_copied_communes_have_people_of_their_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    call_command("seed_demo", people=253, communes=125, verbosity=0)

    assert Cadre.objects.count() == 253
    assert len(set(Cadre.objects.values_list("code", flat=True))) == 253
    assert len(set(Cadre.objects.values_list("national_id", flat=True))) == 253
    held = Holding.objects.values_list("commune", "cadre")
    assert len({commune for commune, _ in held}) == 125
    assert {cadre for _, cadre in held} == set(Cadre.objects.values_list("pk", flat=True))
    assert make_cadre().pk > max(Cadre.objects.values_list("pk", flat=True)) - 2
