"""Why someone counts in a figure's numerator or not, and what would settle it, in words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cadres.rules import wording
from cadres.rules.levels import STRAND_LABELS, Strand
from cadres.rules.requirements import Facts, Tree, answer, leaves
from cadres.rules.standards import Leaf, PersonVerdict, PostVerdict, Verdict

Judged = PersonVerdict | PostVerdict

_OPEN = (Verdict.NOT_MET, Verdict.MISSING, Verdict.TRANSITION)
NO_RULE = "chưa có quy định cho chức vụ, chức danh này vào ngày tính"


@dataclass(frozen=True)
class Reason:
    """What the record holds toward a figure, why that is not enough ("": it is), what to do."""

    has: str
    why: str = ""
    to_do: str = ""


def of_level(predicate: Tree, facts: Facts) -> Reason:
    """The reason of a figure that asks for levels or trainings."""
    has = _told_once(_joined(_held(leaf, facts) for leaf in leaves(predicate)))
    if answer(predicate, facts) is True:
        return Reason(has)
    whys, steps = [], []
    for leaf in leaves(predicate):
        said = answer(leaf, facts)
        if said is not True:
            whys.append(wording.lacking(leaf, facts) if said is None else _shortfall(leaf, facts))
            steps.append(wording.to_do(leaf, facts, is_missing=said is None))
    return Reason(has, _joined(whys), _joined(steps))


def _held(leaf: Tree, facts: Facts) -> str:
    has = wording.held(leaf, facts, frozenset())
    is_political = "level" in leaf and leaf["level"]["strand"] == Strand.POLITICAL
    return f"LLCT {wording.lower_first(has)}" if has and is_political else has


def _told_once(has: str) -> str:
    """ "đã bồi dưỡng a; đã bồi dưỡng b" as "đã bồi dưỡng a; b"."""
    first, _, rest = has.partition("; ")
    same = "đã bồi dưỡng "
    return f"{first}; {rest.replace(same, '')}" if first.startswith(same) and rest else has


def _shortfall(leaf: Tree, facts: Facts) -> str:
    need = f"cần {wording.named(leaf)}"
    level: Mapping[str, int | str] | None = leaf.get("level")
    if level is None:
        return need
    best = facts.of_strand(str(level["strand"]))[0].rank
    gap = int(level["min"]) - best
    if gap > 0:
        return f"thiếu {gap} mức: {need}"
    return wording.late_confirmation_note(leaf, facts) or need


def of_rating(words: str, year: int, *, is_in: bool) -> Reason:
    """The reason of a figure that asks for a rating; `words` "" where the year has none."""
    if not words:
        why = f"chưa xếp loại năm {year}: ngoài mẫu số"
        return Reason("", why, f"Bổ sung kết quả xếp loại năm {year}")
    has = f"{words} ({year})"
    return Reason(has) if is_in else Reason(has, "dưới mức hoàn thành tốt nhiệm vụ")


def of_verdict(judged: Judged, facts: Facts) -> Reason:
    """The reason of a figure that asks for the standard itself."""
    has = _joined(_highest(facts, strand) for strand in (Strand.PROFESSIONAL, Strand.POLITICAL))
    if judged.verdict == Verdict.NO_RULE:
        return Reason(has, NO_RULE)
    open_leaves = [leaf for leaf in _leaves(judged) if leaf.verdict in _OPEN]
    return Reason(
        has, _joined(map(_open, open_leaves)), _joined(leaf.remedy for leaf in open_leaves)
    )


def _highest(facts: Facts, strand: Strand) -> str:
    best = next(iter(facts.of_strand(strand)), None)
    if best is None:
        return ""
    return f"LLCT {wording.lower_first(best.label)}" if strand == Strand.POLITICAL else best.label


def _open(leaf: Leaf) -> str:
    return f"{leaf.dimension}: {leaf.reason}"


def _leaves(judged: Judged) -> list[Leaf]:
    """The leaves of a verdict, those of several posts together."""
    posts = judged.posts if isinstance(judged, PersonVerdict) else (judged,)
    return [leaf for post in posts for leaf in post.leaves]


def beside_standard(reason: Reason, judged: Judged, predicate: Tree, facts: Facts) -> Reason:
    """`reason` with what the standard says beside it: the two are not the same question.

    Outside a ratio is not below standard: who meets the standard need not do anything. Inside it
    is not at the standard: then what the standard still asks is told.
    """
    if not reason.why:
        standard = of_verdict(judged, facts)
        return reason if standard.why == NO_RULE else replace(standard, has=reason.has)
    if not judged.meets:
        return reason
    asked = {
        STRAND_LABELS[each["level"]["strand"]] for each in leaves(predicate) if "level" in each
    }
    special = [
        leaf
        for leaf in _leaves(judged)
        if leaf.verdict == Verdict.SPECIALISED and leaf.dimension in asked
    ]
    if special:
        why = f"luật chuyên ngành áp dụng: {wording.lower_first(special[0].requirement)}"
    else:
        why = f"{reason.why}; tiêu chuẩn của chức danh không đòi mức này"
    return Reason(reason.has, why, f"{reason.to_do} (không bắt buộc)")


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(part for part in parts if part))
