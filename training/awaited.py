"""What people have passed already, while their certificates wait to be confirmed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from training.models import Credit
from training.rules.gaps import Gap


@dataclass(frozen=True)
class Awaited:
    """A level of a strand, or a content, that the record will hold once it is confirmed."""

    strand: str
    rank: int | None
    content: str
    words: str

    def fills(self, gap: Gap) -> bool:
        """Whether `gap` is none any more once it is confirmed: by that level or a higher one, or
        by that content."""
        if gap.strand:
            return self.strand == gap.strand and (self.rank or 0) >= (gap.rank or 0)
        return gap.content not in ("", "other") and self.content == gap.content


def waits_on(day: date) -> Exists:
    """Whether anything of a person waits on `day`."""
    return Exists(Credit.objects.proposed().filter(cadre=OuterRef("pk"), awarded_on__lte=day))


def awaited_of(people: Collection[int], day: date) -> dict[int, tuple[Awaited, ...]]:
    """By key of the person what waits on `day`; nothing for most. One query,
    none without people."""
    if not people:
        return {}
    rows = Credit.objects.proposed().filter(cadre__in=people, awarded_on__lte=day)
    told = rows.order_by("pk").values_list(
        "cadre", "strand", "rank", "content", "enrolment__training_class__name", "study__school"
    )
    found: dict[int, list[Awaited]] = defaultdict(list)
    for key, strand, rank, content, taught, school in told:
        found[key].append(Awaited(strand, rank, content, _words(taught, school)))
    return {key: tuple(each) for key, each in found.items()}


def _words(taught: str | None, school: str | None) -> str:
    if taught:
        return f"đã đạt lớp “{taught}”, chờ xác nhận chứng chỉ"
    return f"đã tốt nghiệp {school}, chờ xác nhận văn bằng"
