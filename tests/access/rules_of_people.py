"""Owns the rules of the screens on which people are appointed, replaced, invited and let go."""

from tests.access.issue_table import Verb
from tests.access.rule import Anywhere, Level, Rule, rules
from tests.access.things import Thing

LIVE = frozenset({"live"})


def _nothing(thing: Thing) -> dict[str, str]:
    return {}


# How somebody gets in, and what is said of one's own log-in: no address names anybody else.
DOOR = [
    *rules(
        "account_",
        "change_password confirm_login_code login logout reauthenticate reset_password reset_password_done"
        " reset_password_from_key reset_password_from_key_done",
        Level.ANYBODY,
    ),
    *rules(
        "mfa_",
        "activate_totp add_webauthn authenticate deactivate_totp download_recovery_codes edit_webauthn"
        " generate_recovery_codes index list_webauthn reauthenticate reauthenticate_webauthn remove_webauthn"
        " trust view_recovery_codes",
        Level.ANYBODY,
    ),
    *rules("", "usersessions_list closed_admin_login closed_admin_reset closed_page_login", Level.ANYBODY),
]
ACCESS = [
    Rule("hub_site_user_modeladmin_index", Verb.RESET),
    *rules("hub_site_user_modeladmin_", "create edit delete", Level.NOBODY),
    *rules("hub_", "reset_second_factor end_sessions", Verb.RESET, names=("user",), shows=False),
]
RULES = [
    *DOOR,
    *ACCESS,
    Rule("hub_people", Anywhere(Verb.INVITE), lists=("invitation", "editor")),
    Rule("hub_appoint", Verb.APPOINT),
    *rules("hub_", "replace stand_down", Verb.INVITE, names=("term",)),
    Rule("hub_invite_editor", Verb.INVITE, ("place",)),
    Rule("hub_withdraw", Verb.INVITE, ("invitation",), sends=_nothing, works_in=LIVE),
    Rule("hub_end_editor", Verb.INVITE, ("editor",), sends=_nothing, works_in=LIVE),
    *rules("hub_partner:", "index index_results add", Verb.APPOINT, shows=False),
    *rules("hub_partner:", "edit delete usage history history_results", Verb.APPOINT, names=("partner",)),
]
