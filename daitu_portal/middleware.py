"""Headers that no other middleware sets, and words where Django has none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

Answer = Callable[[HttpRequest], HttpResponseBase]

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
