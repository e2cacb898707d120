"""Requirements and what people have, in the plain words of the office. Pure."""

from datetime import date
from typing import Any

from cadres.rules.levels import CONTENT_LABELS, STRAND_LABELS, Content, Strand, level_label
from cadres.rules.requirements import CONFIRMATION, Facts, Tree, answer, counts, leaves

_DOCUMENTS_OF = {
    Strand.GENERAL: "bằng giáo dục phổ thông",
    Strand.PROFESSIONAL: "bằng chuyên môn",
    Strand.POLITICAL: "bằng lý luận chính trị",
}


def lower_first(text: str) -> str:
    """Lower the first letter, unless the word is an abbreviation (CNTT, THPT)."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _level_name(level: Tree) -> str:
    return lower_first(level_label(level["strand"], level["min"]))


def wanted(tree: Tree) -> str:
    """What a requirement asks for, e.g. "đại học" or "bồi dưỡng nghiệp vụ hộ tịch"."""
    ((word, value),) = tree.items()
    if word == "level":
        fitting = " ngành phù hợp" if value.get("fields") or value.get("usual_fields") else ""
        return f"{_level_name(value)}{fitting}"
    if word == "training":
        return f"bồi dưỡng {lower_first(CONTENT_LABELS[Content(value)])}"
    if word == "age":
        return f"đủ {value['min']} tuổi"
    if word == "entry_age":
        men, women = value["max"]["M"], value["max"]["F"]
        limit = f"{men}" if men == women else f"{men} (nam), {women} (nữ)"
        return f"tham gia lần đầu không quá {limit} tuổi"
    if word == "recruited_before":
        return f"tuyển dụng trước ngày {date.fromisoformat(value):%d/%m/%Y}"
    if word == "held_before":
        return f"giữ chức vụ trước ngày {date.fromisoformat(value):%d/%m/%Y}"
    joint = " và " if word == "all" else " hoặc "
    return joint.join(wanted(branch) for branch in value)


def named(leaf: Tree) -> str:
    """What a leaf asks for, with its strand where the level's name is that of several strands."""
    strand = leaf["level"]["strand"] if "level" in leaf else Strand.PROFESSIONAL
    if strand in (Strand.GENERAL, Strand.PROFESSIONAL):
        return wanted(leaf)
    return f"{wanted(leaf)} {lower_first(STRAND_LABELS[Strand(strand)])}"


def held(tree: Tree, facts: Facts, posts: frozenset[str]) -> str:
    """What the record holds toward a requirement; "" where it holds nothing."""
    parts = [_held_toward(leaf, facts, posts) for leaf in leaves(tree)]
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _held_toward(leaf: Tree, facts: Facts, posts: frozenset[str]) -> str:
    ((word, value),) = leaf.items()
    if word == "level":
        records = facts.of_strand(value["strand"])
        best = next((r for r in records if counts(r, value)), records[0] if records else None)
        return best.label if best else ""
    if word == "training" and facts.trained_in(value):
        return f"đã bồi dưỡng {lower_first(CONTENT_LABELS[Content(value)])}"
    if word in ("age", "entry_age") and facts.born:
        entry = facts.first_entry(posts)
        since = f", tham gia lần đầu {entry:%d/%m/%Y}" if word == "entry_age" and entry else ""
        return f"sinh {facts.born}{since}"
    return ""


def _open_leaves(tree: Tree, facts: Facts) -> list[tuple[Tree, str, Any]]:
    """The leaves that are not met yet, each with its word and value: of those that are, nothing is
    lacking and nothing is to be done."""
    return [
        (leaf, word, value)
        for leaf in leaves(tree)
        for word, value in leaf.items()
        if answer(leaf, facts) is not True
    ]


def lacking(tree: Tree, facts: Facts) -> str:
    """What is not in the record, for the reason of "thiếu dữ liệu"."""
    parts = []
    for leaf, word, value in _open_leaves(tree, facts):
        if word == "level" and not facts.of_strand(value["strand"]):
            parts.append(f"chưa có hồ sơ {lower_first(STRAND_LABELS[Strand(value['strand'])])}")
        elif word == "level":
            parts.append("chưa ghi ngành đào tạo hoặc ngày cấp giấy xác nhận")
        elif word == "training":
            parts.append(f"chưa có chứng nhận {wanted(leaf)}")
        elif word in ("age", "entry_age"):
            parts.append("ngày sinh hoặc ngày tham gia lần đầu chưa đủ rõ")
        elif word == "recruited_before":
            parts.append("ngày tuyển dụng chưa đủ rõ")
    return "; ".join(dict.fromkeys(parts))


def to_do(tree: Tree, facts: Facts, *, is_missing: bool) -> str:
    """What would settle a requirement: complete the record, or send to study."""
    for leaf, word, value in _open_leaves(tree, facts):
        if is_missing and word == "level":
            paper = _DOCUMENTS_OF.get(Strand(value["strand"]), "chứng chỉ")
            return f"Bổ sung hồ sơ: {paper}"
        if is_missing and word == "training":
            return f"Bổ sung chứng nhận hoặc cử {wanted(leaf)}"
        if is_missing:
            return "Bổ sung ngày sinh, ngày tuyển dụng, quá trình công tác"
        if word == "level":
            return f"Cử học {named(leaf)}"
    return "Xem xét bố trí"


def usual_field_note(tree: Tree, facts: Facts) -> str:
    """A note where a level is reached only in a field that is not on the assumed list."""
    for leaf in leaves(tree):
        level = leaf.get("level")
        if not level or not level.get("usual_fields"):
            continue
        good = [r for r in facts.of_strand(level["strand"]) if counts(r, level)]
        if good and not any(r.field in level["usual_fields"] for r in good):
            return "ngành đào tạo không có trong danh mục ngành phù hợp (giả định): cần xem lại"
    return ""


def late_confirmation_note(tree: Tree, facts: Facts) -> str:
    """A note where a paper of confirmation came too late to count."""
    for leaf in leaves(tree):
        level = leaf.get("level")
        if not level or "confirmation_before" not in level:
            continue
        for record in facts.of_strand(level["strand"]):
            is_paper = record.evidence == CONFIRMATION and record.rank >= level["min"]
            if is_paper and counts(record, level) is False:
                return f"giấy xác nhận cấp {record.awarded} không được tính (Kết luận 09-KL/TW)"
    return ""
