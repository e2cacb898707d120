"""The forms of a scenario: what it watches, and what is supposed. A plain GET form tries one."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from daitu_portal.dates import add_months
from daitu_portal.fields import field_of
from daitu_portal.filter_form import field_html
from reports.forecast.choices import Offered, level_asked
from reports.forecast.fields import MonthField
from reports.forecast.parts_form import PASS
from reports.forecast.plan import MOST_INDICATORS, MOST_MONTHS


def with_defaults(data: Any, offered: Offered, day: date) -> MultiValueDict[str, str]:
    """What an address leaves open: December of the next year, nine in ten pass, the level that the
    indicator counts; or the indicator that counts what the programme gives."""
    found = {name: data.getlist(name) for name in data}
    end = f"12/{day.year + 1}"
    until = (found.get("den") or [end])[0]
    programme = offered.programme(data.get("ct", ""))
    if not found.get("chi_tieu"):
        found["chi_tieu"] = [_indicator_for(programme.strand if programme else "", offered)]
    if not programme and not data.get("muc"):
        first = offered.indicator(found["chi_tieu"][0])
        found["muc"] = [level_asked(first.predicate) if first else ""]
    found.setdefault("den", [end])
    found.setdefault("ket_qua", [end if "den" not in data else until])
    found.setdefault("dat", [str(PASS)])
    return MultiValueDict(found)


def _indicator_for(strand: str, offered: Offered) -> str:
    """The first headline that counts a level of `strand`, else the first of all."""
    headlines = sorted(offered.indicators, key=lambda each: not each.is_headline)
    fits = [each for each in headlines if strand and level_asked(each.predicate, strand)]
    return next((each.code for each in (*fits, *headlines)), "")


class HeadForm(forms.Form):
    """Which indicators are watched, until which month."""

    chi_tieu = forms.MultipleChoiceField(
        label="Chỉ tiêu theo dõi",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "checks-wide"}),
        error_messages={"required": "Chọn ít nhất một chỉ tiêu."},
    )
    den = MonthField(label="Dự báo đến hết tháng", error_messages={"required": "Nhập tháng cuối."})

    def __init__(self, data: Any, *, offered: Offered, base: date, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
        self.base = base
        choices = [(each.code, each.short_name) for each in offered.indicators]
        field_of(self, "chi_tieu", forms.MultipleChoiceField).choices = choices

    def clean_chi_tieu(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["chi_tieu"]
        if len(chosen) > MOST_INDICATORS:
            raise forms.ValidationError(f"Chọn nhiều nhất {MOST_INDICATORS} chỉ tiêu một lần.")
        return chosen

    def clean_den(self) -> date:
        until: date = self.cleaned_data["den"]
        until = add_months(until.replace(day=1), 1) - timedelta(days=1)
        if until <= self.base:
            raise forms.ValidationError(f"Tháng cuối phải sau ngày gốc {self.base:%d/%m/%Y}.")
        if until > add_months(self.base, MOST_MONTHS):
            raise forms.ValidationError(f"Dự báo nhiều nhất {MOST_MONTHS} tháng sau ngày gốc.")
        return until

    def fields_html(self) -> Iterator[SafeString]:
        return (field_html(field) for field in self)


class SaveForm(forms.Form):
    """What a scenario is called when it is kept; `token` makes a form that is sent twice one."""

    ten = forms.CharField(
        label="Tên kịch bản", max_length=160, error_messages={"required": "Nhập tên kịch bản."}
    )
    chia_se = forms.BooleanField(label="Lãnh đạo và cán bộ huyện cùng xem", required=False)
    dau = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
