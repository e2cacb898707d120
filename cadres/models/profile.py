"""What the profile forms (2C-BNV/2008, TT 06/2023/TT-BNV) ask beside what figures use."""

from django.db import models
from django.db.models import F, Q

from cadres.models.holding import OfCadreQuerySet
from cadres.models.post import Term
from daitu_portal.fields import CleanCharField, PartialDateField


class Profile(models.Model):
    """The rest of a person's own fields: one row for each person who has any."""

    class BloodType(models.TextChoices):
        A = "A", "A"
        B = "B", "B"
        AB = "AB", "AB"
        O = "O", "O"  # noqa: E741 - the letter is the blood group's name
        A_MINUS = "A-", "A−"
        B_MINUS = "B-", "B−"
        AB_MINUS = "AB-", "AB−"
        O_MINUS = "O-", "O−"

    class WarInvalid(models.TextChoices):
        ONE = "1/4", "Hạng 1/4"
        TWO = "2/4", "Hạng 2/4"
        THREE = "3/4", "Hạng 3/4"
        FOUR = "4/4", "Hạng 4/4"

    cadre = models.OneToOneField(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="profile"
    )
    # identity
    national_id_issued_on = PartialDateField("ngày cấp CCCD", null=True, blank=True)
    national_id_issued_by = CleanCharField("nơi cấp CCCD", max_length=120, blank=True)
    personal_code = CleanCharField("mã số định danh", max_length=20, blank=True)
    insurance_number = CleanCharField("số sổ BHXH", max_length=15, blank=True)
    insured_from = PartialDateField("tháng bắt đầu đóng BHXH", null=True, blank=True)
    health_card_number = CleanCharField("số thẻ BHYT", max_length=20, blank=True)
    permanent_residence = CleanCharField("hộ khẩu thường trú", max_length=255, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    # before and beside the service
    schooling = CleanCharField("lớp, hệ phổ thông đã học xong", max_length=20, blank=True)
    family_class = CleanCharField("thành phần gia đình xuất thân", max_length=60, blank=True)
    prior_job = CleanCharField("nghề nghiệp trước khi tuyển dụng", max_length=120, blank=True)
    agency_joined_on = PartialDateField("ngày vào cơ quan hiện nay", null=True, blank=True)
    revolution_joined_on = PartialDateField("ngày tham gia cách mạng", null=True, blank=True)
    main_work = CleanCharField("công việc chính được giao", max_length=160, blank=True)
    longest_work = CleanCharField("công việc làm lâu nhất", max_length=160, blank=True)
    strengths = CleanCharField("sở trường công tác", max_length=160, blank=True)
    academic_title = CleanCharField("học hàm", max_length=40, blank=True)
    academic_title_year = models.PositiveSmallIntegerField(
        "năm phong học hàm", null=True, blank=True
    )
    honour = CleanCharField("danh hiệu được phong tặng cao nhất", max_length=120, blank=True)
    honour_year = models.PositiveSmallIntegerField("năm được phong tặng", null=True, blank=True)
    # armed forces, policy
    enlisted_on = PartialDateField("ngày nhập ngũ", null=True, blank=True)
    discharged_on = PartialDateField("ngày xuất ngũ", null=True, blank=True)
    military_rank = CleanCharField("quân hàm cao nhất", max_length=60, blank=True)
    war_invalid = models.CharField("thương binh hạng", max_length=3, choices=WarInvalid, blank=True)
    policy_family = CleanCharField("gia đình chính sách", max_length=120, blank=True)
    # health
    health = CleanCharField("tình trạng sức khỏe", max_length=60, blank=True)
    height_cm = models.PositiveSmallIntegerField("chiều cao (cm)", null=True, blank=True)
    weight_kg = models.PositiveSmallIntegerField("cân nặng (kg)", null=True, blank=True)
    blood_type = models.CharField("nhóm máu", max_length=3, choices=BloodType, blank=True)
    # what the person tells in words
    personal_history = models.TextField("đặc điểm lịch sử bản thân", blank=True)
    foreign_relations = models.TextField("quan hệ với nước ngoài", blank=True)
    household_economy = models.TextField("hoàn cảnh kinh tế gia đình", blank=True)
    remark = models.TextField("nhận xét, đánh giá của cơ quan", blank=True)

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "lý lịch"
        constraints = [
            models.CheckConstraint(
                name="profile_height_is_a_persons",
                condition=Q(height_cm=None) | Q(height_cm__range=(80, 250)),
                violation_error_message="Chiều cao tính bằng cm, từ 80 đến 250.",
            ),
            models.CheckConstraint(
                name="profile_weight_is_a_persons",
                condition=Q(weight_kg=None) | Q(weight_kg__range=(25, 250)),
                violation_error_message="Cân nặng tính bằng kg, từ 25 đến 250.",
            ),
        ]

    def __str__(self):
        return f"Lý lịch của {self.cadre}"


class FamilyMember(models.Model):
    """A relative, on one's own side or the spouse's (2C, item 30)."""

    class Side(models.TextChoices):
        OWN = "own", "Bên bản thân"
        SPOUSE = "spouse", "Bên vợ hoặc chồng"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="family"
    )
    side = models.CharField("bên", max_length=6, choices=Side, default=Side.OWN)
    relation = CleanCharField("quan hệ", max_length=30)
    full_name = CleanCharField("họ và tên", max_length=100)
    born_on = PartialDateField("năm sinh", null=True, blank=True)
    is_deceased = models.BooleanField("đã mất", default=False)
    detail = CleanCharField(
        "quê quán, nghề nghiệp, chức danh, nơi ở, tổ chức", max_length=500, blank=True
    )

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "quan hệ gia đình"
        ordering = ["side", "born_on", "pk"]
        indexes = [models.Index("cadre", "side", name="family_of_cadre")]

    def __str__(self):
        return f"{self.relation}: {self.full_name}"


class WorkPeriod(models.Model):
    """A line of the summary of one's work (2C, item 28): also from before and beside the posts."""

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="work_periods"
    )
    from_on = PartialDateField("từ")
    until_on = PartialDateField("đến", null=True, blank=True)
    what = CleanCharField("chức danh, chức vụ, đơn vị công tác", max_length=500)

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "quá trình công tác"
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="work_period_ends_after_it_begins",
                # The shorter text is the longer period: 2019 ends after 2019-05 begins.
                condition=Q(until_on=None)
                | Q(until_on__gte=F("from_on"))
                | Q(from_on__startswith=F("until_on")),
                violation_error_message="“Đến” phải không trước “Từ”.",
            ),
        ]
        indexes = [models.Index("cadre", "from_on", name="work_period_of_cadre")]

    def __str__(self):
        return self.what


class Affiliation(models.Model):
    """Membership of a mass organisation, or a mandate in a People's Council."""

    class Body(models.TextChoices):
        YOUTH = "youth", "Đoàn TNCS Hồ Chí Minh"
        WOMEN = "women", "Hội Liên hiệp Phụ nữ"
        FARMERS = "farmers", "Hội Nông dân"
        VETERANS = "veterans", "Hội Cựu chiến binh"
        UNION = "union", "Công đoàn"
        COUNCIL_COMMUNE = "council_commune", "Đại biểu HĐND xã"
        COUNCIL_DISTRICT = "council_district", "Đại biểu HĐND huyện"
        COUNCIL_PROVINCE = "council_province", "Đại biểu HĐND tỉnh"
        OTHER = "other", "Tổ chức khác"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="affiliations"
    )
    body = models.CharField("tổ chức", max_length=20, choices=Body)
    role = CleanCharField("chức danh, tên tổ chức", max_length=120, blank=True)
    joined_on = PartialDateField("tham gia từ", null=True, blank=True)
    until_on = PartialDateField("đến", null=True, blank=True)
    term = models.ForeignKey(
        Term, models.PROTECT, verbose_name="nhiệm kỳ", null=True, blank=True, related_name="+"
    )
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "đoàn thể, đại biểu HĐND"
        ordering = ["joined_on", "pk"]
        indexes = [models.Index("cadre", "body", name="affiliation_of_cadre")]

    def __str__(self):
        return self.get_body_display()
