"""The addresses of what is read."""

from django.urls import path

from corpus.views import appearance, articles, editing, jobs, versions
from corpus.views.library import library
from corpus.views.search import search

urlpatterns = [
    path("", library, name="library"),
    path("search/", search, name="search"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/source/", articles.source, name="article_source"),
    path("articles/<slug:slug>/edit/", editing.edit, name="article_edit"),
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
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/rebuild/", jobs.jobs_rebuild, name="jobs_rebuild"),
    path("jobs/<uuid:job_id>/", jobs.job, name="job"),
    path("jobs/<uuid:job_id>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:job_id>/retry/", jobs.job_retry, name="job_retry"),
    path("account/appearance/", appearance.appearance, name="appearance"),
]
