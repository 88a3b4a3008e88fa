"""Owns how a removed firm is recognised without keeping its name. Pure."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SALT = b"directory.removal"


def fingerprint(secret: str, what: str, key: str) -> str:
    """The fingerprint of one thing that is known of a firm: 64 hexadecimal digits.

    Nobody without the secret can tell from it whether a guessed name was removed.
    """
    salted = hmac.new(secret.encode(), _SALT, hashlib.sha256).digest()
    return hmac.new(salted, f"{what}\n{key}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def fingerprints(secrets: Iterable[str], compared: Mapping[str, str]) -> dict[str, str]:
    """The fingerprints of what a firm is compared by (`matching.keys`), with what each is of."""
    return {
        fingerprint(secret, what, key): what for secret in secrets for what, key in compared.items() if key
    }


@dataclass(frozen=True, slots=True)
class Removed:
    """The firms that asked to be removed.

    `secrets` are the present one and former ones: a new secret must not bring back who left under an old one.
    """

    known: frozenset[str]
    secrets: tuple[str, ...]

    def recognised_by(self, compared: Mapping[str, str]) -> str:
        """By what (name, website, number) a firm is known to have been removed; empty if it was not."""
        if not self.known:
            return ""
        found = fingerprints(self.secrets, compared)
        return next((what for each, what in found.items() if each in self.known), "")
