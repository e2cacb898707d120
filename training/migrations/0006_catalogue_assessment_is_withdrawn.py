import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import daitu_portal.fields
from cadres.record_version import watch


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0005_report_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='assessment',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='rút lúc'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người rút'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='withdrawn_reason',
            field=daitu_portal.fields.CleanCharField(blank=True, max_length=160, verbose_name='lý do rút'),
        ),
        # SQLite makes the altered table anew, without its triggers.
        migrations.RunPython(watch(['training_assessment']), migrations.RunPython.noop),
    ]
