import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0007_study_steps_can_be_taken_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='candidatestep',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='rút lúc'),
        ),
        migrations.AddField(
            model_name='candidatestep',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người rút'),
        ),
    ]
