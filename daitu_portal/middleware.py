"""Headers that no other middleware sets."""

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
