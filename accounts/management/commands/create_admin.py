"""The first account of an installation without demo data."""

from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import one_time_password
from accounts.models import Role, User


class Command(BaseCommand):
    help = "Tạo tài khoản quản trị và in mật khẩu dùng một lần."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("full_name")

    def handle(self, *args, username, full_name, **options):
        try:
            ASCIIUsernameValidator()(username)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(username=username).exists():
            raise CommandError(f"Đã có tài khoản “{username}”.")
        password = one_time_password()
        user = User(username=username, full_name=full_name, role=Role.ADMIN)
        user.set_password(password)
        user.save()
        self.stdout.write(f"Mật khẩu dùng một lần của {username}: {password}")
