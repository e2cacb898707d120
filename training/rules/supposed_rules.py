"""A rule that is supposed to change: a higher floor of one strand for some posts. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from cadres.rules.levels import STRAND_LABELS, Strand, level_label
from cadres.rules.requirements import Tree
from cadres.rules.standards import RuleOnDay


def with_floor(tree: Tree, strand: str, rank: int) -> Tree:
    """`tree` asking for `rank` wherever it asks for a level of `strand`; all else as it was."""
    ((word, value),) = tree.items()
    if word in ("all", "any"):
        return {word: [with_floor(branch, strand, rank) for branch in value]}
    if word == "level" and value["strand"] == strand:
        return {word: {**value, "min": rank}}
    return tree


def with_rule(
    rules: Iterable[RuleOnDay], posts: frozenset[str], strand: str, rank: int, begins: date
) -> list[RuleOnDay]:
    """`rules` where holders of `posts` must have at least `rank` of `strand` from `begins`.

    It takes the place of every rule about the same content for these posts, their transitions and
    mountain floors too; rules about other content, and of other posts, stay.
    """
    label = STRAND_LABELS[Strand(strand)]
    found = [
        replace(rule, posts=rule.posts - posts)
        if rule.dimension == label and not rule.is_uncertain
        else rule
        for rule in rules
    ]
    new = RuleOnDay(
        code=f"DU-BAO-{strand}-{rank}-{begins.isoformat()}-{len(found)}",
        posts=posts,
        dimension=label,
        label=f"{level_label(strand, rank)} trở lên",
        requirement={"level": {"strand": strand, "min": rank}},
        article="giả định của kịch bản",
        valid_from=begins,
    )
    return [*(rule for rule in found if rule.posts), new]
