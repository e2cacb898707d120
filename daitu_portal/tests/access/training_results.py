"""The routes of training: results, certificates, prints of a class."""

from daitu_portal.tests.access.table import HR, Route

ROUTES: list[Route] = [
    Route("training:credit_list"),
    Route("training:credit_decide", HR, ok={"GET": 302, "POST": 302}),
    Route("training:class_results", HR, object="class", ok={"GET": 200, "POST": 200}),
    Route("training:class_annex", object="class", scoped=False),
    Route("training:class_certificates", object="class", scoped=False),
    Route("training:class_report", object="class", scoped=False),
]
