"""Headers that no other middleware sets, and words where Django has none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from daitu_portal import long_write
from daitu_portal.busy import come_back

Answer = Callable[[HttpRequest], HttpResponseBase]

RETRY_SECONDS = 120
_SAFE = {"GET", "HEAD", "OPTIONS"}
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=()"


def private_headers(get_response: Answer) -> Answer:
    """Nothing behind the sign-in may stay in a cache; no device is ever asked for."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def worded_refusals(get_response: Answer) -> Answer:
    """A wrong method is answered with a page, not with nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_refused = response.status_code == 405
        if is_refused and isinstance(response, HttpResponse) and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return middleware


def told_of_long_writes(get_response: Answer) -> Answer:
    """While another process writes for long, whatever would write is answered at once, before
    anything of it is done: waiting for the database would end in the same after 20 seconds."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method in _SAFE or not long_write.is_by_another():
            return get_response(request)
        return come_back("busy.html", RETRY_SECONDS)

    return middleware
