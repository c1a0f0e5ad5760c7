"""The admin of what is read: importing this registers its pages."""

from corpus.admin import (
    agents,
    articles,
    collections,
    events,
    invitations,
    outlets,
    people,
    sources,
    topics,
    versions,
)

__all__ = [
    "agents",
    "articles",
    "collections",
    "events",
    "invitations",
    "outlets",
    "people",
    "sources",
    "topics",
    "versions",
]
