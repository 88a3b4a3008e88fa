"""Owns the form in which somebody chooses between one mail a week and one for each thing."""

from django import forms

from hub.models import MailPreference


class MailPreferenceForm(forms.ModelForm):
    """One tick box."""

    class Meta:
        model = MailPreference
        fields = ("at_once",)
