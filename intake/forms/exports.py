"""Which unit's work-pack is asked for, and what for."""

from datetime import date

from django import forms

from cadres.models import Commune


class WorkPackForm(forms.Form):
    commune = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=Commune.objects.none(),
        empty_label="— chọn đơn vị —",
        error_messages={
            "required": "Chọn đơn vị.",
            "invalid_choice": "Đơn vị này không có vào ngày tính, hoặc ngoài phạm vi của bạn.",
        },
    )
    purpose = forms.CharField(
        label="Mục đích",
        max_length=200,
        help_text="Ghi vào nhật ký, ví dụ: bổ sung hồ sơ quý II.",
        error_messages={"required": "Ghi mục đích."},
    )

    def __init__(self, data=None, *, user, day: date):
        super().__init__(data, label_suffix="")
        mine = Commune.objects.visible_to(user).on(day).order_by("sort_key")
        self.fields["commune"].queryset = mine  # type: ignore[attr-defined]
        if user.commune_id:
            self.fields["commune"].empty_label = None  # type: ignore[attr-defined]
