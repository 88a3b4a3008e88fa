"""Owns the admin forms of the register: a firm with its three languages, and the forms beside it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from directory.importing.shipped import shipped_mappings
from directory.merging.comparing import Row
from directory.merging.fields import Side
from directory.models import Capability, ContactPerson, Firm, FirmProfile, Sector, VocabularyTerm
from directory.widgets import FilteredCheckboxes
from hub.forms import RegionField, RegionsField, WordsField
from hub.languages import LANGUAGES
from hub.models import Cluster, Region
from hub.permissions import in_reach, regions_for
from hub.rights import Right
from hub.roles import Person

SAID = ("tagline", "description", "offers_text", "looks_for_text")


MAX_MAPPING = 1 << 20  # bytes
_SIDES = {Side.KEPT: _("of the firm that stays"), Side.OTHER: _("of the other"), Side.BOTH: _("both")}


def _said(name: str, language: str) -> Any:
    widget = forms.TextInput if name == "tagline" else AdminAutoHeightTextInput
    # The browser then checks the spelling in this language, and a screen reader speaks it.
    attributes = {"lang": language, "spellcheck": "true"}
    field: Any = FirmProfile._meta.get_field(name)
    return field.formfield(required=False, widget=widget(attrs=attributes))


def terms_in_order(model: type[VocabularyTerm]) -> QuerySet[Any]:
    """The terms of a vocabulary, by their label in the editor's language."""
    language = get_language() or LANGUAGES[0]
    return model._default_manager.order_by(f"name_{language}" if language in ("fr", "nl") else "name")


class TermsField(forms.ModelMultipleChoiceField):
    """Terms of a closed vocabulary, labelled in the editor's language."""

    def __init__(self, model: type[VocabularyTerm], **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", FilteredCheckboxes)
        super().__init__(queryset=model._default_manager.all(), **kwargs)
        self.model = model
        self.error_messages["invalid_choice"] = _(
            "%(value)s is not in the vocabulary. Choose one of its terms, or add it there first."
        )


class AddFirmForm(forms.Form):
    """The five things that are asked first: they find a firm that is there already, and place a new one."""

    name = forms.CharField(label=_("Name"), max_length=200)
    website = forms.URLField(
        label=_("Website"), max_length=300, required=False, assume_scheme="https", widget=forms.TextInput
    )
    region = RegionField(empty_label=_("Choose a region"))
    town = forms.CharField(label=_("Town"), max_length=100, required=False)
    sector = forms.ModelChoiceField(
        Sector.objects.none(),
        label=_("Sector"),
        required=False,
        empty_label=_("Not known yet"),
        help_text=_("The one that says most of what it does; others follow in the full form."),
    )

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].queryset = terms_in_order(Sector)  # type: ignore[attr-defined]
        mine = Region.objects.filter(in_reach(user, Right.ANSWER, of="pk"))
        self.fields["region"].queryset = mine  # type: ignore[attr-defined]
        if regions_for(user, Right.ANSWER) is not None and mine.count() == 1:
            self.fields["region"].initial = mine.get()


class FirmForm(WagtailAdminModelForm):
    """A firm and what it says in each language.

    Every field of a text belongs to one language for good, so two languages cannot change places. The address
    and the region were set when the firm was added; after that, actions change them.
    """

    region = RegionField(
        required=False,
        disabled=True,
        empty_label=_("Not known yet"),
        help_text=_(
            "It is not changed here: it decides who may edit the firm. Leads offer a firm to another region."
        ),
    )
    serves = RegionsField(label=_("Regions also served"), widget=FilteredCheckboxes)
    sectors = TermsField(Sector, label=_("Sectors"), help_text=_("What the firm is in."))
    capabilities = TermsField(
        Capability, label=_("Capabilities"), help_text=_("What the firm uses or can do, whatever its sector.")
    )
    nace_codes = WordsField(
        label=_("NACE codes"), lines=False, help_text=_("With commas between them, such as 62.01, 63.11.")
    )

    tagline_en, description_en = _said("tagline", "en"), _said("description", "en")
    offers_text_en, looks_for_text_en = _said("offers_text", "en"), _said("looks_for_text", "en")
    tagline_fr, description_fr = _said("tagline", "fr"), _said("description", "fr")
    offers_text_fr, looks_for_text_fr = _said("offers_text", "fr"), _said("looks_for_text", "fr")
    tagline_nl, description_nl = _said("tagline", "nl"), _said("description", "nl")
    offers_text_nl, looks_for_text_nl = _said("offers_text", "nl"), _said("looks_for_text", "nl")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for profile in self.instance.profiles.all():
            for name in SAID:
                self.initial.setdefault(f"{name}_{profile.language}", getattr(profile, name))
        for field in self.fields.values():
            if isinstance(field, TermsField):
                field.queryset = terms_in_order(field.model)
        if "slug" in self.fields:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _(
                "“Change the address” above changes it; the old one goes on working."
            )

    def clean(self) -> dict[str, Any]:
        """:raises ValidationError: for a logo that nobody described, once the firm is published."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("logo") and not cleaned.get("logo_alt") and not self.is_deferred_validation:
            self.add_error("logo_alt", _("Say what the logo shows; a screen reader reads it aloud."))
        return cleaned

    def save(self, commit: bool = True) -> Firm:
        """Saves the firm with its texts; its facts stay as they are in the database at this moment."""
        self.instance.profiles = self._profiles()
        if commit and self.instance.pk:
            self.instance.take_facts_of(Firm.objects.select_for_update().get(pk=self.instance.pk))
        firm: Firm = super().save(commit=commit)
        return firm

    def _profiles(self) -> list[FirmProfile]:
        present = {profile.language: profile for profile in self.instance.profiles.all()}
        profiles = [present.get(code) or FirmProfile(language=code) for code in LANGUAGES]
        for profile in profiles:
            for name in SAID:
                if f"{name}_{profile.language}" in self.cleaned_data:
                    setattr(profile, name, self.cleaned_data[f"{name}_{profile.language}"])
        return [profile for profile in profiles if not profile.is_empty()]


class TermForm(WagtailAdminModelForm):
    """The form of a sector or capability; its short name is set once, because addresses contain it."""

    also_en = WordsField(label=_("Also called, in English"), help_text=_("One per line."))
    also_fr = WordsField(label=_("Also called, in French"), help_text=_("One per line."))
    also_nl = WordsField(label=_("Also called, in Dutch"), help_text=_("One per line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Label in English")
        if self.instance.pk:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("It stays as it is: addresses contain it.")


class MoveFirmForm(forms.Form):
    """Which region a firm goes to."""

    region = RegionField(label=_("Move to"))


class DeclineForm(forms.Form):
    """Why a firm is declined."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Whoever offered the firm reads this."),
    )


class RenameFirmForm(forms.Form):
    """Which address a firm gets."""

    slug = forms.SlugField(
        label=_("New short name in addresses"),
        max_length=100,
        help_text=_("Small letters, digits and hyphens."),
    )


class MergeForm(forms.Form):
    """Whose value stays, for each field in which two firms differ."""

    def __init__(self, *args: Any, rows: Iterable[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            if not row.is_alike:
                self.fields[row.field] = forms.ChoiceField(
                    label=row.label,
                    choices=[(side.value, _SIDES[side]) for side in row.sides],
                    initial=row.default.value,
                    widget=forms.RadioSelect,
                    required=False,
                )


class UploadForm(forms.Form):
    """A file of firms, and the mapping that says what its columns mean: a shipped one or one's own."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 10 MB. It is kept privately and erased after the import."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    mapping = forms.ChoiceField(label=_("Mapping"), required=False)
    own_mapping = forms.FileField(
        label=_("Or a mapping of your own"),
        required=False,
        max_length=200,
        help_text=_("A TOML file; if you give one, it counts."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shipped = shipped_mappings()
        choices = [(name, title) for name, (title, _text) in self.shipped.items()]
        self.fields["mapping"].choices = [("", _("None of these")), *choices]  # type: ignore[attr-defined]

    def clean_own_mapping(self) -> Any:
        """:raises ValidationError: if it is too big to be one."""
        file = self.cleaned_data["own_mapping"]
        if file is not None and file.size > MAX_MAPPING:
            raise forms.ValidationError(_("This is too big to be a mapping."))
        return file

    def clean(self) -> dict[str, Any]:
        """:raises ValidationError: without a mapping."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("mapping") and not cleaned.get("own_mapping") and not self.errors:
            self.add_error("mapping", _("Choose a mapping, or give one of your own."))
        return cleaned

    def mapping_and_name(self) -> tuple[str, str]:
        """The mapping that counts, and its name."""
        own = self.cleaned_data.get("own_mapping")
        if own:
            return own.read().decode("utf-8-sig", errors="replace"), str(own.name)
        name = self.cleaned_data["mapping"]
        return self.shipped[name][1], name


class ContactPersonForm(forms.ModelForm):
    """Somebody to talk to, and what of them everyone may see."""

    class Meta:
        model = ContactPerson
        fields = (
            *("name", "role", "is_name_public"),
            *("email", "is_email_public", "phone", "is_phone_public"),
        )


class JoinClusterForm(forms.Form):
    """Which cluster a firm joins, since when, and who says so."""

    cluster = forms.ModelChoiceField(Cluster.objects.order_by("name_en"), label=_("Cluster"))
    from_date = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    to_date = forms.DateField(
        label=_("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Only for a membership that is over: its last day."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("Where this is known from, such as a signed form."),
    )


class EndMembershipForm(forms.Form):
    """The last day of a membership."""

    to_date = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
