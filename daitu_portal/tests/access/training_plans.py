"""The routes of training: plans."""

from accounts.access import WRITERS
from daitu_portal.tests.access.table import HR, Route

_FORM = {"GET": 200, "POST": 200}
_PLAN = {"object": "plan", "scoped": False}  # the plan is the district's: every commune reads it

ROUTES: list[Route] = [
    Route("training:plan_list"),
    Route("training:plan_add", HR, ok=_FORM),
    Route("training:plan_from_needs", HR, ok={"POST": 302}),
    Route("training:plan", **_PLAN),
    Route("training:plan_registered", **_PLAN),
    Route("training:plan_export", **_PLAN, ok={"POST": 200}),
    Route("training:plan_step", HR, **_PLAN, ok={"POST": 302}),
    # a plan that is registered for is not approved, nor adjusted, yet: back to its page
    Route("training:plan_approve", HR, **_PLAN, ok={"GET": 302, "POST": 302}),
    Route("training:plan_adjust", HR, **_PLAN, ok={"GET": 302, "POST": 302}),
    Route("training:plan_line_add", WRITERS, **_PLAN, ok=_FORM),
    Route("training:plan_line_consolidate", HR, **_PLAN, ok={"POST": 302}),
    Route("training:plan_line", object="plan_line"),
    Route("training:plan_line_edit", WRITERS, object="plan_line", ok=_FORM),
    Route("training:plan_line_leave_out", WRITERS, object="plan_line", ok=_FORM),
    Route("training:plan_line_release", HR, object="plan_line", ok={"POST": 302}),
]
