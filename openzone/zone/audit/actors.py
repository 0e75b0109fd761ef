"""Who did something: a person, a part of the system, or somebody at the command line."""

from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class Actor:
    """The author of an event; the label is kept as it was, people are renamed later."""

    kind: Literal["user", "system", "command"]
    id: str
    label: str

    @classmethod
    def of(cls, user: AbstractBaseUser | AnonymousUser) -> "Actor":
        """Return the actor for somebody logged in."""
        if user.pk is None:
            raise ValueError("an actor must be a saved user")
        return cls("user", str(user.pk), str(user))

    @classmethod
    def system(cls, name: str) -> "Actor":
        """Return the actor for a part of the system, such as ``jobs``."""
        return cls("system", name, name)

    @classmethod
    def command(cls, os_user: str) -> "Actor":
        """Return the actor for the account that runs a command on the server."""
        return cls("command", os_user, os_user)
