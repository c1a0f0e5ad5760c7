#!/usr/bin/env python3
"""Postil's one command: `python3 manage.py start` runs the site, `test` checks everything."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Postil needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

from annotations.project.bootstrap import main

if __name__ == "__main__":
    main(sys.argv)
