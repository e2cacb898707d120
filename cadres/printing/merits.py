"""Awards, discipline and organisations in a line each, as the forms ask for them."""

from collections.abc import Sequence
from datetime import date

from cadres.models import Affiliation, Award, Discipline
from cadres.printing.words import day_words, in_brackets, joined, plain

_Kind = Award.Kind
# Three ladders that do not compare, the highest first: forms of reward and titles of emulation in
# the order in which Luật Thi đua, khen thưởng 2022 lists them, and the Party's own badge.
_LADDERS = (
    (_Kind.ORDER, _Kind.MEDAL, _Kind.STATE_TITLE, _Kind.COMMEMORATIVE, _Kind.DIPLOMA,
     _Kind.CERTIFICATE),
    (_Kind.FIGHTER_NATION, _Kind.FIGHTER_PROVINCE, _Kind.FIGHTER_BASE, _Kind.ADVANCED),
    (_Kind.PARTY_BADGE,),
)  # fmt: skip


def affiliation_words(affiliation: Affiliation) -> str:
    """The organisation, what the person is in it, and since when."""
    name = affiliation.get_body_display()
    if affiliation.body == Affiliation.Body.OTHER and affiliation.role:
        name, role = affiliation.role, ""
    else:
        role = affiliation.role
    since = day_words(affiliation.joined_on)
    return plain(joined([name, role], ", ") + in_brackets(since))


def best_awards(awards: Sequence[Award]) -> str:
    """The highest of each ladder with its year; another kind only where there is no other."""
    told = []
    for ladder in _LADDERS:
        best = [each for each in awards if each.kind in ladder]
        if best:
            told.append(min(best, key=lambda each: (ladder.index(_Kind(each.kind)), -each.year)))
    return joined(f"{award_words(each)}, {each.year}" for each in told or awards[-1:])


def award_words(award: Award) -> str:
    """The form of an award and what it was for; one of no known form by its own name."""
    detail = plain(award.detail)
    if award.kind == _Kind.OTHER and detail:
        return detail
    return award.get_kind_display() + in_brackets(detail)


def worst_disciplines(disciplines: Sequence[Discipline]) -> str:
    """The gravest of each system, the last of its kind, with its year."""
    worst: dict[str, Discipline] = {}
    for each in sorted(disciplines, key=_gravity):
        worst[each.system] = each
    return joined(
        f"{each.get_form_display()} ({each.get_system_display()}), {each.effective_on.year}"
        for each in worst.values()
    )


def _gravity(discipline: Discipline) -> tuple[int, date]:
    """Forms stand in the model from the mildest on."""
    return list(Discipline.Form).index(Discipline.Form(discipline.form)), discipline.effective_on
