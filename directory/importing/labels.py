"""Owns how the fields of a firm are called, in words that can be kept."""

from django.core.exceptions import FieldDoesNotExist

from directory.models import Firm, FirmProfile
from directory.sentences import Sentence, words_of
from directory.sentences import Sentence as _

from .known import PROFILE_FIELDS

_APART = {"other": _("the other entry"), "text_language": _("language of the text")}


def label_of(field: str) -> Sentence:
    """How a field is called, with its language if it has one: "description (French)"."""
    if field in PROFILE_FIELDS:
        name, language = field.rsplit("_", 1)
        said = FirmProfile._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        words = {"said": words_of(said), "language": words_of(FirmProfile.Language(language).label)}
        return Sentence("%(said)s (%(language)s)") % words
    try:
        return _APART.get(field) or words_of(Firm._meta.get_field(field).verbose_name)
    except (AttributeError, FieldDoesNotExist):
        return Sentence(field[:60])
