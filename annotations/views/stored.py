"""What pages show and answers tell of a highlight, note, reply or link that is stored."""

from dataclasses import replace

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from annotations.models import Annotation, Link
from annotations.queries.mentions import untold_names
from annotations.queries.places import (
    block_numbers,
    link_block_numbers,
    link_place,
    place_of,
    slot_of,
)
from annotations.views.answers import Done
from corpus.views.answers import FormPage

# So many names are told; a sentence with more would not be read.
_MOST_NAMES = 5


def about(annotation: Annotation) -> dict[str, object]:
    """Return what every form page shows of the annotation it is about."""
    return {
        "annotation": annotation,
        "slot": slot_of(annotation),
        "back": place_of(annotation),
    }


def page_on(thing: Annotation | Link, **context: str) -> FormPage:
    """Return the form page about `thing`; `context` has its title and what its button says."""
    return FormPage("annotations/forms/form.html", _shown_of(thing) | context)


def undo_page_on(thing: Annotation | Link, **context: str) -> FormPage:
    """Return the page that says what was done with `thing`, leads on and offers to undo it."""
    shown = _shown_of(thing) | {"action": _("Undo"), "is_done": True}
    return FormPage("annotations/forms/form.html", shown | context)


def done_with(thing: Annotation | Link, message: str) -> Done:
    """Return what is answered when `thing` was stored."""
    if isinstance(thing, Link):
        return Done(
            id=thing.pk,
            url=thing.get_absolute_url(),
            message=message,
            counter=thing.counter,
            blocks=link_block_numbers(thing),
        )
    return Done(
        id=thing.pk,
        number=thing.number,
        url=place_of(thing),
        message=message,
        counter=thing.counter,
        blocks=block_numbers(thing),
    )


def new(done: Done, *, url: str = "") -> Done:
    """Return the answer for what was not there before; a browser goes to `url` if it is given."""
    return replace(done, is_new=True, url=url or done.url)


def telling_of_names(done: Done, annotation: Annotation) -> Done:
    """Return the answer with a sentence on the names in the note that mean nobody who sees it."""
    names = [f"@{name}" for name in untold_names(annotation)]
    if not names:
        return done
    listed = get_text_list(names[:_MOST_NAMES], _("and"))
    if len(names) > _MOST_NAMES:
        listed = _("%(names)s and others") % {"names": ", ".join(names[:_MOST_NAMES])}
    sentence = _("Saved, but nobody called %(names)s can see this, so nobody of that name is told.")
    return replace(done, warning=sentence % {"names": listed})


def with_undo(done: Done, restore_url: str) -> Done:
    """Return the answer for what was taken away, which the page at `restore_url` brings back."""
    return replace(done, url=restore_url, restore_url=restore_url)


def _shown_of(thing: Annotation | Link) -> dict[str, object]:
    if isinstance(thing, Annotation):
        return about(thing)
    near = about(thing.from_annotation) if thing.from_annotation else {}
    return near | {"link": thing, "back": link_place(thing)}
