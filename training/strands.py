"""Where somebody stands in the five strands of a review, against the posts held. No query."""

from collections.abc import Iterator
from typing import NamedTuple

from cadres.rules.levels import STRAND_LABELS, Strand, level_label
from cadres.rules.requirements import Answer, Tree, answer, either, leaves
from training.gaps import Serving

STRANDS = (
    Strand.PROFESSIONAL,
    Strand.POLITICAL,
    Strand.STATE_MANAGEMENT,
    Strand.IT,
    Strand.LANGUAGE,
)
HEADS = tuple(STRAND_LABELS[strand] for strand in STRANDS)
_ALIKE = {Strand.STATE_MANAGEMENT: "state_management"}  # a content that asks for the same


class Cell(NamedTuple):
    """The level held, "" where the record does not tell, and how it stands: met, lacks, unknown,
    or free where no post asks for it."""

    level: str
    state: str


def cells_of(person: Serving) -> list[Cell]:
    """The five cells of somebody, in the order of HEADS."""
    return [Cell(_level(person, strand), _state(person, strand)) for strand in STRANDS]


def _level(person: Serving, strand: Strand) -> str:
    held = person.applicant.facts.of_strand(strand)
    return level_label(strand, held[0].rank) if held else ""


def _state(person: Serving, strand: Strand) -> str:
    asked = list(_asked(person, strand))
    if not asked:
        return "free"
    if False in asked:
        return "lacks"
    return "unknown" if None in asked else "met"


def _asked(person: Serving, strand: Strand) -> Iterator[Answer]:
    """The answers to each rule of the posts held that asks for something of the strand."""
    facts = person.applicant.facts
    for post in person.verdict.posts:
        for leaf in post.leaves:
            rule = leaf.rule
            parts = [each for each in leaves(rule.requirement) if _is_of(each, strand)]
            if rule.is_uncertain or not parts:
                continue
            for part in parts:
                floor = rule.mountain if leaf.in_area and rule.mountain else part
                yield either([answer(part, facts, rule.posts), answer(floor, facts, rule.posts)])


def _is_of(tree: Tree, strand: Strand) -> bool:
    if "level" in tree:
        return bool(tree["level"]["strand"] == strand)
    return "training" in tree and tree["training"] == _ALIKE.get(strand)
