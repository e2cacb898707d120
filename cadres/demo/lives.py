"""One invented life: a person with posts, seats, qualifications, trainings and ratings."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from django.db.models import Model

from cadres.demo.people import a_day, partly
from cadres.demo.places import Place
from cadres.models import (
    Cadre,
    CommitteeMembership,
    Holding,
    Post,
    Qualification,
    Rating,
    ShortTraining,
    StudyField,
    Term,
)
from cadres.models.post import LegalCategory
from daitu_portal.dates import PartialDate

TODAY = date(2023, 6, 8)  # nothing is recorded about people after this day
FIRST_RATED, LAST_RATED = 2015, 2022
_FOR_A_RATING = timedelta(days=182)
_ROWS_AT_ONCE = 500
MAJORS = {
    "law": ["Luật", "Luật kinh tế"],
    "military_base": ["Quân sự cơ sở"],
    "finance_accounting": ["Kế toán", "Tài chính – ngân hàng"],
    "land_agriculture": ["Quản lý đất đai", "Nông học", "Lâm nghiệp"],
    "construction_environment": ["Kỹ thuật xây dựng", "Khoa học môi trường"],
    "administration": ["Quản lý nhà nước", "Hành chính học", "Quản trị văn phòng"],
    "culture_society": ["Quản lý văn hóa", "Công tác xã hội"],
    "economics": ["Quản trị kinh doanh", "Kinh tế nông nghiệp"],
    "party_building": ["Xây dựng Đảng và chính quyền nhà nước"],
}
_SCHOOLS = {
    "law": "Trường Đại học Luật (giả định)",
    "military_base": "Trường Quân sự (giả định)",
    "land_agriculture": "Trường Đại học Nông Lâm (giả định)",
}
_TERM_OF = {
    "CB01": "dang_bo", "CB02": "dang_bo", "CB03": "hdnd", "CB04": "hdnd", "CB05": "ubnd",
    "CB06": "ubnd", "CB07": "mttq", "CB08": "doan", "CB09": "phu_nu", "CB10": "nong_dan",
    "CB11": "ccb", "NK01": "mttq", "NK02": "doan", "NK03": "phu_nu", "NK04": "nong_dan",
    "NK05": "ccb",
}  # fmt: skip


class Catalogue:
    """Posts, terms and fields of study by the names the demo calls them."""

    def __init__(self) -> None:
        self.posts = {post.code: post for post in Post.objects.all()}
        self.fields = {each.code: each for each in StudyField.objects.all()}
        self.terms: dict[str, list[Term]] = {}
        for term in Term.objects.order_by("organisation", "valid_from"):
            self.terms.setdefault(term.organisation, []).append(term)
        self._term_on = cache(self._find_term)

    def _find_term(self, organisation: str, day: date) -> Term | None:
        return next((t for t in self.terms.get(organisation, []) if t.is_in_force(day)), None)

    def term(self, organisation: str, day: date) -> Term | None:
        return self._term_on(organisation, day)

    def ends_of_terms(self, organisation: str) -> list[date]:
        return [term.valid_from for term in self.terms.get(organisation, [])[1:]]


@dataclass
class Life:
    """A person and the rows of the record; nothing is saved before `save_all`."""

    cadre: Cadre
    born_on: date
    rng: random.Random
    catalogue: Catalogue
    holdings: list[Holding] = field(default_factory=list)
    memberships: list[CommitteeMembership] = field(default_factory=list)
    qualifications: list[Qualification] = field(default_factory=list)
    trainings: list[ShortTraining] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    others: list[Model] = field(default_factory=list)  # rows that no figure asks

    def add(self, row: Model) -> None:
        """A row of the profile, the pay or the merits."""
        self.others.append(row)

    def hold(self, codes: Iterable[str], place: Place, begins: date, ends: date | None) -> None:
        """Hold posts in a place between two days; the first of `codes` is the main one."""
        for number, code in enumerate(codes):
            post = self.catalogue.posts[code]
            for unit, start, stop in place.stretches(begins, ends):
                if post.code == "CC04B" and unit.kind == "thi_tran":
                    post = self.catalogue.posts["CC04A"]
                elif post.code == "CC04A" and unit.kind == "xa":
                    post = self.catalogue.posts["CC04B"]
                self._hold_one(post, unit, start, stop, is_main=number == 0)

    def _hold_one(self, post, unit, start: date, stop: date, *, is_main: bool) -> None:
        organisation = _TERM_OF.get(post.code, "")
        standing = (
            Holding.Standing.ELECTED
            if organisation
            else Holding.Standing.RECRUITED
            if post.category == LegalCategory.CIVIL_SERVANT
            else Holding.Standing.APPOINTED
        )
        if post.valid_to:
            stop = min(stop, post.valid_to)
        self.holdings.append(
            Holding(
                cadre=self.cadre,
                post=post,
                commune=unit,
                valid_from=start,
                valid_to=stop,
                is_main=is_main,
                standing=standing,
                term=self.catalogue.term(organisation, start) if organisation else None,
                decision_number=f"{self.rng.randint(1, 999)}/QĐ-GĐ",
            )
        )

    def sit(self, place: Place, role: str, begins: date, ends: date | None) -> None:
        """Sit in the Party committee of a place: a row for each term and each unit."""
        breaks = [day for day in self.catalogue.ends_of_terms("dang_bo") if day > begins]
        for unit, start, stop in place.stretches(begins, ends):
            cuts = [day for day in breaks if start < day < stop]
            for first, until in zip([start, *cuts], [*cuts, stop], strict=True):
                self.memberships.append(
                    CommitteeMembership(
                        cadre=self.cadre,
                        commune=unit,
                        role=role,
                        valid_from=first,
                        valid_to=until,
                        term=self.catalogue.term("dang_bo", first),
                    )
                )

    def learn(
        self,
        strand: str,
        rank: int,
        on: date | PartialDate,
        *,
        major_in: str = "",
        evidence: str = "diploma",
        **fields,
    ) -> None:
        """Reach a level; a day on or before the last recorded one may be known in part only."""
        awarded = on
        if isinstance(on, date):
            # A bare year is read at its first day: the last two years are known whole.
            awarded = (
                PartialDate.of(on)
                if on.year >= TODAY.year - 1
                else partly(self.rng, on, whole=0.5, month=0.25)
            )
        if major_in:
            fields["field"] = self.catalogue.fields[major_in]
            fields["major"] = self.rng.choice(MAJORS[major_in])
            fields["institution"] = _SCHOOLS.get(major_in, "Trường Đại học (giả định)")
            fields["study_form"] = self.rng.choice(["full_time", "part_time", "part_time"])
        if rank and strand in ("professional", "political"):
            fields["evidence_number"] = f"GĐ{self.rng.randint(1, 999_999):06d}"
        self.qualifications.append(
            Qualification(
                cadre=self.cadre,
                strand=strand,
                rank=rank,
                awarded_on=awarded,
                evidence=evidence if rank else "declaration",
                **fields,
            )
        )

    def train(self, content: str, first: date, last: date) -> None:
        """Take a short course some day between `first` and `last`."""
        day = a_day(self.rng, first, last)
        self.trainings.append(
            ShortTraining(
                cadre=self.cadre,
                content=content,
                completed_on=PartialDate.of(day)
                if day.year >= TODAY.year - 1
                else partly(self.rng, day, whole=0.6, month=0.3),
                hours=self.rng.choice([16, 24, 40, 40, 80]),
                institution="Trung tâm Chính trị huyện (giả định)",
            )
        )

    def years_to_rate(self) -> list[int]:
        """The years in which a cadre or civil servant worked six months or more."""
        found = []
        spans = [
            (each.valid_from, each.valid_to or date.max)
            for each in self.holdings
            if each.is_main and each.post.category in ("cadre", "civil_servant")
        ]
        for year in range(FIRST_RATED, LAST_RATED + 1):
            first, after = date(year, 1, 1), date(year + 1, 1, 1)
            days = [min(stop, after) - max(start, first) for start, stop in spans]
            if sum((d for d in days if d > timedelta(0)), timedelta(0)) >= _FOR_A_RATING:
                found.append(year)
        return found

    def rate(self, year: int, level: int) -> None:
        self.ratings.append(
            Rating(
                cadre=self.cadre,
                year=year,
                level=level,
                decided_on=date(year, 12, 12),
                decision_number=f"{year}/XL-GĐ",
            )
        )

    def serves(self, day: date) -> bool:
        return any(each.is_in_force(day) for each in [*self.holdings, *self.memberships])


def save_all(lives: Iterable[Life]) -> None:
    """Write the lives, table by table."""
    lives = list(lives)
    Cadre.objects.bulk_create([life.cadre for life in lives], batch_size=_ROWS_AT_ONCE)
    for model, name in (
        (Holding, "holdings"),
        (CommitteeMembership, "memberships"),
        (Qualification, "qualifications"),
        (ShortTraining, "trainings"),
        (Rating, "ratings"),
    ):
        rows = [row for life in lives for row in getattr(life, name)]
        for row in rows:
            row.cadre = row.cadre  # takes over the key that the person has only now
        model.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)
    _save_others(lives)


def _save_others(lives: Iterable[Life]) -> None:
    by_model: dict[type[Model], list[Model]] = {}
    for life in lives:
        for row in life.others:
            row.cadre = life.cadre  # type: ignore[attr-defined]  # with the key it has only now
            by_model.setdefault(type(row), []).append(row)
    for model, rows in by_model.items():
        model._default_manager.bulk_create(rows, batch_size=_ROWS_AT_ONCE)
