"""Owns a model field that keeps several values of one closed list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChosenValuesField(models.JSONField):
    """Several values of a closed list, stored as a JSON array in the list's own order, without doubles."""

    def __init__(self, *args: Any, choices_of: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.choices_of = choices_of
        super().__init__(*args, **{"default": list, "blank": True} | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """:raises ValidationError: naming the values that are not in the list."""
        super().validate(value, model_instance)
        known = self.choices_of.values if self.choices_of else []
        unknown = [str(each) for each in value or [] if each not in known]
        if unknown:
            raise ValidationError(_("Not in the list: %(values)s."), params={"values": ", ".join(unknown)})

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        value = super().clean(value, model_instance)
        return [each for each in (self.choices_of.values if self.choices_of else []) if each in (value or [])]

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=self.choices_of.choices if self.choices_of else [],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=self.verbose_name,
            help_text=self.help_text,
        )
