"""People of the demo: invented, deterministic, obviously fictitious; every number fits the others.

The published figures of the district do not determine a population; this one satisfies all of them
on 08/06/2023 (tests/test_demo_population.py). CCCD numbers begin with 000, which no province has.
"""
