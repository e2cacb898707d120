"""The catalogue that training starts with, and the dated settings."""

from datetime import date

import pytest

from cadres import catalogue as cadres_catalogue
from cadres.rules.levels import level_label
from training import catalogue
from training.demo.classes import SUBJECTS
from training.models import (
    Competence,
    CostNorm,
    PostCompetence,
    Programme,
    TrainingSetting,
)
from training.rules.admission_codes import ADMISSION_LABELS
from training.settings_on import setting_on

pytestmark = pytest.mark.django_db
Code = TrainingSetting.Code


@pytest.fixture
def loaded():
    cadres_catalogue.load()
    catalogue.load()


def test_every_subject_of_the_demo_is_a_programme_with_its_group_and_hours(loaded):
    for name, group, provider, hours in SUBJECTS:
        found = Programme.objects.select_related("provider").get(name=name)

        assert (found.content_group, found.provider.code, found.hours) == (group, provider, hours)


def test_programmes_award_levels_that_exist_and_admit_by_known_rules(loaded):
    programmes = list(Programme.objects.all())

    assert len(programmes) >= 30
    for each in programmes:
        assert not each.strand or level_label(each.strand, each.rank)
        assert each.admission == "" or each.admission in ADMISSION_LABELS
    columns = {each.report_column for each in programmes}
    assert set("DEFGIJKLMNORSTUVWX") <= columns


@pytest.mark.parametrize(
    ("column", "strand", "rank"),
    [("D", "political", 3), ("E", "political", 2), ("F", "political", 1),
     ("I", "state_management", 3), ("J", "state_management", 2), ("K", "state_management", 1),
     ("L", "professional", 6), ("M", "professional", 5), ("N", "professional", 4),
     ("O", "professional", 3)],
)  # fmt: skip
def test_a_column_of_the_result_template_holds_its_level_alone(loaded, column, strand, rank):
    awarded = set(Programme.objects.filter(report_column=column).values_list("strand", "rank"))

    assert awarded == {(strand, rank)}


@pytest.mark.parametrize(
    ("code", "day", "value"),
    [  # NĐ 101/2017 from 21/10/2017, NĐ 89/2021 from 10/12/2021 (domain §6.2)
        (Code.HOURS_MIN, date(2017, 10, 20), None), (Code.HOURS_MIN, date(2017, 10, 21), 40),
        (Code.HOURS_MIN, date(2021, 12, 9), 40), (Code.HOURS_MIN, date(2021, 12, 10), 40),
        (Code.HOURS_MAX, date(2021, 12, 9), None), (Code.HOURS_MAX, date(2021, 12, 10), 80),
        (Code.SESSIONS_COUNT, date(2023, 6, 8), 0), (Code.AWAY_SHARE, date(2023, 6, 8), 20),
        (Code.YEARS_WITHOUT, date(2023, 6, 8), 2), ("khong-co", date(2023, 6, 8), None),
    ],
)  # fmt: skip
def test_a_setting_is_that_of_the_day(loaded, code, day, value):
    found = setting_on(code, day)

    assert (found.value if found else None) == value


def test_a_setting_says_its_document_and_how_sure_it_is(loaded):
    before = setting_on(Code.HOURS_MIN, date(2020, 1, 1))
    after = setting_on(Code.HOURS_MIN, date(2022, 1, 1))

    assert before.source == "điều 15 NĐ 101/2017/NĐ-CP; độ tin cậy: cao"
    assert after.source == "NĐ 89/2021/NĐ-CP; độ tin cậy: vừa"
    assert setting_on(Code.AWAY_SHARE, date(2022, 1, 1)).source == "giả định"


def test_all_settings_cost_one_query(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        setting_on(Code.HOURS_MIN, date(2023, 6, 8))


def test_what_the_office_closed_or_corrected_stays_when_loaded_again(loaded):
    TrainingSetting.objects.filter(code=Code.AWAY_SHARE).update(valid_from=date(2020, 1, 1))
    CostNorm.objects.filter(what="Hội trường, thiết bị").update(valid_from=date(2019, 1, 1))
    Programme.objects.filter(code="llct-socap").update(is_offered=False)
    asked = PostCompetence.objects.first()
    PostCompetence.objects.filter(pk=asked.pk).update(valid_from=date(2022, 1, 1))
    models = (Programme, CostNorm, TrainingSetting, Competence, PostCompetence)
    before = [model.objects.count() for model in models]

    catalogue.load()

    assert [model.objects.count() for model in models] == before
    assert not Programme.objects.get(code="llct-socap").is_offered


def test_posts_ask_only_levels_that_the_competence_has(loaded):
    asked = list(PostCompetence.objects.select_related("competence"))

    assert asked
    for each in asked:
        assert 1 <= each.level <= len(each.competence.levels)
    assert all(3 <= len(each.levels) <= 5 for each in Competence.objects.all())


def test_a_post_that_is_not_there_asks_nothing():
    catalogue.load()

    assert Programme.objects.exists()
    assert not PostCompetence.objects.exists()
