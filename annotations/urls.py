"""The addresses of what readers add; `article` replaces the reading page of the corpus."""

from django.urls import path

from annotations.views import reader

urlpatterns = [
    path("articles/<slug:slug>/", reader.reader, name="article"),
    path("articles/<slug:slug>/blocks/<int:number>/", reader.block, name="article_block"),
    path("annotations/<uuid:annotation_id>/", reader.annotation, name="annotation"),
]
