"""The routes of training: people."""

from accounts.access import WRITERS
from daitu_portal.tests.access.table import Route

_FORM = {"GET": 200, "POST": 200}

CANDIDATES: list[Route] = [
    Route("training:candidate_list"),
    Route("training:candidate_counts"),
    Route("training:candidate_add", WRITERS, ok=_FORM),
    Route("training:candidate", object="candidate"),
    Route("training:candidate_edit", WRITERS, object="candidate", ok=_FORM),
    Route("training:candidate_step", WRITERS, object="candidate", ok=_FORM),
    Route("training:candidate_step_back", WRITERS, object="candidate", ok={"POST": 302}),
    Route("training:candidate_link", WRITERS, object="candidate", ok={"POST": 302}),
]

ROUTES: list[Route] = [*CANDIDATES]
