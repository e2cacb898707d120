"""Who may sign in and see what: accounts, the audit log, the installation's reference date."""

from types import MappingProxyType

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from daitu_portal.fields import CleanCharField, SearchTextField


class Role(models.TextChoices):
    DISTRICT_HR = "DISTRICT_HR", "Tổ chức – Nội vụ huyện"
    COMMUNE_CLERK = "COMMUNE_CLERK", "Văn phòng – thống kê xã"
    COMMUNE_HEAD = "COMMUNE_HEAD", "Người đứng đầu xã"
    LEADER = "LEADER", "Lãnh đạo huyện"
    ADMIN = "ADMIN", "Quản trị"


COMMUNE_ROLES = (Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)
DISTRICT_ROLES = (Role.DISTRICT_HR, Role.LEADER)
DATA_ROLES = (*DISTRICT_ROLES, *COMMUNE_ROLES)
SECOND_FACTOR_ROLES = (Role.DISTRICT_HR, Role.ADMIN)
_USERNAME_FAULT = (
    "Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số và các ký tự @ . + - _; không có khoảng trắng."
)


class User(AbstractBaseUser):
    """One person, one account. The role says what it does, the commune (clerk, head) where."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[ASCIIUsernameValidator(message=_USERNAME_FAULT)],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng."},
    )
    full_name = CleanCharField("họ và tên", max_length=120)
    search_text = SearchTextField(source="full_name")
    email = models.EmailField("thư điện tử", blank=True)
    role = models.CharField("vai trò", max_length=20, choices=Role)
    commune = models.ForeignKey(
        "cadres.Commune",
        models.PROTECT,
        verbose_name="đơn vị",
        null=True,
        blank=True,
        related_name="users",
    )
    is_active = models.BooleanField("đang dùng", default=True)
    is_demo = models.BooleanField("tài khoản mẫu", default=False, editable=False)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=True)
    sessions_ended = models.PositiveIntegerField("số lần kết thúc phiên", default=0, editable=False)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    muted_notices = models.JSONField("loại thông báo không nhận", default=list, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name", "role"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                name="user_of_a_commune_has_one_and_no_other_has",
                condition=Q(role__in=COMMUNE_ROLES, commune__isnull=False)
                | (~Q(role__in=COMMUNE_ROLES) & Q(commune__isnull=True)),
                violation_error_message=(
                    "Văn phòng – thống kê xã và người đứng đầu xã phải có đơn vị; "
                    "vai trò khác thì không."
                ),
            ),
            models.CheckConstraint(
                name="user_role_is_known",
                condition=Q(role__in=Role.values),
                violation_error_message="Vai trò không có trong danh mục.",
            ),
        ]

    def __str__(self):
        return self.full_name or self.username

    def _get_session_auth_hash(self, secret=None):
        """Sessions hang on password, role, commune and a counter: when one of them changes, all
        sessions of the account end with their next request."""
        held = f"{self.password}|{self.role}|{self.commune_id}|{self.sessions_ended}"
        return salted_hmac(
            "accounts.User.session", held, secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def initials(self):
        words = self.full_name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:])).upper()

    @property
    def needs_second_factor(self):
        return self.role in SECOND_FACTOR_ROLES and not self.is_demo

    @property
    def sees_whole_district(self):
        return self.role in DISTRICT_ROLES

    @property
    def is_district_hr(self):
        return self.role == Role.DISTRICT_HR

    @property
    def is_admin(self):
        return self.role == Role.ADMIN


class Installation(models.Model):
    """What is true of this installation as a whole: one row."""

    reference_on = models.DateField(
        "ngày tham chiếu",
        null=True,
        blank=True,
        help_text="Ngày mà trang lấy làm mặc định; để trống là hôm nay.",
    )
    head_confirms = models.BooleanField(
        "người đứng đầu xã xác nhận trước khi gửi huyện",
        default=False,
        help_text="Đề nghị của xã chờ người đứng đầu xác nhận, rồi mới tới huyện.",
    )
    is_demo = models.BooleanField("dữ liệu mẫu", default=False, editable=False)

    class Meta:
        verbose_name = "thiết lập"
        constraints = [
            models.CheckConstraint(name="installation_is_one_row", condition=Q(pk=1)),
        ]

    def __str__(self):
        return "Thiết lập"


class Notice(models.Model):
    """Something in the portal that waits for an account or concerns it; no mail is sent."""

    class Kind(models.TextChoices):
        RETURNED = "returned", "Mục bị trả lại"
        TASK = "task", "Việc mới"
        DUE = "due", "Sắp đến hạn"
        DECIDED = "decided", "Đã có kết quả"

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    text = models.CharField("nội dung", max_length=255)
    url = models.CharField("trang", max_length=200, blank=True)
    topic = models.CharField(max_length=80, blank=True)  # what it is about, to tell it once
    at = models.DateTimeField("lúc", default=timezone.now)
    read_at = models.DateTimeField("đã đọc lúc", null=True, blank=True)

    class Meta:
        verbose_name = "thông báo"
        ordering = ["-pk"]
        indexes = [models.Index("user", "read_at", F("id").desc(), name="notice_of_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "topic"], condition=~Q(topic=""), name="notice_is_told_once"
            ),
        ]

    def __str__(self):
        return self.text


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The user's own, those of the user's unit (the district office is one), and everyone's."""
        return self.filter(
            Q(owner=user)
            | Q(shared=SavedView.Shared.ALL)
            | Q(shared=SavedView.Shared.UNIT, owner__role__in=_office_of(user.role),
                owner__commune=user.commune_id)
        )  # fmt: skip


def _office_of(role):
    """The roles that sit in one office with `role`."""
    return COMMUNE_ROLES if role in COMMUNE_ROLES else (role,)


class SavedView(models.Model):
    """A list as someone looks at it every day: its filters, order and columns by a name."""

    class Shared(models.TextChoices):
        PRIVATE = "private", "Chỉ mình tôi"
        UNIT = "unit", "Đơn vị tôi"
        ALL = "all", "Mọi người"

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    page = models.CharField("trang", max_length=40)
    name = CleanCharField("tên", max_length=60)
    query = models.CharField("bộ lọc", max_length=2000, blank=True)
    shared = models.CharField("ai dùng được", max_length=7, choices=Shared, default=Shared.PRIVATE)
    is_default = models.BooleanField("mở sẵn", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "khung nhìn"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"],
                name="saved_view_is_one_of_a_name",
                violation_error_message="Bạn đã có khung nhìn mang tên ấy.",
            ),
            models.UniqueConstraint(
                fields=["owner", "page"],
                condition=Q(is_default=True),
                name="saved_view_default_is_one",
            ),
        ]

    def __str__(self):
        return self.name


# What the log calls the objects of its events; the apps above give the types.
SUBJECTS = MappingProxyType(
    {
        "assessment": "đánh giá năng lực",
        "attachment": "tệp",
        "candidate": "nguồn cán bộ",
        "basis": "quyết định",
        "cadre": "người",
        "change": "thay đổi",
        "class": "lớp",
        "class_session": "buổi học",
        "commune": "đơn vị",
        "communearea": "khu vực của xã",
        "competence": "năng lực",
        "costnorm": "định mức chi",
        "credit": "kết quả chờ ghi nhận",
        "districtquota": "tổng chỉ tiêu của huyện",
        "enrolment": "lượt người học",
        "figure": "số liệu",
        "hands_on": "buổi tập huấn",
        "import_batch": "lượt nhập",
        "indicator": "chỉ tiêu",
        "installation": "thiết lập",
        "legaldocument": "văn bản",
        "need": "nhu cầu",
        "outside_learner": "học viên ngoài danh sách",
        "plan_line": "dòng kế hoạch",
        "post": "chức danh",
        "postcompetence": "yêu cầu năng lực",
        "postmanagement": "cấp quản lý",
        "programme": "chương trình",
        "proposal": "đề nghị",
        "provider": "cơ sở đào tạo",
        "quota": "chỉ tiêu biên chế",
        "quotaceiling": "mức trần",
        "review": "đợt rà soát",
        "rule": "tiêu chuẩn",
        "saved_view": "khung nhìn",
        "scenario": "kịch bản dự báo",
        "study": "lượt cử đi học",
        "survey_sheet": "phiếu hỏi",
        "template": "tệp mẫu",
        "term": "nhiệm kỳ",
        "training_plan": "kế hoạch đào tạo",
        "training_totals": "số liệu đào tạo",
        "trainingsetting": "thông số đào tạo",
        "user": "tài khoản",
    }
)


class AuditEventQuerySet(models.QuerySet):
    def about_person(self, key):
        """Events about that person: alone, among many, or with everyone."""
        alone = Q(subject_type="cadre", subject_key=key)
        many = AuditSubject.objects.filter(cadre_key=key).values("event")
        return self.filter(alone | Q(is_of_all=True) | Q(pk__in=many))


class AuditEvent(models.Model):
    """Something someone did that must be answerable: appended, never changed or removed.

    It names objects by type and key, never by personal values.
    """

    class Action(models.TextChoices):
        SIGN_IN = "sign_in", "Đăng nhập"
        SIGN_IN_FAILED = "sign_in_failed", "Đăng nhập không thành"
        SIGN_OUT = "sign_out", "Đăng xuất"
        REFUSED = "refused", "Bị từ chối"
        VIEW = "view", "Xem"
        LIST = "list", "Xem danh sách"
        SEARCH_NUMBER = "search_number", "Tìm theo số"
        EXPORT = "export", "Xuất"
        PRINT = "print", "In"
        IMPORT = "import", "Nhập"
        CREATE = "create", "Thêm"
        CHANGE = "change", "Sửa"
        SUBMIT = "submit", "Gửi duyệt"
        CONFIRM = "confirm", "Xác nhận"
        APPROVE = "approve", "Duyệt"
        RETURN = "return", "Trả lại"
        REVOKE = "revoke", "Bãi bỏ, khôi phục"
        DOWNLOAD = "download", "Tải tệp"
        ACCOUNT = "account", "Tài khoản"

    at = models.DateTimeField("lúc", default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        User, models.PROTECT, verbose_name="ai", null=True, related_name="audit_events"
    )
    actor_name = models.CharField("tên đăng nhập", max_length=60, blank=True)
    ip = models.GenericIPAddressField("địa chỉ", null=True)
    action = models.CharField("việc", max_length=20, choices=Action)
    subject_type = models.CharField("loại", max_length=40, blank=True)
    subject_ids = models.JSONField("của ai", default=list)
    subject_count = models.PositiveIntegerField("số lượng", default=0)
    # Where an event is looked for by whose it is: the only key, or rows of AuditSubject.
    subject_key = models.BigIntegerField("của", null=True)
    is_of_all = models.BooleanField("của mọi người", default=False)
    purpose = models.CharField("mục đích", max_length=255, blank=True)
    path = models.CharField("trang", max_length=255, blank=True)
    detail = models.JSONField("chi tiết", default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt ghi nhật ký"
        ordering = ["-pk"]
        indexes = [
            models.Index("action", F("id").desc(), name="audit_by_action"),
            models.Index("actor", F("id").desc(), name="audit_by_actor"),
            models.Index("subject_type", "subject_key", F("id").desc(), name="audit_by_subject"),
            models.Index(F("id").desc(), condition=Q(is_of_all=True), name="audit_of_all"),
        ]

    def __str__(self):
        return f"{self.get_action_display()} {self.at:%d/%m/%Y %H:%M}"

    @property
    def told_subjects(self):
        """What the event is about, as (number or None, words): of a class or a commune that was
        opened the count is that of the people in it."""
        words, named = SUBJECTS.get(self.subject_type, self.subject_type), len(self.subject_ids)
        if self.subject_type == "cadre":
            return [(self.subject_count, words)]
        if named and self.subject_count > named:
            return [(named, words), (self.subject_count, SUBJECTS["cadre"])]
        return [(self.subject_count or None, words)] if words else []


class AuditSubject(models.Model):
    """A person whom an event is about beside others: what finds it by whose it is."""

    event = models.ForeignKey(AuditEvent, models.PROTECT, related_name="subjects")
    cadre_key = models.BigIntegerField()

    class Meta:
        verbose_name = "người trong lượt ghi"
        indexes = [models.Index("cadre_key", F("event").desc(), name="audit_subject_by_key")]

    def __str__(self):
        return f"{self.event_id}: {self.cadre_key}"


class AuditSeal(models.Model):
    """The chained digest of one event: SHA-256 of the seal before it and the event's content."""

    event = models.OneToOneField(AuditEvent, models.PROTECT, primary_key=True, related_name="seal")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "niêm phong nhật ký"

    def __str__(self):
        return self.digest
