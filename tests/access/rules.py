"""Owns the list of all rules: every address of the resolver is in it, or a test fails."""

from collections.abc import Iterator

from django.conf import settings

from tests.access import rules_of_firms, rules_of_log_ins, rules_of_pages, rules_of_people, rules_of_the_rest
from tests.access.addresses import all_addresses
from tests.access.rule import Rule

RULES: tuple[Rule, ...] = (
    *rules_of_firms.RULES,
    *rules_of_pages.RULES,
    *rules_of_people.RULES,
    *rules_of_log_ins.RULES,
    *rules_of_the_rest.RULES,
)


def addresses_without_rule() -> list[str]:
    """Addresses that nobody classified."""
    known = {rule.address for rule in RULES}
    return sorted({each.name for each in all_addresses()} - known - set(_uploads()))


def rules_without_address() -> list[str]:
    """Rules of addresses that are gone."""
    return sorted({rule.address for rule in RULES} - {each.name for each in all_addresses()})


def _uploads() -> Iterator[str]:
    """The address from which the demo serves uploads; a real site leaves that to its server."""
    prefix = settings.MEDIA_URL.strip("/")
    return (each.name for each in all_addresses() if prefix in each.name)
