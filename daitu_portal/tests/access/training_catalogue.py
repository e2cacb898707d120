"""The routes of training: hands-on sessions, competences and their assessment."""

from accounts.models import Role
from daitu_portal.tests.access.table import HR, Route

_FORM = {"GET": 200, "POST": 200}
_WRITERS = (*HR, Role.COMMUNE_CLERK)

ROUTES: list[Route] = [
    Route("training:session_list"),
    Route("training:hands_on_add", HR, ok=_FORM),
    Route("training:hands_on_edit", HR, object="hands_on", scoped=False, ok=_FORM),
    Route("training:assessment_list"),
    Route("training:assessment_add", _WRITERS, object="person", ok=_FORM),
    Route("training:assessment_confirm", (Role.COMMUNE_HEAD,), ok={"POST": 302}),
    Route(
        "training:assessment_withdraw",
        (*_WRITERS, Role.COMMUNE_HEAD),
        object="assessment",
        ok=_FORM,
    ),
]
