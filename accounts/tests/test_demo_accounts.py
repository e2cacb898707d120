"""What a start of the portal tells about the demo accounts, and to whom the password."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts import demo
from accounts.models import Role, User
from accounts.tests.factories import make_user
from cadres.tests.factories import make_commune

pytestmark = pytest.mark.django_db
WORDS = "mot-mat-khau-dai-42"


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def seeded(settings, tmp_path):
    """The demo accounts with a generated password; returns it."""
    settings.DATA_DIR, settings.DEMO_PASSWORD = tmp_path, ""
    town = make_commune("Thị trấn Hùng Sơn").pk
    demo.seed({"05761": town, "05851": town})
    return demo.kept_password()


def told(out=None, **options):
    out = out or StringIO()
    call_command("demo_accounts", stdout=out, **options)
    return out.getvalue()


def test_each_account_is_told_with_its_role_and_where_the_password_is(seeded, tmp_path):
    lines = [" ".join(line.split()) for line in told().splitlines()]

    assert "lanhdao Lãnh đạo huyện" in lines
    assert "xa.hungson Văn phòng – thống kê xã, Thị trấn Hùng Sơn" in lines
    assert len(lines) == 2 + len(demo.ACCOUNTS)
    assert f"trong tệp {tmp_path / 'demo-accounts.txt'}" in lines[-1]
    assert User.objects.get(username="quantri").check_password(seeded)


def test_the_password_is_told_to_the_terminal_of_the_run_that_made_it_only(seeded, settings):
    assert f"Mật khẩu chung: {seeded}" in told(Terminal(), just_made=True)

    assert seeded not in told(Terminal())
    assert seeded not in told(just_made=True)
    settings.DEMO_PASSWORD = WORDS
    assert seeded not in told(Terminal(), just_made=True)


def test_a_file_that_is_gone_is_told(seeded):
    demo.file().unlink()

    assert "không còn; quản trị cấp lại" in told()


def test_an_installation_without_demo_accounts_is_told_nothing():
    make_user(Role.ADMIN, is_demo=False)

    assert told() == ""
