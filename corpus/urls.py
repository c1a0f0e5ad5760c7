"""The addresses of what is read."""

from django.urls import path

from corpus.views import appearance, articles

urlpatterns = [
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/source/", articles.source, name="article_source"),
    path("account/appearance/", appearance.appearance, name="appearance"),
]
