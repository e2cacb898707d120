from django.db import migrations

from cadres.record_version import watch

WATCHED = [
    "training_enrolment", "training_handsonsession", "training_outsidelearner",
    "training_provider", "training_trainingclass",
]  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0003_record_version'),
        ('training', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(watch(WATCHED), migrations.RunPython.noop),
    ]
