"""A person's pages: each tab is one."""

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import DATA, allow
from cadres.field_groups import sees_whole_numbers
from cadres.person_page import person_frame
from cadres.rules.levels import STRAND_LABELS, Strand
from cadres.verdicts import documents_on

_SHOWN = (
    Strand.PROFESSIONAL, Strand.POLITICAL, Strand.STATE_MANAGEMENT, Strand.IT, Strand.LANGUAGE,
    Strand.GENERAL,
)  # fmt: skip


@allow(*DATA)
@require_safe
def cadre_detail(request, pk):
    return _detail(request, pk, shows_number=False)


@allow(*DATA)
@require_POST
def cadre_number(request, pk):
    """The overview with the whole CCCD number: by POST, since it is logged as a look of its own."""
    return _detail(request, pk, shows_number=True)


def _detail(request, pk, *, shows_number):
    page = "cadres:number" if shows_number else "cadres:detail"
    context = person_frame(request, pk, "cadres:detail")
    person, verdict = context["person"], context["row"].verdict
    names = context["post_names"]
    latest = person.ratings.order_by("-year").first()
    context |= {
        "levels": [(STRAND_LABELS[s], person.highest(s.value)) for s in _SHOWN],
        "post_verdicts": [(names.get(each.post, each.post), each) for each in verdict.posts],
        "documents": documents_on(
            context["day"], [leaf.rule_code for post in verdict.posts for leaf in post.leaves]
        ),
        "rating": latest,
        "number": person.national_id if shows_number and sees_whole_numbers(request.user) else "",
        "may_reveal": sees_whole_numbers(request.user) and person.national_id,
        "page_name": page,
    }
    return render(request, "cadres/cadre_detail.html", context)


@allow(*DATA)
@require_safe
def cadre_qualifications(request, pk):
    context = person_frame(request, pk, "cadres:qualifications")
    return render(request, "cadres/cadre_qualifications.html", context)


@allow(*DATA)
@require_safe
def cadre_career(request, pk):
    context = person_frame(request, pk, "cadres:career")
    person = context["person"]
    context["career"] = sorted(person.career, key=lambda h: h.valid_from, reverse=True)
    context["memberships"] = person.memberships.select_related("commune", "term").order_by(
        "-valid_from"
    )
    return render(request, "cadres/cadre_career.html", context)


@allow(*DATA)
@require_safe
def cadre_ratings(request, pk):
    context = person_frame(request, pk, "cadres:ratings")
    context["ratings"] = context["person"].ratings.order_by("-year")
    return render(request, "cadres/cadre_ratings.html", context)
