"""How much a file that someone sends may cost."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How much a file may cost. Sizes in bytes, times in seconds; rows, columns and merged areas
    of one sheet."""

    file_size: int = 5 * MIB
    parts: int = 200
    unpacked: int = 60 * MIB
    ratio: int = 100
    ratio_counts_from: int = MIB
    rows: int = 20_000
    columns: int = 64
    merges: int = 200_000
    output: int = 64 * MIB
    memory: int = 600 * MIB
    cpu_seconds: int = 60
    wall_seconds: int = 90


INTERACTIVE = Limits()
BULK = Limits(
    file_size=60 * MIB,
    unpacked=600 * MIB,
    rows=1_100_000,
    merges=1_000_000,
    output=2_000 * MIB,
    memory=2_000 * MIB,
    cpu_seconds=900,
    wall_seconds=1_200,
)
