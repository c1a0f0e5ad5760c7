"""Static files, built again only when what they are made from has changed."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from annotations.project.bootstrap import lock_digest
from annotations.project.fonts import build_fonts
from annotations.project.stylesheet import joined


def build_static_files(say: Callable[[str], None]) -> None:
    """Cut the fonts and collect, hash and compress the static files, unless all is current."""
    marker = settings.STATIC_ROOT / ".digest"
    digest = _digest(settings.BASE_DIR / "static")
    if marker.exists() and marker.read_text() == digest:
        return
    say("Preparing fonts and static files ...")
    settings.FONTS_DIR.mkdir(parents=True, exist_ok=True)
    build_fonts(settings.FONTS_DIR)
    call_command("collectstatic", verbosity=0, interactive=False)
    marker.write_text(digest)


def _digest(folder: Path) -> str:
    """Return a digest of the files in `folder`, of the libraries and of what is made of both."""
    found = hashlib.sha256(lock_digest("run").encode())
    for path in _files(folder):
        found.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    for maker in (build_fonts, joined):
        found.update(Path(maker.__code__.co_filename).read_bytes())
    return found.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
