"""What a proposal is asked for: a plain GET form, the address is its state."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q

from accounts.models import User
from daitu_portal.addresses import is_key
from daitu_portal.dates import add_months
from daitu_portal.fields import DayField
from reports.models import Indicator
from training.forms.money import MoneyField, NumberField
from training.models import Programme, TrainingClass
from training.models.enrolment import FREED

MOST_CLASSES = 8
_SEATS, _RATE = 60, 90
_LONGEST = 366  # days that a supposed class lasts at the most


@dataclass(frozen=True)
class Place:
    """A class to fill: one on record, or one that is only supposed (`pk` None)."""

    key: int  # supposed ones have negative numbers
    name: str
    begins_on: date
    ends_on: date
    seats: int
    pk: int | None = None


class ProposalForm(forms.Form):
    """The ratio, the programme, the classes, and the limits."""

    chi_tieu = forms.ChoiceField(label="Tỷ lệ cần nâng")
    ct = forms.ModelChoiceField(
        Programme.objects.none(), label="Chương trình", empty_label="Chọn chương trình"
    )
    them_lop = NumberField(
        label="Số lớp dự kiến thêm", required=False, empty=0, max_value=MOST_CLASSES,
        help_text="Ngoài các lớp đang dự thảo hoặc nhận đăng ký của chương trình.",
    )  # fmt: skip
    so_cho = NumberField(
        label="Số chỗ mỗi lớp dự kiến", required=False, empty=_SEATS, min_value=1, max_value=1000
    )
    tu = DayField(label="Lớp dự kiến đầu tiên từ", required=False)
    cach = NumberField(
        label="Các lớp cách nhau (tháng)", required=False, empty=3, min_value=0, max_value=24
    )
    chi_phi = MoneyField(label="Chi phí một người (đồng)", required=False, empty=0)
    ngan_sach = MoneyField(
        label="Kinh phí có (đồng)", required=False, help_text="Để trống: không giới hạn."
    )
    di_hoc = NumberField(
        label="Một xã vắng cùng lúc tối đa (%)", required=False, min_value=1, max_value=100,
        help_text="Để trống: không giới hạn.",
    )  # fmt: skip
    dat = NumberField(
        label="Tỷ lệ đạt dự kiến (%)", required=False, empty=_RATE, min_value=0, max_value=100
    )

    def __init__(
        self, data: Any, *, indicators: list[Indicator], day: date, share: int | None
    ) -> None:
        asked = {name: data.get(name, "") for name in self.base_fields}
        if not asked["ct"]:  # the first time: what the district's setting says
            asked["di_hoc"] = asked["di_hoc"] or ("" if share is None else str(share))
        super().__init__(asked)
        self.day = day
        self.indicators = {each.code: each for each in indicators}
        choice: Any = self.fields["chi_tieu"]
        choice.choices = [(each.code, each.name) for each in indicators]
        programme: Any = self.fields["ct"]
        programme.queryset = Programme.objects.offered().exclude(strand="", content="")

    @property
    def is_asked(self) -> bool:
        """Whether there is enough to propose anything."""
        return bool(self.data.get("ct"))

    def clean_tu(self) -> date:
        first: date = self.cleaned_data["tu"] or add_months(self.day, 1)
        if first <= self.day:
            raise forms.ValidationError(
                f"Ngày mở lớp dự kiến phải sau ngày tính {self.day:%d/%m/%Y}."
            )
        return first

    @property
    def indicator(self) -> Indicator:
        return self.indicators[self.cleaned_data["chi_tieu"]]

    def places(self, user: User) -> list[Place]:
        """The classes of the programme that have not begun by the day, and the supposed ones, the
        earliest first. One query."""
        cleaned = self.cleaned_data
        rows = (
            TrainingClass.objects.visible_to(user)
            .filter(
                programme=cleaned["ct"], begins_on__gt=self.day,
                state__in=[TrainingClass.State.DRAFT, TrainingClass.State.OPEN],
            )
            .annotate(
                seated=Count("enrolments", filter=~Q(enrolments__result__in=FREED))
            )
            .order_by("begins_on", "pk")
        )  # fmt: skip
        found = [
            Place(each.pk, each.name, each.begins_on, each.ends_on,
                  max(0, (each.capacity or cleaned["so_cho"]) - each.seated), each.pk)
            for each in rows[:MOST_CLASSES]
        ]  # fmt: skip
        lasts = min(max(cleaned["ct"].days or 5, 1), _LONGEST)
        for number in range(cleaned["them_lop"]):
            begins = add_months(cleaned["tu"], number * cleaned["cach"])
            found.append(
                Place(-number - 1, f"Lớp dự kiến {number + 1}", begins,
                      begins + timedelta(days=lasts - 1), cleaned["so_cho"])
            )  # fmt: skip
        return sorted(found, key=lambda place: (place.begins_on, place.key))


def keys_of(data: Any, name: str) -> frozenset[int]:
    """The keys of people that the address brings by `name`."""
    return frozenset(int(text) for text in data.getlist(name) if is_key(text))
