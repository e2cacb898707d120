"""The answer to what cannot be done now, and can in a while."""

from django.http import HttpResponse
from django.template.loader import render_to_string


def come_back(template: str, seconds: int) -> HttpResponse:
    """503 with a page that says so; it is rendered without a context, which may be what failed."""
    body = render_to_string(template)
    return HttpResponse(body, status=503, headers={"Retry-After": str(seconds)})
