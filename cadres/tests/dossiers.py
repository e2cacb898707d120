"""A record with something in every table, for tests of what is printed."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from cadres.attachments import store
from cadres.models import (
    Affiliation,
    Allowance,
    Attachment,
    Award,
    Discipline,
    FamilyMember,
    Profile,
    SalaryStep,
    Status,
    WorkPeriod,
)
from cadres.models.post import ManagingLevel
from cadres.tests.factories import (
    LONG_AGO,
    make_cadre,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
    make_short_training,
)
from daitu_portal.file_content import checked
from daitu_portal.tests.scans import image

CCCD = "019185001234"


def make_step(cadre, day, step, coefficient, **fields):
    return SalaryStep.objects.create(
        cadre=cadre, valid_from=day, step=step, coefficient=Decimal(coefficient),
        **{"grade_code": "01.003", "grade_name": "Chuyên viên", "reason": "regular", **fields},
    )  # fmt: skip


def make_relative(cadre, relation="Cha", full_name="Nguyễn Văn Hùng", **fields):
    return FamilyMember.objects.create(
        cadre=cadre, relation=relation, full_name=full_name, **fields
    )


def make_award(cadre, kind="certificate", year=2022, **fields):
    return Award.objects.create(cadre=cadre, kind=kind, year=year, **fields)


def make_discipline(cadre, form="reprimand", day=date(2016, 3, 1), **fields):
    return Discipline.objects.create(
        **{"cadre": cadre, "form": form, "system": "party", "reason": "work", "decided_on": day,
           "effective_on": day, **fields},
    )  # fmt: skip


def put_photo(cadre, colour="navy", size=(600, 800)):
    photo = checked(BytesIO(image(size=size, colour=colour)), "anh.jpg", is_photo=True)
    return store(photo, kind=Attachment.Kind.PHOTO, by=None, cadre=cadre)


def make_whole_record(commune, full_name="Nguyễn Thị Hường"):
    """Someone of whom everything is known; needs a MEDIA_ROOT of the test's own for the photo."""
    cadre = make_cadre(
        full_name, sex="F", born_on="1985-05-12", other_name="Bé Ưỡ", national_id=CCCD,
        ethnicity="Sán Dìu", religion="Không", birthplace="Xã Hùng Sơn", home_town="Xã Bản Ngoại",
        residence="Xóm 5, xã Bản Ngoại", recruited_on="2008-03", recruited_by="UBND huyện",
        party_joined_on="2010-06-15", party_official_on="2011-06-15",
    )  # fmt: skip
    _profile(cadre)
    _service(cadre, commune)
    make_qualification(cadre, "general", 3)
    make_qualification(
        cadre, "professional", 4, major="Luật", institution="Đại học Luật", awarded_on="2007-06",
        studied_from="2003-09", studied_until="2007-06", study_form="full_time",
    )  # fmt: skip
    make_qualification(cadre, "language", 2, language="Tiếng Anh", evidence="certificate")
    make_short_training(cadre, completed_on="2022-04", hours=40, certificate_number="12/CN")
    make_relative(cadre, born_on="1955", is_deceased=True, detail="Làm ruộng")
    make_relative(cadre, "Con", "Lê Bảo Ưỡng", born_on="2022-09-01")
    make_relative(cadre, "Mẹ", "Phạm Thị Ẵm", side="spouse", born_on="1952")
    make_award(cadre, "diploma", 2021)
    make_award(cadre, "fighter_base", 2022, decision_number="46/QĐ-UBND", issuer="UBND huyện")
    make_discipline(cadre)
    make_rating(cadre, 2022)
    put_photo(cadre)
    return cadre


def _profile(cadre):
    Profile.objects.create(
        cadre=cadre, national_id_issued_on="2021-05-10", insurance_number="1908001234",
        permanent_residence="Xóm 5, xã Bản Ngoại, huyện Đại Từ", prior_job="Sinh viên",
        main_work="Văn phòng", strengths="Tổng hợp", honour="Nhà giáo ưu tú", honour_year=2019,
        enlisted_on="2003", discharged_on="2005", military_rank="Trung sĩ", health="Tốt",
        height_cm=158, weight_kg=52, blood_type="O", war_invalid="4/4",
        policy_family="Con thương binh", personal_history="Không vi phạm",
        foreign_relations="Không quan hệ", remark="Hoàn thành tốt nhiệm vụ",
    )  # fmt: skip


def _service(cadre, commune):
    post = make_post("Văn phòng – thống kê")
    post.managements.create(level=ManagingLevel.DISTRICT_COMMITTEE, valid_from=LONG_AGO)
    make_holding(cadre, post, commune, valid_from=date(2012, 8, 1), decision_number="1/QĐ")
    make_membership(cadre, commune, valid_from=date(2020, 6, 1))
    WorkPeriod.objects.create(
        cadre=cadre, from_on="2003-09", until_on="2007-06", what="Sinh viên Đại học Luật"
    )
    Affiliation.objects.create(
        cadre=cadre, body="youth", role="Phó Bí thư Đoàn xã", joined_on="2000-03-26"
    )
    make_step(cadre, date(2019, 3, 1), 5, "3.66", valid_to=date(2022, 3, 1))
    make_step(cadre, date(2022, 3, 1), 6, "3.99", decision_number="7/QĐ")
    for kind, amount in (("position", {"coefficient": "0.20"}), ("public_duty", {"percent": "25"})):
        Allowance.objects.create(cadre=cadre, kind=kind, valid_from=date(2021, 5, 1), **amount)
    Status.objects.create(
        cadre=cadre, kind="study", place="Học viện", valid_from=date(2022, 9, 1),
        valid_to=date(2022, 12, 1),
    )  # fmt: skip
