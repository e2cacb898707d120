"""Scenarios follow a person into another record."""

from cadres.merged_tables import same_in
from cadres.person_tables import Moved, register
from reports.models import ScenarioPerson

register(
    Moved(ScenarioPerson, same_in("hai lần trong một mục dự báo", "item_id"), stays=True),
)
