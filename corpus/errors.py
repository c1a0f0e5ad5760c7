"""Why a write was refused; turned into an answer only at the edge."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """A write that was not made; `message` says what happened and what to do."""

    code = "invalid"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SignInNeeded(Refused):
    """Nobody is signed in."""

    code = "sign_in"

    def __init__(self) -> None:
        super().__init__(_("Sign in to do this. What you chose is kept."))


class NotAllowed(Refused):
    """The viewer sees the thing but may not do this to it."""

    code = "not_allowed"

    def __init__(self) -> None:
        super().__init__(_("You may not do this. Nothing was changed."))


class NotFound(Refused):
    """The thing does not exist, or not for this viewer: both look alike."""

    code = "not_found"

    def __init__(self) -> None:
        super().__init__(_("This is not here any more. Nothing was changed."))


class Stale(Refused):
    """Somebody changed the thing since it was read; `current` is its present state."""

    code = "stale"

    def __init__(self, current: dict[str, object]) -> None:
        super().__init__(
            _("This was changed since you opened it. Read what is stored now, then try again.")
        )
        self.current = current


class Invalid(Refused):
    """A value that cannot be stored; `fields` maps field names to what is wrong."""

    def __init__(self, message: str, **fields: str) -> None:
        super().__init__(message)
        self.fields = fields


class Undecided(Invalid):
    """Somebody has to say first whether two texts are the same article."""
