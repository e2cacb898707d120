"""What the sender of an old list decides at each step, as forms; what they decide is the recipe."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from cadres.models import Commune
from daitu_portal.fields import DayField
from intake.healing import targets
from intake.healing.recipe import IGNORED, Recipe
from intake.matching import NEW
from intake.rules.repairs import LABELS, RepairKind

AS_FOUND = ""
_SELECT, _CONTROL = {"class": "form-select"}, {"class": "form-control"}
_SHORT = {"class": "form-control", "size": 8}
_ENCODINGS = [
    (AS_FOUND, "Tự nhận"), ("unicode", "Unicode"), ("tcvn3", "TCVN3 (.VnTime)"), ("vni", "VNI"),
    ("cp1258", "Windows-1258"),
]  # fmt: skip
_TARGETS = [
    ("", "Chưa đối chiếu"),
    (IGNORED, "Không nhập cột này"),
    *targets.choices(),
]


class SheetsForm(forms.Form):
    """Which sheets hold the list, where its head is, how its text was written, what is repaired."""

    def __init__(
        self, *args: Any, sheets: Sequence[Mapping[str, Any]], lists: Sequence[Mapping[str, Any]],
        kinds: Iterable[str], recipe: Recipe, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.lists, self.recipe = lists, recipe
        found = {each["sheet"] for each in lists}
        self.listless = [each["name"] for each in sheets if each["name"] not in found]
        self.fields["trang"] = forms.MultipleChoiceField(
            label="Trang có danh sách",
            choices=[(each["name"], each["name"]) for each in sheets],
            initial=[each["name"] for each in sheets if each["is_chosen"]],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Chọn ít nhất một trang."},
        )
        for number, each in enumerate(lists):
            self.fields[f"dau-{number}"] = _head_field(each["sheet"], each["head_rows"])
            for column in each["columns"]:
                self.fields[f"ma-{number}-{column['number']}"] = forms.ChoiceField(
                    label=f"Cột {column['letter']} được gõ bằng", choices=_ENCODINGS,
                    required=False,
                    initial=recipe.encodings.get(each["sheet"], {}).get(str(column["number"]), ""),
                    widget=forms.Select(_SELECT),
                )  # fmt: skip
        for number, name in enumerate(self.listless):
            self.fields[f"tim-{number}"] = _head_field(name, recipe.heads.get(name, ()))
        self.kinds = [RepairKind(kind) for kind in kinds]
        self.fields["sua"] = forms.MultipleChoiceField(
            label="Sửa tự động", required=False,
            choices=[(each.value, LABELS[each]) for each in self.kinds],
            initial=[each.value for each in self.kinds if each.value not in recipe.off],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def decided(self) -> Recipe:
        """The recipe with what was chosen; kinds that the page did not show stay as they are."""
        heads, encodings = dict(self.recipe.heads), dict(self.recipe.encodings)
        for number, each in enumerate(self.lists):
            rows = _rows(self.cleaned_data[f"dau-{number}"])
            if rows and rows != tuple(each["head_rows"]):
                heads[each["sheet"]] = rows
            chosen = {
                str(c["number"]): self.cleaned_data[f"ma-{number}-{c['number']}"]
                for c in each["columns"]
            }
            encodings[each["sheet"]] = {key: name for key, name in chosen.items() if name}
        for number, name in enumerate(self.listless):
            if rows := _rows(self.cleaned_data[f"tim-{number}"]):
                heads[name] = rows
            else:
                heads.pop(name, None)
        shown = {each.value for each in self.kinds}
        off = (set(self.recipe.off) - shown) | (shown - set(self.cleaned_data["sua"]))
        return replace(
            self.recipe, sheets=tuple(self.cleaned_data["trang"]), heads=heads,
            encodings=encodings, off=tuple(sorted(off)),
        )  # fmt: skip


def _head_field(sheet: str, rows: Sequence[int]) -> forms.RegexField:
    return forms.RegexField(
        r"^\s*\d{1,5}\s*(?:-\s*\d{1,5}\s*)?$", label=f"Dòng tiêu đề của trang {sheet}",
        required=False, initial=_span(rows), widget=forms.TextInput(_SHORT),
        error_messages={"invalid": "Ghi số dòng, ví dụ 6 hoặc 6-8."},
    )  # fmt: skip


def _span(rows: Sequence[int]) -> str:
    if not rows:
        return ""
    return str(rows[0]) if len(rows) == 1 else f"{rows[0]}-{rows[-1]}"


def _rows(text: str) -> tuple[int, ...]:
    ends = [int(each) for each in text.split("-") if each.strip()]
    return tuple(range(ends[0], min(ends[-1], ends[0] + 2) + 1)) if ends else ()


class ColumnsForm(forms.Form):
    """What each column means, and what is said once for all rows."""

    def __init__(
        self, *args: Any, lists: Sequence[Mapping[str, Any]], recipe: Recipe,
        communes: Iterable[Commune] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.lists, self.recipe = lists, recipe
        for number, each in enumerate(lists):
            for column in each["columns"]:
                self.fields[f"cot-{number}-{column['number']}"] = forms.ChoiceField(
                    label=f"Cột {column['letter']}", choices=_TARGETS, required=False,
                    initial=column["target"],
                    widget=forms.Select(_SELECT | {"aria-label": f"Cột {column['letter']} là mục"}),
                )  # fmt: skip
        constants = recipe.constants
        self.has_communes = bool(communes)
        if communes:
            self.fields["don_vi"] = forms.ChoiceField(
                label="Đơn vị của mọi người trong danh sách", required=False,
                choices=[("", "Theo tệp"), *((each.code, each.name) for each in communes)],
                initial=constants.get("holding.commune", ""), widget=forms.Select(_SELECT),
                help_text=_units_in_titles(lists),
            )  # fmt: skip
        self.fields["tu_ngay"] = DayField(
            label="Giữ chức vụ từ ngày (người chưa có trên cổng)", required=False,
            initial=constants.get("holding.valid_from", ""),
        )  # fmt: skip
        self.fields["ngay_dau"] = forms.BooleanField(
            label="Ngày giữ chức vụ, hưởng lương chỉ ghi tháng, năm: lấy ngày đầu tháng, đầu năm",
            required=False, initial=recipe.first_day,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        for number, each in enumerate(self.lists):
            seen: dict[str, str] = {}
            for column in each["columns"]:
                name = f"cot-{number}-{column['number']}"
                target = self.cleaned_data.get(name, "")
                if target in seen and target in targets.targets():
                    self.add_error(name, f"Cột {seen[target]} đã là “{targets.label_of(target)}”.")
                seen.setdefault(target, column["letter"])
        return self.cleaned_data

    def decided(self) -> Recipe:
        recipe = replace(self.recipe, first_day=self.cleaned_data["ngay_dau"])
        for number, each in enumerate(self.lists):
            told = {
                str(c["number"]): self.cleaned_data[f"cot-{number}-{c['number']}"] or IGNORED
                for c in each["columns"]
                if self.cleaned_data[f"cot-{number}-{c['number']}"] != c["target"]
                or str(c["number"]) in recipe.columns.get(each["sheet"], {})
            }
            recipe = recipe.with_columns(each["sheet"], told)
        if self.has_communes:
            recipe = recipe.with_constant("holding.commune", self.cleaned_data["don_vi"])
        day = self.cleaned_data["tu_ngay"]
        return recipe.with_constant("holding.valid_from", f"{day:%d/%m/%Y}" if day else "")


def _units_in_titles(lists: Sequence[Mapping[str, Any]]) -> str:
    """Which unit each list's title names: where nothing is chosen, that of whoever tells none."""
    named = [f"“{each['sheet']}” là {each['commune']}" for each in lists if each["commune"]]
    if not named:
        return ""
    return f"“Theo tệp”: đơn vị trong dòng, không ghi thì theo tiêu đề trang: {'; '.join(named)}."


class PeopleForm(forms.Form):
    """Who each doubtful row is: one of those it may be, somebody new, or not decided yet.

    `rows` are (place, [code of each who may be meant, or "=" and the place of another row])."""

    def __init__(
        self, *args: Any, rows: Sequence[tuple[str, Sequence[str]]], recipe: Recipe, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.recipe = rows, recipe
        for number, (place, codes) in enumerate(rows):
            self.fields[f"ai-{number}"] = forms.ChoiceField(
                label=f"Dòng {place} là ai", required=False,
                choices=[*((code, code) for code in codes), (NEW, "Người mới"), ("", "Chưa rõ")],
                initial=recipe.people.get(place, ""), widget=forms.RadioSelect,
            )  # fmt: skip

    def decided(self) -> Recipe:
        recipe = self.recipe
        for number, (place, _) in enumerate(self.rows):
            recipe = recipe.with_person(place, self.cleaned_data[f"ai-{number}"])
        return recipe


class TypedForm(forms.Form):
    """What is typed in place of cells: one field a problem that cells of the file have."""

    def __init__(
        self, *args: Any, problems: Sequence[Mapping[str, Any]], recipe: Recipe, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.recipe, self.shown = recipe, set[str]()
        self.cells: dict[str, list[str]] = {}  # the cells that a field answers for, by the first
        for each in problems:
            if each["ref"]:
                alike = [f"{each['sheet']}!{ref}" for ref in each.get("alike", [each["ref"]])]
                self.cells.setdefault(alike[0], alike)
        for number, (ref, alike) in enumerate(self.cells.items()):
            label = f"Sửa ô {ref}" + (f" và {len(alike) - 1} ô giống thế" if alike[1:] else "")
            self.fields[f"o-{number}"] = forms.CharField(
                label=label, required=False, max_length=2000,
                initial=recipe.typed.get(ref, ""), widget=forms.TextInput(_CONTROL),
            )  # fmt: skip

    def field_of(self, problem: Mapping[str, Any]) -> forms.BoundField | None:
        """Where the cell of a problem is typed anew; None where it has none, or was given its field
        with an earlier problem."""
        ref = f"{problem['sheet']}!{problem['ref']}"
        if ref not in self.cells or ref in self.shown:
            return None
        self.shown.add(ref)
        return self[f"o-{list(self.cells).index(ref)}"]

    def decided(self) -> Recipe:
        typed = dict(self.recipe.typed)
        for number, alike in enumerate(self.cells.values()):
            if f"o-{number}" in self.changed_data:
                typed |= dict.fromkeys(alike, self.cleaned_data[f"o-{number}"])
        return replace(self.recipe, typed={ref: text for ref, text in typed.items() if text})
