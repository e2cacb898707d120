"""Tell whoever starts the portal which demo accounts there are, and where their password is."""

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts import demo
from accounts.models import User


class Command(BaseCommand):
    help = "In tên, vai trò của các tài khoản mẫu, và mật khẩu của chúng nằm ở đâu."

    def add_arguments(self, parser):
        parser.add_argument(
            "--just-made", action="store_true", help="mật khẩu vừa được tạo trong lượt chạy này"
        )

    def handle(self, *args, just_made, **options):
        found = User.objects.filter(is_demo=True, is_active=True).select_related("commune")
        accounts = list(found.order_by("pk"))
        if not accounts:
            return
        self.stdout.write("Tài khoản mẫu:")
        for account in accounts:
            unit = f", {account.commune.name}" if account.commune else ""
            self.stdout.write(f"  {account.username:<16} {account.get_role_display()}{unit}")
        # A terminal forgets; what is not one is a file or a journal that others read later.
        is_told = just_made and not settings.DEMO_PASSWORD and self.stdout.isatty()
        self.stdout.write(f"Mật khẩu chung: {demo.kept_password()}" if is_told else _where())


def _where():
    file = demo.file()
    if file.exists():
        return f"Mật khẩu chung nằm trong tệp {file}, chỉ chủ tệp đọc được."
    return f"Tệp mật khẩu {file} không còn; quản trị cấp lại được ở trang Tài khoản."
