"""With `annotations` out of INSTALLED_APPS the corpus migrates, imports and is read."""

import json
import subprocess
import sys
from pathlib import Path

from tests.site import ROOT, clean_environment


def test_corpus_runs_without_annotations(tmp_path: Path) -> None:
    environment = clean_environment(tmp_path) | {"POSTIL_TEST_DATA": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus_alone.walk"],
        cwd=ROOT,
        env=environment | {"DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["articles"] == 6
    assert set(found["statuses"].values()) == {200}
    assert '<p id="p1"' in found["article"]
    assert '<a href="#p3">Continue where you left off' in found["read"]
    assert "Continue reading" in found["library"]
    assert not found["models"]
