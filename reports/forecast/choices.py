"""What a scenario may name: programmes, levels, terms, posts, sets of posts, communes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cadres.models import Commune, Post, Term, TitleSet
from cadres.rulebook import Rulebook
from cadres.rules.levels import CONTENT_LABELS, LEVELS, STRAND_LABELS, Strand
from cadres.rules.requirements import Tree, leaves
from reports.models import Indicator
from reports.queries import Figures
from training.models import Programme

Choices = list[tuple[str, str]]
EMPTY = ("", "—")
_RATED = Indicator.Population.RATED
# Levels that a scenario may give or ask for; those of general schooling are not trained here.
_STRANDS = [strand for strand in Strand if strand != Strand.GENERAL]
LEVEL_CHOICES: Choices = [
    (f"{strand}:{rank}", f"{STRAND_LABELS[strand]}: {label}")
    for strand in _STRANDS
    for rank, label in enumerate(LEVELS[strand])
    if rank
]
CONTENT_OFFERED: Choices = [(f"bd:{code}", f"Bồi dưỡng: {CONTENT_LABELS[code]}")
                            for code in CONTENT_LABELS]  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """Rows to choose from, loaded once a version of the record."""

    programmes: Sequence[Programme]
    terms: Sequence[Term]
    title_sets: Sequence[TitleSet]
    posts: Sequence[Post]
    communes: Sequence[Commune]
    indicators: Sequence[Indicator]

    def programme(self, key: str) -> Programme | None:
        return next((each for each in self.programmes if str(each.pk) == key), None)

    def indicator(self, code: str) -> Indicator | None:
        return next((each for each in self.indicators if each.code == code), None)


def offered_on(day: date, book: Rulebook, figures: Figures) -> Offered:
    """What may be chosen where the base day is `day`. Three queries, remembered."""
    programmes, terms, sets = book.remembered("offered to scenarios", _load)
    return Offered(
        programmes=programmes,
        terms=[each for each in terms if each.is_in_force(day)],
        title_sets=[each for each in sets if each.is_in_force(day)],
        posts=book.posts_on(day),
        communes=[each for each in figures.communes if each.is_in_force(day)],
        indicators=[each for each in figures.on(day) if each.population != _RATED],
    )


def _load() -> tuple[list[Programme], list[Term], list[TitleSet]]:
    programmes = Programme.objects.offered().select_related("field").order_by("search_text", "pk")
    return (
        [each for each in programmes if each.awards],
        list(Term.objects.order_by("organisation", "valid_from")),
        list(TitleSet.objects.order_by("name", "pk")),
    )


def level_asked(tree: Tree, strand: str = "") -> str:
    """The choice of the level that a predicate asks for: the first, or the first of `strand`;
    "" for a predicate without one."""
    for leaf in leaves(tree) if {"verdict", "rating"}.isdisjoint(tree) else ():
        if "level" in leaf and leaf["level"]["strand"] in (strand or leaf["level"]["strand"]):
            return f"{leaf['level']['strand']}:{leaf['level']['min']}"
        if "training" in leaf and not strand:
            return f"bd:{leaf['training']}"
    return ""
