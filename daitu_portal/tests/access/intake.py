"""The routes of intake: in this part of the portal only the district writes records."""

from daitu_portal.tests.access.table import HR, Route

_FORM = {"GET": 200, "POST": 200}

ROUTES: list[Route] = [
    Route("intake:cadre_add", HR, ok=_FORM),
    Route("intake:cadre_change", HR, object="person", ok=_FORM),
    Route("intake:holding_add", HR, object="person", ok=_FORM),
    Route("intake:holding_change", HR, object="holding", ok=_FORM),
    Route("intake:holding_close", HR, object="holding", ok=_FORM),
    Route("intake:membership_add", HR, object="person", ok=_FORM),
    Route("intake:membership_change", HR, object="membership", ok=_FORM),
    Route("intake:membership_close", HR, object="membership", ok=_FORM),
    Route("intake:qualification_add", HR, object="person", ok=_FORM),
    Route("intake:qualification_change", HR, object="qualification", ok=_FORM),
    Route("intake:short_training_add", HR, object="person", ok=_FORM),
    Route("intake:short_training_change", HR, object="short_training", ok=_FORM),
    Route("intake:rating_add", HR, object="person", ok=_FORM),
    Route("intake:rating_change", HR, object="rating", ok=_FORM),
    Route("intake:import", HR, ok={"GET": 200, "POST": 400}),
    Route("intake:template", HR),
    Route("intake:import_batch", HR, object="batch", scoped=False),
    Route("intake:import_check", HR, object="batch", scoped=False, ok={"POST": 302}),
    Route("intake:import_confirm", HR, object="batch", scoped=False, ok={"POST": 302}),
]
