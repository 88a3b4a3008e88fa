"""Owns what the kinds of mail of the register are called on a screen."""

from django.utils.translation import gettext_lazy as _

KINDS_OF_MAIL = {
    "directory.contact.relayed": _("Message to a firm"),
    "directory.contact.unaddressed": _("Message to a firm without mail"),
    "directory.contact.copy": _("Copy of a message to a firm"),
    "directory.firm.edit_link": _("Link to edit a profile"),
    "directory.firm.remove_link": _("Link to remove a firm"),
    "directory.firm.still_right": _("Yearly question whether all is right"),
    "directory.proposal.received": _("Receipt of a proposal"),
    "directory.proposal.waiting": _("A proposal waits for an answer"),
    "directory.proposal.accepted": _("A proposal was accepted"),
    "directory.proposal.returned": _("A proposal was returned"),
    "directory.proposal.confirmed": _("A firm was removed as it asked"),
    "directory.proposal.firm_gone": _("A proposal whose firm is gone"),
    "directory.proposal.unanswered": _("A proposal was not answered"),
    "directory.transfer.answered": _("Answer to the offer of a firm"),
}
