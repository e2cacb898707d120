"""Chain the new events of the audit log, or check the whole chain."""

from django.core.management.base import BaseCommand, CommandError

from accounts import audit


class Command(BaseCommand):
    help = "Niêm phong các lượt ghi mới của nhật ký; --check: kiểm tra toàn bộ."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra")

    def handle(self, *args, check, **options):
        if check:
            wrong = audit.first_wrong()
            if wrong:
                raise CommandError(wrong)
            self.stdout.write("Nhật ký nguyên vẹn.")
            return
        sealed = 0
        while number := audit.seal():
            sealed += number
        self.stdout.write(f"Đã niêm phong {sealed} lượt ghi.")
