"""The admin of what readers add: importing this registers its pages, after those of corpus."""

from annotations.admin import agents, annotations, articles, claims, links, people

__all__ = ["agents", "annotations", "articles", "claims", "links", "people"]
