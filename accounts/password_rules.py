"""What a password must be, said in the words of this service: Django's own sentence is English in bokmål."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """At least `min_length` characters; raises ``ValidationError`` (code ``password_too_short``) otherwise."""

    def get_error_message(self) -> str:
        """Say the limit, and what is easy to remember."""
        return ngettext(
            "The password must have at least %(count)d character. Several words in a row are easy to remember.",
            "The password must have at least %(count)d characters. Several words in a row are easy to remember.",
            self.min_length,
        ) % {"count": self.min_length}
