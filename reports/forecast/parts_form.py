"""What is supposed, as a form: each section that is filled in becomes a part of a scenario."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from cadres.models import Cadre
from daitu_portal.addresses import is_key
from daitu_portal.fields import field_of
from daitu_portal.filter_form import field_html
from reports.forecast.choices import CONTENT_OFFERED, EMPTY, LEVEL_CHOICES, Offered
from reports.forecast.fields import CodesField, MonthField, PercentField
from reports.forecast.models import ScenarioItem
from reports.forecast.plan import MOST_PEOPLE, Kind, Part
from training.models import Study

PASS = 90  # percent, unless something else is typed
_LEARNING = {"lop": Kind.CLASS, "cu-di-hoc": Kind.STUDY}
_OF_CODES = ("them_ma", "thoi_ma", "o_lai")
_BOX = (
    '<div class="form-check mb-3"><input class="form-check-input" type="checkbox" id="{0}" '
    'name="{1}" value="1"{2}><label class="form-check-label" for="{0}">{3}</label></div>'
)


def _choice(label: str, choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> Any:
    return forms.ChoiceField(label=label, required=False, choices=[EMPTY, *choices], **kwargs)


class PartsForm(forms.Form):
    """What is supposed; each section that is filled in becomes a part.

    `until` is the last day of the forecast. `nguoi` are the keys of those who learn, `luot` those
    of studies on record: both come as often as there are.
    """

    hinh_thuc = forms.ChoiceField(
        label="Hình thức", required=False, choices=[("lop", "Lớp"), ("cu-di-hoc", "Cử đi học")]
    )
    ct = _choice("Chương trình")
    muc = _choice("Hoặc mức được cấp", [*LEVEL_CHOICES, *CONTENT_OFFERED])
    ket_qua = MonthField(label="Có kết quả tháng", required=False)
    dat = PercentField(label="Tỷ lệ đạt (%)", required=False)
    dat_thap = PercentField(label="Thấp nhất (%)", required=False,
                            help_text="Để trống cả hai: tính theo xác suất.")  # fmt: skip
    dat_cao = PercentField(label="Cao nhất (%)", required=False)
    them_ma = CodesField(label="Thêm người theo mã hồ sơ")
    hoc = forms.BooleanField(
        label="Tính các lượt cử đi học đang học, đến hạn trước cuối kỳ", required=False
    )
    hoc_dat = PercentField(label="Tỷ lệ tốt nghiệp (%)", required=False)
    nghi_huu = forms.BooleanField(
        label="Tính người đến tuổi nghỉ hưu theo bảng tuổi", required=False
    )
    thoi_ma = CodesField(label="Người thôi giữ chức vụ, theo mã hồ sơ")
    thoi_tu = MonthField(label="Thôi từ hết tháng", required=False)
    nhiem_ky = _choice("Hết nhiệm kỳ")
    nhiem_ky_het = MonthField(label="Hết vào cuối tháng", required=False)
    o_lai = CodesField(label="Người ở lại, theo mã hồ sơ")
    tuyen_so = forms.IntegerField(
        label="Tuyển mới (người)", required=False, min_value=1, max_value=200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "3"}),
        error_messages={"invalid": "Nhập số người từ 1 đến 200."},
    )  # fmt: skip
    tuyen_chuc = _choice("Vào chức danh")
    tuyen_xa = _choice("Của đơn vị")
    tuyen_tu = MonthField(label="Từ cuối tháng", required=False)
    tuyen_cm = _choice("Chuyên môn", [c for c in LEVEL_CHOICES if c[0].startswith("professional")])
    tuyen_llct = _choice(
        "Lý luận chính trị", [c for c in LEVEL_CHOICES if c[0].startswith("political")]
    )
    qd_nhom = _choice("Quy định mới cho nhóm")
    qd_muc = _choice("Phải có từ", LEVEL_CHOICES)
    qd_tu = MonthField(label="Áp dụng từ cuối tháng", required=False)

    SECTIONS: Mapping[str, tuple[str, ...]] = {
        "Cử đi học đang có": ("hoc", "hoc_dat"),
        "Người rời chức vụ": (
            "nghi_huu", "thoi_ma", "thoi_tu", "nhiem_ky", "nhiem_ky_het", "o_lai",
        ),
        "Tuyển mới": (
            "tuyen_so", "tuyen_chuc", "tuyen_xa", "tuyen_tu", "tuyen_cm", "tuyen_llct",
        ),
        "Đổi quy định": ("qd_nhom", "qd_muc", "qd_tu"),
    }  # fmt: skip
    LEARNING = ("hinh_thuc", "ct", "muc", "ket_qua", "dat", "dat_thap", "dat_cao", "them_ma")

    def __init__(
        self, data: Any, *, user: User, offered: Offered, base: date, until: date, **kwargs: Any
    ) -> None:
        super().__init__(data, label_suffix="", **kwargs)
        self.user, self.offered, self.base, self.until = user, offered, base, until
        listed = {
            "ct": [(str(each.pk), f"{each.name} ({each.awards})") for each in offered.programmes],
            "nhiem_ky": [(str(each.pk), str(each)) for each in offered.terms],
            "tuyen_chuc": [(str(each.pk), each.name) for each in offered.posts],
            "tuyen_xa": [(str(each.pk), each.name) for each in offered.communes],
            "qd_nhom": [(each.code, each.name) for each in offered.title_sets],
        }
        for name, choices in listed.items():
            field_of(self, name, forms.ChoiceField).choices = [EMPTY, *choices]
        self.parts: list[Part] = []
        self._found: dict[str, int] = {}

    # -- what was typed

    @property
    def chosen(self) -> list[int]:
        """Keys of those ticked, as they come."""
        return self._keys("nguoi")

    @property
    def studies_asked(self) -> list[int]:
        """Keys of the studies on record that the address names."""
        return self._keys("luot")

    def _keys(self, name: str) -> list[int]:
        typed = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        return list(dict.fromkeys(int(key) for key in typed if is_key(key)))

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._find_codes()
        if not self.errors:
            makers = (self._learning, self._studies, self._leaving, self._term, self._hiring,
                      self._rule)  # fmt: skip
            self.parts = [part for make in makers if (part := make())]
            if self.cleaned_data["nghi_huu"]:
                self.parts.append(Part(ScenarioItem(kind=Kind.RETIREMENT)))
        return self.cleaned_data

    def _find_codes(self) -> None:
        """Whose codes were typed: one query for all fields."""
        typed = {name: self.cleaned_data.get(name) or [] for name in _OF_CODES}
        wanted = {code for codes in typed.values() for code in codes}
        if wanted:
            people = Cadre.objects.visible_to(self.user).filter(code__in=wanted)
            self._found = dict(people.values_list("code", "pk"))
        for name, codes in typed.items():
            unknown = [code for code in codes if code not in self._found]
            if unknown:
                self.add_error(name, f"Không có hồ sơ mang mã: {', '.join(unknown[:5])}.")

    def _people(self, name: str) -> list[int]:
        return [self._found[code] for code in self.cleaned_data.get(name) or []]

    def _missing(self, **needed: str) -> bool:
        """Whether something that the section needs is not there; the form then says what."""
        absent = {name: words for name, words in needed.items() if not self.cleaned_data[name]}
        for name, words in absent.items():
            self.add_error(name, words)
        return bool(absent)

    def _in_time(self, name: str) -> bool:
        """Whether the day of `name` lies within the forecast; else the form says so."""
        day: date = self.cleaned_data[name]
        if self.base < day <= self.until:
            return True
        words = f"Chọn tháng sau ngày gốc {self.base:%d/%m/%Y} và không sau {self.until:%m/%Y}."
        self.add_error(name, words)
        return False

    # -- the parts

    def _learning(self) -> Part | None:
        people = list(dict.fromkeys([*self.chosen, *self._people("them_ma")]))
        said = self.cleaned_data
        if not people:
            return None
        if len(people) > MOST_PEOPLE:
            self.add_error("them_ma", f"Chọn nhiều nhất {MOST_PEOPLE} người cho một lớp.")
        if not (said["ct"] or said["muc"]):
            self.add_error("muc", "Chọn chương trình, hoặc mức mà lớp cấp.")
        absent = self._missing(ket_qua="Nhập tháng có kết quả.")
        if absent or not self._in_time("ket_qua") or not self._in_order() or self.errors:
            return None
        kind = _LEARNING.get(said["hinh_thuc"], Kind.CLASS)
        rates = {
            "pass_middle": PASS if said["dat"] is None else said["dat"],
            "pass_low": said["dat_thap"], "pass_high": said["dat_cao"],
        }  # fmt: skip
        item = ScenarioItem(kind=kind, on=said["ket_qua"], **rates, **self._award())
        return Part(item, tuple(people))

    def _award(self) -> dict[str, Any]:
        programme = self.offered.programme(self.cleaned_data["ct"])
        if programme:
            return {"programme": programme}
        first, _, second = self.cleaned_data["muc"].partition(":")
        return {"content": second} if first == "bd" else {"strand": first, "rank": int(second)}

    def _in_order(self) -> bool:
        """Whether the lowest, the expected and the highest rate stand in this order."""
        said = self.cleaned_data
        middle = PASS if said["dat"] is None else said["dat"]
        if said["dat_thap"] is not None and said["dat_thap"] > middle:
            self.add_error("dat_thap", f"Tỷ lệ thấp nhất phải không quá tỷ lệ đạt ({middle} %).")
        if said["dat_cao"] is not None and said["dat_cao"] < middle:
            self.add_error("dat_cao", f"Tỷ lệ cao nhất phải từ tỷ lệ đạt ({middle} %) trở lên.")
        return not self.errors

    def _studies(self) -> Part | None:
        keys = self.studies_asked
        if not (keys or self.cleaned_data["hoc"]):
            return None
        rows = Study.objects.visible_to(self.user).filter(ended_on=None, begins_on__lte=self.base)
        rows = rows.filter(pk__in=keys) if keys else rows.filter(due_on__lte=self.until)
        studies = tuple(rows.order_by("pk").values_list("cadre", "pk")[:MOST_PEOPLE])
        rate = self.cleaned_data["hoc_dat"]
        item = ScenarioItem(kind=Kind.STUDY, pass_middle=PASS if rate is None else rate)
        return Part(item, studies=studies) if studies else None

    def _leaving(self) -> Part | None:
        people = self._people("thoi_ma")
        if not people or self._missing(thoi_tu="Nhập tháng thôi giữ chức vụ."):
            return None
        if not self._in_time("thoi_tu"):
            return None
        return Part(ScenarioItem(kind=Kind.LEAVERS, on=self._after("thoi_tu")), tuple(people))

    def _after(self, name: str) -> date:
        """The first day after the month of `name`."""
        day: date = self.cleaned_data[name]
        return day + timedelta(days=1)

    def _term(self) -> Part | None:
        key = self.cleaned_data["nhiem_ky"]
        if not key or self._missing(nhiem_ky_het="Nhập tháng hết nhiệm kỳ."):
            return None
        if not self._in_time("nhiem_ky_het"):
            return None
        term = next(each for each in self.offered.terms if str(each.pk) == key)
        item = ScenarioItem(kind=Kind.TERM, term=term, on=self._after("nhiem_ky_het"))
        return Part(item, tuple(self._people("o_lai")))

    def _hiring(self) -> Part | None:
        said = self.cleaned_data
        if not said["tuyen_so"] or self._missing(
            tuyen_chuc="Chọn chức danh.", tuyen_xa="Chọn đơn vị.", tuyen_tu="Nhập tháng bắt đầu."
        ):
            return None
        if not self._in_time("tuyen_tu"):
            return None
        levels = [said[name].split(":") for name in ("tuyen_cm", "tuyen_llct") if said[name]]
        posts = {str(each.pk): each for each in self.offered.posts}
        communes = {str(each.pk): each for each in self.offered.communes}
        item = ScenarioItem(
            kind=Kind.HIRES, number=said["tuyen_so"], post=posts[said["tuyen_chuc"]],
            commune=communes[said["tuyen_xa"]], on=said["tuyen_tu"],
            levels={strand: int(rank) for strand, rank in levels},
        )  # fmt: skip
        return Part(item)

    def _rule(self) -> Part | None:
        said = self.cleaned_data
        if not said["qd_nhom"] or self._missing(
            qd_muc="Chọn mức phải có.", qd_tu="Nhập tháng áp dụng."
        ):
            return None
        if not self._in_time("qd_tu"):
            return None
        strand, _, rank = said["qd_muc"].partition(":")
        item = ScenarioItem(kind=Kind.RULE, title_set=said["qd_nhom"], strand=strand,
                            rank=int(rank), on=said["qd_tu"])  # fmt: skip
        names = {each.code: each.name for each in self.offered.title_sets}
        return Part(item, set_name=names[said["qd_nhom"]])

    # -- how it looks

    def learning_html(self) -> Iterator[SafeString]:
        return (field_html(self[name]) for name in self.LEARNING)

    def sections(self) -> Iterator[tuple[str, bool, list[SafeString]]]:
        """(legend, whether it is in use, fields) of what stands beside the class."""
        for legend, names in self.SECTIONS.items():
            used = any(self.data.get(n) or n in self.errors for n in names) if self.data else False
            yield legend, used, [self._html(name) for name in names]

    def _html(self, name: str) -> SafeString:
        field = self[name]
        if isinstance(field.field, forms.BooleanField):
            return _box(field)
        return field_html(field)


def _box(field: forms.BoundField) -> SafeString:
    checked = format_html(" {}", "checked") if field.value() else ""
    return format_html(_BOX, field.auto_id, field.html_name, checked, field.label)
