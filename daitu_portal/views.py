"""What is answered when a view fails, and to whoever asks whether the portal is ready."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.http import require_safe

from daitu_portal.busy import come_back

RETRY_SECONDS = 60


def server_error(request: HttpRequest, template_name: str = "500.html") -> HttpResponse:
    """500; or 503 when it was the database that did not answer, which passes by itself.

    Rendered without a context: what failed may be what a context needs.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return come_back("503.html", RETRY_SECONDS)
    return HttpResponse(loader.render_to_string(template_name), status=500)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers when the portal is ready: the database is reached."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
