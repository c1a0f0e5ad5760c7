"""Reading the far end of a link from what was sent."""

import json
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.access import annotation_or_404
from annotations.choosing import cut
from annotations.forms import LinkForm
from annotations.queries.link_targets import Target
from annotations.services.links import End
from corpus.access import known_or_404, version_or_404
from corpus.errors import Invalid
from corpus.permissions import Viewer
from corpus.text.spans import Span


def far_end(viewer: Viewer, form: LinkForm) -> End:
    """Return the highlight, passage or article that was chosen.

    Raises Http404 for what the viewer does not see, Invalid when nothing was chosen.
    """
    values = form.cleaned_data
    if values["target"]:
        return _from_target(viewer, values["target"])
    if values["to_annotation"]:
        return _from_annotation(viewer, values["to_annotation"])
    if not values["to_article"]:
        raise Invalid(_("Choose a passage or an article to link to."))
    article = known_or_404(viewer, values["to_article"])
    if not values["exact"]:
        return End(article)
    return End(article, passage=form.passage(), version=values["version"])


def target_value(target: Target) -> str:
    """Return what the radio button of a search result sends."""
    if target.annotation is not None:
        return json.dumps({"annotation": str(target.annotation)})
    value: dict[str, Any] = {"article": target.article.slug}
    if target.exact:
        value |= {"version": target.version, "start": target.start, "end": target.end}
    return json.dumps(value)


def _from_annotation(viewer: Viewer, annotation_id: UUID) -> End:
    found = annotation_or_404(viewer, annotation_id)
    return End(found.article, annotation=found)


def _from_target(viewer: Viewer, value: str) -> End:
    """Return the end that `target_value` stands for."""
    try:
        sent = json.loads(value)
        if "annotation" in sent:
            return _from_annotation(viewer, UUID(str(sent["annotation"])))
        article = known_or_404(viewer, str(sent["article"]))
        if "version" not in sent:
            return End(article)
        version = version_or_404(article, str(sent["version"]))
        span = Span(int(sent["start"]), int(sent["end"]))
        if not 0 <= span.start < span.end <= len(version.text):
            raise ValueError(span)
        passage = cut(version.text, span)
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise Invalid(_("Choose a passage or an article to link to.")) from error
    return End(article, passage=passage, version=version.number)
