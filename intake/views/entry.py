"""What becomes of a form about a record: the district's staff write it, a clerk drafts it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEvent
from cadres.attachments import storing
from cadres.changes import Ground, StaleVersion
from cadres.edits import RowEdit, edit_of, plant
from cadres.models import Cadre
from intake.forms.basis import BasisForm, told_together
from intake.forms.fields import all_valid
from intake.models import Proposal, ProposalItem
from intake.proposals import Draft, NotOpen, may_propose, put

Action = AuditEvent.Action
ITEM = "muc"  # which item of a draft the form goes on with
_NOT_TYPED = {"csrfmiddlewaretoken", "luu", "version"}


@dataclass
class Entry:
    """One form, its basis, and who sends it. `write` is what the district's staff do with it."""

    request: Any
    cadre: Cadre | None
    row: Any
    write: Callable[[Ground], Any]
    new_person: ProposalItem | None = None
    proposal_id: int | None = None
    removes: bool = False  # the row goes away

    @property
    def proposes(self) -> bool:
        return may_propose(self.request.user)

    @cached_property
    def item(self) -> ProposalItem | None:
        """The item of the user's own draft that the address names; 404 for any other."""
        key = self.request.GET.get(ITEM, "")
        if not key or not self.proposes:
            return None
        seen = Proposal.objects.visible_to(self.request.user)
        mine = ProposalItem.objects.filter(
            proposal__in=seen.filter(author=self.request.user, state__in=Proposal.OPEN),
            table=self.row._meta.label_lower, row_id=self.row.pk,
        ).exclude(state="approved")  # fmt: skip
        item = mine.filter(pk=key).first() if key.isdecimal() else None
        if item is None:
            raise Http404
        return item

    @property
    def data(self) -> Any:
        """What fills the form: what was sent, else what the draft kept, else nothing."""
        if self.request.method == "POST":
            return self.request.POST
        if self.item is None:
            return None
        if not self.item.typed and self.item.edits:  # not of a form: of a file
            plant(self.row, self.item.edits[0]["after"])
            return None
        return typed_data(self.item.typed, self._version)

    @property
    def _version(self) -> int | None:
        return self.cadre.version if self.cadre is not None and self.cadre.pk else None

    @cached_property
    def basis(self) -> BasisForm | None:
        """Asked of those who write at once; a clerk tells it when the proposal is sent."""
        if self.proposes:
            return None
        data = self.request.POST if self.request.method == "POST" else None
        return BasisForm(data, self.request.FILES or None, request=self.request)

    @property
    def is_unfinished(self) -> bool:
        """Whether a clerk keeps the form as it is, with what is still missing."""
        return self.proposes and self.request.POST.get("luu") == "nhap"

    def is_sent(self, form: Any) -> bool:
        """Whether the form was sent and may be kept or written."""
        if self.request.method != "POST":
            return False
        if self.basis is None:
            return form.is_valid() or self.is_unfinished
        told_together(form, self.basis)
        return all_valid(form, self.basis)

    def save(self, form: Any, *, edits: Sequence[RowEdit | None] = ()) -> Any:
        """Write, or keep in the draft; None where the record refuses, with the errors on the form.

        `edits` where they are not simply those of the row.
        """
        if self.proposes:
            return self._keep(form, edits)
        try:
            with storing():
                ground = self.basis.ground()  # type: ignore[union-attr]  # HR has one
                return self.write(ground)
        except (StaleVersion, ValidationError) as error:
            tell(form, error)
            return None

    def _keep(self, form: Any, edits: Sequence[RowEdit | None]) -> ProposalItem | None:
        table, action = self.row._meta.label_lower, "add" if self.row.pk is None else "change"
        action = "remove" if self.removes else action
        draft = Draft(
            self.cadre, table=table, row_id=self.row.pk, action=action,
            typed=typed_of(self.request.POST), new_person=self.new_person,
        )  # fmt: skip
        if form.is_valid():
            found = edits or [edit_of(self.row)]
            draft = replace(draft, edits=[each for each in found if each is not None])
            if not draft.edits:
                form.add_error(None, "Chưa có gì khác với hồ sơ.")
                return None
        else:
            draft = replace(draft, faults=faults_of(form))
        try:
            return put(draft, by=self.request.user, proposal_id=self._proposal_id,
                       item_id=self.item.pk if self.item else None)  # fmt: skip
        except NotOpen:
            form.add_error(None, "Đề nghị này đã gửi hoặc đã duyệt, không sửa được nữa.")
            return None

    @property
    def _proposal_id(self) -> int | None:
        return self.item.proposal_id if self.item else self.proposal_id

    def kept(self, item: ProposalItem) -> Any:
        """The answer to a clerk: the draft, with what is still to do."""
        audit.record(
            self.request, Action.CHANGE, subject_type="proposal", subjects=[item.proposal_id],
            detail={"item": item.pk, "table": item.table},
        )  # fmt: skip
        more = "Còn chỗ chưa đủ, ghi ở từng mục." if item.faults else "Gửi duyệt khi đã đủ."
        messages.success(self.request, f"Đã lưu vào bản nháp; chưa vào hồ sơ. {more}")
        return redirect("intake:proposal", item.proposal_id)

    @property
    def context(self) -> dict[str, Any]:
        """What the form pages need beside the form."""
        back = reverse("intake:proposal", args=[self._proposal_id]) if self._proposal_id else ""
        return {
            "basis": self.basis,
            "proposes": self.proposes,
            "item": self.item,
            "back": back,
        }


def faults_of(form: Any) -> dict[str, list[str]]:
    """What is wrong with a form as a draft keeps it: by the label of the field, which the page of
    the draft prints beside it; "" for the form as a whole."""
    labels = {name: str(field.label or name) for name, field in form.fields.items()}
    return {
        labels.get(name, ""): [str(each) for each in errors] for name, errors in form.errors.items()
    }


def typed_of(data: QueryDict) -> dict[str, list[str]]:
    """What was typed, as a draft keeps it; files and the basis are kept elsewhere."""
    return {
        name: values
        for name, values in data.lists()
        if name not in _NOT_TYPED and not name.startswith("basis-")
    }


def typed_data(typed: dict[str, list[str]], version: int | None) -> QueryDict:
    """A draft's typed values as a form takes them, on the person's version of now."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    if version is not None:
        data["version"] = str(version)
    return data


def tell(form: Any, error: StaleVersion | ValidationError) -> None:
    """Put what refused the change on the form, at its field where it has one."""
    if isinstance(error, StaleVersion):
        form.add_error(
            None,
            "Hồ sơ vừa được người khác sửa sau khi bạn mở trang này. Điều bạn gõ còn nguyên bên "
            "dưới: xem lại hồ sơ ở tab khác, rồi bấm Lưu lần nữa nếu vẫn muốn ghi.",
        )
        form.data = form.data.copy()
        form.data["version"] = error.current.version
        return
    for name, found in error.message_dict.items():
        form.add_error(name if name in form.fields else None, found)
