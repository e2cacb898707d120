"""Load the catalogues of law and district: what is missing is added, nothing is changed."""

from importlib import import_module

from django.core.management.base import BaseCommand
from django.db import transaction


def load_all() -> None:
    """Load the catalogue of every app, the lowest first."""
    for app in ("cadres", "training", "reports"):
        import_module(f"{app}.catalogue").load()


class Command(BaseCommand):
    help = "Nạp danh mục còn thiếu (đơn vị, chức danh, tiêu chuẩn, cơ sở đào tạo, chỉ tiêu)."

    @transaction.atomic
    def handle(self, *args, **options):
        load_all()
        self.stdout.write("Đã nạp đủ danh mục.")
