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

RENAMED, CROWDED = "renamed", "crowded"
_PLACE = {"post", "commune", "valid_from", "valid_to"}


def warnings_of(changes: Sequence["Change"]) -> list[Problem]:
    """People under another name, and holders beyond the number of a post. One query at most."""
    return [*_renamed(changes), *_crowded(changes)]


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
