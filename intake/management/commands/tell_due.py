"""manage.py tell_due: put up notices of what is due within a week, each once."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from intake.todo import tell_all_due


class Command(BaseCommand):
    help = "Thông báo các danh sách rà soát sắp đến hạn; chạy lại không báo hai lần."

    def handle(self, *args, **options):
        number = tell_all_due(timezone.localdate())
        self.stdout.write(f"Đã thêm {number} thông báo.")
