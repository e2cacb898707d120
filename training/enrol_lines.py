"""The lines of a list that are asked about: somebody of that name, a new learner, or left out."""

from collections.abc import Mapping
from datetime import date

from cadres.models import Commune
from daitu_portal.dates import PartialDate
from training.enrol_drafts import Draft
from training.learners import Twins, add
from training.models import OutsideLearner
from training.person_keys import learner_key
from training.rules.meant_people import is_same_unit

FIELD = "dong_"
SKIP, NEW = "bo", "moi"


def settle(draft: Draft, data: Mapping[str, str], *, day: date) -> int:
    """Do with each line what `data` says of it, and return how many learners were added. Who may
    be somebody on record already is asked about once more instead."""
    kind = data.get("kind", "")
    if kind not in OutsideLearner.Kind.values:
        kind = OutsideLearner.Kind.OTHER
    added, units = 0, None
    for line in list(draft.lines):
        answer = data.get(f"{FIELD}{line['number']}", "")
        if answer == SKIP:
            draft.drop_line(line["number"])
        elif answer in line["among"]:
            draft.add([answer])
            draft.drop_line(line["number"])
        elif answer == NEW:
            units = units if units is not None else list(Commune.objects.on(day))
            added += _added(draft, line, kind, units)
    return added


def _added(draft: Draft, line: dict, kind: str, units: list[Commune]) -> bool:
    """Add the learner of a line. False where there are twins: the line then asks among them, and
    adds all the same when it is told so again."""
    mine = [unit for unit in units if line["unit"] and is_same_unit(line["unit"], unit.name)]
    values = {
        "full_name": line["name"],
        "kind": kind,
        "workplace": line["unit"],
        "commune": mine[0] if len(mine) == 1 else None,
        "born_on": PartialDate(str(line["year"])) if line["year"] else None,
    }
    try:
        learner = add(values, is_confirmed=bool(line["among"]))
    except Twins as twins:
        line["among"] = [learner_key(each.pk) for each in twins.found]
        line["why"] = "Đã có học viên ngoài cùng tên: chọn người ấy, hoặc vẫn thêm người mới."
        return False
    draft.add([learner_key(learner.pk)])
    draft.drop_line(line["number"])
    return True
