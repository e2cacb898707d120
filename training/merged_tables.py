"""Participations follow a person into another record."""

from cadres.merged_tables import same_in
from cadres.person_tables import Moved, register
from training.models import Enrolment

register(Moved(Enrolment, same_in("hai lượt học trong một lớp", "training_class_id")))
