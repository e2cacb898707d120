"""Settings from the environment: typed, and a wrong value stops the start."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from daitu_portal import env


@pytest.mark.parametrize(("value", "expected"), [("0", False), ("1", True), ("", True)])
def test_a_flag_is_nought_or_one_and_empty_is_the_default(monkeypatch, value, expected):
    monkeypatch.setenv("CO", value)

    assert env.flag("CO", default=True) is expected


@pytest.mark.parametrize("value", ["true", "yes", "2", " 1"])
def test_a_flag_is_never_guessed(monkeypatch, value):
    monkeypatch.setenv("CO", value)

    with pytest.raises(ImproperlyConfigured, match="CO must be 0 or 1"):
        env.flag("CO", default=False)


def test_words_are_separated_by_commas_or_spaces(monkeypatch):
    monkeypatch.setenv("MAY", "a.vn, b.vn  c.vn")

    assert env.words("MAY") == ["a.vn", "b.vn", "c.vn"]
    assert env.words("KHONG_CO", default="x y") == ["x", "y"]


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path, monkeypatch):
    monkeypatch.delenv("KHOA", raising=False)
    file = tmp_path / "moi" / "khoa"

    first = env.secret("KHOA", file=file)

    assert len(first) >= 64
    assert env.secret("KHOA", file=file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setenv("KHOA", "cho-san")
    assert env.secret("KHOA", file=file) == "cho-san"


def test_an_address_of_postgresql_is_taken_apart():
    found = env.postgres("postgresql://an%40a:b%2Fc@may:5433/ho%20so?sslmode=verify-full")

    assert found["NAME"] == "ho so"
    assert (found["USER"], found["PASSWORD"]) == ("an@a", "b/c")
    assert (found["HOST"], found["PORT"]) == ("may", "5433")
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["CONN_MAX_AGE"] == 0


def test_another_server_is_refused():
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.postgres("mysql://may/ho-so")


def test_writers_of_sqlite_queue_and_a_commit_survives_a_power_failure(tmp_path):
    options = env.sqlite(tmp_path / "a")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "foreign_keys=ON" in options["init_command"]
    assert "journal_mode=DELETE" in options["init_command"]
    assert "synchronous=EXTRA" in options["init_command"]
