"""Articles that are related to one another, and near-copies of a text."""

from corpus.related.copies import NearCopy, near_copies
from corpus.related.quotations import shared_passages
from corpus.related.ranking import Related, export_related, related_articles
from corpus.related.reasons import Reason, reason_from_json

__all__ = [
    "NearCopy",
    "Reason",
    "Related",
    "export_related",
    "near_copies",
    "reason_from_json",
    "related_articles",
    "shared_passages",
]
