"""Owns how a visitor is counted without being known: by salted hashes that nobody can read back."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def fingerprint(purpose: str, said: str) -> str:
    """A salted hash of a mail or a network address; empty for nothing. Another purpose gives another one."""
    salted = salted_hmac(f"hub.visitors.{purpose}", said.casefold(), algorithm="sha256")
    return salted.hexdigest() if said else ""


def network_of(request: HttpRequest) -> str:
    """Where a request comes from; of IPv6 the half that one household has. Empty if nobody can tell.

    Behind a proxy that we trust (`SECURE_PROXY_SSL_HEADER`), the last address that it added; what stands
    before that, the visitor may have written.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or told
    try:
        address = ip_address(told)
    except ValueError:
        return ""
    return str(address) if address.version == 4 else str(ip_network((address, 64), strict=False))
