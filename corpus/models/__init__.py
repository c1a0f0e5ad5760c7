"""The tables of what is read."""

from corpus.models.agent import Agent, AgentAlias, AgentSlug
from corpus.models.article import Article, ArticleSlug, Authorship, Basis, TopicOnArticle
from corpus.models.collection import Collection, CollectionItem
from corpus.models.comparison import ComparedText, PageAddress, TextRun
from corpus.models.copies import NearPair
from corpus.models.event import Event
from corpus.models.group import Group, Invitation, Membership
from corpus.models.group_entry import GroupInvitation, JoinRequest
from corpus.models.imports import ImportBatch, ImportCandidate, ImportFile
from corpus.models.job import Job
from corpus.models.outlet import Outlet
from corpus.models.preferences import Preferences
from corpus.models.reading import Reading
from corpus.models.search import SearchEntry, SearchWords
from corpus.models.signature import Signature, SignatureTerm, Term
from corpus.models.source import SourceFile
from corpus.models.stub import CitedPage
from corpus.models.version import ArticleVersion, OutboundLink
from corpus.models.web import Fetch, Subscription, WebAddress

__all__ = [
    "Agent",
    "AgentAlias",
    "AgentSlug",
    "Article",
    "ArticleSlug",
    "ArticleVersion",
    "Authorship",
    "Basis",
    "CitedPage",
    "Collection",
    "CollectionItem",
    "ComparedText",
    "Event",
    "Fetch",
    "Group",
    "GroupInvitation",
    "ImportBatch",
    "ImportCandidate",
    "ImportFile",
    "Invitation",
    "Job",
    "JoinRequest",
    "Membership",
    "NearPair",
    "OutboundLink",
    "Outlet",
    "PageAddress",
    "Preferences",
    "Reading",
    "SearchEntry",
    "SearchWords",
    "Signature",
    "SignatureTerm",
    "SourceFile",
    "Subscription",
    "Term",
    "TextRun",
    "TopicOnArticle",
    "WebAddress",
]
