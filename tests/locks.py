"""Whether the pinned lists are those of pyproject.toml: what `make lock` would have to write anew.

Read from the files alone, so that it needs no network.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
RUN, DEV = "requirements.txt", "requirements-dev.txt"
_HASH = re.compile(r"\s--hash=sha256:[0-9a-f]{64}\b")


@dataclass
class Pin:
    """One entry of a list: name, version, how many hashes, and whether pyproject.toml asks it."""

    line: str
    hashes: int = 0
    is_direct: bool = False
    requirement: Requirement = field(init=False)

    def __post_init__(self) -> None:
        self.requirement = Requirement(self.line)

    @property
    def version(self) -> str:
        """ "" where it is not pinned to exactly one."""
        found = re.fullmatch(r"==([^*,]+)", str(self.requirement.specifier))
        return found[1] if found else ""


def pins(text: str) -> dict[str, Pin]:
    """The entries of a list by name. Raises InvalidRequirement for a line that is none."""
    found: dict[str, Pin] = {}
    pin = None
    for line in re.sub(r"\\\n", " ", text).splitlines():
        if line.strip().startswith("#"):
            if pin and "daitu-portal (pyproject.toml" in line:
                pin.is_direct = True
        elif line.strip():
            pin = Pin(_HASH.sub("", line).strip(), hashes=len(_HASH.findall(line)))
            found[canonicalize_name(pin.requirement.name)] = pin
    return found


def problems(name: str, text: str, declared: Iterable[str]) -> Iterator[str]:
    """What is wrong with the list `name`, which is to hold the `declared` requirements."""
    try:
        locked = pins(text)
    except InvalidRequirement as error:
        yield f"{name}: {error}"
        return
    for key, pin in locked.items():
        if not pin.version:
            yield f"{name}: {key} is not pinned to one version"
        if not pin.hashes:
            yield f"{name}: {key} has no hash"
    asked = [Requirement(one) for one in declared]
    for one in asked:
        yield from _unmet(name, one, locked)
    direct = {key for key, pin in locked.items() if pin.is_direct}
    names = {canonicalize_name(one.name) for one in asked}
    for key in sorted(direct - names):
        yield f"{name}: {key} is pinned, but pyproject.toml does not ask for it"
    for key in sorted((names & locked.keys()) - direct):
        yield f"{name}: {key} is pinned for the sake of another, but pyproject.toml asks for it"


def _unmet(name: str, asked: Requirement, locked: dict[str, Pin]) -> Iterator[str]:
    pin = locked.get(canonicalize_name(asked.name))
    if pin is None:
        yield f"{name}: {asked} of pyproject.toml is missing"
    elif pin.version and not asked.specifier.contains(pin.version, prereleases=True):
        yield f"{name}: {pin.requirement} is not {asked}, as pyproject.toml asks"
    for more in _of_extras(asked):
        if canonicalize_name(more.name) not in locked:
            yield f"{name}: {more.name}, of {asked}, is missing"


def _of_extras(asked: Requirement) -> Iterator[Requirement]:
    """What the extras of an installed package ask for beside what it asks for anyway."""
    for extra in asked.extras:
        for more in map(Requirement, requires(asked.name) or ()):
            marker = more.marker
            if marker and marker.evaluate({"extra": extra}) and not marker.evaluate({"extra": ""}):
                yield more


def differences(run: str, dev: str) -> Iterator[str]:
    """What runs must be what is tested: the same versions in both lists."""
    tested = pins(dev)
    for key, pin in pins(run).items():
        if key not in tested or tested[key].version != pin.version:
            yield f"{DEV}: {key} is not {pin.version} as in {RUN}"


def all_problems(project: str, run: str, dev: str) -> list[str]:
    """Problems of both lists, given as texts, beside the text of pyproject.toml."""
    told = tomllib.loads(project)
    asked = told["project"]["dependencies"]
    found = [
        *problems(RUN, run, asked),
        *problems(DEV, dev, [*asked, *told["dependency-groups"]["dev"]]),
    ]
    return found or list(differences(run, dev))


def main() -> int:
    texts = ((ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", RUN, DEV))
    found = all_problems(*texts)
    for problem in found:
        print(problem)
    if found:
        print("Run `make lock`, and keep what it writes.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
