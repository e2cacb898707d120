"""A person's pages: each tab is one."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import DATA, HR, allow
from cadres.field_groups import sees_whole_numbers
from cadres.models import Cadre
from cadres.person_page import in_order, person_frame
from cadres.rules.levels import STRAND_LABELS, Strand
from cadres.verdicts import verdict_under_floor
from daitu_portal.dates import years_between

_SHOWN = (
    Strand.PROFESSIONAL, Strand.POLITICAL, Strand.STATE_MANAGEMENT, Strand.IT, Strand.LANGUAGE,
    Strand.GENERAL,
)  # fmt: skip


@allow(*DATA)
@require_safe
def cadre_detail(request, pk):
    return _detail(request, pk)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def cadre_number(request, pk):
    """The overview with the whole CCCD number: by POST, and logged as a look of its own.

    Its address alone, as after a reload or a change of the day, shows the overview without.
    """
    if request.method == "POST":
        return _detail(request, pk, shows_number=True)
    person = get_object_or_404(Cadre.objects.visible_to(request.user).only("pk"), pk=pk)
    query = request.GET.urlencode()
    return redirect(reverse("cadres:detail", args=[person.pk]) + (f"?{query}" if query else ""))


def _detail(request, pk, *, shows_number=False):
    page = "cadres:number" if shows_number else ""
    context = person_frame(request, pk, "cadres:detail", page)
    person, verdict, day = context["person"], context["row"].verdict, context["day"]
    names, rules = context["book"].post_names, {leaf.rule_code for leaf in _leaves(verdict)}
    context |= {
        "levels": [(STRAND_LABELS[s], person.highest(s.value)) for s in _SHOWN],
        "age": _age(person.born_on, day),
        "post_verdicts": [(names.get(each.post, each.post), each) for each in verdict.posts],
        "floor": verdict_under_floor(person, day, context["rules"]),
        "documents": context["book"].documents_of(rules),
        "rating": person.ratings.by(day).first(),
        "number": person.national_id if shows_number else "",
        "may_reveal": sees_whole_numbers(request.user) and not shows_number,
    }
    return render(request, "cadres/cadre_detail.html", context)


def _leaves(verdict):
    return [leaf for post in verdict.posts for leaf in post.leaves]


def _age(born, day):
    """Full years on `day`, or None where the birth date leaves two answers."""
    if born is None:
        return None
    oldest, youngest = years_between(born.earliest, day), years_between(born.latest, day)
    return oldest if oldest == youngest else None


@allow(*DATA)
@require_safe
def cadre_qualifications(request, pk):
    context = person_frame(request, pk, "cadres:qualifications")
    return render(request, "cadres/cadre_qualifications.html", context)


@allow(*DATA)
@require_safe
def cadre_career(request, pk):
    context = person_frame(request, pk, "cadres:career")
    person, day = context["person"], context["day"]
    context["career"] = in_order(person.career, day)
    context["memberships"] = in_order(person.seats, day)
    return render(request, "cadres/cadre_career.html", context)


@allow(*DATA)
@require_safe
def cadre_ratings(request, pk):
    context = person_frame(request, pk, "cadres:ratings")
    context["ratings"] = context["person"].ratings.by(context["day"])
    return render(request, "cadres/cadre_ratings.html", context)
