from django.db import migrations, models

from cadres.record_version import watch

WATCHED = [
    "cadres_cadre", "cadres_committeemembership", "cadres_commune", "cadres_communearea",
    "cadres_communesuccession", "cadres_districtquota", "cadres_holding", "cadres_legaldocument",
    "cadres_post", "cadres_postmanagement", "cadres_qualification", "cadres_quota",
    "cadres_quotaceiling", "cadres_rating", "cadres_rule", "cadres_shorttraining",
    "cadres_studyfield", "cadres_term", "cadres_titleset", "cadres_titleset_posts",
]  # fmt: skip


def first_row(apps, schema_editor):
    apps.get_model("cadres", "RecordVersion").objects.create(id=0, token=0)


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0002_search_reads_the_index_of_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordVersion',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='giao dịch')),
                ('token', models.BigIntegerField(verbose_name='dấu')),
            ],
            options={
                'verbose_name': 'phiên bản của hồ sơ',
            },
        ),
        migrations.RunPython(first_row, migrations.RunPython.noop),
        migrations.RunPython(watch(WATCHED), migrations.RunPython.noop),
    ]
