"""Proposals of the demo: what waits in the district's inbox, and what came back to a commune."""

from datetime import date

from accounts.models import User
from cadres.edits import RowEdit, adding, changing
from cadres.models import Award, Basis, Cadre, Qualification
from daitu_portal.dates import PartialDate
from intake.approvals import Decision, decide
from intake.models import Proposal
from intake.proposals import Draft, digest_of, put, submit


def seed() -> None:
    """Two proposals of Hùng Sơn that wait, one of Quân Chu that came back in part."""
    staff = User.objects.get(username="nhansu")
    first, second = _people("xa.hungson")[:2]
    study = Qualification(
        cadre=first, strand="professional", rank=5, major="Quản lý công",
        awarded_on=PartialDate("2023-03"), institution="Học viện mẫu",
    )  # fmt: skip
    _send(
        "xa.hungson", "Bổ sung bằng thạc sĩ, đổi nơi ở", "certificate",
        [(first, adding(study)), (first, _moved(first, "Tổ dân phố Mẫu 1, thị trấn Hùng Sơn"))],
    )  # fmt: skip
    _send("xa.hungson", "Đổi nơi ở", "declaration",
          [(second, _moved(second, "Tổ dân phố Mẫu 2, thị trấn Hùng Sơn"))])  # fmt: skip
    third = _people("xa.quanchu")[0]
    award = Award(cadre=third, kind="certificate", year=2022, issuer="UBND huyện mẫu")
    back = _send("xa.quanchu", "Khen thưởng năm 2022, đổi nơi ở", "declaration",
                 [(third, adding(award)), (third, _moved(third, "Tổ dân phố Mẫu"))])  # fmt: skip
    items = list(back.items.all())
    returned = {items[1].pk: "Ghi rõ số nhà, tên tổ dân phố và thị trấn."}
    decide(back.pk, Decision(frozenset(), returned), by=staff, version=back.version,
           digest=digest_of(items))  # fmt: skip


def _people(username: str) -> list[Cadre]:
    user = User.objects.get(username=username)
    return list(Cadre.objects.visible_to(user).serving(date(2023, 6, 8)).order_by("code")[:5])


def _moved(cadre: Cadre, residence: str) -> RowEdit:
    edit = changing(cadre, {"residence": residence})
    assert edit is not None, "the demo knows no residences"
    return edit


def _send(username: str, title: str, kind: str, edits: list[tuple[Cadre, RowEdit]]) -> Proposal:
    clerk = User.objects.get(username=username)
    for cadre, edit in edits:
        proposal = put(
            Draft(cadre, table=edit.table, row_id=edit.row.pk, action=edit.action, edits=[edit]),
            by=clerk,
        ).proposal
    basis = Basis.objects.create(
        kind=kind,
        number="01/TK-MẪU",
        signed_on=date(2023, 6, 1),
        created_by=clerk,
        commune=clerk.commune,
    )
    proposal.refresh_from_db()
    return submit(proposal.pk, by=clerk, version=proposal.version, basis=basis, title=title)
