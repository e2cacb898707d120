"""Hands-on sessions (tập huấn “cầm tay, chỉ việc”) beside the classes."""

from dataclasses import dataclass
from datetime import date

from cadres.record_version import Memory
from training.models import HandsOnSession, TrainingSetting
from training.settings_on import Setting, setting_on


@dataclass(frozen=True)
class Sessions:
    """How many sessions there were by a day, and whether they count among the classes then."""

    number: int
    setting: Setting | None

    @property
    def are_counted(self) -> bool:
        """Only where a setting says so: the district counts them apart by default."""
        return self.setting is not None and self.setting.value == 1

    def classes_with(self, classes: int) -> int:
        """The number of classes to print as a total, of `classes` that are classes."""
        return classes + self.number if self.are_counted else classes


def sessions_by(day: date, memory: Memory | None = None) -> Sessions:
    """Sessions held by `day` and the setting `sessions_count` of the day. Two queries at most."""
    memory = memory or Memory.now()
    held = HandsOnSession.objects.filter(held_on__lte=day)
    number = memory.remembered(("sessions", day), held.count)
    return Sessions(number, setting_on(TrainingSetting.Code.SESSIONS_COUNT, day, memory))
