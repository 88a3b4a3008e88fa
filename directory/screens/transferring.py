"""Owns the screens on which a firm is offered to another region, and on which that region answers."""

from typing import Any, cast

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.transferring import (
    AcceptTransferAction,
    DeclineTransferAction,
    OfferFirmAction,
    WithdrawTransferAction,
)
from directory.forms import DeclineForm, MoveFirmForm
from directory.models import FirmTransfer
from directory.transfers import ANSWER
from hub.permissions import may_accept_move, may_offer_move
from hub.screens import ActionScreen

from .firm import FirmScreen

TRANSFERS = "directory_transfers"
LIST = "directory_firmtransfer_modeladmin_index"


class OfferFirmScreen(FirmScreen):
    """Offers the firm to another region."""

    may = staticmethod(may_offer_move)
    form_class: type[forms.BaseForm] = MoveFirmForm
    template_name = "directory/admin/offer_firm.html"
    page_title = _("Offer to another region")
    submit_label = _("Offer the firm")
    done = _("The lead of the other region hears of it. The firm moves when they accept.")
    explanation = _(
        "Until they accept, the firm stays with you. They see what everybody sees of it; drafts, people and "
        "history go over with the firm. After 60 days without an answer the offer lapses."
    )

    def act(self, form: Any) -> None:
        """Offers the firm."""
        OfferFirmAction(firm=self.object, to=form.cleaned_data["region"], **self.actor).run()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the offer that waits."""
        waiting = self.object.transfers.waiting().select_related("to_region").first()
        return super().get_context_data(waiting=waiting, **kwargs)


class _TransferScreen(ActionScreen):
    """A screen about one offer, for those who answer for the region to which the firm is offered."""

    model = FirmTransfer
    object: FirmTransfer
    header_icon = "hub-firm"
    template_name = "directory/admin/transfer.html"
    is_answer = False

    def is_allowed(self, user: Any) -> bool:
        """Whether this person answers for that region."""
        return may_accept_move(user, self.object.to_region)

    @property
    def acting(self) -> dict[str, Any]:
        """On which offer, who acts, and when."""
        actor = cast(AbstractBaseUser, self.request.user)
        return {"transfer": self.object, "actor": actor, "now": timezone.now()}

    def back(self) -> str:
        """The list of offers."""
        return reverse(LIST)

    def get_page_subtitle(self) -> str:
        """The firm."""
        return self.object.firm.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what everybody may know of the firm; a firm that is not published has but a name."""
        firm = self.object.firm
        return super().get_context_data(
            transfer=self.object,
            firm=firm,
            sectors=[link.tag for link in firm.firm_sectors.select_related("tag")] if firm.live else [],
            decline_url=reverse(f"{TRANSFERS}:decline", args=[self.object.pk]),
            **kwargs,
        )


class AnswerTransferScreen(_TransferScreen):
    """What everybody sees of the firm, and a button to take it over."""

    is_answer = True

    page_title = _("A firm for your region")
    submit_label = _("Accept the firm")
    done = _("The firm belongs to your region now.")

    def act(self, form: Any) -> None:
        """Accepts it."""
        AcceptTransferAction(**self.acting).run()


class DeclineTransferScreen(_TransferScreen):
    """Says no, and why."""

    form_class: type[forms.BaseForm] = DeclineForm
    page_title = _("Decline a firm")
    submit_label = _("Decline it")
    done = _("The firm stays where it is, and its lead gets a mail with your reason.")

    def act(self, form: Any) -> None:
        """Declines it."""
        DeclineTransferAction(**self.acting, reason=form.cleaned_data["reason"]).run()


class WithdrawTransferScreen(_TransferScreen):
    """Takes an offer back."""

    page_title = _("Withdraw an offer")
    submit_label = _("Withdraw the offer")
    done = _("The offer is withdrawn.")

    def is_allowed(self, user: Any) -> bool:
        """Whether this person leads the region in which the firm is now."""
        return may_offer_move(user, self.object.firm)

    def act(self, form: Any) -> None:
        """Withdraws it."""
        WithdrawTransferAction(**self.acting).run()


def transfer_screens() -> list[URLPattern]:
    """The addresses of the answers."""
    return [
        path("<int:pk>/", AnswerTransferScreen.as_view(), name=ANSWER.partition(":")[2]),
        path("<int:pk>/decline/", DeclineTransferScreen.as_view(), name="decline"),
        path("<int:pk>/withdraw/", WithdrawTransferScreen.as_view(), name="withdraw"),
    ]


def offer_screens() -> list[URLPattern]:
    """The address of the offer, below those of the firm's other screens."""
    return [path("offer/<int:pk>/", OfferFirmScreen.as_view(), name="offer")]
