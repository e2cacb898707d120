"""What must be true before the portal is served, and how: `make run` in words. Knows no app."""

import ipaddress
import os
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLAIN_HTTP_REFUSED = (
    "Chưa chạy: HOST={host} không phải máy này, mà kết nối không mã hóa (http). Đặt cổng sau máy "
    "chủ trung gian có HTTPS (docs/operations.md) với HTTPS=1, hoặc, chỉ trong mạng tin cậy, "
    "đặt ALLOW_PLAIN_HTTP=1."
)


class Refused(Exception):
    """The portal may not be served so; the message says why and what to do."""


def is_loopback(host: str) -> bool:
    """Whether `host` is an address of this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment to serve in, from the one given.

    HTTPS is 1 unless HOST is a loopback address. Raises Refused for plain http elsewhere without
    ALLOW_PLAIN_HTTP=1.
    """
    found = dict(given)
    host = found.get("HOST") or "127.0.0.1"
    plain_by_hand = found.get("ALLOW_PLAIN_HTTP") == "1"
    default = "0" if is_loopback(host) or plain_by_hand else "1"
    https = found.get("HTTPS") or default
    if https == "0" and not is_loopback(host) and not plain_by_hand:
        raise Refused(PLAIN_HTTP_REFUSED.format(host=host))
    if https == "1" and not is_loopback(host) and not found.get("BEHIND_PROXY"):
        raise Refused(PLAIN_HTTP_REFUSED.format(host=host))
    found |= {"HOST": host, "PORT": found.get("PORT") or "8000", "HTTPS": https}
    hosts = found.get("ALLOWED_HOSTS") or "localhost 127.0.0.1 [::1]"
    if host not in hosts and host not in ("0.0.0.0", "::"):
        hosts = f"{hosts} {host}"
    found["ALLOWED_HOSTS"] = hosts
    return found


def server_command(found: Mapping[str, str]) -> list[str]:
    """The server's own command line: two workers unless WORKERS says otherwise."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", found["HOST"],
        "--port", found["PORT"], "--workers", found.get("WORKERS") or "2",
        "--blocking-threads", "4", "--no-ws", "--backpressure", "64", "--respawn-failed-workers",
        "--log-level", "warning", "daitu_portal.wsgi:application",
    ]  # fmt: skip


def become_server(found: Mapping[str, str]) -> None:
    """Replace this process by the server, so that a signal reaches it."""
    os.chdir(ROOT)
    command = server_command(found)
    if sys.platform == "win32":  # exec there returns to the shell at once
        import subprocess

        sys.exit(subprocess.call(command, env=dict(found)))
    os.execve(command[0], command, dict(found))
