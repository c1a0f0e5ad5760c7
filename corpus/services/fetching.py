"""Fetching what stands at a web address, in the background, to be read like a file that is given.

A page that is as it was adds nothing; one that has changed is an import of its own, and what is
read in it is proposed as a new version of what was read before.
"""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.import_words import refusal_in_words
from corpus.importing.charsets import in_utf8
from corpus.importing.errors import ImportRefused
from corpus.importing.web.fetching import Fetched, Seen, fetch
from corpus.importing.web.hosts import Hosts, place_of
from corpus.models import Fetch, ImportBatch, Job, SourceFile, WebAddress
from corpus.permissions import SYSTEM, Viewer, allowed
from corpus.queries.fetching import last_fetch
from corpus.services.batches import create_batch
from corpus.services.events import record
from corpus.services.jobs import enqueue
from corpus.services.sources import SourceBytes, kept_source
from corpus.services.work import Progress, work

_LONGEST_NOTE = 200


def ask_fetch(viewer: Viewer, url: str, note: str = "") -> Job:
    """Let what stands at `url` be fetched and read; return the work, which waits.

    Asked twice while it waits, it is done once. Raises NotAllowed, and Invalid for what is no
    address on the web.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    with transaction.atomic():
        address = address_at(viewer, url)
        job = enqueue(
            viewer,
            "address.fetch",
            {"url": address.url, "note": note[:_LONGEST_NOTE]},
            subject=address.pk,
            fingerprint=f"fetch:{address.pk}",
        )
        record(viewer.user_id, "address.asked", address, after={"url": address.url})
    return job


def address_at(viewer: Viewer, url: str) -> WebAddress:
    """Return the stored address `url`, new or known; raises Invalid for what is none."""
    try:
        place = place_of(url)
    except ImportRefused as refusal:
        sentence = refusal_in_words(refusal)
        raise Invalid(sentence, address=sentence) from None
    made_by = {"created_by_id": viewer.user_id}
    return WebAddress.objects.get_or_create(url=place.url, defaults=made_by)[0]


def _place(job: Job) -> str:
    """Return the page of the import that last came of the address, "" for none."""
    last = last_fetch(job.subject)
    return reverse("import_batch", args=[last.batch_id]) if last else ""


@work("address.fetch", label=gettext_lazy("Fetching a web address"), place=_place)
def fetch_address(job: Job, progress: Progress) -> str:
    """Fetch the page and have it read; done again after a crash, it adds nothing more."""
    address = WebAddress.objects.get(pk=str(job.subject))
    viewer = viewer_of(job.started_by) if job.started_by else SYSTEM
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    progress.step(0, told=address.url)
    try:
        page = look_at(address)
    except ImportRefused as refusal:
        raise Invalid(refusal_in_words(refusal)) from None
    last = last_fetch(address.pk)
    if page is not None:
        with transaction.atomic():
            progress.hold()
            is_new = _kept(viewer, address, page, job.arguments.get("note", ""))
        if is_new:
            return _("The page is fetched, and is being read.")
    if last is None:
        return _("These very words were given before; nothing was added.")
    since = date_format(timezone.localtime(last.at), "j M Y, H:i")
    return _("It is as it was on %(day)s; nothing was added.") % {"day": since}


def look_at(address: WebAddress) -> Fetched | None:
    """Return what stands at `address`, None where it is as it was; note how that went.

    Raises NotFetched when it could not be fetched, which is noted as well.
    """
    seen = Seen(address.came_from, address.etag, address.last_modified)
    try:
        page = fetch(address.url, hosts_asked(), seen=seen if address.came_from else None)
    except ImportRefused as refusal:
        note_fault(address, refusal)
        raise
    _note(address, fault="", fault_values={}, fault_count=0)
    return page


def note_fault(address: WebAddress, refusal: ImportRefused) -> None:
    """Note why nothing could be made of what stands at `address`."""
    _note(
        address,
        fault=refusal.sentence,
        fault_values=dict(refusal.values),
        fault_count=address.fault_count + 1,
    )


def keep_seen(address: WebAddress, page: Fetched) -> None:
    """Keep what tells next time that a page is as it is; in the transaction that keeps the page."""
    _note(address, came_from=page.url, etag=page.etag, last_modified=page.last_modified)


def keep_fetch(address: WebAddress, page: Fetched, source: SourceFile, batch: ImportBatch) -> None:
    """Keep that `source` came from `address` as `page`, and went into the import `batch`."""
    Fetch.objects.create(
        address=address,
        source=source,
        batch=batch,
        url=page.url,
        status=page.status,
        media_type=page.media_type,
    )
    after = {"url": page.url, "source": str(source.pk)}
    record(batch.created_by_id, "address.fetched", address, after=after)


def hosts_asked() -> Hosts:
    """Return which servers this site may ask."""
    return Hosts(settings.FETCH_HOSTS, is_public_asked=settings.FETCH == "public")


def name_of(url: str) -> str:
    """Return what the file that came from `url` is called: the address without its scheme."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return unquote(f"{parts.netloc}{parts.path}{query}").rstrip("/")


def _kept(viewer: Viewer, address: WebAddress, page: Fetched, note: str) -> bool:
    """Have the page read; say whether these bytes are an import that was not there before."""
    # Only the answer may tell in what encoding a page is; what is kept has to tell it itself.
    content = in_utf8(page.content, page.media_type)
    source = SourceBytes(name_of(address.url), content, page.url)
    received = create_batch(viewer, [source], note)
    keep_seen(address, page)
    if received.is_new:
        keep_fetch(address, page, kept_source(viewer, source), received.batch)
    return received.is_new


def _note(address: WebAddress, **values: object) -> None:
    values["looked_at"] = timezone.now()
    WebAddress.objects.filter(pk=address.pk).update(**values)
    for name, value in values.items():
        setattr(address, name, value)
