"""What an import asks its sender to look at again; nothing of it forbids to write."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from accounts.models import User
from cadres.alike import Alike, likest, traits_of
from cadres.careers import crowding, crowding_words
from cadres.models import Cadre, Holding
from cadres.models import Change as RecordChange
from cadres.records_people import HOLDINGS, PEOPLE
from daitu_portal.dates import PartialDate
from daitu_portal.text import sound_key
from intake.across import Across, likeness_keys
from intake.checks import is_told
from intake.directory import in_chunks
from intake.reader import Problem
from intake.rules.identity_digits import said_by

if TYPE_CHECKING:
    from intake.plan import Change

RENAMED, MISTAKEN, CROWDED, ALIKE = "renamed", "mistaken", "crowded", "alike"
REDATED, NUMBER = "redated", "number"
OUTDATED, LEFT_OUT, UNREAD = "outdated", "left_out", "unread"
_MOST_TOLD = 3  # of those whom one new person resembles
# What tells who a person is, beside the name: one may be corrected, two at once are another person.
_IDENTITY = {"sex": "giới tính", "born_on": "ngày sinh", "national_id": "số CCCD"}
_PLACE = {"post", "commune", "valid_from", "valid_to"}


def warnings_of(changes: Sequence["Change"], scope: User | None, across: Across) -> list[Problem]:
    """People under another name, people who seem others, numbers of another sex or year, posts held
    since another day, new people who may be on record already, and holders beyond the number of a
    post. Four queries at most, for each 5 000 new people.

    To a sender with a `scope` nothing is told of people outside it but that there are some."""
    return [
        *_renamed(changes), *_mistaken(changes), *_of_other_number(changes), *_redated(changes),
        *_alike(changes, scope, across), *_crowded(changes, across),
    ]  # fmt: skip


def outdated(changes: Sequence["Change"], since: datetime | None) -> Iterator[Problem]:
    """Records that changed after the file was written: an old cell of it may bring back what was
    mended meanwhile. One query, none for a file that does not say when it was written."""
    mine = [each for each in changes if each.before and each.cadre.pk] if since else []
    if not mine:
        return
    keys = {each.cadre.pk for each in mine}
    moved = set(in_chunks(
        RecordChange.objects.filter(at__gt=since).values_list("cadre", flat=True), "cadre", keys
    ))  # fmt: skip
    for change in mine:
        if change.cadre.pk in moved:
            yield change.source.problem(
                next(iter(change.before)),
                f"Hồ sơ của {change.cadre.full_name} đã đổi sau khi xuất tệp này; ô cũ trong tệp "
                "có thể ghi đè lên giá trị mới.",
                "Xem “trước” và “sau” của dòng; nếu tệp đã cũ, xuất lại danh sách rồi sửa.",
                kind=OUTDATED,
            )


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
    """Two things at once that tell who someone is, a full birth date that becomes less, or a birth
    year or month that is no longer the one on record."""
    for change in changes:
        if change.table is not PEOPLE or change.is_new:
            continue
        changed = [code for code in _IDENTITY if change.before.get(code)]
        was, now = change.before.get("born_on"), change.row.born_on
        if len(changed) > 1 or (was and now and not _may_be_one(was, now)):
            dates = f": ngày sinh {was} → {now}" if was and now else ""
            yield change.source.problem(
                changed[0],
                f"Đổi {', '.join(_IDENTITY[code] for code in changed)} của "
                f"{change.row.full_name} ({change.row.code}){dates}; "
                "hãy kiểm tra có nhầm người không.",
                "Đúng là sửa hồ sơ thì cứ ghi; nếu nhầm dòng hoặc lệch cột, sửa tệp rồi tải lại.",
                kind=MISTAKEN,
            )


def _of_other_number(changes: Sequence["Change"]) -> Iterator[Problem]:
    """People whose CCCD says another sex or year of birth than their record will, where the file
    tells one of them anew."""
    for change in changes:
        is_told = change.is_new or not _IDENTITY.keys().isdisjoint(change.before)
        if change.table is not PEOPLE or not is_told:
            continue
        words = "; ".join(_unlike_number(change.row))
        if words:
            yield change.source.problem(
                "national_id",
                f"Số CCCD của {change.row.full_name} cho biết {words}.",
                "Kiểm tra số CCCD, giới tính và ngày sinh; nếu đúng như giấy tờ thì cứ ghi.",
                kind=NUMBER,
            )


def _unlike_number(cadre: Cadre) -> Iterator[str]:
    """What the digits of someone's CCCD say beside what the record says otherwise."""
    said = said_by(cadre.national_id or "")
    born_on = cadre.born_on if isinstance(cadre.born_on, PartialDate) else None
    if said and cadre.sex and said.sex != cadre.sex:
        told = Cadre.Sex(said.sex).label
        yield f"giới tính {told}, mà giới tính ghi là {cadre.get_sex_display()}"
    if said and born_on and said.year != born_on.year:
        yield f"năm sinh {said.year}, mà ngày sinh ghi là {born_on}"


def _redated(changes: Sequence["Change"]) -> Iterator[Problem]:
    """A day that is put right may be one on which the person was given the same post again."""
    for change in changes:
        if change.table is HOLDINGS and not change.is_new and "valid_from" in change.before:
            was, now = change.before["valid_from"], change.row.valid_from
            yield change.source.problem(
                "valid_from",
                f"Sửa ngày giữ chức vụ của {change.cadre.full_name}: {was:%d/%m/%Y} → "
                f"{now:%d/%m/%Y}; không thêm chức vụ mới.",
                "Đúng là sửa ngày thì cứ ghi; nếu là lần bổ nhiệm sau, kết thúc chức vụ cũ trước.",
                kind=REDATED,
            )


def _may_be_one(was: PartialDate, now: PartialDate) -> bool:
    """Whether a birth date is the one on record, told more exactly, or a full one put right."""
    return now.iso.startswith(was.iso) or was.precision == now.precision == "day"


def _alike(changes: Sequence["Change"], scope: User | None, across: Across) -> Iterator[Problem]:
    """New people who may be someone on record, or someone of an earlier row."""
    new = [c for c in changes if c.table is PEOPLE and c.is_new and c.row.full_name]
    places: dict[int, Any] = {id(change.row): change.source for change in new}
    keys = [likeness_keys(change.row) for change in new]
    earlier = across.new_like({key for mine in keys for key in mine})
    places |= {id(cadre): place for cadre, place in earlier}
    by_key = _by_key(new, keys, [cadre for cadre, _ in earlier])
    mine = _in_scope(by_key, scope)
    for change, mine_keys in zip(new, keys, strict=True):
        seen = {id(other): other for key in mine_keys for other in by_key[key]}
        seen.pop(id(change.row), None)
        others = [o for o in seen.values() if o.pk or _is_before(places[id(o)], change.source)]
        found = likest(traits_of(change.row), others)
        told = [
            each for each in found if mine is None or not each.cadre.pk or each.cadre.pk in mine
        ]
        words = [_whom(each, places) for each in told[:_MOST_TOLD]]
        if any(each.likeness.is_likely for each in found if each not in told):
            words.append("có người khớp ở đơn vị khác; huyện sẽ kiểm tra")
        if words:
            yield change.source.problem(
                "full_name",
                f"{change.row.full_name} giống người khác, hãy kiểm tra có phải một người: "
                f"{'; '.join(words)}.",
                "Nếu là một người, ghi số hiệu của người ấy vào dòng này; nếu không, cứ ghi.",
                kind=ALIKE,
                about=[each.cadre.pk for each in told[:_MOST_TOLD] if each.cadre.pk],
            )


def _in_scope(by_key: Mapping[Any, Sequence[Cadre]], scope: User | None) -> set[int] | None:
    """Keys of those whom `scope` may see; None: everybody. One query for a scope."""
    if scope is None:
        return None
    keys = {each.pk for people in by_key.values() for each in people}
    visible = Cadre.objects.visible_to(scope).values_list("pk")
    return {key for (key,) in in_chunks(visible, "pk", keys)}


def _is_before(one: Any, other: Any) -> bool:
    return (one.sheet, one.number) < (other.sheet, other.number)


def _whom(alike: Alike, places: Mapping[int, Any]) -> str:
    other = alike.cadre
    who = other.code if other.pk else f"dòng {places[id(other)].number}"
    return f"{other.full_name} ({who}; {alike.likeness.words})"


def _by_key(
    new: Sequence["Change"], keys: Sequence[Sequence[tuple[str, str]]], earlier: Sequence[Cadre]
) -> Mapping[tuple[str, str], list[Cadre]]:
    """Those on record and those of the file by what may make them one with someone new."""
    found: dict[tuple[str, str], list[Cadre]] = defaultdict(list)
    people = [change.row for change in new]
    known = {
        cadre.pk: cadre
        for name, values in (
            ("sound_key", {sound_key(each.full_name) for each in people}),
            ("phone", {each.phone for each in people}),
        )
        for cadre in in_chunks(Cadre.objects.filter(is_kept=True), name, values)
    }
    others = [*known.values(), *earlier]
    pairs = [*((each, likeness_keys(each)) for each in others), *zip(people, keys, strict=True)]
    for each, mine in pairs:
        for key in mine:
            found[key].append(each)
    return found


def _crowded(changes: Sequence["Change"], across: Across) -> Iterator[Problem]:
    told = [c for c in changes if c.table is HOLDINGS and is_told(c)]
    mine = [c for c in told if _PLACE & {*c.before} and c.row.post.per_commune is not None]
    beside = _holders(mine, told) if mine else {}
    for key in {(change.row.post_id, change.row.commune_id) for change in mine}:
        beside[key] += across.holders(*key)
    for change in mine:
        key = (change.row.post_id, change.row.commune_id)
        others = crowding(change.row, [each for each in beside[key] if each is not change.row])
        if others:
            yield change.source.problem(
                "post",
                crowding_words(change.row, others),
                "Kiểm tra chức danh, đơn vị và ngày; nếu đúng như vậy thì cứ ghi.",
                kind=CROWDED,
                about=[each.cadre_id for each in others if each.cadre_id],
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
