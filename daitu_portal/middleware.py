"""Headers that no other middleware sets, and words where Django has none."""

from django.template.loader import render_to_string

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=()"


def private_headers(get_response):
    """Nothing behind the sign-in may stay in a cache; no device is ever asked for."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def worded_refusals(get_response):
    """A wrong method is answered with a page, not with nothing."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return middleware
