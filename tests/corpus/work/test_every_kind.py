"""A worker knows every kind of work: none is known only to pages, which it never serves."""

import os
import re
import subprocess
import sys

from tests.site import ROOT

_KIND = re.compile(r"^@work\(", re.MULTILINE)
_LISTED = "import sys, django; django.setup(); print(*sys.modules)"


def test_process_that_serves_no_page_knows_every_kind_of_work() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LISTED],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    paths = [*ROOT.glob("corpus/services/*.py"), *ROOT.glob("annotations/services/*.py")]
    holding = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in paths
        if _KIND.search(path.read_text(encoding="utf-8"))
    }
    assert len(holding) > 8
    assert holding <= set(done.stdout.split())
