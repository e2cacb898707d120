"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from daitu_portal.private_files import make_new_files_private

make_new_files_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daitu_portal.settings")
application = get_wsgi_application()

# What is loaded now stays for the life of the process: the collector need not look at it again,
# and a page makes some ten thousand objects that are gone before the next.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
