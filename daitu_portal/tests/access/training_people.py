"""The routes of training: people."""

from accounts.access import WRITERS
from daitu_portal.tests.access.table import HR, Route

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

LEARNERS: list[Route] = [
    Route("training:learner_list"),
    Route("training:learner_add", roles=HR, ok=_FORM),
    Route("training:learner_edit", roles=HR, object="learner", ok=_FORM),
    Route("training:learner_link", roles=HR, object="learner", ok=_FORM),
    Route("training:enrol", roles=HR, object="class", scoped=False, ok=_FORM),
    # without the key of a draft: back to the page of enrolment
    Route("training:enrol_preview", roles=HR, object="class", scoped=False,
          ok={"GET": 302, "POST": 302}),
    Route("training:enrol_decision", roles=HR, object="class", scoped=False, ok={"POST": 302}),
    Route("training:enrol_leave", roles=HR, object="enrolment", scoped=False, ok=_FORM),
]  # fmt: skip

ROUTES: list[Route] = [*CANDIDATES, *LEARNERS]
