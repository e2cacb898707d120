from django.db import migrations

from cadres.record_version import watch

# SQLite makes altered tables anew, without their triggers: these are watched again.
WATCHED = [
    "training_enrolment", "training_handsonsession", "training_outsidelearner",
    "training_provider", "training_trainingclass", "training_programme", "training_need",
    "training_planline", "training_trainingplan", "training_study", "training_credit",
    "training_candidate", "training_costnorm", "training_trainingsetting",
    "training_competence", "training_postcompetence", "training_assessment",
    "training_classsession",
]  # fmt: skip


def close_old_classes(apps, schema_editor):
    """Until now only classes that took place were kept."""
    apps.get_model("training", "TrainingClass").objects.update(state="closed")


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0003_the_training_loop'),
    ]

    operations = [
        migrations.RunPython(close_old_classes, migrations.RunPython.noop),
        migrations.RunPython(watch(WATCHED), migrations.RunPython.noop),
    ]
