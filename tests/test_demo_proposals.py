"""What the demo's inbox holds when it is opened for the first time."""

import pytest

from intake.models import Proposal

pytestmark = pytest.mark.django_db


def test_two_proposals_wait_and_one_came_back_in_part():
    found = Proposal.objects.order_by("pk").values_list("author__username", "state")

    assert list(found) == [
        ("xa.hungson", "pending"), ("xa.hungson", "pending"), ("xa.quanchu", "pending"),
    ]  # fmt: skip
    back = Proposal.objects.get(author__username="xa.quanchu")
    assert sorted(back.items.values_list("state", flat=True)) == ["open", "returned"]
