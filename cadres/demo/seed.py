"""Writes the demo's people and units."""

from cadres.demo.lives import save_all
from cadres.demo.population import Population
from cadres.demo.units import seed_quotas


def seed() -> None:
    """The demo district, whole. The caller's transaction holds it together."""
    seed_quotas()
    save_all(Population().invent())
