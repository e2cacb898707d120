"""The settings of an installation, but for the list of hashed files that collectstatic makes."""

from daitu_portal.settings import *  # noqa: F403
from daitu_portal.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
