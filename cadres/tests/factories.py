"""Small records for tests: each function takes only what the test is about."""

from datetime import date
from decimal import Decimal
from itertools import count

from cadres.changes import Ground
from cadres.models import (
    Affiliation,
    Allowance,
    Award,
    Basis,
    Cadre,
    CommitteeMembership,
    Commune,
    Discipline,
    FamilyMember,
    Holding,
    LegalDocument,
    Post,
    Profile,
    Qualification,
    Rating,
    Rule,
    SalaryStep,
    ShortTraining,
    Status,
    StudyField,
    TitleSet,
    WorkPeriod,
)
from cadres.models.post import LegalCategory, PostGroup
from daitu_portal.dates import PartialDate

LONG_AGO = date(2004, 1, 1)
_number = count(1)
# Codes of units have five digits; those of the whole country end below 40 000.
_unit_code = count(40000)


def make_commune(name="Xã Thử", **fields):
    return Commune.objects.create(
        **{
            "code": f"{next(_unit_code)}",
            "name": name,
            "short_name": name.removeprefix("Xã ").removeprefix("Thị trấn "),
            "kind": "thi_tran" if name.startswith("Thị trấn") else "xa",
            "district_code": "171",
            "province_code": "19",
            "valid_from": LONG_AGO,
            **fields,
        }
    )


def make_post(name="Văn phòng – thống kê", **fields):
    number = next(_number)
    return Post.objects.create(
        **{
            "code": f"T{number}",
            "name": name,
            "short_name": name[:60],
            "category": LegalCategory.CIVIL_SERVANT,
            "group": PostGroup.CIVIL_SERVANT,
            "valid_from": LONG_AGO,
            **fields,
        }
    )


def make_title_set(*posts, code="civil_servants", **fields):
    title_set = TitleSet.objects.create(
        **{"code": code, "name": code, "valid_from": LONG_AGO, **fields}
    )
    title_set.posts.set(posts)
    return title_set


def make_cadre(full_name="Nguyễn Văn Thử", **fields):
    number = next(_number)
    if isinstance(fields.get("born_on"), str):
        fields["born_on"] = PartialDate(fields["born_on"])
    return Cadre.objects.create(
        **{
            "code": f"T{number:06d}",
            "full_name": full_name,
            "sex": "M",
            "born_on": PartialDate("1980-05-12"),
            **fields,
        }
    )


def make_holding(cadre=None, post=None, commune=None, **fields):
    return Holding.objects.create(
        **{
            "cadre": cadre or make_cadre(),
            "post": post or make_post(),
            "commune": commune or make_commune(),
            "valid_from": date(2021, 5, 12),
            **fields,
        }
    )


def make_membership(cadre=None, commune=None, **fields):
    return CommitteeMembership.objects.create(
        **{
            "cadre": cadre or make_cadre(),
            "commune": commune or make_commune(),
            "valid_from": date(2020, 6, 1),
            **fields,
        }
    )


def make_qualification(cadre, strand="professional", rank=4, **fields):
    if isinstance(fields.get("field"), str):
        fields["field"], _ = StudyField.objects.get_or_create(
            code=fields["field"], defaults={"name": fields["field"]}
        )
    awarded_on = fields.pop("awarded_on", "2015")
    return Qualification.objects.create(
        cadre=cadre, strand=strand, rank=rank, awarded_on=awarded_on, **fields
    )


def make_short_training(cadre, content="party_building", **fields):
    return ShortTraining.objects.create(
        **{"cadre": cadre, "content": content, "completed_on": "2018", **fields}
    )


def make_rating(cadre, year=2022, level=Rating.Level.GOOD, **fields):
    return Rating.objects.create(cadre=cadre, year=year, level=level, **fields)


def make_document(number="NĐ thử", **fields):
    return LegalDocument.objects.get_or_create(
        number=number, defaults={"confidence": "S", **fields}
    )[0]


def make_rule(title_set="civil_servants", **fields):
    number = next(_number)
    return Rule.objects.create(
        **{
            "code": f"T-{number}",
            "title_set": title_set,
            "dimension": "professional",
            "label": "đại học trở lên",
            "requirement": {"level": {"strand": "professional", "min": 4}},
            "document": make_document(),
            "article": "điều 1",
            "confidence": "S",
            "valid_from": LONG_AGO,
            **fields,
        }
    )


def make_basis(**fields):
    """A decision with all that a decision says."""
    number = next(_number)
    return Basis.objects.create(
        **{
            "kind": Basis.Kind.DECISION,
            "number": f"{number}/QĐ-UBND",
            "signed_on": date(2023, 1, 5),
            "issuer": "UBND huyện Đại Từ",
            "signer": "Nguyễn Văn Ký",
            **fields,
        }
    )


def make_ground(by, **fields):
    """What a change of the record by `by` rests on."""
    if "basis" not in fields:
        fields["basis"] = make_basis()
    return Ground(by=by, **{"reason": "Thử", **fields})


def make_salary_step(cadre, coefficient="3.00", **fields):
    return SalaryStep.objects.create(
        **{
            "cadre": cadre,
            "grade_code": "01.003",
            "grade_name": "Chuyên viên",
            "coefficient": Decimal(coefficient),
            "valid_from": date(2022, 3, 1),
            **fields,
        }
    )


def make_allowance(cadre, kind="position", **fields):
    if not {"coefficient", "percent"} & set(fields):
        fields["coefficient"] = Decimal("0.25")
    return Allowance.objects.create(
        **{"cadre": cadre, "kind": kind, "valid_from": date(2020, 6, 1), **fields}
    )


def make_discipline(cadre, form="warning", **fields):
    on = fields.pop("effective_on", date(2023, 1, 9))
    return Discipline.objects.create(
        **{
            "cadre": cadre,
            "system": "state",
            "form": form,
            "reason": "work",
            "decided_on": on,
            "effective_on": on,
            **fields,
        }
    )


def make_status(cadre, kind="retired", **fields):
    return Status.objects.create(
        **{"cadre": cadre, "kind": kind, "valid_from": date(2023, 9, 1), **fields}
    )


def make_profile(cadre, **fields):
    return Profile.objects.create(cadre=cadre, **fields)


def make_family_member(cadre, relation="Vợ", full_name="Lý Thị Thân", **fields):
    return FamilyMember.objects.create(
        **{"cadre": cadre, "relation": relation, "full_name": full_name, **fields}
    )


def make_work_period(cadre, what="Giáo viên trường Thử", **fields):
    return WorkPeriod.objects.create(
        **{"cadre": cadre, "what": what, "from_on": PartialDate("2005-09"), **fields}
    )


def make_affiliation(cadre, body="union", **fields):
    return Affiliation.objects.create(cadre=cadre, body=body, **fields)


def make_award(cadre, kind="certificate", year=2021, **fields):
    return Award.objects.create(cadre=cadre, kind=kind, year=year, **fields)
