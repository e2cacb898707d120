"""Doubtful rows of an old list beside the people on record whom they may mean."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cadres.alike import traits_of
from cadres.models import Cadre, Holding, Post
from cadres.rules.likeness import Traits, likeness
from daitu_portal.dates import PartialDate

_LINES = (
    ("full_name", "Họ và tên"), ("born_on", "Ngày sinh"), ("sex", "Giới tính"),
    ("national_id", "Số CCCD"), ("phone", "Điện thoại"), ("home_town", "Quê quán"),
    ("posts", "Chức vụ, chức danh"),
)  # fmt: skip
_SEX = {"Nam": Cadre.Sex.MALE, "Nữ": Cadre.Sex.FEMALE}


@dataclass(frozen=True)
class DoubtfulRow:
    """A row of the file, what it tells, and whom in sight it may mean, the likeliest first."""

    place: str
    told: Mapping[str, Any]
    candidates: Sequence[Cadre]

    @property
    def codes(self) -> list[str]:
        return [each.code for each in self.candidates]


def doubtful_rows(staged: Iterable[Mapping[str, Any]], user: User) -> list[DoubtfulRow]:
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
        told = json.loads(row["told"])
        post = told.get("holding.post", "")
        told["holding.post"] = posts.get(post, post)
        mine = _traits(told)
        near = [people[key] for key in candidates if key in people]
        near.sort(key=lambda each: (-_score(mine, each), each.pk))
        found.append(DoubtfulRow(f"{row['sheet']}!{row['row']}", told, near))
    return found


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
    """What the page shows of a row: lines of what it tells and each candidate has, and how alike
    each is."""
    mine = _traits(row.told)
    found = [likeness(mine, traits_of(each)) for each in row.candidates]
    told = {**row.told, "posts": row.told.get("holding.post", "")}
    return {
        "place": row.place,
        "people": [
            (cadre, min(how.score, 99) if how else 0, how.words if how else "chỉ cùng họ tên")
            for cadre, how in zip(row.candidates, found, strict=True)
        ],
        "lines": [
            (label, told.get(code, ""), [_told_of(cadre, code) for cadre in row.candidates])
            for code, label in _LINES
        ],
    }


def _told_of(cadre: Cadre, code: str) -> str:
    if code == "posts":
        return "; ".join(f"{each.post.name}, {each.commune.name}" for each in cadre.held[:3])
    if code == "sex":
        return cadre.get_sex_display()
    if code == "national_id":
        number = cadre.national_id or ""
        return f"{'•' * max(len(number) - 4, 0)}{number[-4:]}"
    return str(getattr(cadre, code) or "")
