"""The routes of training: studies, a person's tab."""

from daitu_portal.tests.access.table import HR, Route

ROUTES: list[Route] = [
    Route("training:person", object="person"),
    Route("training:study_list"),
    Route("training:study_export", ok={"POST": 200}),
    Route("training:study_add", HR, ok={"GET": 200, "POST": 200}),
    Route("training:study", object="study"),
    Route("training:study_edit", HR, object="study", ok={"GET": 200, "POST": 200}),
    Route("training:study_step", HR, object="study", ok={"GET": 200, "POST": 200}),
]
