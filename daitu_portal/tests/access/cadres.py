"""The routes of cadres."""

from accounts.models import Role
from daitu_portal.tests.access.table import HR, Route

_KEEPERS = (Role.DISTRICT_HR, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)

ROUTES: list[Route] = [
    Route("cadres:list"),
    Route("cadres:export", ok={"POST": 302}),
    Route("cadres:search", ok={"GET": 302, "POST": 302}),
    Route("cadres:search_number", ok={"GET": 200, "POST": 302}),
    Route("cadres:record_set", HR, ok={"POST": 302}),
    Route("cadres:history", object="person"),
    Route("cadres:viewers", (*HR, Role.COMMUNE_HEAD), object="person"),
    Route("cadres:changes", (*HR, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)),
    Route("cadres:print_batch", ok={"POST": 302}),
    Route("cadres:print", object="person", ok={"GET": 200, "POST": 200}),
    Route("cadres:detail", object="person"),
    Route("cadres:number", HR, object="person", ok={"GET": 302, "POST": 200}),
    Route("cadres:qualifications", object="person"),
    Route("cadres:career", object="person"),
    Route("cadres:ratings", object="person"),
    Route("cadres:pay", object="person"),
    Route("cadres:merits", object="person"),
    Route("cadres:documents", object="person"),
    Route("cadres:photo", object="person"),
    Route("cadres:file", object="file"),
    Route("cadres:handover", _KEEPERS, object="person"),
    Route("cadres:handover_word", _KEEPERS, object="person", ok={"POST": 200}),
    Route("cadres:paper_list"),
]
