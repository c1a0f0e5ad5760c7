"""Why a write on annotations was refused; turned into an answer only at the edge."""

from django.utils.translation import gettext as _

from corpus.errors import NotFound, Refused

__all__ = ["NotFound", "TextChanged"]


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
