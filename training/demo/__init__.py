"""Training of the demo: a module an area."""

from training.demo import candidates, catalogue, classes, needs, plans, studies


def seed() -> None:
    """All of the demo's training. People and the catalogue must be there already."""
    classes.seed()
    candidates.seed()
    plans.seed()
    studies.seed()


def seed_by_accounts() -> None:
    """What accounts of the demo stated and entered. Accounts must be there already."""
    catalogue.seed()
    needs.seed()


seed_larger = classes.seed_larger
