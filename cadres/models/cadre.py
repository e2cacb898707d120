"""People: cadres, civil servants, part-time staff and members of Party committees."""

import re
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.urls import reverse

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models.attachment import Attachment, PaperItem
from cadres.models.change import Change, JournalNote
from cadres.models.commune import Commune
from cadres.models.holding import CommitteeMembership, Holding, cadres_last_in
from cadres.models.merit import Award, Discipline
from cadres.models.pay import SalaryStep
from cadres.models.period import on_day
from cadres.models.post import PostManagement
from cadres.models.qualification import Qualification
from cadres.models.rating import Rating
from cadres.models.status import Status
from daitu_portal.fields import (
    CleanCharField,
    NameSortField,
    NationalIdField,
    PartialDateField,
    SearchTextField,
    SoundKeyField,
    mask,
)
from daitu_portal.text import fold, has_word


def _number_of(rows):
    """How many `rows` of a person there are, as a subquery."""
    counted = rows.order_by().values("cadre").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _serves(day, **where):
    """The condition that someone holds a post or a seat on `day`."""
    return Q(Exists(Holding.objects.filter(on_day(day), cadre=OuterRef("pk"), **where))) | Q(
        Exists(CommitteeMembership.objects.filter(on_day(day), cadre=OuterRef("pk"), **where))
    )


# Asked with each list and page: to put them together takes longer than to ask them.
_serving_on = lru_cache(maxsize=64)(_serves)


@lru_cache(maxsize=64)
def _seat_on(day):
    seats = CommitteeMembership.objects.on(day).filter(cadre=OuterRef("pk"))
    told = JSONObject(role="role", commune_id="commune_id", commune="commune__name")
    return Subquery(seats.values_list(told)[:1])


class CadreQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those `user` may see: the only door to people for code that serves a person.

        The district sees all. A clerk or head sees those who hold a post or membership in the
        commune or a successor of it, or whose last one was there, and people without any whom
        the same user entered, but for another commune. Any other role sees nobody. A record that
        was set aside, as one merged into another is, is nobody's any more.
        """
        if user.role in DISTRICT_ROLES:
            return self.filter(is_kept=True)
        if user.role in COMMUNE_ROLES:
            return self.of_units(Commune.objects.line_of_user(user), user)
        return self.none()

    def of_units(self, line, clerk):
        """Those of the units of `line`, and whom `clerk` entered for one of them without any post
        yet."""
        no_unit = ~Exists(Holding.objects.filter(cadre=OuterRef("pk"))) & ~Exists(
            CommitteeMembership.objects.filter(cadre=OuterRef("pk"))
        )
        elsewhere = Change.objects.filter(cadre=OuterRef("pk"), basis__commune__isnull=False)
        entered = Q(entered_by=clerk) & ~Exists(elsewhere.exclude(basis__commune__in=line))
        mine = cadres_last_in(line) | (entered & no_unit)
        return self.filter(mine, is_kept=True)

    def serving(self, day, **where):
        """Those who hold a post or sit in a Party committee on `day`; `where` says of both rows
        which, as in commune=commune."""
        return self.filter(_serving_on(day) if not where else _serves(day, **where))

    def search(self, text):
        """Those in whose name each word of `text` begins a word, with or without accents; nobody
        where it has no letter and no digit."""
        found = self if has_word(text) else self.none()
        for word in fold(text).split():
            found = found.filter(search_text__contains=f" {word}")
        return found

    def numbered(self, number, fields):
        """Those with exactly this number, however spaced, in one of `fields`: of "national_id",
        "phone" and "code" those that whoever asks may see."""
        digits, code = re.sub(r"\D", "", number), re.sub(r"[^\w./-]", "", number)
        found = Q(code__in={code, code.upper()}) if code and "code" in fields else Q()
        for field in {"national_id", "phone"} & set(fields):
            found |= Q(**{field: digits}) if digits else Q()
        return self.filter(found) if found else self.none()

    def with_record(self, day):
        """Load what lists print and standards ask, in three queries: `career` (every post ever
        held, the main ones first), `held` (qualifications by `day`, the highest of a strand
        first) and `trainings`."""
        career = Holding.objects.with_post_and_commune().with_area(day).main_first()
        return self.prefetch_related(
            Prefetch("holdings", career, to_attr="career"),
            Prefetch("qualifications", Qualification.objects.by(day), to_attr="held"),
            Prefetch("short_trainings", to_attr="trainings"),
        )

    def with_career(self):
        """Load every post ever held as `career`, the main ones first, in one query."""
        career = Holding.objects.with_post_and_commune().main_first()
        return self.prefetch_related(Prefetch("holdings", career, to_attr="career"))

    def with_seats(self):
        """Load every seat ever held in a Party committee as `seats`, in one query."""
        seats = CommitteeMembership.objects.select_related("commune", "term")
        return self.prefetch_related(Prefetch("memberships", seats, to_attr="seats"))

    def with_seat(self, day):
        """Annotate the seat in a Party committee on `day` as `seat`, or None: a dict of `role`,
        `commune_id` and `commune`."""
        return self.annotate(seat=_seat_on(day))

    def with_rating(self, year):
        """Annotate the level at which `year` was rated as `rated`, or None."""
        ratings = Rating.objects.filter(cadre=OuterRef("pk"), year=year)
        return self.annotate(rated=Subquery(ratings.values("level")[:1]))

    def with_managing_level(self, day):
        """Annotate who manages the main post held on `day` as `managed_by`, or None."""
        levels = PostManagement.objects.on(day).filter(
            on_day(day, "post__holdings__"), post__holdings__cadre=OuterRef("pk")
        )
        main_first = levels.order_by("-post__holdings__is_main", "post__order")
        return self.annotate(managed_by=Subquery(main_first.values("level")[:1]))

    def with_pay(self, day):
        """Annotate the step of pay in force on `day` as `pay`, or None: a dict of `grade`, `step`
        and `coefficient`, a decimal number as text."""
        steps = SalaryStep.objects.on(day).filter(cadre=OuterRef("pk")).order_by("-valid_from")
        number = Cast("coefficient", models.CharField())
        told = JSONObject(grade="grade_name", step="step", coefficient=number)
        return self.annotate(pay=Subquery(steps.values_list(told)[:1]))

    def with_state(self, day):
        """Annotate the kind of the state of service on `day` as `state`, the one that began last;
        None for someone who simply works."""
        states = Status.objects.on(day).filter(cadre=OuterRef("pk")).order_by("-valid_from", "-pk")
        return self.annotate(state=Subquery(states.values("kind")[:1]))

    def with_counts(self, day):
        """Annotate what the tabs of a person's pages count: `rating_count` by `day`, how many
        qualifications are of after `day` as `later_count`, `award_count`, `discipline_count`, and
        `note_count` of the journal."""
        ratings = Rating.objects.by(day).filter(cadre=OuterRef("pk"))
        later = Qualification.objects.filter(cadre=OuterRef("pk"), awarded_on__gt=day)
        notes = JournalNote.objects.filter(cadre=OuterRef("pk"))
        return self.annotate(
            rating_count=_number_of(ratings),
            later_count=_number_of(later),
            note_count=_number_of(notes),
            award_count=_number_of(Award.objects.filter(cadre=OuterRef("pk"))),
            discipline_count=_number_of(Discipline.objects.filter(cadre=OuterRef("pk"))),
        )

    def with_profile(self, day):
        """Load the profile beside the person, and annotate the last year rated by `day` as
        `last_rating`, or None: a dict of `year` and `level`."""
        ratings = Rating.objects.by(day).filter(cadre=OuterRef("pk"))
        told = JSONObject(year="year", level="level")
        return self.select_related("profile").annotate(
            last_rating=Subquery(ratings.values_list(told)[:1])
        )

    def with_papers(self, hidden_kinds):
        """Annotate the key of the newest photo as `photo_key` (or None), how many files of the
        person there are without those of `hidden_kinds` as `file_count`, and of the paper file how
        many components were noted and found missing: `papers_noted`, `papers_missing`."""
        files = Attachment.objects.kept().filter(cadre=OuterRef("pk"))
        photos = files.filter(kind=Attachment.Kind.PHOTO).order_by("-pk")
        items = PaperItem.objects.filter(cadre=OuterRef("pk"))
        return self.annotate(
            photo_key=Subquery(photos.values("key")[:1]),
            file_count=_number_of(files.exclude(kind__in=hidden_kinds)),
            papers_noted=_number_of(items),
            papers_missing=_number_of(items.filter(state=PaperItem.State.MISSING)),
        )


class Cadre(models.Model):
    """A person whose record the district keeps."""

    class Sex(models.TextChoices):
        MALE = "M", "Nam"
        FEMALE = "F", "Nữ"

    code = models.CharField("số hiệu", max_length=12, unique=True, blank=True)
    full_name = CleanCharField("họ và tên", max_length=100)
    name_sort_key = NameSortField(source="full_name", max_length=400)
    search_text = SearchTextField(source="full_name")
    sound_key = SoundKeyField(source="full_name")
    other_name = CleanCharField("tên gọi khác", max_length=100, blank=True)
    sex = models.CharField("giới tính", max_length=1, choices=Sex)
    born_on = PartialDateField("ngày sinh", null=True, blank=True)
    national_id = NationalIdField("số CCCD", null=True, blank=True, unique=True)
    phone = models.CharField("điện thoại", max_length=15, blank=True)
    ethnicity = CleanCharField("dân tộc", max_length=40, blank=True)
    religion = CleanCharField("tôn giáo", max_length=60, blank=True)
    birthplace = CleanCharField("nơi sinh", max_length=160, blank=True)
    home_town = CleanCharField("quê quán", max_length=160, blank=True)
    residence = CleanCharField("nơi ở hiện nay", max_length=160, blank=True)
    recruited_on = PartialDateField("ngày tuyển dụng", null=True, blank=True)
    recruited_by = CleanCharField("cơ quan tuyển dụng", max_length=120, blank=True)
    party_joined_on = PartialDateField("ngày vào Đảng", null=True, blank=True)
    party_official_on = PartialDateField("ngày vào Đảng chính thức", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)
    entered_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        verbose_name="người nhập",
        null=True,
        editable=False,
        related_name="+",
    )
    is_kept = models.BooleanField("còn dùng", default=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="đã gộp vào", null=True, blank=True, editable=False,
        related_name="merged",
    )  # fmt: skip
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    # What a page loads beside the row; see CadreQuerySet.with_record.
    career: list[Any]
    held: list[Any]
    trainings: list[Any]

    objects = CadreQuerySet.as_manager()

    class Meta:
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ"
        ordering = ["name_sort_key", "pk"]
        indexes = [
            # with the words beside the order: a search reads this index alone
            models.Index("name_sort_key", "id", "search_text", name="cadre_by_name_with_words"),
            models.Index("phone", name="cadre_by_phone"),
            # people who may be one person: by sound and year, and by the day of birth
            models.Index(fields=["sound_key", "born_on"], name="cadre_by_sound"),
            models.Index(fields=["born_on"], name="cadre_by_birth"),
        ]
        constraints = [
            models.CheckConstraint(name="cadre_sex_is_known", condition=Q(sex__in=["M", "F"])),
        ]

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        return reverse("cadres:detail", args=[self.pk])

    def posts_on(self, day):
        """The posts held on `day`, the main one first. Uses the loaded `career`."""
        return [holding for holding in self.career if holding.is_in_force(day)]

    def highest(self, strand):
        """The highest qualification of a strand by the day of `held`, or None."""
        return next((each for each in self.held if each.strand == strand), None)

    @property
    def masked_national_id(self):
        return mask(self.national_id or "")
