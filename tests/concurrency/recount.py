"""What stands after the run, for the driver to compare with what it was told; printed as JSON.

A chain of a person's residences that breaks is a lost update: a change that began from what was
no longer there.
"""

import json
import sys

import django

django.setup()

from cadres.models import Cadre, Change, Edit, Qualification  # noqa: E402 - after setup
from intake.models import ProposalItem  # noqa: E402


def broken_chains() -> list[str]:
    found = []
    for cadre in Cadre.objects.order_by("pk"):
        told = [
            (edit.before["residence"], edit.after["residence"])
            for edit in Edit.objects.filter(cadre=cadre, table="cadres.cadre").order_by("pk")
            if "residence" in edit.after
        ]
        ends = [after for _, after in told]
        begins = [before for before, _ in told]
        if told and (begins[1:] != ends[:-1] or ends[-1] != cadre.residence):
            found.append(f"person {cadre.pk}: {told} stands {cadre.residence}")
    return found


def main() -> None:
    doubled = sum(
        Qualification.objects.filter(cadre=level.cadre_id, major=level.major).count() > 1
        for level in Qualification.objects.exclude(major="")
    )
    versions = Cadre.objects.values_list("version", flat=True)
    json.dump(
        {
            "versions": sum(version - 1 for version in versions),
            "changes": Change.objects.count(),
            "approved": ProposalItem.objects.filter(state="approved").count(),
            "unwritten": ProposalItem.objects.filter(state="approved", change=None).count(),
            "broken": broken_chains(),
            "doubled": doubled,
        },
        sys.stdout,
    )  # fmt: skip


if __name__ == "__main__":
    main()
