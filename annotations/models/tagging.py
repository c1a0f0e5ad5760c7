"""What `annotation.claims` offers: taggit's calls, with our comparing of labels."""

from collections.abc import Iterable
from typing import Any, cast

from django.db import transaction
from django.dispatch import Signal
from taggit.managers import _TaggableManager

from annotations.models.claim import Claim

# Sent with the `instance` that is tagged and a `label`; the receiver answers with the claim.
claim_named = Signal()


class ClaimsOnHighlight(_TaggableManager):
    """The claims of one highlight: `add`, `remove`, `set` and `clear` as taggit users expect.

    Labels are found as the services do, so an alias tags its claim. Each call is one
    transaction, which holds the Events that `annotations.services.tagged` leaves.
    """

    def add(self, *tags: "str | Claim", **options: Any) -> None:
        """Tag the claims, each after those that stand there."""
        with transaction.atomic():
            if self.instance is not None:
                last = self.instance.occurrences.order_by("-position").first()
                defaults = {"position": last.position + 1 if last else 0}
                options["through_defaults"] = defaults | (options.get("through_defaults") or {})
            super().add(*tags, **options)

    def remove(self, *tags: "str | Claim") -> None:
        """Take the claims away, whichever of their names is given."""
        with transaction.atomic():
            named = (tag if isinstance(tag, Claim) else self._found(tag) for tag in tags)
            super().remove(*(claim.name for claim in named if claim is not None))

    def set(self, tags: Iterable["str | Claim"], **options: Any) -> None:
        """Let the highlight have exactly these claims."""
        with transaction.atomic():
            super().set(tags, **options)

    def clear(self) -> None:
        """Take all claims away."""
        with transaction.atomic():
            super().clear()

    def _to_tag_model_instances(
        self, tags: Iterable["str | Claim"], tag_kwargs: dict[str, Any]
    ) -> list[Claim]:
        """Return the claims, each once; taggit's own finds them by lower-cased name alone."""
        claims = [tag if isinstance(tag, Claim) else self._named(tag) for tag in tags]
        return list(dict.fromkeys(claims))

    def _named(self, label: str) -> Claim:
        answers = claim_named.send(type(self.instance), instance=self.instance, label=label)
        [(_receiver, claim)] = answers
        return cast("Claim", claim)

    def _found(self, label: str) -> Claim | None:
        return Claim.objects.find(label, lambda folded: self.filter(folded=folded).first())
