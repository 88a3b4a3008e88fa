"""Owns the rules of the door, of the pages about the own log-in, and of helping others out."""

from tests.access.issue_table import Verb
from tests.access.rule import Anywhere, Level, Rule, rules
from tests.access.things import Thing


def _nothing(thing: Thing) -> dict[str, str]:
    return {}


LIVE = frozenset({"live"})
DOOR = [
    *rules(
        "account_",
        "login logout confirm_login_code reset_password reset_password_done reset_password_from_key"
        " reset_password_from_key_done",
        Level.ANYBODY,
    ),
    *rules("mfa_", "authenticate trust", Level.ANYBODY),
    *rules("closed_", "admin_login admin_reset page_login", Level.ANYBODY),
]
# What they change is the log-in of whoever asks; tests/accounts looks at that.
OWN = [
    *rules("account_", "change_password reauthenticate", Level.SIGNED_IN, shows=False),
    *rules("mfa_", "index activate_totp deactivate_totp", Level.SIGNED_IN, shows=False),
    *rules("mfa_", "add_webauthn edit_webauthn list_webauthn remove_webauthn", Level.SIGNED_IN, shows=False),
    *rules(
        "mfa_",
        "view_recovery_codes generate_recovery_codes download_recovery_codes",
        Level.SIGNED_IN,
        shows=False,
    ),
    *rules("mfa_", "reauthenticate reauthenticate_webauthn", Level.SIGNED_IN, shows=False),
    *rules("", "usersessions_list", Level.SIGNED_IN, shows=False),
]
OTHERS = [
    *rules("hub_site_user_modeladmin_", "index", Anywhere(Verb.RESET), lists=("log-in",)),
    *rules("hub_site_user_modeladmin_", "create edit delete", Level.NOBODY),
    *rules(
        "hub_",
        "reset_second_factor end_sessions",
        Verb.RESET,
        names=("log-in",),
        sends=_nothing,
        works_in=LIVE,
    ),
]
RULES: list[Rule] = [*DOOR, *OWN, *OTHERS]
