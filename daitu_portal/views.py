"""What is answered when a view fails."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader

RETRY_SECONDS = 60


def server_error(request, template_name="500.html"):
    """500; or 503 when it was the database that did not answer, which passes by itself.

    Rendered without a context: what failed may be what a context needs.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        body = loader.render_to_string("503.html")
        return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return HttpResponse(loader.render_to_string(template_name), status=500)
