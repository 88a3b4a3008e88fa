"""Owns the people to talk to at a firm. What the log keeps says nothing about them."""

from datetime import datetime

from wagtail.log_actions import log

from directory.models import ContactPerson
from hub.actions import Action, Actor, user_of
from hub.permissions import may_edit, may_publish

from .rights import locked_firm, require_for


class SaveContactPersonAction(Action):
    """Adds a contact person or changes one."""

    def __init__(self, *, person: ContactPerson, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.person = person

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not change what is shown, or kept, of the firm's people."""
        _require(self.actor, self.person)

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
        """:raises NotAllowed: if the actor may not change what is shown, or kept, of the firm's people."""
        _require(self.actor, self.person)

    def execute(self) -> None:
        log(instance=self.person.firm, action="directory.contact.remove", user=user_of(self.actor))
        self.person.delete()


def _require(actor: Actor, person: ContactPerson) -> None:
    """Editing the firm is enough for what is private; for what visitors see, it takes publishing.

    :raises NotAllowed: unless the actor may.
    """
    firm = locked_firm(person.firm)
    shown = [each for each in (person, ContactPerson.objects.filter(pk=person.pk).first()) if each]
    is_seen = firm.live and any(_is_shown(each) for each in shown)
    require_for(actor, may_publish if is_seen else may_edit, firm)


def _is_shown(person: ContactPerson) -> bool:
    return person.is_name_public or person.is_email_public or person.is_phone_public
