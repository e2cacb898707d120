"""The control: the same portal without what keeps writers apart.

SQLite begins its transactions without the writer's lock and waits for nobody; the person is read
without a lock and without asking for the version; a step of a proposal claims nothing. The run
must then find what it looks for, or it looks for nothing.
"""

import importlib

from daitu_portal.wsgi import application

__all__ = ["application"]  # what the server takes

connection = importlib.import_module("django.db").connection  # after the portal is loaded
actions, changes = (importlib.import_module(f"cadres.{name}") for name in ("actions", "changes"))
approvals, proposals = (
    importlib.import_module(f"intake.{name}") for name in ("approvals", "proposals")
)


def unlocked(cadre_id, by, version=None):
    return changes.Cadre.objects.visible_to(by).get(pk=cadre_id)


def unclaimed(proposal, version, states, **changes_):
    for name, value in changes_.items():
        setattr(proposal, name, value)
    proposal.save()


for module in (actions, changes):
    module.locked = unlocked
for module in (proposals, approvals):
    module.claim = unclaimed
if connection.vendor == "sqlite":
    connection.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    connection.settings_dict["OPTIONS"]["timeout"] = 0
