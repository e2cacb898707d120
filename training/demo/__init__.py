"""Training of the demo: a module an area."""

from training.demo import candidates, classes, plans


def seed() -> None:
    """All of the demo's training. People and the catalogue must be there already."""
    classes.seed()
    candidates.seed()
    plans.seed()


seed_larger = classes.seed_larger
