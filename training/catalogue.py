"""Who teaches: the providers that classes are held by."""

from pathlib import Path

from cadres.catalogue import add_missing, rows_of
from training.models import Provider

DATA = Path(__file__).parent / "data"


def load() -> None:
    """Add every catalogue row of this app that is missing; never change one."""
    add_missing(Provider, rows_of(DATA / "providers.csv"), key=("code",))
