"""Communes: units for a period. A code or a name is no identity, both come again over time."""

from django.db import models
from django.db.models import Q

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models.period import Dated, DatedQuerySet, ends_after_it_begins
from daitu_portal.fields import CleanCharField, SearchTextField, TextSortField


class CommuneQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Those `user` may see: all for the district, for a commune its line of succession."""
        if user.role in DISTRICT_ROLES:
            return self
        if user.role in COMMUNE_ROLES:
            return self.filter(pk__in=self.line_of_user(user))
        return self.none()

    def line_of_user(self, user):
        """The line of the commune of a clerk or head: asked once for each loaded account."""
        if not hasattr(user, "commune_line"):
            user.commune_line = self.line_of(user.commune_id)
        return user.commune_line

    def line_of(self, commune_id):
        """Keys of a commune and of every unit that came out of it, however many steps later."""
        line, frontier = {commune_id}, {commune_id}
        links = list(CommuneSuccession.objects.values_list("old_id", "new_id"))
        while frontier:
            frontier = {new for old, new in links if old in frontier} - line
            line |= frontier
        return line


class Commune(Dated):
    """A xã or thị trấn between two days, with the code and name it had then."""

    class Kind(models.TextChoices):
        COMMUNE = "xa", "Xã"
        TOWNSHIP = "thi_tran", "Thị trấn"
        WARD = "phuong", "Phường"

    code = models.CharField("mã đơn vị", max_length=5, db_index=True)
    name = CleanCharField("tên", max_length=100)
    short_name = CleanCharField("tên ngắn", max_length=80)
    kind = models.CharField("loại", max_length=10, choices=Kind)
    grade = models.PositiveSmallIntegerField(
        "loại đơn vị (I, II, III)", null=True, blank=True, choices=[(1, "I"), (2, "II"), (3, "III")]
    )
    district_code = models.CharField("mã huyện", max_length=3)
    province_code = models.CharField("mã tỉnh", max_length=2)
    area_km2 = models.DecimalField(
        "diện tích (km²)", max_digits=8, decimal_places=2, null=True, blank=True
    )
    sort_key = TextSortField(source="short_name", db_index=True)
    search_text = SearchTextField(source="name")
    note = models.TextField("ghi chú", blank=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "xã, thị trấn"
        verbose_name_plural = "xã, thị trấn"
        # Townships first, as the district lists them.
        ordering = ["kind", "sort_key", "pk"]
        constraints = [
            ends_after_it_begins("commune"),
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="commune_code_begins_once_a_day",
                violation_error_message="Mã này đã có đơn vị bắt đầu đúng ngày ấy.",
            ),
            models.CheckConstraint(
                name="commune_grade_is_one_to_three",
                condition=Q(grade=None) | Q(grade__range=(1, 3)),
            ),
        ]

    def __str__(self):
        return self.name

    def area_on(self, day, predecessions):
        """The area on `day` in km²: what it began with, and what joined it by then without making
        another unit of it. None where a part is not known. No query."""
        joined = [each for each in predecessions if self.valid_from < each.effective_on <= day]
        parts = [self.area_km2, *(each.area_km2 for each in joined)]
        return None if None in parts else sum(parts)


class CommuneSuccession(models.Model):
    """`new` took over `old` on a day: whole, a part, or what was left of it."""

    class Share(models.TextChoices):
        WHOLE = "whole", "toàn bộ"
        PARTIAL = "partial", "một phần"
        REMAINDER = "remainder", "phần còn lại"

    old = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="đơn vị cũ", related_name="successions"
    )
    new = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="đơn vị mới", related_name="predecessions"
    )
    effective_on = models.DateField("từ ngày")
    share = models.CharField("phần nhập", max_length=10, choices=Share)
    area_km2 = models.DecimalField(
        "diện tích nhập (km²)",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Chỉ ghi khi đơn vị mới đã có từ trước và lớn thêm.",
    )
    document = models.CharField("văn bản", max_length=120)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "kế thừa đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="commune_succession_is_told_once"),
            models.CheckConstraint(
                name="commune_does_not_succeed_itself", condition=~Q(old=models.F("new"))
            ),
        ]

    def __str__(self):
        return f"{self.old} → {self.new}"


class CommuneArea(Dated):
    """Whether the commune uses the lower floor of mountain areas, as the province decided.

    No row means not known: the general standard counts and the page shows both answers.
    """

    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="xã, thị trấn", related_name="areas"
    )
    uses_mountain_floor = models.BooleanField("áp dụng sàn miền núi")
    document = models.CharField("văn bản", max_length=120)
    note = models.TextField("ghi chú", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "khu vực của xã"
        ordering = ["commune", "valid_from"]
        constraints = [
            ends_after_it_begins("area"),
            models.UniqueConstraint(
                fields=["commune", "valid_from"], name="commune_area_begins_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.commune}: {'sàn miền núi' if self.uses_mountain_floor else 'chuẩn chung'}"
