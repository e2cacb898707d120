"""The page of the proposal: nothing is kept, the address says it all."""

from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import allow
from accounts.as_of import as_of
from accounts.models import DISTRICT_ROLES, AuditEvent
from cadres.rulebook import Rulebook
from reports.models import Indicator
from reports.proposal.forms import ProposalForm, keys_of
from reports.proposal.making import Ask, make
from reports.queries import Figures
from training.models import TrainingSetting
from training.settings_on import setting_on


@allow(*DISTRICT_ROLES)
@require_safe
def proposal(request):
    day, book, query = as_of(request), Rulebook.now(), request.GET
    share = setting_on(TrainingSetting.Code.AWAY_SHARE, day)
    form = ProposalForm(
        query, indicators=_indicators(day, book), day=day, share=share.value if share else None
    )
    context = {"form": form, "day": day, "share": share, "is_asked": form.is_asked}
    if form.is_asked and form.is_valid():
        ask = _ask(request, form, day)
        made = make(request.user, ask, book)
        context |= {"ask": ask, "made": made, **_links(ask, made)}
        keys = made.sent + [line.key for line in made.left] if made else []
        audit.record(
            request, AuditEvent.Action.LIST, subject_type="cadre", subjects=keys, count=len(keys),
            detail={"report": "proposal", "figure": ask.indicator.code},
        )  # fmt: skip
    return render(request, "reports/proposal.html", context)


def _indicators(day, book):
    rated = Indicator.Population.RATED
    return [each for each in Figures(None, book, day=day).on(day) if each.population != rated]


def _ask(request, form, day):
    cleaned = form.cleaned_data
    now_in, now_out = keys_of(request.GET, "giu"), keys_of(request.GET, "bo")
    return Ask(
        indicator=form.indicator,
        programme=cleaned["ct"],
        day=day,
        places=form.places(request.user),
        cost=cleaned["chi_phi"],
        budget=cleaned["ngan_sach"],
        share=cleaned["di_hoc"],
        rate=cleaned["dat"],
        # What was ticked on the page weighs more than what it was made with.
        keep=(keys_of(request.GET, "giu_cu") | now_in) - now_out,
        leave_out=(keys_of(request.GET, "bo_cu") | now_out) - now_in,
    )


def _links(ask, made):
    """The queries by which other pages go on with those proposed."""
    if not made:
        return {}
    people = [("nguoi", key) for key in made.sent]
    ct = ("ct", ask.programme.pk)
    return {
        "forecast_query": urlencode([*people, ct, ("chi_tieu", ask.indicator.code)]),
        "needs_query": urlencode([*people, ct]),
        "enrol_queries": [
            (filled, urlencode([("nguoi", line.key) for line in filled.lines]))
            for filled in made.filled
        ],
        "programme_query": urlencode([ct]),
    }
