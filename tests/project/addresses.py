"""Every address of the site and what a GET of it answers to whom.

test_every_address.py walks them; a new address fails there until it has its line here.
"""

# What a GET answers to: nobody, a stranger, the author, a curator, an administrator.
EVERYBODY = (200, 200, 200, 200, 200)
ACCOUNTS = (302, 200, 200, 200, 200)
AUTHOR = (302, 403, 200, 403, 403)
CURATORS = (302, 403, 403, 200, 200)
IMPORTS = (302, 404, 404, 200, 200)
SIGNED_OUT = (200, 302, 302, 302, 302)
MOVES = (302, 302, 302, 302, 302)
POSTS_ONLY = (405, 405, 405, 405, 405)
TO_IT = (302, 303, 303, 303, 303)
GONE = (410, 410, 410, 410, 410)

TABLE = {
    "healthz": EVERYBODY,
    "robots": EVERYBODY,
    "library": EVERYBODY,
    "search": EVERYBODY,
    "article": EVERYBODY,
    "article_block": EVERYBODY,
    "article_source": (404, 404, 404, 200, 200),
    "article_edit": CURATORS,
    "article_show": POSTS_ONLY,
    "article_show_undo": POSTS_ONLY,
    "article_versions": EVERYBODY,
    "article_version": MOVES,  # to the reading page, for it is the current one
    "article_changes": EVERYBODY,
    "carried": EVERYBODY,
    "carrying_over": MOVES,  # to the text, for nobody watches
    "version_bring_back": (302, 403, 403, 302, 302),
    "chosen_reading": ACCOUNTS,
    "reading": POSTS_ONLY,
    "reading_mark": POSTS_ONLY,
    "reading_undo": POSTS_ONLY,
    "appearance": POSTS_ONLY,
    "keys": EVERYBODY,
    "commands": EVERYBODY,
    "commands_found": EVERYBODY,
    "collections": EVERYBODY,
    "collection": EVERYBODY,
    "collection_new": CURATORS,
    "collection_add": CURATORS,
    "chosen_topics": CURATORS,
    "collection_edit": CURATORS,
    "collection_delete": CURATORS,
    "collection_restore": (302, 403, 403, 303, 303),  # to its page, for it is there
    "collection_move": TO_IT,
    "collection_remove": TO_IT,
    "collection_put_back": TO_IT,
    "annotation": MOVES,
    "claims": EVERYBODY,
    "claims_complete": EVERYBODY,
    "claim": EVERYBODY,
    "claim_edit": (302, 403, 200, 200, 200),
    "side_by_side": EVERYBODY,
    "links": EVERYBODY,
    "links_search": EVERYBODY,
    "link": EVERYBODY,
    "annotation_create": ACCOUNTS,
    "article_link": ACCOUNTS,
    "everywhere": ACCOUNTS,
    "everywhere_undo": (302, 404, 404, 404, 404),  # nobody marked anything by that press
    "annotation_edit": AUTHOR,
    "annotation_delete": AUTHOR,
    "annotation_restore": MOVES,  # to its place, for nothing here was deleted
    "annotation_reply": ACCOUNTS,
    "note_preview": POSTS_ONLY,
    "annotation_resolve": (302, 403, 200, 200, 200),
    "annotation_reopen": (302, 403, 302, 302, 302),  # to its place, for it is open
    # To its place, for it stands on its own words.
    "annotation_reattach": (302, 403, 302, 302, 302),
    "annotation_reattach_undo": (302, 403, 302, 302, 302),
    "annotation_words": AUTHOR,
    "annotation_words_undo": (302, 403, 302, 403, 403),  # to its place, for nothing was changed
    "annotation_claims": AUTHOR,
    "annotation_link": ACCOUNTS,
    "occurrence_edit": AUTHOR,
    "occurrence_remove": AUTHOR,
    "occurrence_restore": (302, 403, 302, 403, 403),  # to its place, for the claim is there
    "link_edit": AUTHOR,
    "link_delete": AUTHOR,
    "link_restore": MOVES,
    "article_markdown": EVERYBODY,
    "article_csv": EVERYBODY,
    "claim_markdown": EVERYBODY,
    "claim_csv": EVERYBODY,
    "notebook": ACCOUNTS,
    "notebook_markdown": ACCOUNTS,
    "notebook_csv": ACCOUNTS,
    "samples": CURATORS,
    "orphans": CURATORS,
    "copies": CURATORS,
    "copy_pair": CURATORS,
    "copy_pair_decide": POSTS_ONLY,
    "copy_pair_undo": POSTS_ONLY,
    "imports": CURATORS,
    "import_batch": IMPORTS,
    "candidates_apply": POSTS_ONLY,
    "candidates_reject": POSTS_ONLY,
    "batch_undo": POSTS_ONLY,
    "candidate": IMPORTS,
    "candidate_decide": POSTS_ONLY,
    "candidate_facts": POSTS_ONLY,
    "candidate_split": POSTS_ONLY,
    "candidate_join": POSTS_ONLY,
    "candidate_target": POSTS_ONLY,
    "candidate_judge": POSTS_ONLY,
    "candidate_apply": POSTS_ONLY,
    "candidate_reject": POSTS_ONLY,
    "candidate_restore": POSTS_ONLY,
    "exports": CURATORS,
    "export_ask": POSTS_ONLY,
    "export_file": (302, 404, 404, 404, 404),  # the work there is nobody's
    "jobs": CURATORS,
    "jobs_rebuild": POSTS_ONLY,
    "job": CURATORS,
    "job_progress": CURATORS,
    "job_retry": POSTS_ONLY,
    "invitation": GONE,
    "first_sign_in": GONE,
    "account_login": SIGNED_OUT,
    "account_logout": ACCOUNTS,
    "account_inactive": EVERYBODY,
    "account_signup": SIGNED_OUT,
    "account_reauthenticate": ACCOUNTS,
    "account_email": ACCOUNTS,
    "profile": ACCOUNTS,
    "account_email_verification_sent": EVERYBODY,
    "account_change_password": ACCOUNTS,
    "account_set_password": MOVES,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_confirm_login_code": MOVES,
    "account_confirm_email": EVERYBODY,
    "admin:index": (302, 302, 302, 200, 200),
    "admin:login": (302, 403, 403, 302, 302),
    "admin:logout": MOVES,
    "admin:password_change": MOVES,
    "admin:password_change_done": (302, 302, 302, 200, 200),
    "admin:jsi18n": (302, 302, 302, 200, 200),
    "admin:app_list": (302, 302, 302, 200, 200),
    "admin:*_changelist": (302, 302, 302, 200, 200),
    "admin:*_add": (302, 302, 302, 403, 403),
    "admin:*_history": MOVES,
    "admin:*_delete": (302, 302, 302, 403, 403),
    "admin:*_change": (302, 302, 302, 200, 200),
    "admin:corpus_outlet_add": (302, 302, 302, 200, 200),
    "admin:corpus_invitation_add": (302, 302, 302, 403, 200),
    "admin:corpus_invitation_made": (302, 302, 302, 403, 302),
    "admin:corpus_invitation_changelist": (302, 302, 302, 403, 200),
    "admin:corpus_invitation_change": (302, 302, 302, 403, 200),
}

# The same for what alice keeps to herself: to others it is not there.
PRIVATE = {
    "annotation": (404, 404, 302, 404, 404),
    "link": (404, 404, 200, 404, 404),
    "annotation_restore": (302, 404, 302, 404, 404),
    "annotation_reopen": (302, 404, 302, 404, 404),
    "annotation_reattach": (302, 404, 302, 404, 404),
    "annotation_reattach_undo": (302, 404, 302, 404, 404),
    "annotation_words_undo": (302, 404, 302, 404, 404),
    "link_restore": (302, 404, 302, 404, 404),
    "occurrence_restore": (302, 404, 302, 404, 404),
}
UNSEEN = (302, 404, 200, 404, 404)

KINDS = (
    "annotations_annotation",
    "annotations_claim",
    "annotations_link",
    "auth_user",
    "corpus_agent",
    "corpus_article",
    "corpus_articleversion",
    "corpus_collection",
    "corpus_event",
    "corpus_invitation",
    "corpus_outlet",
    "corpus_sourcefile",
    "taggit_tag",
)
