"""Owns the forms about people: who takes up an office, when one ends, whom to invite."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from hub.actions.leads import Holder
from hub.days import today
from hub.models import Cluster, LeadTerm, Partner

from .admin import RegionField
from .invitation import LANGUAGES


class DayField(forms.DateField):
    """A day, chosen from the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class HolderForm(forms.Form):
    """Who holds an office: somebody with a mail, who can log in; an organisation; or only a name."""

    email = forms.EmailField(
        label=_("Mail"),
        required=False,
        help_text=_(
            "Whoever has an account takes office at once; everybody else gets an invitation first. "
            "Leave it empty for an organisation, or for a name that is only shown."
        ),
    )
    name = forms.CharField(
        label=_("Name"), max_length=150, required=False, help_text=_("First name and family name.")
    )
    partner = forms.ModelChoiceField(
        label=_("Or an organisation"), queryset=Partner.objects.order_by("name"), required=False
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=LANGUAGES)
    from_date = DayField(label=_("First day"), initial=today)
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("Only the coordinator reads it.")
    )

    def clean(self) -> dict[str, Any]:
        """:raises ValidationError: unless it is clear who is meant."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        has_person = bool(told.get("email") or told.get("name"))
        if told.get("partner") and has_person:
            raise forms.ValidationError(_("Either a person or an organisation, not both."))
        if not told.get("partner") and not has_person and not self.errors:
            raise forms.ValidationError(_("Say who it is: by mail, by name, or choose an organisation."))
        self.account = _account(told.get("email", ""))
        if told.get("email") and self.account is None and not told.get("name"):
            self.add_error("name", _("Nobody here has this mail. For an invitation we need a name."))
        return told

    @property
    def is_invitation(self) -> bool:
        """Whether the person has a mail and no account yet."""
        return bool(self.cleaned_data["email"]) and self.account is None

    @property
    def holder(self) -> Holder:
        """Who takes office at once."""
        if self.account is not None:
            return Holder(user=self.account)
        told = self.cleaned_data
        return Holder(partner=told["partner"]) if told["partner"] else Holder(name=told["name"])


class AppointForm(HolderForm):
    """Who, where, as what, from when to when."""

    region = RegionField(
        label=_("Region"), required=False, empty_label=_("None: leads a cluster in all regions")
    )
    cluster = forms.ModelChoiceField(
        label=_("Cluster"),
        queryset=Cluster.objects.order_by("name_en"),
        required=False,
        empty_label=_("All clusters"),
    )
    role = forms.ChoiceField(label=_("Role"), choices=LeadTerm.Role.choices)
    to_date = DayField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))
    field_order = (
        "region", "cluster", "role", "email", "name", "partner", "language", "from_date", "to_date", "note",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """:raises ValidationError: if there is neither a region nor a cluster."""
        told = super().clean()
        if not told.get("region") and not told.get("cluster") and not self.errors:
            raise forms.ValidationError(_("Choose a region, or a cluster, or both."))
        return told


class StandDownForm(forms.Form):
    """When a term ends."""

    AT_ONCE, ON_DAY = "at-once", "day"
    when = forms.ChoiceField(
        label=_("When"),
        choices=[(AT_ONCE, _("At once")), (ON_DAY, _("At the end of this day:"))],
        widget=forms.RadioSelect,
        initial=AT_ONCE,
    )
    last_day = DayField(label=_("Last day"), required=False, initial=today)

    def clean(self) -> dict[str, Any]:
        """Yesterday is the last day of whoever stands down at once."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("when") == self.AT_ONCE:
            told["last_day"] = today() - timedelta(days=1)
        elif not told.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Which day?"))
        return told


class InviteEditorForm(forms.Form):
    """Whom to invite as an editor."""

    email = forms.EmailField(label=_("Mail"), help_text=_("The link to accept goes there."))
    name = forms.CharField(label=_("Name"), max_length=150)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=LANGUAGES)


class PartnerForm(WagtailAdminModelForm):
    """An organisation."""

    region = RegionField(label=_("Region"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Partner
        fields = ("name", "region", "website")


def _account(email: str) -> Any:
    people = get_user_model()._default_manager.filter(is_active=True)
    return people.filter(email__iexact=email).order_by("pk").first() if email else None
