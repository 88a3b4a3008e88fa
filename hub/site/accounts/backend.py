"""Owns checking a password: with a mail address or a user name, and as slowly where there is nobody."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from .people import with_mail


class MailOrNameBackend(ModelBackend):
    """Whoever's password fits; nobody who may not log in."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """The person, or None. What is typed may be either, whichever of the two it is given as."""
        if not password:
            return None
        known = _known_as(username or email or "")
        for user in known:
            if user.check_password(password) and self.user_can_authenticate(user):
                return user
        if not known:
            # Without it, an answer that comes at once would say that there is no such person.
            get_user_model()().set_password(password)
        return None


def _known_as(typed: str) -> list[Any]:
    named = get_user_model()._default_manager.filter(username=typed)
    return list({user.pk: user for user in (*named, *with_mail(typed))}.values())
