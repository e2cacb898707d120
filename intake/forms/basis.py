"""What a change rests on (căn cứ), asked beside every form that changes a record."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from cadres.attachments import store_scans
from cadres.changes import Ground
from cadres.models import Attachment, Basis, Change
from daitu_portal.fields import field_of
from intake.forms.fields import DayField
from intake.forms.files import ScanField
from intake.models import Proposal
from intake.proposals import may_propose

_RECENT_DAYS, _RECENT_SHOWN = 30, 15
_NO_MORE = (
    "Đã có đề nghị gửi đi hoặc thay đổi trong hồ sơ dựa trên căn cứ này, nên không thêm bản quét "
    "vào đó. Bỏ chọn ở “Căn cứ đã nhập gần đây” và nhập căn cứ mới cùng bản quét, hoặc nhờ "
    "Tổ chức – Nội vụ huyện thêm."
)
_TWO = (
    "Đã chọn một căn cứ đã nhập mà lại gõ căn cứ khác bên dưới. Chọn “Nhập căn cứ mới bên dưới” để "
    "dùng cái vừa gõ, hoặc xóa các ô ấy."
)
_TYPED = ("number", "signed_on", "issuer", "signer")
_OF_A_DECISION = {
    "number": "Nhập số quyết định.",
    "signed_on": "Nhập ngày ký.",
    "issuer": "Nhập cơ quan ban hành.",
}


class BasisForm(forms.ModelForm):
    """A basis entered now, or one that the same user entered lately, and why."""

    recent = forms.ModelChoiceField(
        Basis.objects.none(), label="Căn cứ đã nhập gần đây", required=False,
        empty_label="Nhập căn cứ mới bên dưới",
    )  # fmt: skip
    kind = forms.ChoiceField(label="Loại căn cứ", required=False)
    signed_on = DayField(label="Ngày", required=False)
    reason = forms.CharField(
        label="Lý do, ghi chú về thay đổi", max_length=255,
        error_messages={"required": "Ghi lý do của thay đổi."},
    )  # fmt: skip

    scans = ScanField(required=False, label="Bản quét của căn cứ")

    class Meta:
        model = Basis
        fields = ["kind", "number", "signed_on", "issuer", "signer"]

    def __init__(
        self, *args, request: Any, needs_decision: bool = False, scans_apart: bool = False,
        **kwargs,
    ):  # fmt: skip
        """For the account of `request`, which is logged where it adds a scan to what others rest
        on. `scans_apart`: the page itself prints the field of files, where they are not lost."""
        kwargs.setdefault("prefix", "basis")
        super().__init__(*args, **kwargs)
        self.request, self.user = request, request.user
        self.scans_apart = scans_apart
        self.fields["reason"].required = not may_propose(self.user)  # who writes at once says why
        self.lately = _recent_of(self.user, decisions=needs_decision)
        field_of(self, "recent", forms.ModelChoiceField).queryset = self.lately
        kinds = [("decision", "Quyết định")] if needs_decision else Basis.Kind.choices
        field_of(self, "kind", forms.ChoiceField).choices = [("", "Chọn…"), *kinds]
        if needs_decision:
            self.initial["kind"] = "decision"
        self.helper = self._layout()

    def _layout(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        half = {"css_class": "col-md-6"}
        helper.layout = Layout(
            Fieldset(
                "Căn cứ",
                "recent",
                Row(Column("kind", **half), Column("number", **half)),
                Row(Column("signed_on", **half), Column("issuer", **half)),
                Row(Column("signer", **half), Column("reason", **half)),
                *([] if self.scans_apart else ["scans"]),
            )
        )
        return helper

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("recent"):
            self._check_known(cleaned)
        else:
            self._check_new(cleaned)
        return cleaned

    def _check_known(self, cleaned: dict[str, Any]) -> None:
        if any(cleaned.get(name) for name in _TYPED):
            self.add_error("recent", _TWO)
        elif cleaned.get("scans") and not self.user.is_district_hr:
            self._check_may_grow(cleaned["recent"])

    def _check_new(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("kind"):
            self.add_error("kind", "Chọn loại căn cứ, hoặc một căn cứ đã nhập gần đây.")
        elif cleaned["kind"] == Basis.Kind.DECISION:
            for name, message in _OF_A_DECISION.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, message)
        elif not cleaned.get("number") and not cleaned.get("signed_on"):
            self.add_error("signed_on", "Ghi ngày hoặc số của giấy tờ.")

    def _check_may_grow(self, basis: Basis) -> None:
        """What was sent or approved on a basis was so on the scans that it had."""
        sent = Proposal.objects.filter(basis=basis).exclude(state__in=Proposal.NOT_WAITING)
        if sent.exists() or Change.objects.filter(basis=basis).exists():
            self.add_error("scans", _NO_MORE)

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ngày này chưa tới; kiểm tra lại năm.")
        return day

    def _post_clean(self):
        """The model's own limits matter for a new basis only."""
        if not self.cleaned_data.get("recent"):
            super()._post_clean()  # type: ignore[misc]  # the stub leaves this hook out

    def basis(self) -> Basis:
        """The chosen basis, or the new one, stored with its scans.

        Call it inside the `storing()` that also writes what rests on it.
        """
        basis, files = self.cleaned_data["recent"], self.cleaned_data["scans"]
        is_known = bool(basis)
        if not is_known:
            self.instance.created_by = self.user
            self.instance.commune_id = self.user.commune_id
            basis = (not files and self._same()) or self.save()
        stored = store_scans(files, basis=basis, by=self.user)
        if is_known and stored:
            self._log_added(basis, stored)
        return basis

    def _same(self) -> Basis | None:
        """The same paper, entered lately by the same account: it is not stored twice."""
        told = {name: getattr(self.instance, name) for name in ("kind", "about", *_TYPED)}
        same: Basis | None = self.lately.filter(**told).first()
        return same

    def _log_added(self, basis: Basis, scans: Sequence[Attachment]) -> None:
        people = Change.objects.filter(basis=basis).values_list("cadre", flat=True).distinct()
        audit.record(
            self.request, AuditEvent.Action.CHANGE, subject_type="basis", subjects=[basis.pk],
            people=people, detail={"scans_added": {scan.pk: scan.sha256 for scan in scans}},
        )  # fmt: skip

    def ground(self, **more) -> Ground:
        """What the change rests on, for the actions; stored as `basis` is."""
        return Ground(by=self.user, basis=self.basis(), reason=self.cleaned_data["reason"], **more)


def _recent_of(user: User, *, decisions: bool):
    since = timezone.now() - timedelta(days=_RECENT_DAYS)
    mine = Basis.objects.filter(
        created_by=user, commune=user.commune_id, created_at__gte=since, revoked_by=None
    )
    if decisions:
        mine = mine.filter(kind=Basis.Kind.DECISION)
    latest = mine.order_by("-pk").values("pk")[:_RECENT_SHOWN]
    return Basis.objects.filter(pk__in=list(latest.values_list("pk", flat=True))).order_by("-pk")


def told_together(form: Any, basis: BasisForm) -> None:
    """What is wrong with both stands in one summary, on top of `form`, which the page prints
    first."""
    form.helper.beside, basis.helper.is_told_above = basis, True
