"""The site as a WSGI application; serving.py runs it.

Django's own ASGI handler costs several times the processor time of this one for the same page
(tests/benchmarks/servers.py measures it).
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotations.project.settings")
application = get_wsgi_application()
