"""Run a management command of the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from daitu_portal.private_files import make_new_files_private

if __name__ == "__main__":
    make_new_files_private()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daitu_portal.settings")
    execute_from_command_line(sys.argv)
