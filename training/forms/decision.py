"""The decision that training cites, as three fields of a form."""

from django import forms
from django.utils import timezone

from accounts.models import User
from cadres.models import Basis
from daitu_portal.fields import DayField
from training.decisions import decision_of

# What is asked for where one of the three is missing.
DECISION = {
    "decision_number": "Nhập số quyết định.",
    "decision_signed_on": "Nhập ngày ký quyết định, ví dụ 20/08/2023.",
    "decision_issuer": "Nhập cơ quan ban hành quyết định.",
}


class DecisionMixin(forms.Form):
    """The decision that something rests on: number, day, issuer; all of them or, unless
    `needs_decision`, nothing. The form calls `check_decision` when it is cleaned."""

    decision_number = forms.CharField(label="Số quyết định", max_length=60, required=False)
    decision_signed_on = DayField(label="Ngày ký", required=False)
    decision_issuer = forms.CharField(label="Cơ quan ban hành", max_length=160, required=False)
    needs_decision = False

    def check_decision(self) -> None:
        """Tell what of it is missing or cannot be."""
        told = [name for name in DECISION if self.cleaned_data.get(name)]
        if self.needs_decision or told:
            for name, message in DECISION.items():
                if name not in told and name not in self.errors:
                    self.add_error(name, message)
        day = self.cleaned_data.get("decision_signed_on")
        if day and day > timezone.localdate():
            self.add_error("decision_signed_on", "Ngày ký chưa tới; kiểm tra lại năm.")

    def decision(self, by: User) -> Basis | None:
        """The decision, stored where it is new; None where none was typed. Call it in the
        transaction that uses it."""
        number, signed_on, issuer = (self.cleaned_data.get(name) for name in DECISION)
        if not (number and signed_on and issuer):
            return None
        return decision_of(number=number, signed_on=signed_on, issuer=issuer, by=by)
