"""Owns which VAT, registration and NACE numbers are possible; python-stdnum knows the check digits."""

import re
from collections.abc import Sequence
from types import ModuleType

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.be import vat as be_vat
from stdnum.fr import siren, siret, tva
from stdnum.gb import vat as gb_vat
from stdnum.nl import btw

_KNOWN: tuple[ModuleType, ...] = (be_vat, siren, siret, tva, gb_vat, btw)
# Companies House (two letters or digits, then six digits) and the Dutch KvK (eight digits): no check digit.
_PLAIN = re.compile(r"([A-Z]{2}|[0-9]{2})[0-9]{6}")
# Commission Delegated Regulation (EU) 2023/137: division, group, class; perhaps a section letter before it.
_NACE = re.compile(r"[A-V]?[0-9]{2}(\.[0-9]{1,2})?")


def validate_number(number: str) -> None:
    """:raises ValidationError: if this is no VAT or registration number of the four countries."""
    compact = re.sub(r"[\s.\-]", "", number).upper()
    if not (_PLAIN.fullmatch(compact) or any(known.is_valid(number) for known in _KNOWN)):
        raise ValidationError(
            _(
                "%(number)s is not a VAT or registration number we know. "
                "Belgian numbers look like BE 0123.456.749, French ones like FR 40 303265045 or 303 265 045, "
                "Dutch ones like NL4495445B01 or 12345678, British ones like GB 980 7806 84 or SC123456."
            ),
            params={"number": number},
        )


def validate_nace_codes(codes: Sequence[str]) -> None:
    """:raises ValidationError: naming the codes that cannot be NACE codes."""
    wrong = [str(code) for code in codes if not (isinstance(code, str) and _NACE.fullmatch(code))]
    if wrong:
        raise ValidationError(
            _("%(codes)s: a NACE code has two to four digits, such as 62, 62.0 or 62.01."),
            params={"codes": ", ".join(wrong)},
        )
