"""What is asked before a paper is made: which one, in which format, of which year, what for."""

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from cadres.printing.jobs import PDF, WORD, Order
from cadres.printing.papers import PAPERS
from cadres.rules.ratings import rated_year

_EARLIEST_YEAR = 1990
_KINDS = ((PDF, "PDF (để in, ký)"), (WORD, "Word (để sửa thêm rồi in)"))


class PrintForm(forms.Form):
    """The order of a print; the year counts for yearly papers alone."""

    mau = forms.ChoiceField(label="Mẫu", choices=[(p.code, p.name) for p in PAPERS.values()])
    tep = forms.ChoiceField(label="Tệp", choices=_KINDS)
    nam = forms.IntegerField(label="Năm bổ sung", min_value=_EARLIEST_YEAR, required=False)
    muc_dich = forms.CharField(
        label="Mục đích",
        max_length=200,
        error_messages={"required": "Ghi in để làm gì, ví dụ: bổ sung hồ sơ cuối năm."},
    )

    def __init__(self, *args, day: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["nam"].initial = rated_year(day)
        self.fields["nam"].help_text = "Chỉ dùng cho phiếu bổ sung: lấy những gì thay đổi năm ấy."
        self.fields["muc_dich"].help_text = "Ghi vào nhật ký, ví dụ: bổ sung hồ sơ cuối năm."
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(Column("mau", css_class="col-md-6"), Column("tep", css_class="col-md-6")),
            Row(Column("nam", css_class="col-md-6"), Column("muc_dich", css_class="col-md-6")),
        )

    def clean(self):
        super().clean()
        paper, year = PAPERS.get(self.cleaned_data.get("mau", "")), self.cleaned_data.get("nam")
        if paper and paper.is_yearly and "nam" not in self.errors:
            if year is None:
                self.add_error("nam", "Phiếu bổ sung cần năm: ghi năm, ví dụ 2022.")
            elif year > self.day.year:
                self.add_error("nam", f"Năm {year} chưa tới: ghi năm {self.day.year} trở về trước.")

    @property
    def order(self) -> Order:
        """What is to be printed, of a form without errors."""
        said = self.cleaned_data
        year = said["nam"] or self.day.year
        return Order(PAPERS[said["mau"]], said["tep"], self.day, year)
