"""What the portal writes to disk holds personal data: nobody else on the machine may read it."""

import os
import stat
import subprocess
import sys

import pytest

from daitu_portal import private_files
from daitu_portal.serve import ROOT

pytestmark = pytest.mark.skipif(not private_files.HAS_MODES, reason="Windows has no modes")


def mode_of(path):
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture
def open_to_all():
    """The machine's usual umask, under which new files may be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_folder_that_the_portal_makes_is_its_owners_alone(tmp_path, open_to_all):
    made = private_files.private_folder(tmp_path / "trên" / "dữ liệu")

    assert mode_of(made) == 0o700


def test_a_folder_that_is_there_is_left_as_the_office_made_it(tmp_path):
    tmp_path.chmod(0o750)

    private_files.private_folder(tmp_path)

    assert mode_of(tmp_path) == 0o750


def test_only_what_the_portal_keeps_is_tightened(tmp_path):
    kept = ["portal.sqlite3", "cache.sqlite3", "portal.sqlite3-journal", "portal.log",
            "portal.log.1", "secret-key", "demo-accounts.txt", "files/2023/anh.pdf"]  # fmt: skip
    (tmp_path / "files" / "2023").mkdir(parents=True)
    for name in [*kept, "ghi-chu.txt"]:
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)
    (tmp_path / "portal.log.2").symlink_to(tmp_path / "ghi-chu.txt")

    private_files.tighten(tmp_path)

    assert {name: mode_of(tmp_path / name) for name in kept} == dict.fromkeys(kept, 0o600)
    assert mode_of(tmp_path / "files" / "2023") == 0o700
    assert mode_of(tmp_path / "ghi-chu.txt") == 0o644


def test_nothing_is_done_where_there_are_no_modes(tmp_path, monkeypatch, open_to_all):
    monkeypatch.setattr(private_files, "HAS_MODES", False)
    (tmp_path / "portal.log").touch()

    private_files.make_new_files_private()
    private_files.tighten(tmp_path)

    assert mode_of(tmp_path / "portal.log") == 0o644


def test_what_the_commands_and_the_server_make_is_private_from_the_first_start(
    tmp_path, open_to_all
):
    data = tmp_path / "var"
    given = {**os.environ, "DATA_DIR": str(data), "DEMO": "0", "DATABASE_URL": "", "HTTPS": "0",
             "DJANGO_SETTINGS_MODULE": "daitu_portal.settings"}  # fmt: skip
    served = "import logging, daitu_portal.wsgi; logging.getLogger('thu').warning('thu')"

    for command in (["manage.py", "prepare"], ["-c", served]):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=given, check=True)

    made = [data, *data.rglob("*")]
    names = {path.name for path in made}
    assert {"portal.sqlite3", "cache.sqlite3", "secret-key", "portal.log", "static"} <= names
    assert [path for path in made if mode_of(path) & 0o077] == []
