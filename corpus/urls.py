"""The addresses of what is read."""

from django.urls import include, path

from corpus.views import (
    appearance,
    articles,
    chosen_topics,
    collecting,
    collections,
    copies,
    editing,
    exports,
    jobs,
    keys,
    ordering,
    sight,
    versions,
)
from corpus.views.library import library
from corpus.views.search import search

urlpatterns = [
    path("", library, name="library"),
    path("search/", search, name="search"),
    path("topics/", chosen_topics.topics, name="chosen_topics"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/source/", articles.source, name="article_source"),
    path("articles/<slug:slug>/edit/", editing.edit, name="article_edit"),
    path("articles/<slug:slug>/show/", sight.show, name="article_show"),
    path("articles/<slug:slug>/show/undo/", sight.undo, name="article_show_undo"),
    path("articles/<slug:slug>/versions/", versions.versions, name="article_versions"),
    path("articles/<slug:slug>/versions/<int:number>/", versions.version, name="article_version"),
    path(
        "articles/<slug:slug>/versions/<int:number>/changes/",
        versions.changes,
        name="article_changes",
    ),
    path(
        "articles/<slug:slug>/versions/<int:number>/bring-back/",
        editing.bring_back,
        name="version_bring_back",
    ),
    path("collections/", collections.collections, name="collections"),
    path("collections/new/", collecting.new, name="collection_new"),
    path("collections/add/", collecting.add, name="collection_add"),
    path("collections/<slug:slug>/", collections.collection, name="collection"),
    path("collections/<slug:slug>/edit/", collections.edit, name="collection_edit"),
    path("collections/<slug:slug>/delete/", collections.delete, name="collection_delete"),
    path("collections/<slug:slug>/restore/", collections.restore, name="collection_restore"),
    path("collections/<slug:slug>/move/", ordering.move, name="collection_move"),
    path("collections/<slug:slug>/remove/", ordering.remove, name="collection_remove"),
    path("collections/<slug:slug>/put-back/", ordering.put_back, name="collection_put_back"),
    path("copies/", copies.copies, name="copies"),
    path("copies/<uuid:pair_id>/", copies.pair, name="copy_pair"),
    path("copies/<uuid:pair_id>/decide/", copies.decide, name="copy_pair_decide"),
    path("copies/<uuid:pair_id>/undo/", copies.take_back, name="copy_pair_undo"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<uuid:job_id>/", exports.export_file, name="export_file"),
    path("exports/<slug:name>/", exports.export_ask, name="export_ask"),
    path("imports/", include("corpus.import_urls")),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/rebuild/", jobs.jobs_rebuild, name="jobs_rebuild"),
    path("jobs/<uuid:job_id>/", jobs.job, name="job"),
    path("jobs/<uuid:job_id>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:job_id>/retry/", jobs.job_retry, name="job_retry"),
    path("account/appearance/", appearance.appearance, name="appearance"),
    path("account/keys/", keys.keys, name="keys"),
]
