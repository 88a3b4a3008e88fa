"""Owns what a single value of a file must look like to be kept, and the words for why it is not. Pure."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from directory.numbers import validate_nace_codes, validate_number
from directory.sentences import Sentence, joined, words_of
from directory.sentences import Sentence as _

# The longest that each field of a firm keeps.
LENGTHS: Mapping[str, int] = {
    "name": 200,
    "trading_name": 200,
    "town": 100,
    "postcode": 20,
    "website": 300,
    "email": 254,
    "phone": 40,
    "number": 30,
}
_PHONE = re.compile(r"\+?[0-9][0-9 ()./\-]{4,38}")
_COUNTRY_BEHIND = re.compile(
    r"\s*[,-]\s+(the )?(uk|united kingdom|england|france|belgium|belgique|belgië|netherlands|pays-bas)$",
    re.IGNORECASE,
)
_is_web_address = URLValidator(schemes=["http", "https"])


class Unusable(Exception):
    """A value that cannot be kept; `why` is a whole sentence."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why)
        self.why = why


def _why(error: ValidationError) -> Sentence:
    return words_of(error.message) % (error.params or {})


def website(text: str, country: str = "") -> str:
    """The web address with its scheme, the host in small letters.

    >>> website("WWW.Example.EU/Shop")
    'https://www.example.eu/Shop'

    :raises Unusable: if it is none.
    """
    refusal = _("“%(value)s” is no web address. One looks like https://www.example.org.") % {
        "value": text[:80]
    }
    address = text if re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*://", text) else f"https://{text}"
    try:
        parts = urlsplit(address)
        address = parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl()
        _is_web_address(address)
    except (ValidationError, ValueError) as error:
        raise Unusable(refusal) from error
    if "@" in parts.netloc:  # a mail address, or a password
        raise Unusable(refusal)
    return address


def town(text: str, country: str = "") -> str:
    """The town without the country behind it and without stray punctuation.

    >>> town("Lille, France"), town("Bristol,")
    ('Lille', 'Bristol')
    """
    return _COUNTRY_BEHIND.sub("", text.strip(" ,.;")).strip(" ,.;")


def email(text: str, country: str = "") -> str:
    """:raises Unusable: if it is no mail address."""
    try:
        validate_email(text)
    except ValidationError as error:
        raise Unusable(_("“%(value)s” is no mail address.") % {"value": text[:80]}) from error
    return text


def phone(text: str, country: str = "") -> str:
    """:raises Unusable: if it is no phone number."""
    if not _PHONE.fullmatch(text):
        raise Unusable(
            _("“%(value)s” is no phone number. One looks like +32 9 000 00 00.") % {"value": text[:80]}
        )
    return text


def number(text: str, country: str = "") -> str:
    """:raises Unusable: if it is no VAT or registration number that we know."""
    try:
        validate_number(text)
    except ValidationError as error:
        raise Unusable(_why(error)) from error
    return text


def founded(text: str, latest: int) -> int:
    """The year, or the year of a date written as 1999-12-31.

    :raises Unusable: if it is no year from 1000 to the latest one allowed.
    """
    found = re.fullmatch(r"([0-9]{4})(-[0-9]{2}-[0-9]{2})?", text)
    if not found or not 1000 <= int(found[1]) <= latest:
        raise Unusable(
            _("“%(value)s” is no year of foundation: four digits, at most %(latest)s.")
            % {"value": text[:80], "latest": str(latest)}
        )
    return int(found[1])


def nace_code(text: str) -> str:
    """:raises Unusable: if it cannot be a NACE code."""
    try:
        validate_nace_codes([text])
    except ValidationError as error:
        raise Unusable(_why(error)) from error
    return text


def nace_from_sic(digits: str) -> str:
    """The NACE code of a British SIC 2007 code: its first four digits, without the zeros that only fill up.

    >>> nace_from_sic("62020"), nace_from_sic("47200"), nace_from_sic("01500")
    ('62.02', '47.2', '01.5')

    :raises Unusable: if it has not four or five digits.
    """
    if not re.fullmatch(r"[0-9]{4,5}", digits):
        raise Unusable(_("“%(value)s” is no industry code: four or five digits.") % {"value": digits[:80]})
    rest = digits[2:4].rstrip("0")
    return f"{digits[:2]}.{rest}" if rest else digits[:2]


_POSTCODES: Mapping[str, tuple[re.Pattern[str], Sentence]] = {
    "BE": (re.compile(r"[1-9][0-9]{3}"), _("Belgian postcodes are four digits, such as 9000.")),
    "FR": (re.compile(r"[0-9]{5}"), _("French postcodes are five digits, such as 59000.")),
    "NL": (
        re.compile(r"[1-9][0-9]{3}( [A-Z]{2})?"),
        _("Dutch postcodes are four digits and two letters, such as 4381 AA."),
    ),
    "GB": (
        re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9][A-Z]{2})?"),
        _("British postcodes look like ME4 4TZ."),
    ),
}


def postcode(text: str, country: str = "") -> str:
    """The postcode as its country writes it; `country` is an ISO code, empty if it is unknown.

    >>> postcode("ox1 1 hp,", "GB"), postcode("4381aa", "NL"), postcode("B-9000", "BE")
    ('OX1 1HP', '4381 AA', '9000')

    :raises Unusable: if that country has no such postcodes.
    """
    code = " ".join(text.upper().strip(" .,;").split())
    if country not in _POSTCODES:
        return code
    pattern, example = _POSTCODES[country]
    compact = re.sub(rf"^{country[:1]}{country[1:]}?-", "", code).replace(" ", "")
    if country == "NL":
        compact = f"{compact[:4]} {compact[4:]}".strip()
    if country == "GB" and len(compact) > 4:
        compact = f"{compact[:-3]} {compact[-3:]}"
    if pattern.fullmatch(compact):
        return compact
    raise Unusable(joined((_what_is_wrong(text, country), example)))


def _what_is_wrong(text: str, country: str) -> Sentence:
    words = {"value": text[:80]}
    if country in ("BE", "FR") and any(char.isalpha() for char in text):
        return _("“%(value)s” has letters in it.") % words
    return _("“%(value)s” is no postcode of that country.") % words


BY_FIELD: Mapping[str, Callable[[str, str], str]] = {
    "town": town,
    "website": website,
    "email": email,
    "phone": phone,
    "number": number,
    "postcode": postcode,
}
