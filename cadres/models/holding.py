"""Who held what, where, from when to when: posts and seats in Party committees."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models.commune import Commune, CommuneArea
from cadres.models.period import Dated, DatedQuerySet, ends_after_it_begins, number_index
from cadres.models.post import Post, Term
from cadres.rules.confirming import Confirmation, confirmation_of, pending_words
from daitu_portal.fields import CleanCharField


def cadres_last_in(line):
    """Conditions on Cadre: something open in `line`, or nothing that ended later elsewhere.

    `line` is a set of commune keys, from `Commune.objects.line_of`.
    """
    found = Q()
    for model in (Holding, CommitteeMembership):
        here = model.objects.filter(commune__in=line)
        stays = Q(valid_to=None)
        went_on = Q()
        for other in (Holding, CommitteeMembership):
            elsewhere = other.objects.filter(cadre=OuterRef("cadre")).exclude(commune__in=line)
            later = Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_to"))
            went_on |= Q(Exists(elsewhere.filter(later)))
        found |= Q(pk__in=here.filter(stays | ~went_on).values("cadre"))
    return found


class OfCadreQuerySet(models.QuerySet):
    """Rows that belong to a person: whoever may see the person may see them."""

    def visible_to(self, user):
        """Those of the people `user` may see."""
        from cadres.models.cadre import Cadre

        if user.role in DISTRICT_ROLES:
            return self
        if user.role in COMMUNE_ROLES:
            return self.filter(cadre__in=Cadre.objects.visible_to(user).values("pk"))
        return self.none()

    def with_scope(self, user):
        """Annotate as `in_scope` whether `user` may open the person's page: a commune's own past
        names those who have moved away since, and no more of them."""
        from cadres.models.cadre import Cadre

        if user.role in DISTRICT_ROLES:
            return self.annotate(in_scope=Value(True))
        return self.annotate(
            in_scope=Exists(Cadre.objects.visible_to(user).filter(pk=OuterRef("cadre")))
        )

    def with_lacks(self, day):
        """Annotate whether the person's record has no level by `day`: `lacks_professional` and
        `lacks_political`."""
        from cadres.models.qualification import Qualification

        records = Qualification.objects.by(day).filter(cadre=OuterRef("cadre"))
        return self.annotate(
            lacks_professional=~Exists(records.filter(strand="professional")),
            lacks_political=~Exists(records.filter(strand="political")),
        )


# django-stubs makes each class a manager that follows its first base alone
class PeriodOfCadreQuerySet(OfCadreQuerySet, DatedQuerySet):  # type: ignore[override]
    """Rows of a person that are true for a period."""


class HoldingQuerySet(PeriodOfCadreQuerySet):  # type: ignore[override]  # as above
    def with_post_and_commune(self):
        """Load in one query what a line about a holding prints."""
        return self.select_related("post", "commune", "term")

    def with_area(self, day):
        """Annotate whether the commune uses the mountain floor on `day`; None: not known."""
        areas = CommuneArea.objects.on(day).filter(commune=OuterRef("commune"))
        return self.annotate(in_area=Subquery(areas.values("uses_mountain_floor")[:1]))

    def main_first(self):
        """The main post first, then by rank of the post."""
        return self.order_by("-is_main", "post__order", "valid_from", "pk")

    def main_units(self, people, day):
        """The name of the unit of the main post that each of `people` held on `day`, by key of
        the person. One query."""
        held = self.on(day).filter(cadre__in=people).main_first()
        found: dict[int, str] = {}
        for person, unit in held.values_list("cadre", "commune__name"):
            found.setdefault(person, unit)
        return found


class Ended(models.TextChoices):
    """How a post or seat came to its end."""

    LEFT = "left", "Thôi giữ chức"
    RELIEVED = "relieved", "Miễn nhiệm"
    DISMISSED = "dismissed", "Bãi nhiệm"
    REMOVED = "removed", "Cách chức"
    RESIGNED = "resigned", "Từ chức"
    TRANSFERRED = "transferred", "Điều động, luân chuyển"
    RETIRED = "retired", "Nghỉ hưu"
    QUIT = "quit", "Thôi việc"
    MOVED = "moved", "Chuyển đi"
    DECEASED = "deceased", "Từ trần"


class Ratified(models.Model):
    """What an elected post or seat waits for: it counts from the election, flagged until then."""

    awaits_ratification = models.BooleanField("chưa phê chuẩn, chuẩn y", default=False)
    ratified_on = models.DateField("ngày phê chuẩn, chuẩn y, công nhận", null=True, blank=True)
    end_reason = models.CharField("thôi giữ vì", max_length=12, choices=Ended, blank=True)

    class Meta:
        abstract = True

    @property
    def confirmation(self) -> Confirmation | None:
        """How an election to it is confirmed: phê chuẩn, chuẩn y or công nhận."""
        return Confirmation.APPROVED

    @property
    def pending(self) -> str:
        """What it still waits for, in words; "" for nothing."""
        return pending_words(self.confirmation) if self.awaits_ratification else ""


def ratified_or_awaiting(name):
    """The constraint that a post is not both ratified and waiting for it."""
    return models.CheckConstraint(
        name=f"{name}_is_ratified_or_awaits_it",
        condition=Q(awaits_ratification=False) | Q(ratified_on=None),
        violation_error_message="Đã có ngày phê chuẩn thì không còn “chưa phê chuẩn”.",
    )


class Holding(Dated, Ratified):
    """A person holds a post in a commune between two days."""

    class Standing(models.TextChoices):
        ELECTED = "elected", "Bầu cử"
        APPOINTED = "appointed", "Bổ nhiệm, chỉ định"
        RECRUITED = "recruited", "Tuyển dụng, tiếp nhận"
        OTHER = "other", "Khác"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="holdings"
    )
    post = models.ForeignKey(
        Post, models.PROTECT, verbose_name="chức vụ, chức danh", related_name="holdings"
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="xã, thị trấn", related_name="holdings"
    )
    is_main = models.BooleanField("là chức vụ chính", default=True)
    standing = models.CharField(
        "hình thức", max_length=12, choices=Standing, default=Standing.OTHER
    )
    term = models.ForeignKey(
        Term, models.PROTECT, verbose_name="nhiệm kỳ", null=True, blank=True, related_name="+"
    )
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "quá trình giữ chức vụ"
        ordering = ["-valid_from", "post__order", "pk"]
        constraints = [
            ends_after_it_begins("holding"),
            ratified_or_awaiting("holding"),
            models.UniqueConstraint(
                fields=["cadre", "post", "commune", "valid_from"],
                name="holding_begins_once_a_day",
                violation_error_message="Người này đã có đúng chức vụ ấy từ ngày ấy.",
            ),
        ]
        indexes = [
            models.Index("commune", "post", "valid_from", "valid_to", name="holding_in_commune"),
            models.Index("cadre", "valid_from", "valid_to", name="holding_of_cadre"),
            models.Index("post", "valid_from", "valid_to", name="holding_of_post"),
            number_index("decision_number", "holding_by_number"),
        ]

    def __str__(self):
        return f"{self.post}, {self.commune}"

    @property
    def confirmation(self) -> Confirmation | None:
        return confirmation_of(self.post.name, self.term.organisation if self.term else "")


class CommitteeMembership(Dated, Ratified):
    """A seat in the Party committee of a commune; independent of any employment."""

    class Role(models.TextChoices):
        SECRETARY = "bi_thu", "Bí thư"
        DEPUTY = "pho_bi_thu", "Phó Bí thư"
        STANDING = "uv_btv", "Ủy viên Ban Thường vụ"
        MEMBER = "uv_bch", "Ủy viên Ban Chấp hành"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="memberships"
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="xã, thị trấn", related_name="memberships"
    )
    role = models.CharField("chức danh cấp ủy", max_length=10, choices=Role, default=Role.MEMBER)
    term = models.ForeignKey(
        Term, models.PROTECT, verbose_name="nhiệm kỳ", null=True, blank=True, related_name="+"
    )
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = PeriodOfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "cấp ủy viên"
        ordering = ["-valid_from", "pk"]
        constraints = [
            ends_after_it_begins("membership"),
            ratified_or_awaiting("membership"),
            models.UniqueConstraint(
                fields=["cadre", "commune", "valid_from"],
                name="membership_begins_once_a_day",
                violation_error_message="Người này đã vào cấp ủy ấy từ ngày ấy.",
            ),
        ]
        indexes = [
            models.Index("commune", "valid_from", "valid_to", name="membership_in_commune"),
            models.Index("cadre", "valid_from", "valid_to", name="membership_of_cadre"),
        ]

    def __str__(self):
        return f"{self.get_role_display()} Đảng ủy {self.commune}"
