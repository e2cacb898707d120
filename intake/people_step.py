"""Doubtful rows of an old list beside the people on record whom they may mean, and beside rows of
the file that may be about the same person."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cadres.alike import traits_of
from cadres.models import Cadre, Holding, Post
from cadres.rules.likeness import Likeness, Traits, likeness
from daitu_portal.dates import PartialDate
from intake.healing.staging import Staging
from intake.namesakes import SAME, written

_LINES = (
    ("full_name", "Họ và tên"), ("born_on", "Ngày sinh"), ("sex", "Giới tính"),
    ("national_id", "Số CCCD"), ("phone", "Điện thoại"), ("home_town", "Quê quán"),
    ("posts", "Chức vụ, chức danh"),
)  # fmt: skip
_SEX = {"Nam": Cadre.Sex.MALE, "Nữ": Cadre.Sex.FEMALE}


@dataclass(frozen=True)
class DoubtfulRow:
    """A row of the file, what it tells, whom in sight it may mean, the likeliest first, and which
    rows of the file may be of the same person: what each tells, by its place."""

    place: str
    told: Mapping[str, Any]
    candidates: Sequence[Cadre]
    rows: Mapping[str, Mapping[str, Any]]

    @property
    def choices(self) -> list[str]:
        return [*(each.code for each in self.candidates), *(SAME + place for place in self.rows)]


def doubtful_rows(
    staged: Iterable[Mapping[str, Any]], user: User, staging: Staging
) -> list[DoubtfulRow]:
    """The rows of a page of the staging with their candidates, posts by name. Three queries."""
    rows = [(row, json.loads(row["candidates"])) for row in staged]
    posts = dict(Post.objects.values_list("code", "name"))
    keys = {key for _, candidates in rows for key in candidates}
    people = Cadre.objects.visible_to(user).filter(pk__in=keys).in_bulk()
    for cadre in people.values():
        cadre.held = []
    held = Holding.objects.filter(cadre__in=people).select_related("post", "commune")
    for holding in held.order_by("-valid_from", "pk"):
        people[holding.cadre_id].held.append(holding)
    found = []
    for row, candidates in rows:
        told = _told_of_row(row, posts)
        mine = _traits(told)
        near = [people[key] for key in candidates if key in people]
        near.sort(key=lambda each: (-_score(mine, each), each.pk))
        places = json.loads(row.get("rows") or "[]")  # not in what an older version staged
        beside = {
            written(place): _told_of_row(other, posts)
            for place in places
            for other in staging.rows("people", sheet=place[0], row=place[1], limit=1)
        }
        found.append(DoubtfulRow(written((row["sheet"], row["row"])), told, near, beside))
    return found


def _told_of_row(staged: Mapping[str, Any], posts: Mapping[str, str]) -> Mapping[str, Any]:
    told = json.loads(staged["told"])
    post = told.get("holding.post", "")
    return {**told, "holding.post": posts.get(post, post)}


def _traits(told: Mapping[str, Any]) -> Traits:
    born_on = told.get("born_on")
    return Traits(
        told.get("full_name", ""),
        PartialDate.parse(born_on) if born_on else None,
        _SEX.get(told.get("sex", ""), ""),
        told.get("national_id", "") or "",
        told.get("phone", "") or "",
    )


def _score(mine: Traits, cadre: Cadre) -> int:
    found = likeness(mine, traits_of(cadre))
    return found.score if found else 0


def compared(row: DoubtfulRow) -> Mapping[str, Any]:
    """What the page shows of a row: whom it may mean (choice, label, key of a record, how alike,
    why), and lines of what it tells and each of them has."""
    mine = _traits(row.told)
    people = [(each, likeness(mine, traits_of(each))) for each in row.candidates]
    rows = [(place, likeness(mine, _traits(told))) for place, told in row.rows.items()]
    return {
        "place": row.place,
        "people": [
            *((each.code, each.code, each.pk, *_how(found)) for each, found in people),
            *((SAME + place, f"Dòng {place}", None, *_how(found)) for place, found in rows),
        ],
        "lines": [
            (label, _told_in_file(row.told, code),
             [*(_told_of(cadre, code) for cadre in row.candidates),
              *(_told_in_file(told, code) for told in row.rows.values())])
            for code, label in _LINES
        ],
    }  # fmt: skip


def _how(found: Likeness | None) -> tuple[int, str]:
    return (min(found.score, 99), found.words) if found else (0, "chỉ cùng họ tên")


def _told_in_file(told: Mapping[str, Any], code: str) -> Any:
    return told.get("holding.post" if code == "posts" else code, "")


def _told_of(cadre: Cadre, code: str) -> str:
    if code == "posts":
        return "; ".join(f"{each.post.name}, {each.commune.name}" for each in cadre.held[:3])
    if code == "sex":
        return cadre.get_sex_display()
    if code == "national_id":
        number = cadre.national_id or ""
        return f"{'•' * max(len(number) - 4, 0)}{number[-4:]}"
    return str(getattr(cadre, code) or "")
