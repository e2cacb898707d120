"""`make heal`: ugly lists drawn by a seed, read by the product, set beside what is true of them.

    SEED=17 BOOKS=400 make heal        the same lists again, or more of them
    SEED=17 ONLY=23 make heal          one of them; KEEP=folder keeps the files and their truth

Right without help at least 99.5 % of the cells and 98 % of each kind of repair; at most 1 % asked;
nothing wrong without a word, nobody taken for somebody else, every unreadable cell told of.
"""

import io
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.heal.books import draw_book
from tests.heal.compare import ASKED, RIGHT, WRONG, Comparison, Score
from tests.heal.truth import BookTruth, Known

ROOT = Path(__file__).resolve().parents[2]
BOOKS = int(os.environ.get("BOOKS", "200"))
LEAST_RIGHT, LEAST_OF_A_KIND, MOST_ASKED = 0.995, 0.98, 0.01
RARE = 50  # of a kind with fewer cells one alone would be more than 2 %
_SHOWN = int(os.environ.get("SHOWN", "40"))


def prepare() -> None:
    """An empty portal with its catalogues, in a folder of its own."""
    data = tempfile.mkdtemp(prefix="portal-heal-")
    os.environ.update(DATA_DIR=data, HTTPS="0", DEMO="0",
                      DJANGO_SETTINGS_MODULE="daitu_portal.settings")  # fmt: skip
    os.environ.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    import django

    django.setup()


def read(path: Path, truth: BookTruth) -> dict[str, Any]:
    """What the product says of the file, with the known people on record; all is undone."""
    from django.core.management import CommandError, call_command
    from django.db import transaction

    out = io.StringIO()
    with transaction.atomic():
        put_on_record(truth.commune, truth.known)
        try:
            call_command(
                "import_cadres", str(path), "--commune", truth.commune, "--dry-run", "--format",
                "json", stdout=out, stderr=io.StringIO(),
            )  # fmt: skip
        except CommandError:
            if not out.getvalue():  # a list with problems is told all the same
                raise
        finally:
            transaction.set_rollback(True)
    return json.loads(out.getvalue())


def put_on_record(code: str, known: Iterable[Known]) -> None:
    """Each holds a post in the unit since 2015."""
    from datetime import date

    from cadres.models import Cadre, Commune, Holding, Post
    from daitu_portal.dates import PartialDate

    commune, post = Commune.objects.get(code=code), Post.objects.get(code="CC03")
    for each in known:
        born = each.facts.get("born_on", "")
        cadre = Cadre.objects.create(
            code=each.code,
            full_name=each.facts["full_name"],
            sex="M" if each.facts["sex"] == "Nam" else "F",
            born_on=PartialDate.parse(born) if born else None,
            national_id=each.facts.get("national_id") or None,
        )
        Holding.objects.create(cadre=cadre, post=post, commune=commune, valid_from=date(2015, 6, 1))


def run(seed: int, numbers: Iterable[int], folder: Path) -> Score:
    """Draw, read and compare; a book that the product refuses is wrong in every cell."""
    score = Score()
    for number in numbers:
        truth = draw_book(seed, number, folder)
        (folder / f"{number:04d}.json").write_text(json.dumps(truth.as_json(), ensure_ascii=False))
        try:
            told = read(folder / truth.file, truth)
        except Exception as error:  # noqa: BLE001 - the other books are still to be judged
            score.fault(f"WRONG: {truth.file} ({truth.layout}) not read: {error!r:.300}")
            told = {"people": [], "problems": []}
        Comparison(truth, told, score).go()
    return score


def failures(score: Score) -> list[str]:
    """What is below the least that is promised."""
    total = max(score.cells.total(), 1)
    wrong = []
    if score.cells[RIGHT] < LEAST_RIGHT * total:
        wrong.append(f"{score.cells[RIGHT] / total:.2%} right, {LEAST_RIGHT:.1%} promised")
    if score.cells[ASKED] > MOST_ASKED * total:
        wrong.append(f"{score.cells[ASKED] / total:.2%} asked, at most {MOST_ASKED:.0%}")
    for told, number in (
        ("cells wrong without a word", score.cells[WRONG]),
        ("people taken for another", score.matches[WRONG]),
        ("unreadable cells untold", score.unreadable["untold"]),
    ):
        wrong += [f"{number} {told}"] if number else []
    for kind, counts in sorted(score.kinds.items()):
        if counts.total() >= RARE and counts[RIGHT] < LEAST_OF_A_KIND * counts.total():
            wrong.append(f"{kind}: {counts[RIGHT] / counts.total():.2%} right")
    return wrong


def _tell(score: Score) -> None:
    rows = [("kind", "cells", "right", "asked", "wrong"), *_rows(score)]
    for kind, *numbers in rows:
        print(f"{kind:<18}" + "".join(f"{each:>9}" for each in numbers))
    print(f"matches: {dict(score.matches)}; unreadable: {dict(score.unreadable)}")


def _rows(score: Score) -> Iterable[tuple[str, ...]]:
    def row(name: str, counts: Counter[str]) -> tuple[str, ...]:
        total = counts.total()
        share = f"{counts[RIGHT] / total:.2%}" if total else "-"
        return name, str(total), share, str(counts[ASKED]), str(counts[WRONG])

    yield from (row(kind, score.kinds[kind]) for kind in sorted(score.kinds))
    yield row("all", score.cells)


def _own_kinds() -> list[str]:
    """Kinds that the generator counts and the product does not know."""
    from intake.rules.repairs import RepairKind
    from tests.heal.truth import KINDS

    return sorted(set(KINDS) - {kind.value for kind in RepairKind})


def main() -> int:
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**9))
    only = os.environ.get("ONLY")
    folder = Path(os.environ.get("KEEP") or tempfile.mkdtemp(prefix="portal-ugly-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"seed {seed}; files in {folder}", flush=True)
    prepare()
    score = run(seed, [int(only)] if only else range(BOOKS), folder)
    _tell(score)
    for fault in score.faults[:_SHOWN]:
        print(fault)
    wrong = [*failures(score), *(f"unknown kind {kind}" for kind in _own_kinds())]
    for each in wrong:
        print(f"FAIL: {each}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
