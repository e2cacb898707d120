"""The routes of training: needs."""

from accounts.models import Role
from daitu_portal.tests.access.table import Route

WRITERS = (Role.DISTRICT_HR, Role.COMMUNE_CLERK)
HEAD = (Role.COMMUNE_HEAD,)

ROUTES: list[Route] = [
    Route("training:need_list"),
    Route("training:need_choose", ok={"POST": 302}),
    Route("training:need_add", roles=WRITERS, ok={"GET": 302, "POST": 302}),  # nobody is chosen
    Route("training:need_register"),
    Route("training:need_confirm", roles=HEAD, ok={"POST": 302}),
    Route("training:need_withdraw", roles=(*WRITERS, *HEAD), object="need", ok={"POST": 302}),
]
