"""Why a write on annotations was refused; turned into an answer only at the edge."""

from django.utils.translation import gettext as _

from corpus.errors import Refused


class NotFound(Refused):
    """The thing does not exist, or not for this viewer: both look alike."""

    code = "not_found"

    def __init__(self) -> None:
        super().__init__(_("This is not here any more. Nothing was changed."))


class TextChanged(Refused):
    """The passage does not stand in the current version, whose number is `version`."""

    code = "text_changed"

    def __init__(self, version: int) -> None:
        super().__init__(
            _(
                "This passage changed since you opened the page. What you wrote is kept: "
                "reload to mark it again."
            )
        )
        self.current: dict[str, object] = {"version": version}
