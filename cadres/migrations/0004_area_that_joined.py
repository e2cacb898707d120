from decimal import Decimal

from django.db import migrations, models

# What the two communes that took over Na Mao on 01/12/2024 grew by (Nghị quyết 1240/NQ-UBTVQH15):
# the catalogue adds missing rows only, and these may be there already.
GROWN_BY = {"05797": Decimal("3.01"), "05779": Decimal("6.14")}


def fill(apps, schema_editor):
    succession = apps.get_model("cadres", "CommuneSuccession")
    for code, area in GROWN_BY.items():
        succession.objects.filter(
            old__code="05782", new__code=code, effective_on="2024-12-01", area_km2=None
        ).update(area_km2=area)


class Migration(migrations.Migration):

    dependencies = [
        ('cadres', '0003_record_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='communesuccession',
            name='area_km2',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='Chỉ ghi khi đơn vị mới đã có từ trước và lớn thêm.', max_digits=8, null=True, verbose_name='diện tích nhập (km²)'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
