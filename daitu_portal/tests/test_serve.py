"""How the portal may be served: plain http on this machine alone, unless said otherwise."""

import pytest

from daitu_portal.serve import Refused, environment, is_loopback, server_command


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.8.8.8", True),
     ("0.0.0.0", False), ("10.0.0.5", False), ("canbo.example.vn", False)],
)  # fmt: skip
def test_loopback_addresses_are_known(host, expected):
    assert is_loopback(host) is expected


def test_on_this_machine_plain_http_is_the_default():
    found = environment({})

    assert (found["HOST"], found["PORT"], found["HTTPS"]) == ("127.0.0.1", "8000", "0")


@pytest.mark.parametrize("given", [{}, {"HTTPS": "0"}, {"HTTPS": "1"}])
def test_another_address_is_refused_without_https_in_front(given):
    with pytest.raises(Refused, match="ALLOW_PLAIN_HTTP=1"):
        environment({"HOST": "10.0.0.5", **given})


def test_plain_http_elsewhere_must_be_said():
    found = environment({"HOST": "10.0.0.5", "ALLOW_PLAIN_HTTP": "1"})

    assert found["HTTPS"] == "0"
    assert "10.0.0.5" in found["ALLOWED_HOSTS"].split()


def test_behind_a_proxy_https_stays_on():
    found = environment({"HOST": "0.0.0.0", "BEHIND_PROXY": "1", "ALLOWED_HOSTS": "canbo.vn"})

    assert found["HTTPS"] == "1"
    assert found["ALLOWED_HOSTS"] == "canbo.vn"


def test_the_server_runs_two_workers_unless_told_otherwise():
    assert "2" in server_command(environment({}))
    command = server_command(environment({"WORKERS": "3", "PORT": "9000"}))
    assert command[command.index("--workers") + 1] == "3"
    assert command[command.index("--port") + 1] == "9000"
