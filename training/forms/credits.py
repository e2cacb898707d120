"""What is typed on the list of certificates, for those that are ticked."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from cadres.models import Qualification
from daitu_portal.addresses import is_key
from daitu_portal.fields import DayField
from training.credits import Certificate

MOST = 200  # a page has fewer
_NUMBER = forms.CharField(
    max_length=60, error_messages={"required": "chưa có số hiệu; ghi số trên văn bằng, chứng chỉ"}
)
_DAY = DayField(error_messages={"required": "chưa có ngày cấp"})
_EVIDENCE = forms.ChoiceField(
    choices=Qualification.Evidence.choices, error_messages={"required": "chọn loại giấy tờ"}
)


class ReasonForm(forms.Form):
    """Why credits are dropped."""

    ly_do = forms.CharField(
        label="Lý do không ghi nhận", max_length=255,
        error_messages={"required": "Ghi lý do không ghi nhận."},
    )  # fmt: skip


def ticked_in(data: QueryDict) -> list[int]:
    """Keys of the ticked lines."""
    return [int(key) for key in dict.fromkeys(data.getlist("chon")) if is_key(key)][:MOST]


def certificates_in(
    data: QueryDict, keys: Iterable[int]
) -> tuple[dict[int, Certificate], dict[int, str]]:
    """The certificates of the lines `keys` that can be read, and what is wrong with the others."""
    papers: dict[int, Certificate] = {}
    wrong: dict[int, str] = {}
    for key in keys:
        try:
            papers[key] = Certificate(
                _read(_NUMBER, data, f"so_{key}"), _read(_DAY, data, f"nc_{key}"),
                _read(_EVIDENCE, data, f"gt_{key}"),
            )  # fmt: skip
        except ValidationError as error:
            wrong[key] = " ".join(error.messages)
    return papers, wrong


def _read(cleaner: forms.Field, data: QueryDict, name: str) -> Any:
    return cleaner.clean(data.get(name, ""))
