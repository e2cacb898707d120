"""The columns of form 2C (item 27) for trainings, the grade of school, and a stricter allowance."""

import daitu_portal.fields
from django.db import migrations, models

from cadres.record_version import watch

# SQLite makes these anew.
WATCHED = ["cadres_allowance", "cadres_profile", "cadres_shorttraining"]


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0008_sounds_of_names'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='allowance',
            name='allowance_is_a_coefficient_or_a_percent',
        ),
        migrations.AddField(
            model_name='profile',
            name='schooling',
            field=daitu_portal.fields.CleanCharField(blank=True, max_length=20, verbose_name='lớp, hệ phổ thông đã học xong'),
        ),
        migrations.AddField(
            model_name='shorttraining',
            name='started_on',
            field=daitu_portal.fields.PartialDateField(blank=True, null=True, verbose_name='học từ'),
        ),
        migrations.AddField(
            model_name='shorttraining',
            name='study_form',
            field=models.CharField(blank=True, choices=[('full_time', 'Chính quy, tập trung'), ('part_time', 'Vừa làm vừa học'), ('distance', 'Từ xa'), ('other', 'Khác')], max_length=12, verbose_name='hình thức học'),
        ),
        migrations.AddField(
            model_name='shorttraining',
            name='title',
            field=daitu_portal.fields.CleanCharField(blank=True, max_length=160, verbose_name='tên lớp, khóa học'),
        ),
        migrations.AddConstraint(
            model_name='allowance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('coefficient__gt', 0), ('coefficient__isnull', False), ('percent', None)), models.Q(('coefficient', None), ('percent__gt', 0), ('percent__isnull', False)), _connector='OR'), name='allowance_is_a_coefficient_or_a_percent', violation_error_message='Ghi hệ số hoặc phần trăm, một trong hai.'),
        ),
        migrations.RunPython(watch(WATCHED), migrations.RunPython.noop),
    ]
