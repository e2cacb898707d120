"""Takes an import back, person by person: what later changes rest on stays, and is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cadres import undoing
from cadres.changes import Ground, StaleVersion
from cadres.edits import RowMoved
from cadres.models import Cadre, Change
from intake.models import ImportBatch

_AT_ONCE = 25  # people a transaction: others wait no longer than for one of these
_MOVED = "có dòng đã đổi ngoài lịch sử, hãy sửa dòng ấy"


@dataclass(frozen=True)
class Refused:
    """A person whose import stays: the later changes that rest on it, or why else."""

    change: Change
    later: Sequence[Change] = ()
    why: str = ""


@dataclass
class Undone:
    """How many people's import was taken back, and whose was not."""

    undone: int = 0
    refused: list[Refused] = field(default_factory=list)


def standing(batch: ImportBatch) -> QuerySet[Change]:
    """The batch's changes that nobody has undone, the latest first."""
    found = Change.objects.filter(imported__batch=batch, undone_by=None, undoes=None)
    return found.select_related("cadre", "basis").order_by("-pk")


def touched_since(batch: ImportBatch) -> QuerySet[Change]:
    """Those of `standing` whose person was changed later: each is asked of when it is undone."""
    later = Change.objects.filter(cadre=OuterRef("cadre"), pk__gt=OuterRef("pk"), undone_by=None)
    return standing(batch).filter(Exists(later.filter(undoes=None)))


def undo_batch(batch: ImportBatch, ground: Callable[[], Ground]) -> Undone:
    """Undo what still stands of a batch, a few people a transaction.

    Refuses a person on whose rows later edits rest, and tells which. Run again, it goes on with
    what is left. `ground` is asked once, inside the first transaction.
    """
    done, told = Undone(), list[Ground]()
    keys = list(standing(batch).values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        with transaction.atomic():
            if not told:
                told.append(ground())
            for change in standing(batch).filter(pk__in=keys[start : start + _AT_ONCE]):
                refused = _refusal(change, told[0])
                if refused:
                    done.refused.append(refused)
                else:
                    done.undone += 1
    return done


def _refusal(change: Change, ground: Ground) -> Refused | None:
    try:
        undoing.undo(change.pk, ground)
    except undoing.HasDependants as error:
        return Refused(change, later=error.changes)
    except RowMoved:
        return Refused(change, why=_MOVED)
    except ValidationError as error:
        return Refused(change, why=" ".join(error.messages))
    except (StaleVersion, Change.DoesNotExist, Cadre.DoesNotExist):
        return Refused(change, why="hồ sơ vừa đổi, thử lại")
    return None
