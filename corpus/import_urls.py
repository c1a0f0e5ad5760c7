"""The addresses below /imports/: texts that are given, and what is decided about them."""

from django.urls import path

from corpus.views import columns, following, importing, reviewing

_BATCH = "<uuid:batch_id>/"
_FEED = "feeds/<uuid:feed_id>/"
_CANDIDATE = "<uuid:batch_id>/<uuid:candidate_id>/"

urlpatterns = [
    path("", importing.imports, name="imports"),
    path("feeds/", following.feeds, name="feeds_followed"),
    path(f"{_FEED}look/", following.look, name="feed_look"),
    path(f"{_FEED}pause/", following.pause, name="feed_pause"),
    path(f"{_FEED}resume/", following.resume, name="feed_resume"),
    path(f"{_FEED}pages/", following.pages, name="feed_pages"),
    path(f"{_FEED}unfollow/", following.unfollow, name="feed_unfollow"),
    path(_BATCH, importing.import_batch, name="import_batch"),
    path(f"{_BATCH}apply/", importing.candidates_apply, name="candidates_apply"),
    path(f"{_BATCH}reject/", importing.candidates_reject, name="candidates_reject"),
    path(f"{_BATCH}fetch/", importing.batch_fetch, name="batch_fetch"),
    path(f"{_BATCH}undo/", importing.batch_undo, name="batch_undo"),
    path(f"{_BATCH}files/<uuid:file_id>/columns/", columns.import_columns, name="import_columns"),
    path(_CANDIDATE, reviewing.candidate, name="candidate"),
    path(f"{_CANDIDATE}decide/", reviewing.candidate_decide, name="candidate_decide"),
    path(f"{_CANDIDATE}facts/", reviewing.candidate_facts, name="candidate_facts"),
    path(f"{_CANDIDATE}split/", reviewing.candidate_split, name="candidate_split"),
    path(f"{_CANDIDATE}join/", reviewing.candidate_join, name="candidate_join"),
    path(f"{_CANDIDATE}target/", reviewing.candidate_target, name="candidate_target"),
    path(f"{_CANDIDATE}judge/", reviewing.candidate_judge, name="candidate_judge"),
    path(f"{_CANDIDATE}apply/", reviewing.candidate_apply, name="candidate_apply"),
    path(f"{_CANDIDATE}reject/", reviewing.candidate_reject, name="candidate_reject"),
    path(f"{_CANDIDATE}restore/", reviewing.candidate_restore, name="candidate_restore"),
]
