"""What an import asks its sender to look at again; nothing of it forbids to write."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cadres.careers import crowding, crowding_words
from cadres.models import Holding
from cadres.records_people import HOLDINGS, PEOPLE
from intake.checks import is_told
from intake.directory import in_chunks
from intake.reader import Problem

if TYPE_CHECKING:
    from intake.plan import Change

RENAMED, MISTAKEN, CROWDED = "renamed", "mistaken", "crowded"
# What tells who a person is, beside the name: one may be corrected, two at once are another person.
_IDENTITY = {"sex": "giới tính", "born_on": "ngày sinh", "national_id": "số CCCD"}
_PLACE = {"post", "commune", "valid_from", "valid_to"}


def warnings_of(changes: Sequence["Change"]) -> list[Problem]:
    """People under another name, people who seem others, and holders beyond the number of a post.
    One query at most."""
    return [*_renamed(changes), *_mistaken(changes), *_crowded(changes)]


def _renamed(changes: Sequence["Change"]) -> Iterator[Problem]:
    """A number that fits with a name that does not is most often a column out of step."""
    for change in changes:
        if change.table is PEOPLE and not change.is_new and "full_name" in change.before:
            old, new = change.before["full_name"], change.row.full_name
            yield change.source.problem(
                "full_name",
                f"Đổi họ tên: {old} → {new}, hãy kiểm tra có lệch cột không.",
                "Đúng là đổi tên thì cứ ghi; nếu lệch cột, sửa tệp rồi tải lên lại.",
                kind=RENAMED,
            )


def _mistaken(changes: Sequence["Change"]) -> Iterator[Problem]:
    """Two things at once that tell who someone is, or a full birth date that becomes less."""
    for change in changes:
        if change.table is not PEOPLE or change.is_new:
            continue
        changed = [code for code in _IDENTITY if change.before.get(code)]
        was, now = change.before.get("born_on"), change.row.born_on
        if len(changed) > 1 or (was and now and len(now.iso) < len(was.iso)):
            yield change.source.problem(
                changed[0],
                f"Đổi {', '.join(_IDENTITY[code] for code in changed)} của "
                f"{change.row.full_name} ({change.row.code}), hãy kiểm tra có nhầm người không.",
                "Đúng là sửa hồ sơ thì cứ ghi; nếu nhầm dòng hoặc lệch cột, sửa tệp rồi tải lại.",
                kind=MISTAKEN,
            )


def _crowded(changes: Sequence["Change"]) -> Iterator[Problem]:
    told = [c for c in changes if c.table is HOLDINGS and is_told(c)]
    mine = [c for c in told if _PLACE & {*c.before} and c.row.post.per_commune is not None]
    beside = _holders(mine, told) if mine else {}
    for change in mine:
        key = (change.row.post_id, change.row.commune_id)
        others = crowding(change.row, [each for each in beside[key] if each is not change.row])
        if others:
            yield change.source.problem(
                "post",
                crowding_words(change.row, others),
                "Kiểm tra chức danh, đơn vị và ngày; nếu đúng như vậy thì cứ ghi.",
                kind=CROWDED,
            )


def _holders(
    mine: Sequence["Change"], told: Sequence["Change"]
) -> dict[tuple[int, int], list[Holding]]:
    """Who holds each post in each unit once the import is done."""
    rows = {change.row.pk for change in told if change.row.pk}
    found: dict[tuple[int, int], list[Holding]] = defaultdict(list)
    for change in told:
        found[change.row.post_id, change.row.commune_id].append(change.row)
    posts = {change.row.post_id for change in mine}
    stored = Holding.objects.filter(post__in=posts).select_related("cadre", "post", "commune")
    for holding in in_chunks(stored, "commune_id", {c.row.commune_id for c in mine}):
        if holding.pk not in rows:
            found[holding.post_id, holding.commune_id].append(holding)
    return found
