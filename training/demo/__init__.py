"""Training of the demo: a module an area."""

from training.demo import catalogue, classes


def seed() -> None:
    """What no account enters. People and the catalogue must be there already."""
    classes.seed()


def seed_entered() -> None:
    """What accounts entered: they must be there already, too."""
    catalogue.seed()


seed_larger = classes.seed_larger
