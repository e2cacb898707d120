"""Two communes with a person each and everything that hangs on them, for sweeps over all pages."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO

from django.utils import timezone

from accounts.models import Role, SavedView, User
from accounts.tests.factories import make_user
from cadres.actions import save_record
from cadres.attachments import store
from cadres.edits import adding
from cadres.models import Attachment, Cadre, Commune, ShortTraining
from cadres.tests.factories import (
    make_affiliation,
    make_allowance,
    make_award,
    make_cadre,
    make_commune,
    make_discipline,
    make_family_member,
    make_ground,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
    make_salary_step,
    make_short_training,
    make_status,
    make_work_period,
)
from daitu_portal.file_content import checked
from daitu_portal.tests.scans import image, pdf
from daitu_portal.tests.world_training import training_keys
from intake.models import ImportBatch, ImportedChange, Proposal, Review
from intake.tests.books import write
from reports import catalogue
from reports.forecast.tests.factories import make_scenario
from training.models import Provider
from training.tests.factories import make_plan

BOOK = {"Trang 1": [["Họ và tên"], ["x"]]}
ABSENT = 999_999_999


@dataclass
class World:
    """The objects of a commune by the names that the table of routes calls them."""

    commune: Commune
    person: Cadre
    keys: dict[str, dict]


def make_world() -> tuple[World, World, dict[str, User]]:
    """(own, foreign, accounts by what they are)."""
    catalogue.load()
    post = make_post()
    provider = Provider.objects.create(code="thu", name="Trường Thử")
    plan = make_plan()
    own, foreign = (_world(name, post) for name in ("Xã Nhà", "Xã Bạn"))
    made = partial(make_user, password="một mật khẩu để thử")
    accounts = {
        "clerk": made(Role.COMMUNE_CLERK, commune=own.commune),
        "clerk of another": made(Role.COMMUNE_CLERK, commune=foreign.commune),
        "head": made(Role.COMMUNE_HEAD, commune=own.commune),
        "leader": made(Role.LEADER),
        "district": made(Role.DISTRICT_HR),
        "administrator": made(Role.ADMIN),
        "disabled": made(Role.DISTRICT_HR, is_active=False),
    }
    for world, clerk in ((own, "clerk"), (foreign, "clerk of another")):
        _put_up(world, accounts[clerk])
        world.keys |= training_keys(world.commune, world.person, provider, plan, accounts[clerk])
    other = make_user(Role.LEADER)
    for world, author in ((own, "clerk"), (foreign, "clerk of another")):
        world.keys["account"] = {"pk": other.pk}
        world.keys["pair"] = {"pk": own.person.pk, "other": foreign.person.pk}
        world.keys |= _drafts(world, accounts[author])
        batches = [key["pk"] for name, key in world.keys.items() if name.endswith("batch")]
        ImportBatch.objects.filter(pk__in=batches).update(
            uploaded_by=accounts[author], commune=world.commune
        )
        world.keys |= _review(world, accounts["district"])
        world.keys["scenario"] = {"pk": make_scenario(accounts["district"]).pk}
        view = SavedView.objects.create(owner=accounts[author], page="cadres:list", name="Nữ")
        world.keys["saved_view"] = {"pk": view.pk}
    return own, foreign, accounts


def _world(name: str, post) -> World:
    commune = make_commune(name)
    person = make_cadre(f"Người {name}", national_id=f"0000{commune.pk:08d}")
    rows = {
        "holding": make_holding(person, post, commune),
        "membership": make_membership(person, commune),
        "qualification": make_qualification(person),
        "short_training": make_short_training(person),
        "rating": make_rating(person),
        "family": make_family_member(person),
        "work_period": make_work_period(person),
        "affiliation": make_affiliation(person),
        "status": make_status(person, "study"),
        "salary_step": make_salary_step(person),
        "allowance": make_allowance(person),
        "award": make_award(person),
        "discipline": make_discipline(person),
    }
    batch = _batch(ImportBatch.State.DONE)
    row = ShortTraining(cadre=person, content="law")
    save_record(row, ground=make_ground(make_user()))
    change = person.changes.get()
    written = _batch(ImportBatch.State.DONE)
    ImportedChange.objects.create(batch=written, change=change)
    keys = {kind: {"pk": person.pk, "row_id": row.pk} for kind, row in rows.items()}
    keys["change"] = {"pk": person.pk, "change_id": change.pk}
    keys["decision"] = {"pk": change.basis_id}
    keys |= {
        "person": {"pk": person.pk},
        "commune": {"pk": commune.pk},
        "batch": {"pk": batch.pk},
        "open_batch": {"pk": _batch(ImportBatch.State.PREVIEW, is_healed=True).pk},
        "faulty_batch": {"pk": _faulty_batch().pk},
        "written_batch": {"pk": written.pk},
        "indicator": {"code": "civil_servants_degree"},
        "catalogue": {"kind": "chuc-danh"},
        "year": {"year": 2023},
        "catalogue_row": {"kind": "chuc-danh", "pk": post.pk},
        "": {},
    }
    return World(commune, person, keys)


def _batch(state: str, **more) -> ImportBatch:
    counts = dict.fromkeys(("read", "created", "updated", "unchanged", "skipped", "failed"), 0)
    return ImportBatch.objects.create(
        file_name="tệp thử.xlsx", file_size=1, sha256="0" * 64, state=state, counts=counts, **more
    )


def _faulty_batch() -> ImportBatch:
    """An old list with an error, its file kept."""
    batch = _batch(ImportBatch.State.REFUSED, is_healed=True)
    batch.path.parent.mkdir(parents=True, exist_ok=True)
    write(batch.path, BOOK)
    problem = ("Trang 1", 2, "A2", "Họ và tên", "x", "Sai.", "Sửa lại.", "", False)
    with batch.staging.anew() as filling:
        filling.add("problems", [problem])
    return batch


def _drafts(world: World, clerk: User) -> dict[str, dict]:
    """A clerk's draft that adds someone, by the names of its objects."""
    edit = adding(Cadre(full_name="Người Mới", sex="F", code="")).as_plain()
    proposal = Proposal.objects.create(
        author=clerk, commune=world.commune, state="returned", submitted_at=timezone.now()
    )
    item = proposal.items.create(
        kind="record", table="cadres.cadre", action="add", section="Nhân thân", edits=[edit]
    )
    row = {"pk": proposal.pk, "item_id": item.pk}
    return {"proposal": {"pk": proposal.pk}, "proposal_item": row, "new_person": row}


def _put_up(world: World, clerk: User) -> None:
    """A diploma and a photo of the person, put up by the commune's clerk."""
    look = {"cadre": world.person, "by": clerk}
    diploma = store(checked(BytesIO(pdf()), "bằng.pdf"), kind=Attachment.Kind.DIPLOMA, **look)
    photo = checked(BytesIO(image()), "anh.jpg", is_photo=True)
    store(photo, kind=Attachment.Kind.PHOTO, **look)
    world.keys["file"] = {"key": diploma.key}


def _review(world: World, by: User) -> dict[str, dict]:
    """A review of a world's own commune, with its one person, by the names of its objects."""
    review = Review.objects.create(
        title=f"Đợt {world.commune}", groups=["identity"], as_of=date(2023, 6, 8),
        due_on=date(2023, 6, 30), opened_by=by,
    )  # fmt: skip
    unit = review.units.create(commune=world.commune)
    unit.lines.create(cadre=world.person)
    return {"review": {"pk": review.pk}, "review_unit": {"pk": unit.pk}}


def absent_keys(keys: dict) -> dict:
    """The same address with an object that does not exist."""
    return {name: "khong-co" if name in ("code", "kind") else ABSENT for name in keys}
