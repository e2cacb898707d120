"""Production settings with the yardstick page beside the portal's own."""

from pathlib import Path

from daitu_portal.settings import *  # noqa: F403
from daitu_portal.settings import TEMPLATES

ROOT_URLCONF = "tests.bench.urls"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
