"""Owns the people to talk to at a firm. What the log keeps says nothing about them."""

from datetime import datetime

from wagtail.log_actions import log

from directory.models import ContactPerson
from hub.actions import Action, Actor, user_of
from hub.actions.rights import require_administrator


class SaveContactPersonAction(Action):
    """Adds a contact person or changes one."""

    def __init__(self, *, person: ContactPerson, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.person = person

    def check(self) -> None:
        """:raises NotAllowed: if the actor is no administrator."""
        require_administrator(self.actor)

    def execute(self) -> ContactPerson:
        action = "directory.contact.change" if self.person.pk else "directory.contact.add"
        self.person.save()
        log(instance=self.person.firm, action=action, user=user_of(self.actor))
        return self.person


class RemoveContactPersonAction(Action):
    """Erases a contact person; nothing of them stays."""

    def __init__(self, *, person: ContactPerson, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.person = person

    def check(self) -> None:
        """:raises NotAllowed: if the actor is no administrator."""
        require_administrator(self.actor)

    def execute(self) -> None:
        log(instance=self.person.firm, action="directory.contact.remove", user=user_of(self.actor))
        self.person.delete()
