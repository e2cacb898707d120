"""Training follows a person into another record."""

from cadres.merged_tables import same_in
from cadres.person_tables import Moved, register
from training.models import (
    Assessment,
    Candidate,
    Credit,
    Enrolment,
    Need,
    OutsideLearner,
    Study,
)

register(
    Moved(Enrolment, same_in("hai lượt học trong một lớp", "training_class_id")),
    Moved(Study, same_in("một lượt cử đi học hai lần", "strand", "rank", "begins_on")),
    Moved(Need, same_in("một nhu cầu hai lần", "programme_id", "year", "state")),
    Moved(Credit),
    Moved(Assessment, same_in("một năng lực hai lần một ngày", "competence_id", "assessed_on")),
    Moved(Candidate),
    Moved(OutsideLearner),
)
