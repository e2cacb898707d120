"""A person's pages: each tab is one."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import DATA, HR, allow
from cadres.field_groups import FieldGroup, sees, sees_whole_numbers
from cadres.models import Cadre, Rating
from cadres.person_page import in_order, person_frame
from cadres.profile_page import sections_of
from cadres.row_origins import origins_of
from cadres.rules.levels import STRAND_LABELS, Strand
from cadres.service_records import merits_of, service_of
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
    context = person_frame(request, pk, "cadres:detail", page, with_profile=True)
    person, verdict, day = context["person"], context["row"].verdict, context["day"]
    names, rules = context["book"].post_names, {leaf.rule_code for leaf in _leaves(verdict)}
    context |= {
        "levels": [(STRAND_LABELS[s], person.highest(s.value)) for s in _SHOWN],
        "age": _age(person.born_on, day),
        "post_verdicts": [(names.get(each.post, each.post), each) for each in verdict.posts],
        "floor": verdict_under_floor(person, day, context["rules"]),
        "documents": context["book"].documents_of(rules),
        "rating": _told_rating(person.last_rating),
        "profile": list(_profile_of(person, request.user, shows_number)),
        "sees_family": sees(request.user, FieldGroup.FAMILY),
        "family": person.family.all() if sees(request.user, FieldGroup.FAMILY) else [],
        "number": person.national_id if shows_number else "",
        "may_reveal": sees_whole_numbers(request.user) and not shows_number,
    }
    return render(request, "cadres/cadre_detail.html", context)


def _profile_of(person, user, shows_number):
    return sections_of(getattr(person, "profile", None), user, whole=shows_number)


def _told_rating(rating):
    """(year, level in words) of the last year that was rated, or None."""
    return (rating["year"], Rating.Level(rating["level"]).label) if rating else None


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
    origins = origins_of(pk)
    context["records"] = [
        (row, origins.get((row._meta.label_lower, row.pk))) for row in context["person"].held
    ]
    context["trained"] = [
        (row, origins.get((row._meta.label_lower, row.pk))) for row in context["trainings"]
    ]
    return render(request, "cadres/cadre_qualifications.html", context)


@allow(*DATA)
@require_safe
def cadre_career(request, pk):
    context = person_frame(request, pk, "cadres:career")
    person, day = context["person"], context["day"]
    context["career"] = in_order(person.career, day)
    context["memberships"] = in_order(person.seats, day)
    context |= service_of(person, request.user, day)
    return render(request, "cadres/cadre_career.html", context)


@allow(*DATA)
@require_safe
def cadre_merits(request, pk):
    context = person_frame(request, pk, "cadres:merits")
    context |= merits_of(context["person"], request.user, context["day"])
    context["sees_discipline"] = sees(request.user, FieldGroup.DISCIPLINE)
    return render(request, "cadres/cadre_merits.html", context)


@allow(*DATA)
@require_safe
def cadre_ratings(request, pk):
    context = person_frame(request, pk, "cadres:ratings")
    context["ratings"] = context["person"].ratings.by(context["day"])
    return render(request, "cadres/cadre_ratings.html", context)
