"""The list of what is handed over when a person's file moves to another office."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django import forms
from docxtpl import DocxTemplate

from cadres.models import Attachment, Cadre
from cadres.paper_file import Line, lines_of
from daitu_portal.fields import DayField
from daitu_portal.text import clean

_TEMPLATE = Path(__file__).parent / "data" / "handover.docx"
_MEGABYTE = 1024 * 1024


class HandoverForm(forms.Form):
    """Between which offices and on which day; all of it may be left to be written by hand."""

    giao = forms.CharField(
        label="Bên giao", max_length=160, required=False,
        help_text="Để trống thì lấy đơn vị hiện nay của người này.",
    )  # fmt: skip
    nhan = forms.CharField(label="Bên nhận", max_length=160, required=False)
    hom = DayField(label="Ngày giao", required=False)


@dataclass(frozen=True)
class Handover:
    """What the page prints and the Word file holds."""

    person: Cadre
    given_by: str
    taken_by: str
    on: date | None
    papers: list[Line]
    files: list[Attachment]

    @property
    def day_words(self) -> str:
        """ "ngày 12 tháng 5 năm 2023", or dots to write on."""
        if self.on is None:
            return "ngày …… tháng …… năm ………"
        return f"ngày {self.on.day:02d} tháng {self.on.month:02d} năm {self.on.year}"


def handover_of(person: Cadre, user: Any, form: HandoverForm, unit: str) -> Handover:
    """The list of `person` with the files that `user` may see; `unit` gives unless said otherwise.

    Two queries. What the form does not take is left to be written by hand.
    """
    said = form.cleaned_data if form.is_valid() else {}
    files = Attachment.objects.visible_to(user).kept().filter(cadre=person)
    return Handover(
        person=person,
        given_by=clean(said.get("giao") or "") or unit,
        taken_by=clean(said.get("nhan") or ""),
        on=said.get("hom"),
        papers=lines_of(person.paper_items.all()),
        files=list(files.order_by("kind", "pk")),
    )


def word_file(handover: Handover, posts: str) -> bytes:
    """The list as a Word document, from the template that the office can edit."""
    template, person = DocxTemplate(_TEMPLATE), handover.person
    template.render(
        {
            "name": person.full_name,
            "code": person.code,
            "born_on": str(person.born_on or ""),
            "posts": posts,
            "given_by": handover.given_by or "………………………………",
            "taken_by": handover.taken_by or "………………………………",
            "day_words": handover.day_words,
            "papers": [_paper(number, line) for number, line in enumerate(handover.papers, 1)],
            "files": [_file(number, each) for number, each in enumerate(handover.files, 1)],
        },
        autoescape=True,
    )
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def _paper(number: int, line: Line) -> dict[str, Any]:
    item = line.item
    return {
        "number": number,
        "label": line.component.label,
        "state": item.get_state_display() if item else "",
        "note": item.note if item else "",
    }


def _file(number: int, file: Attachment) -> dict[str, Any]:
    return {
        "number": number,
        "kind": file.get_kind_display(),
        "name": file.name,
        "sent": f"{file.uploaded_at:%d/%m/%Y}",
    }
