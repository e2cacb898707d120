"""The routes of training: classes, their sittings and questionnaires."""

from accounts.models import DISTRICT_ROLES
from daitu_portal.tests.access.table import HR, Route

_FORM = {"GET": 200, "POST": 200}

ROUTES: list[Route] = [
    Route("training:class_list"),
    Route("training:class", object="class", scoped=False),
    Route("training:class_export", object="class", scoped=False, ok={"POST": 200}),
    Route("training:class_add", HR, ok=_FORM),
    Route("training:class_edit", HR, object="class", ok=_FORM),
    Route("training:class_move", HR, object="class", ok={"POST": 302}),
    Route("training:class_sessions", object="class", scoped=False),
    Route("training:sitting_add", HR, object="class", ok=_FORM),
    Route("training:sitting_series", HR, object="class", ok=_FORM),
    Route("training:sitting_edit", HR, object="class_session", ok=_FORM),
    Route("training:sitting_remove", HR, object="class_session", ok={"POST": 302}),
    Route("training:roll_call", DISTRICT_ROLES, object="class", scoped=False),
    Route("training:attendance", object="class_session", scoped=False),
    Route("training:attendance_save", HR, object="class_session", ok={"POST": 302}),
    Route("training:survey", object="class", scoped=False),
    Route("training:survey_add", HR, object="class", ok=_FORM),
    Route("training:survey_blank", object="class", scoped=False),
]
