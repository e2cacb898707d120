"""From who asks, for whom and which paper, to a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from accounts.models import User
from cadres.printing.curriculum import curriculum_of
from cadres.printing.layout import Paper
from cadres.printing.pdf import Sheet, pdf_of
from cadres.printing.people import Dossier, dossiers
from cadres.printing.photo import photo_of
from cadres.printing.sight import withheld
from cadres.printing.supplement import supplement_of
from cadres.printing.word import DOCX, word_of

MOST_AT_ONCE = 100
PDF, WORD = "pdf", "word"
_PDF_TYPE, _ZIP_TYPE = "application/pdf", "application/zip"


@dataclass(frozen=True)
class Order:
    """What is to be printed: a paper, of a year where it is a yearly one, as PDF or Word."""

    paper: Paper
    kind: str
    day: date
    year: int

    @property
    def told(self) -> dict[str, str | int]:
        """For the log."""
        told: dict[str, str | int] = {"form": self.paper.code, "as": self.kind}
        return told | {"year": self.year} if self.paper.is_yearly else told


@dataclass(frozen=True)
class Printed:
    """A file to be saved, and whose record is in it."""

    content: bytes
    name: str
    content_type: str
    people: list[int]


def print_people(user: User, keys: Sequence[int], order: Order) -> Printed:
    """The paper of those of `keys` whom `user` may see: one PDF, one Word file, or an archive of
    Word files for more than one. A number of queries that does not depend on how many.

    Raises ValueError for more than MOST_AT_ONCE, and where nobody is left.
    """
    if len(keys) > MOST_AT_ONCE:
        raise ValueError("too many people for one file")
    found = dossiers(user, keys, order.day)
    if not found:
        raise ValueError("nobody to print")
    paper, blank = order.paper, withheld(user)
    sheets = [_sheet(each, blank, order) for each in found]
    people = [each.person.pk for each in found]
    name = _name(found, order)
    if order.kind == PDF:
        return Printed(pdf_of(paper, sheets), f"{name}.pdf", _PDF_TYPE, people)
    if len(found) == 1:
        return Printed(word_of(paper, sheets[0]), f"{name}.docx", DOCX, people)
    return Printed(_archive(found, sheets, order), f"{name}.zip", _ZIP_TYPE, people)


def _sheet(dossier: Dossier, blank: list[str], order: Order) -> Sheet:
    foot = _foot(dossier, blank)
    if order.paper.is_yearly:
        return Sheet(supplement_of(dossier, order.year), None, foot)
    return Sheet(curriculum_of(dossier), photo_of(dossier.photo), foot)


def _foot(dossier: Dossier, blank: list[str]) -> str:
    """Whose sheet it is, of which day, and what the reader must not take for unknown."""
    person = dossier.person
    told = f"{person.full_name} · {person.code} · theo hồ sơ đến ngày {dossier.day:%d/%m/%Y}"
    if blank:
        told += f" · không in theo quyền xem: {', '.join(blank)}"
    return told


def _stem(order: Order) -> str:
    code = order.paper.code.upper()
    return f"{code} {order.year}" if order.paper.is_yearly else code


def _name(found: Sequence[Dossier], order: Order) -> str:
    if len(found) > 1:
        return f"{_stem(order)} {len(found)} người"
    return _name_of(found[0], order)


def _name_of(dossier: Dossier, order: Order) -> str:
    kept = "".join(c for c in dossier.person.full_name if c.isalnum() or c in " -")
    return f"{_stem(order)} {' '.join(kept.split())} {dossier.person.code}"


def _archive(found: Sequence[Dossier], sheets: Sequence[Sheet], order: Order) -> bytes:
    """A Word file for each, called by name and code."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in _documents(found, sheets, order):
            archive.writestr(name, content)
    return file.getvalue()


def _documents(
    found: Sequence[Dossier], sheets: Sequence[Sheet], order: Order
) -> Iterator[tuple[str, bytes]]:
    for number, (dossier, sheet) in enumerate(zip(found, sheets, strict=True), start=1):
        yield f"{number:03d} {_name_of(dossier, order)}.docx", word_of(order.paper, sheet)
