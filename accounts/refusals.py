"""What was refused to someone signed in is written down."""

from accounts import audit
from accounts.models import AuditEvent

_REFUSALS = {403, 404, 429}


def recorded_refusals(get_response):
    """Record each 403, 404 and 429 that a page gives to someone signed in.

    A 404 is among them: what is outside one's scope is answered so.
    """

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        if response.status_code in _REFUSALS and match and request.user.is_authenticated:
            audit.record(
                request,
                AuditEvent.Action.REFUSED,
                detail={"status": response.status_code, "page": match.view_name},
            )
        return response

    return middleware
