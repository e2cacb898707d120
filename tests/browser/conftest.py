"""A real browser on the seeded portal: Debian's chromium, driven by Playwright."""

from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread

from tests.conftest import PASSWORD

CHROMIUM = "/usr/bin/chromium"


def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.django_db)


@pytest.fixture
def _django_db_helper(django_db_setup):
    """No transaction round a test: it would keep the server's thread from writing its log."""


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update",
                 "--disable-sync"],
    }  # fmt: skip


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 1366, "height": 768},
            "locale": "vi-VN"}  # fmt: skip


@pytest.fixture(scope="session")
def portal(django_db_setup, django_db_blocker):
    """The address of the portal, served from the seeded test database by a thread of its own."""
    with django_db_blocker.unblock():
        thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


@pytest.fixture
def watched(page, portal):
    """A page that fails the test for an error in its console or a request to another host."""
    wrong = []
    page.set_default_timeout(15_000)
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    host = urlsplit(portal).netloc
    page.on("request", lambda r: wrong.append(r.url)
            if urlsplit(r.url).netloc not in (host, "") else None)  # fmt: skip
    yield page
    assert wrong == []


@pytest.fixture(scope="session")
def cookies_of():
    """The cookies of those who signed in already, by name: the portal limits how often one may."""
    return {}


@pytest.fixture
def sign_in(watched, portal, cookies_of):
    """Enter as someone at an address, in a window of a size: by the form the first time, then with
    the same session."""

    def enter(username, at="/", size=(1366, 768)):
        watched.set_viewport_size({"width": size[0], "height": size[1]})
        watched.context.clear_cookies()
        if username in cookies_of:
            watched.context.add_cookies(cookies_of[username])
            watched.goto(f"{portal}{at}")
            return watched
        watched.goto(f"{portal}/dang-nhap/")
        watched.fill("input[name=login]", username)
        watched.fill("input[name=password]", PASSWORD)
        watched.click("main button[type=submit]")
        watched.wait_for_url(lambda url: "/dang-nhap/" not in url)
        cookies_of[username] = watched.context.cookies()
        if at != "/":
            watched.goto(f"{portal}{at}")
        return watched

    return enter
