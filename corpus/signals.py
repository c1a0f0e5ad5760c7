"""What happened to an article, told inside the transaction in which it happened."""

from django.dispatch import Signal

version_made = Signal()
"""An article has a new text. Sent by `corpus.services.versions` with:

`article`, whose row is locked; `before` and `after`, its versions until now, or until it was
emptied, and from now on; `actor_id`, the account that made the new one, or None. What a
receiver raises undoes it all.
"""

stub_known = Signal()
"""An article that was only linked to turned out to be one that is here. Sent with:

`stub`, which goes when all receivers have heard; `article`, which it is; `actor_id`, the
account that said so, or None. Receivers move what points to the stub. What they raise undoes it.
"""

agents_merged = Signal()
"""Two agents turned out to be one. Sent, before the one goes, with:

`gone` and `kept`, both locked. Receivers move what points to the one that goes and return a
mapping of what they moved, as JSON, under keys of their own: the Event of the merge keeps it.
"""

agents_parted = Signal()
"""A merge of two agents is taken back. Sent with:

`back`, who is there again; `kept`, which they had been merged into; `moved`, all that the
receivers of `agents_merged` had returned. Receivers give back what `kept` still has of it.
"""
