"""Owns a model field that keeps several values of one closed list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class ChosenValuesField(models.JSONField):
    """Several values of a closed list, stored as a JSON array in the list's own order, without doubles."""

    def __init__(self, *args: Any, choices_of: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.choices_of = choices_of
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """A migration needs no list: it is a plain JSON column."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """:raises ValidationError: naming the values that are not in the list."""
        super().validate(value, model_instance)
        if not isinstance(value or [], list):
            raise ValidationError(_("This must be a list of values."))
        unknown = [str(each) for each in value or [] if each not in self._known]
        if unknown:
            raise ValidationError(_("Not in the list: %(values)s."), params={"values": ", ".join(unknown)})

    def clean(self, value: Any, model_instance: models.Model | None) -> list[str]:
        """The values in the order of the list, each once."""
        value = super().clean(value, model_instance)
        return [each for each in self._known if each in (value or [])]

    def formfield(self, **kwargs: Any) -> Any:
        """A tick box for every value."""
        return forms.MultipleChoiceField(
            choices=self.choices_of.choices if self.choices_of else [],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )

    @property
    def _known(self) -> list[str]:
        return self.choices_of.values if self.choices_of else []
