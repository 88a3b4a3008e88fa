"""Owns giving a firm another address; the old one leads to it for ever."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.addresses import RESERVED
from directory.models import Firm, FormerSlug
from directory.models.firm import FIRMS
from hub.actions import Action, ActionRefused, Actor, user_of
from hub.permissions import may_publish
from search.pending import mark

from .rights import locked_firm, require_for


class SlugTaken(ActionRefused):
    """Another firm has or had that address."""


class SlugReserved(ActionRefused):
    """A page of the register itself has that address."""


class SlugUnchanged(ActionRefused):
    """The firm has that address already."""


class RenameFirmAction(Action):
    """Gives a firm another short name in addresses and keeps the old one as a redirect."""

    def __init__(self, *, firm: Firm, slug: str, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.firm = firm
        self.slug = slug

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not publish the firm: its address changes at once.
        :raises SlugUnchanged: if the firm has it already.
        :raises SlugReserved: if a page of the register has it.
        :raises SlugTaken: if another firm has it, or had it and links to it still lead there.
        """
        self.row = locked_firm(self.firm)
        require_for(self.actor, may_publish, self.row)
        if self.row.slug == self.slug:
            raise SlugUnchanged(_("%(firm)s has this address already.") % {"firm": self.row})
        if self.slug in RESERVED:
            raise SlugReserved(
                _("%(slug)s is the address of a page of the register itself. Choose another one.")
                % {"slug": self.slug}
            )
        other = self._owner()
        if other is not None:
            raise SlugTaken(
                _("%(slug)s is or was the address of %(firm)s, and links to it must go on leading there.")
                % {"slug": self.slug, "firm": other}
            )

    def execute(self) -> Firm:
        former = self.row.slug
        FormerSlug.objects.filter(firm=self.row, slug=self.slug).delete()
        FormerSlug.objects.create(firm=self.row, slug=former)
        Firm.objects.filter(pk=self.row.pk).update(slug=self.slug)
        self.row.slug = self.firm.slug = self.slug
        log(
            instance=self.row,
            action="directory.firm.rename",
            user=user_of(self.actor),
            data={"from": former, "to": self.slug},
            content_changed=True,
        )
        mark(FIRMS, [self.row.pk])
        return self.firm

    def _owner(self) -> Firm | None:
        """The other firm that has this address or once had it."""
        others = Firm.objects.exclude(pk=self.row.pk)
        return others.filter(slug=self.slug).first() or others.filter(former_slugs__slug=self.slug).first()
