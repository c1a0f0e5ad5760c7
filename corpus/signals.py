"""What happened to an article, told inside the transaction in which it happened."""

from django.dispatch import Signal

version_made = Signal()
"""An article has a new text. Sent by `corpus.services.versions` with:

`article`, whose row is locked; `before` and `after`, its versions until now and from now on;
`actor_id`, the account that made the new one, or None. What a receiver raises undoes it all.
"""
