"""The addresses of what readers add; `article` replaces the reading page of the corpus."""

from django.urls import path

from annotations.views import (
    accounts,
    beside,
    claim_editing,
    claims,
    deleting,
    downloads,
    everywhere,
    links,
    notebook,
    profile,
    previewing,
    reader,
    reattaching,
    resolving,
    rewording,
    samples,
    versions,
    writing,
    writing_claims,
    writing_links,
    writing_replies,
)

urlpatterns = [
    path("articles/<slug:slug>/", reader.reader, name="article"),
    path("articles/<slug:slug>/blocks/<int:number>/", reader.block, name="article_block"),
    path("articles/<slug:slug>/versions/<int:number>/", versions.version, name="article_version"),
    path(
        "articles/<slug:slug>/versions/<int:number>/highlights/", versions.carried, name="carried"
    ),
    path(
        "articles/<slug:slug>/highlights.md",
        downloads.article,
        {"ending": "md"},
        name="article_markdown",
    ),
    path(
        "articles/<slug:slug>/highlights.csv",
        downloads.article,
        {"ending": "csv"},
        name="article_csv",
    ),
    path("orphans/", versions.orphans, name="orphans"),
    path("articles/<slug:slug>/carrying/", versions.carrying, name="carrying_over"),
    path("annotations/<uuid:annotation_id>/", reader.annotation, name="annotation"),
    path("claims/", claims.claims, name="claims"),
    path("claims/complete/", claims.complete, name="claims_complete"),
    path("claims/<slug:slug>/", claims.claim, name="claim"),
    path(
        "claims/<slug:slug>/passages.md", downloads.claim, {"ending": "md"}, name="claim_markdown"
    ),
    path("claims/<slug:slug>/passages.csv", downloads.claim, {"ending": "csv"}, name="claim_csv"),
    path("claims/<slug:slug>/edit/", claim_editing.edit, name="claim_edit"),
    path("side-by-side/", beside.side_by_side, name="side_by_side"),
    path("links/", links.links, name="links"),
    path("links/search/", links.search, name="links_search"),
    path("links/<uuid:link_id>/", links.link, name="link"),
    path("articles/<slug:slug>/annotations/", writing.create, name="annotation_create"),
    path("articles/<slug:slug>/every-place/", everywhere.mark, name="everywhere"),
    path(
        "articles/<slug:slug>/every-place/<uuid:together>/undo/",
        everywhere.undo,
        name="everywhere_undo",
    ),
    path("articles/<slug:slug>/link/", writing_links.link_article, name="article_link"),
    path("annotations/<uuid:annotation_id>/edit/", writing.edit, name="annotation_edit"),
    path(
        "annotations/<uuid:annotation_id>/delete/",
        deleting.delete_annotation,
        name="annotation_delete",
    ),
    path(
        "annotations/<uuid:annotation_id>/restore/",
        deleting.restore_annotation,
        name="annotation_restore",
    ),
    path("annotations/<uuid:annotation_id>/reply/", writing_replies.reply, name="annotation_reply"),
    path(
        "annotations/<uuid:annotation_id>/reattach/",
        reattaching.reattach,
        name="annotation_reattach",
    ),
    path(
        "annotations/<uuid:annotation_id>/reattach/undo/",
        reattaching.undo,
        name="annotation_reattach_undo",
    ),
    path(
        "annotations/<uuid:annotation_id>/resolve/", resolving.resolve, name="annotation_resolve"
    ),
    path("annotations/<uuid:annotation_id>/reopen/", resolving.reopen, name="annotation_reopen"),
    path("annotations/<uuid:annotation_id>/claims/", writing_claims.tag, name="annotation_claims"),
    path(
        "annotations/<uuid:annotation_id>/claims/<slug:claim_slug>/",
        writing_claims.edit,
        name="occurrence_edit",
    ),
    path(
        "annotations/<uuid:annotation_id>/claims/<slug:claim_slug>/remove/",
        writing_claims.remove,
        name="occurrence_remove",
    ),
    path(
        "annotations/<uuid:annotation_id>/claims/<slug:claim_slug>/restore/",
        writing_claims.restore,
        name="occurrence_restore",
    ),
    path(
        "annotations/<uuid:annotation_id>/link/",
        writing_links.link_annotation,
        name="annotation_link",
    ),
    path("annotations/<uuid:annotation_id>/words/", rewording.words, name="annotation_words"),
    path(
        "annotations/<uuid:annotation_id>/words/undo/",
        rewording.undo,
        name="annotation_words_undo",
    ),
    path("links/<uuid:link_id>/edit/", writing_links.edit, name="link_edit"),
    path("links/<uuid:link_id>/delete/", deleting.delete_link, name="link_delete"),
    path("links/<uuid:link_id>/restore/", deleting.restore_link, name="link_restore"),
    path("notes/preview/", previewing.preview, name="note_preview"),
    path("notebook/", notebook.notebook, name="notebook"),
    path("notebook/notebook.md", downloads.notebook, {"ending": "md"}, name="notebook_markdown"),
    path("notebook/notebook.csv", downloads.notebook, {"ending": "csv"}, name="notebook_csv"),
    path("samples/", samples.samples, name="samples"),
    path("account/profile/", profile.profile, name="profile"),
    path("account/invitation/<str:secret>/", accounts.InvitationView.as_view(), name="invitation"),
    path("account/first/<str:token>/", accounts.first_sign_in_page, name="first_sign_in"),
]
