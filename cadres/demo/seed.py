"""Writes the demo's people and units."""

from cadres.demo.lives import save_all
from cadres.demo.population import Population
from cadres.demo.records import fill_records
from cadres.demo.units import seed_quotas


def seed() -> None:
    """The demo district, whole. The caller's transaction holds it together."""
    seed_quotas()
    lives = Population().invent()
    fill_records(lives)
    save_all(lives)
