"""Rules for passwords."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LengthValidator(MinimumLengthValidator):
    """Django's rule, in the words its Chinese catalogue knows: 5.2 left them in its own code."""

    def get_error_message(self) -> str:
        """Return the objection in the language of the moment."""
        return ngettext(
            "This password is too short. It must contain at least %(min_length)d character.",
            "This password is too short. It must contain at least %(min_length)d characters.",
            self.min_length,
        ) % {"min_length": self.min_length}
