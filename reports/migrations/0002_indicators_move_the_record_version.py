from django.db import migrations

from cadres.record_version import watch


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0003_record_version'),
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(watch(["reports_indicator"]), migrations.RunPython.noop),
    ]
