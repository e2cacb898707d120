"""What is needed: gaps that a commune answered, and what posts ask beside the standards."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models import Cadre, Commune, Post
from cadres.models.holding import OfCadreQuerySet
from cadres.models.period import Dated, DatedQuerySet, ends_after_it_begins
from cadres.models.qualification import CONTENT_CHOICES, STRAND_CHOICES
from cadres.rules.levels import level_label
from daitu_portal.fields import CleanCharField
from intake.models import Review
from training.models.credit import Credit
from training.models.enrolment import Enrolment
from training.models.programme import Programme
from training.models.study import Study

_USER = settings.AUTH_USER_MODEL
# Results after which the need stands again; who changed class has another participation.
_LOST_RESULTS = (
    Enrolment.Result.FAILED, Enrolment.Result.ABSENT, Enrolment.Result.TRANSFERRED,
    Enrolment.Result.WITHDRAWN,
)  # fmt: skip
_LOST_STUDIES = (Study.State.FAILED, Study.State.STOPPED)
# What was begun when a need stood already, or in its year or later. The year alone would do but
# for needs of a year to come; the moment alone but for rows brought in from elsewhere.
_ENROLLED_SINCE = Q(enrolled_at__gte=OuterRef("stated_at")) | Q(
    training_class__ends_on__year__gte=OuterRef("year")
)
_SENT_SINCE = Q(entered_at__gte=OuterRef("stated_at")) | Q(due_on__year__gte=OuterRef("year"))


def _of_need(since):
    """Which rows answer a need: those tied to it, and those tied to another of the person for the
    programme that are of `since`."""
    same = {name: OuterRef(name) for name in ("cadre", "programme", "answer")}
    return Q(need=OuterRef("pk")), since & Q(
        **{f"need__{name}": outer for name, outer in same.items()}
    )


class NeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the people `user` may see; a commune also those it stated itself."""
        if user.role in DISTRICT_ROLES:
            return self
        if user.role in COMMUNE_ROLES:
            line = Commune.objects.line_of_user(user)
            mine = Q(cadre__in=Cadre.objects.visible_to(user).values("pk"))
            return self.filter(mine | Q(commune__in=line))
        return self.none()

    def standing(self):
        """Those that were not withdrawn."""
        return self.exclude(state=Need.State.WITHDRAWN)

    def registered(self):
        """Those to send that the head confirmed: the commune's registered needs."""
        return self.filter(state=Need.State.CONFIRMED, answer=Need.Answer.SEND)

    def with_course(self, day):
        """Annotate whether somebody learns or learned for the need (`is_served`), whether what
        was begun came to nothing by `day` (`was_lost`), and whether anything is tied to the need
        itself (`was_begun`).

        What another need of the person for the same programme was answered with answers this one
        too, unless it was over when this one was stated: that asks for it anew.
        """
        lost = Q(result__in=_LOST_RESULTS) & (Q(result_on=None) | Q(result_on__lte=day))
        failed = Q(state__in=_LOST_STUDIES, ended_on__lte=day)
        begun: list[tuple[models.QuerySet, Q]]
        begun = [(Enrolment.objects.filter(each), lost) for each in _of_need(_ENROLLED_SINCE)]
        begun += [(Study.objects.filter(each), failed) for each in _of_need(_SENT_SINCE)]
        served, came_to_nothing, own = Q(), Q(), Q()
        for rows, gone in begun:
            served |= Q(Exists(rows.exclude(gone)))
            came_to_nothing |= Q(Exists(rows.filter(gone)))
        for model in (Enrolment, Study):
            own |= Q(Exists(model.objects.filter(need=OuterRef("pk"))))
        return self.annotate(is_served=served, was_lost=came_to_nothing, was_begun=own)

    def with_met(self):
        """Annotate whether a certificate gives, or gave since the need was stated, what is lacking
        (`is_met`): of whatever class or study, one that waits to be confirmed too."""
        mine = Credit.objects.filter(cadre=OuterRef("cadre")).filter(
            Q(strand=OuterRef("strand"), rank__gte=OuterRef("rank"))
            | ~Q(content="") & Q(content=OuterRef("content"))
        )
        stands = mine.in_state(Credit.State.CONFIRMED).filter(decided_at__gte=OuterRef("stated_at"))
        return self.annotate(is_met=Exists(mine.proposed()) | Exists(stands))

    def unplanned(self):
        """Of those `with_course` and `with_met`, the registered that are in no plan, that nothing
        was begun for, and that no certificate met."""
        return self.registered().filter(
            plan_line=None, was_begun=False, is_served=False, is_met=False
        )

    def open_on(self, day):
        """Registered needs that nobody learns for on `day`: not sent yet, or sent and failed,
        absent, withdrawn, which makes them stand again."""
        return self.registered().with_course(day).filter(is_served=False)


class Need(models.Model):
    """How a commune answers one gap of a person: sent to a programme in a year, or why not."""

    class Answer(models.TextChoices):
        SEND = "send", "Cử đi học"
        EXEMPT = "exempt", "Miễn"
        RETIRING = "retiring", "Sắp nghỉ hưu"
        REASSIGN = "reassign", "Bố trí lại"

    class State(models.TextChoices):
        STATED = "stated", "Chờ người đứng đầu xác nhận"
        CONFIRMED = "confirmed", "Đã xác nhận"
        WITHDRAWN = "withdrawn", "Đã rút"

    cadre = models.ForeignKey(Cadre, models.PROTECT, verbose_name="cán bộ", related_name="needs")
    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="xã, thị trấn", related_name="needs"
    )
    review = models.ForeignKey(
        Review, models.PROTECT, verbose_name="đợt rà soát", null=True, blank=True,
        related_name="needs",
    )  # fmt: skip
    # the gap: a level of a strand, or a content
    strand = models.CharField("nội dung", max_length=20, choices=STRAND_CHOICES, blank=True)
    rank = models.PositiveSmallIntegerField("mức cần", null=True, blank=True)
    content = models.CharField("bồi dưỡng", max_length=25, choices=CONTENT_CHOICES, blank=True)
    due_on = models.DateField("phải đạt trước ngày", null=True, blank=True)
    # the answer
    answer = models.CharField("cách xử lý", max_length=9, choices=Answer)
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="chương trình", null=True, blank=True,
        related_name="needs",
    )  # fmt: skip
    year = models.PositiveSmallIntegerField("năm")
    reason = CleanCharField("lý do", max_length=255, blank=True)
    exception_reason = CleanCharField("lý do cử ngoài đối tượng", max_length=255, blank=True)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.STATED)
    stated_by = models.ForeignKey(_USER, models.PROTECT, verbose_name="người nêu", related_name="+")
    stated_at = models.DateTimeField("nêu lúc", default=timezone.now)
    confirmed_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người xác nhận", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người rút", null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)
    plan_line = models.ForeignKey(
        "training.PlanLine", models.PROTECT, verbose_name="dòng kế hoạch", null=True, blank=True,
        related_name="needs",
    )  # fmt: skip

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "nhu cầu"
        ordering = ["-year", "cadre__name_sort_key", "pk"]
        indexes = [
            models.Index("year", "programme", "state", name="need_by_year"),
            models.Index("commune", "state", name="need_of_commune"),
            models.Index("cadre", "state", name="need_of_cadre"),
        ]
        constraints = [
            models.CheckConstraint(
                name="need_to_send_has_a_programme",
                condition=~Q(answer="send") | Q(programme__isnull=False),
                violation_error_message="Cử đi học thì phải chọn chương trình.",
            ),
            models.CheckConstraint(
                name="need_not_to_send_says_why",
                condition=Q(answer="send") | ~Q(reason=""),
                violation_error_message="Miễn, sắp nghỉ hưu, bố trí lại thì phải ghi lý do.",
            ),
            models.CheckConstraint(
                name="need_year_is_one",
                condition=Q(year__range=(2000, 2100)),
                violation_error_message="Năm từ 2000 đến 2100.",
            ),
            models.UniqueConstraint(
                fields=["cadre", "programme", "year"],
                condition=~Q(state="withdrawn") & Q(programme__isnull=False),
                name="need_of_a_programme_is_one_a_year",
                violation_error_message="Người này đã có nhu cầu học chương trình ấy năm ấy.",
            ),
        ]

    def __str__(self):
        return f"{self.cadre}: {self.programme or self.get_answer_display()}, {self.year}"

    @property
    def gap(self):
        """What is lacking, in words; "" where none was named."""
        if self.strand:
            level = level_label(self.strand, self.rank or 0)
            return f"{self.get_strand_display()}: từ {level} trở lên"
        return self.get_content_display() if self.content else ""


class Competence(models.Model):
    """A named competence of the framework (khung năng lực), with its levels in words."""

    class Group(models.TextChoices):
        GENERAL = "general", "Năng lực chung"
        PROFESSIONAL = "professional", "Chuyên môn"
        MANAGEMENT = "management", "Quản lý"
        IT = "it", "Tin học"
        LANGUAGE = "language", "Ngoại ngữ"

    code = models.CharField("mã", max_length=30, unique=True)
    name = CleanCharField("năng lực", max_length=120)
    group = models.CharField("nhóm", max_length=12, choices=Group)
    levels = models.JSONField("các mức", default=list)  # words of level 1, 2, …
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    class Meta:
        verbose_name = "năng lực"
        ordering = ["group", "name"]

    def __str__(self):
        return self.name

    def told(self, level):
        """A level in words: "Mức 2: soạn đúng thể thức"; 0 is below the first."""
        if level == 0:
            return "Chưa đạt mức 1"
        known = 0 < level <= len(self.levels)
        return f"Mức {level}: {self.levels[level - 1]}" if known else f"Mức {level}"


class PostCompetence(Dated):
    """The level of a competence that a post asks between two days."""

    post = models.ForeignKey(
        Post, models.PROTECT, verbose_name="chức vụ, chức danh", related_name="competences"
    )
    competence = models.ForeignKey(
        Competence, models.PROTECT, verbose_name="năng lực", related_name="posts"
    )
    level = models.PositiveSmallIntegerField("mức cần")
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    ONE_AT_A_TIME = ("post", "competence")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu năng lực của chức danh"
        ordering = ["post__order", "competence__name", "-valid_from"]
        constraints = [
            ends_after_it_begins("post_competence"),
            models.CheckConstraint(
                name="post_competence_level_is_one", condition=Q(level__range=(1, 9))
            ),
            models.UniqueConstraint(
                fields=["post", "competence", "valid_from"], name="post_competence_begins_once"
            ),
        ]

    def __str__(self):
        return f"{self.post}: {self.competence}"


class Assessment(models.Model):
    """A person's level in a competence, assessed on paper; it counts once the head confirmed it."""

    class State(models.TextChoices):
        ENTERED = "entered", "Chờ người đứng đầu xác nhận"
        CONFIRMED = "confirmed", "Đã xác nhận"
        WITHDRAWN = "withdrawn", "Đã rút"

    cadre = models.ForeignKey(
        Cadre, models.PROTECT, verbose_name="cán bộ", related_name="assessments"
    )
    competence = models.ForeignKey(
        Competence, models.PROTECT, verbose_name="năng lực", related_name="assessments"
    )
    level = models.PositiveSmallIntegerField("mức đạt")
    assessed_on = models.DateField("ngày đánh giá")
    note = CleanCharField("ghi chú", max_length=255, blank=True)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.ENTERED)
    entered_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người nhập", related_name="+"
    )
    entered_at = models.DateTimeField("nhập lúc", default=timezone.now)
    confirmed_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người xác nhận", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người rút", null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)
    withdrawn_reason = CleanCharField("lý do rút", max_length=160, blank=True)

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá năng lực"
        ordering = ["-assessed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assessment_level_is_one", condition=Q(level__range=(0, 9))
            ),
            models.UniqueConstraint(
                fields=["cadre", "competence", "assessed_on"],
                condition=~Q(state="withdrawn"),
                name="assessment_is_one_a_day",
                violation_error_message="Người này đã được đánh giá năng lực ấy ngày ấy.",
            ),
        ]

    def __str__(self):
        return f"{self.cadre}: {self.competence}"

    @property
    def told(self):
        """The level in the words of its competence."""
        return self.competence.told(self.level)
