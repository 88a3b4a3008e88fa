"""Owns what the process of the test on floods does: one sender asks much of many firms, all at once."""

from collections import Counter
from collections.abc import Callable

from .processes import Caller

MANY = 20
SENDER = "flood@sender.example"
NETWORK = "192.0.2.1"


def make_ground(caller: Caller) -> list[int]:
    """As many listed firms as there are posts, each with an address."""
    from tests.directory.builders import make_firm

    return [make_firm(f"Flooded {number}", email=f"info@f{number}.example").pk for number in range(MANY)]


def propose_together(caller: Caller, firms: list[int]) -> dict[str, int]:
    """How often one sender's proposal about each firm was taken, and how often refused."""
    from django.utils import timezone

    from directory.actions.proposing import TooManyProposals
    from tests.directory.proposing import propose

    def ask(pk: int) -> None:
        propose("closed", firm=_firm(pk), email=SENDER, network=NETWORK, now=timezone.now())

    return _together(firms, ask, TooManyProposals)


def write_together(caller: Caller, firms: list[int]) -> dict[str, int]:
    """How often one sender's message to each firm was taken, and how often refused."""
    from django.utils import timezone

    from directory.actions.writing import Letter, TooManyMessages, WriteToFirmAction
    from directory.contacting import Words

    def write(pk: int) -> None:
        letter = Letter(Words("Flood", SENDER, "Hello.", "en"), f"nonce-{pk}", NETWORK)
        WriteToFirmAction(firm=_firm(pk), letter=letter, now=timezone.now()).run()

    return _together(firms, write, TooManyMessages)


def _firm(pk: int) -> object:
    from directory.models import Firm

    return Firm.objects.select_related("region").get(pk=pk)


def _together(firms: list[int], act: Callable[[int], None], refusal: type[Exception]) -> dict[str, int]:
    from tests.directory.at_once import at_once

    turn = iter(firms)

    def one() -> str:
        try:
            act(next(turn))
        except refusal:
            return "refused"
        return "taken"

    return dict(Counter(at_once(len(firms), one)))
