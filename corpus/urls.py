"""The addresses of what is read."""

from django.urls import path

from corpus.views import appearance, articles
from corpus.views.library import library
from corpus.views.search import search

urlpatterns = [
    path("", library, name="library"),
    path("search/", search, name="search"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/source/", articles.source, name="article_source"),
    path("account/appearance/", appearance.appearance, name="appearance"),
]
