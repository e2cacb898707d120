"""The address of a record that was merged leads to the record that it went into."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cadres.models import Cadre
from daitu_portal.nav import PERSON_TABS

Answer = Callable[[HttpRequest], HttpResponse]
_PAGES = {route for _, route in PERSON_TABS}
_LONGEST_CHAIN = 10  # of records merged one into another


def merged_addresses(get_response: Answer) -> Answer:
    """A page of a person that is not found is looked for under the record that it was merged
    into, if whoever asks may see that one: else there is nothing, as before."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if match is None or match.view_name not in _PAGES:
            return response
        survivor = survivor_of(match.kwargs["pk"])
        kept = Cadre.objects.visible_to(request.user).filter(pk=survivor) if survivor else None
        if kept is None or not kept.exists():
            return response
        query = request.GET.urlencode()
        address = reverse(match.view_name, args=[survivor])
        return redirect(f"{address}?{query}" if query else address)  # for a while: it may be split

    return middleware


def survivor_of(key: int) -> int | None:
    """The record into which a merged one went, through others where those were merged too; None
    for a record that was not merged. A query for each step."""
    found: int | None = None
    for _ in range(_LONGEST_CHAIN):
        gone = Cadre.objects.filter(pk=found or key, is_kept=False)
        into = gone.values_list("merged_into", flat=True).first()
        if into is None:
            return found
        found = into
    return found


def merged_with(cadre: Cadre) -> list[int]:
    """Keys of the record and of those that were merged into it, through others where those were
    merged too. A query for each step, one where none was."""
    found = [cadre.pk]
    newest = found
    for _ in range(_LONGEST_CHAIN):
        gone = Cadre.objects.filter(merged_into__in=newest, is_kept=False)
        newest = list(gone.values_list("pk", flat=True))
        if not newest:
            break
        found = found + newest
    return found
