"""The routes of intake: the district writes records, a clerk's forms become proposals."""

from accounts.models import Role
from daitu_portal.tests.access.table import HR, Route

CLERK, HEAD = (Role.COMMUNE_CLERK,), (Role.COMMUNE_HEAD,)
WRITERS = (*HR, *CLERK)
SENDERS = (*HR, *CLERK, *HEAD)

_FORM = {"GET": 200, "POST": 200}

_NEW_KINDS = (
    "family", "work_period", "affiliation", "status", "salary_step", "allowance", "award",
    "discipline",
)  # fmt: skip
_KINDS = ("holding", "membership", "qualification", "short_training", "rating", *_NEW_KINDS)

ROUTES: list[Route] = [
    Route("intake:cadre_add", WRITERS, ok=_FORM),
    Route("intake:bulk_edit", WRITERS, ok={"GET": 302, "POST": 302}),
    Route("intake:cadre_change", WRITERS, object="person", ok=_FORM),
    Route("intake:holding_add", WRITERS, object="person", ok=_FORM),
    Route("intake:holding_change", WRITERS, object="holding", ok=_FORM),
    Route("intake:holding_close", WRITERS, object="holding", ok=_FORM),
    Route("intake:membership_add", WRITERS, object="person", ok=_FORM),
    Route("intake:membership_change", WRITERS, object="membership", ok=_FORM),
    Route("intake:membership_close", WRITERS, object="membership", ok=_FORM),
    Route("intake:qualification_add", WRITERS, object="person", ok=_FORM),
    Route("intake:qualification_change", WRITERS, object="qualification", ok=_FORM),
    Route("intake:short_training_add", WRITERS, object="person", ok=_FORM),
    Route("intake:short_training_change", WRITERS, object="short_training", ok=_FORM),
    Route("intake:rating_add", WRITERS, object="person", ok=_FORM),
    Route("intake:rating_change", WRITERS, object="rating", ok=_FORM),
    Route("intake:profile_change", WRITERS, object="person", ok=_FORM),
    *(Route(f"intake:{kind}_add", WRITERS, object="person", ok=_FORM) for kind in _NEW_KINDS),
    *(Route(f"intake:{kind}_change", WRITERS, object=kind, ok=_FORM) for kind in _NEW_KINDS),
    *(Route(f"intake:{kind}_remove", WRITERS, object=kind, ok=_FORM) for kind in _KINDS),
    *(Route(f"intake:new_{kind}", CLERK, object="new_person", ok=_FORM) for kind in _KINDS),
    Route("intake:change_undo", HR, object="change", ok=_FORM),
    Route("intake:change_restore", HR, object="change", ok=_FORM),
    Route("intake:journal_add", WRITERS, object="person", ok={"POST": 302}),
    Route("intake:inbox", SENDERS),
    Route("intake:proposal", SENDERS, object="proposal"),
    Route("intake:proposal_submit", CLERK, object="proposal", ok={"POST": 400}),
    Route("intake:proposal_confirm", HEAD, object="proposal", ok={"POST": 302}),
    Route("intake:proposal_send_back", HEAD, object="proposal", ok={"POST": 400}),
    Route("intake:proposal_withdraw", CLERK, object="proposal", ok={"POST": 302}),
    Route("intake:proposal_take_back", CLERK, object="proposal", ok={"POST": 302}),
    Route("intake:proposal_decide", HR, object="proposal", scoped=False, ok={"POST": 302}),
    Route("intake:item_drop", CLERK, object="proposal_item", ok={"POST": 302}),
    Route("intake:file_add", WRITERS, object="person", ok=_FORM),
    Route("intake:papers", WRITERS, object="person", ok=_FORM),
    Route("intake:file_set_aside", WRITERS, object="file", ok={"POST": 302}),
    Route("intake:file_take_back", HR, object="file", ok={"POST": 302}),
    Route("intake:import", WRITERS, ok={"GET": 200, "POST": 400}),
    Route("intake:template", WRITERS),
    Route("intake:work_pack", WRITERS, ok={"GET": 200, "POST": 400}),
    Route("intake:decision_list", WRITERS),
    Route("intake:decision_add", WRITERS, ok=_FORM),
    Route("intake:decision", WRITERS, object="decision"),
    Route("intake:decision_revoke", HR, object="decision", ok=_FORM),
    Route("intake:import_batch", WRITERS, object="batch"),
    Route("intake:import_check", WRITERS, object="batch", ok={"POST": 302}),
    Route(
        "intake:import_confirm",
        WRITERS,
        object="batch",
        ok={"POST": 302},
        ok_for={Role.DISTRICT_HR: {"POST": 400}},
    ),
    *(
        Route(f"intake:import_{step}", WRITERS, object="open_batch", ok=ok)
        for step, ok in (
            ("sheets", _FORM),
            ("columns", _FORM),
            ("people", _FORM),
            ("repairs", {"GET": 200}),
            ("keep", {"POST": 302}),
            ("typed", {"POST": 302}),
            ("skip", {"POST": 302}),
            ("progress", {"GET": 302}),
        )
    ),
    Route("intake:import_errors", WRITERS, object="faulty_batch"),
    Route("intake:import_undo", HR, object="written_batch", ok=_FORM),
    Route("intake:completeness"),
    Route("intake:completeness_list", SENDERS),
    Route("intake:person_completeness", SENDERS, object="person"),
    Route("intake:review_list"),
    Route("intake:review_add", HR, ok=_FORM),
    Route("intake:review", object="review"),
    Route("intake:review_close", HR, object="review", ok={"POST": 302}),
    Route("intake:review_unit", SENDERS, object="review_unit"),
    Route("intake:review_check", CLERK, object="review_unit", ok={"POST": 302}),
    Route("intake:review_send", CLERK, object="review_unit", ok={"POST": 302}),
    Route("intake:review_confirm", HEAD, object="review_unit", ok={"POST": 302}),
    Route("intake:review_send_back", HEAD, object="review_unit", ok={"POST": 302}),
    Route("intake:review_reopen", HR, object="review_unit", ok={"POST": 302}),
    Route("intake:duplicates", HR),
    Route("intake:merge", HR, object="pair", scoped=False, ok=_FORM),
    Route("intake:not_same", HR, object="pair", scoped=False, ok={"POST": 302}),
    Route("intake:not_same_back", HR, object="pair", scoped=False, ok={"POST": 302}),
]
