"""What is judged without running: style, pins, types, templates, migrations, settings."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent


def steps() -> list[tuple[str, list[str], dict[str, str]]]:
    """(name, command, environment beside the given one) of each step."""
    data = {
        "DATA_DIR": tempfile.mkdtemp(prefix="portal-lint-"),
        "HTTPS": "1",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DJANGO_SETTINGS_MODULE": "daitu_portal.settings",
    }
    return [
        ("ruff", [str(BIN / "ruff"), "check", "."], {}),
        ("ruff format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], {}),
        ("locks", [PYTHON, "-m", "tests.locks"], {}),
        ("mypy", [str(BIN / "mypy")], data),
        ("djlint", [str(BIN / "djlint"), "templates", "--lint", "--quiet"], {}),
        ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], data),
        ("check --deploy",
         [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], data),
    ]  # fmt: skip


def main() -> int:
    failed = []
    for name, command, more in steps():
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, text=True,
                              capture_output=True)  # fmt: skip
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr)[-6000:], flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
