"""Owns who gets in and how: mail and password, then a second factor for those whose rights ask for one."""

from datetime import timedelta

from .env import env

AUTHENTICATION_BACKENDS = ["hub.site.accounts.backend.MailOrNameBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# Wagtail's own screens would let a session that somebody left open change what the next log-in is proved by.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds

# Whether everybody above editor needs a second factor; on in production.
HUB_REQUIRE_MFA = env.bool("HUB_REQUIRE_MFA", default=False)

# Accounts come by invitation: there is no sign-up, and the address of a user is the one in the user's row.
ACCOUNT_ADAPTER = "hub.site.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_FORMS = {
    "login": "hub.site.accounts.forms.LogInForm",
    "reset_password": "hub.site.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "hub.site.accounts.forms.NewPasswordForm",
    "change_password": "hub.site.accounts.forms.ChangePasswordForm",
    "reauthenticate": "hub.site.accounts.forms.ConfirmPasswordForm",
    "confirm_login_code": "hub.site.accounts.forms.MailedCodeForm",
}
# Counted in the cache (CACHE_URL). What is not named here has allauth's own limit.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "request_login_code": "10/h/key",  # whoever has the password floods no mailbox
}

# The mailed code; a mail may take a while.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 30 * 60  # seconds for all steps together

MFA_ADAPTER = "hub.site.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # the code before and after the one of now: clocks of phones differ
MFA_FORMS = {
    "authenticate": "hub.site.accounts.forms.SecondStepForm",
    "reauthenticate": "hub.site.accounts.forms.ConfirmCodeForm",
    "activate_totp": "hub.site.accounts.forms.ActivateAppForm",
    "authenticate_webauthn": "hub.site.accounts.forms.UseKeyForm",
    "reauthenticate_webauthn": "hub.site.accounts.forms.ConfirmKeyForm",
    "add_webauthn": "hub.site.accounts.forms.AddKeyForm",
    "edit_webauthn": "hub.site.accounts.forms.RenameKeyForm",
}
# A device that is remembered needs no second factor for so long.
ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED = True
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=90)
MFA_TRUST_COOKIE_NAME = "remembered_device"
MFA_TRUST_COOKIE_HTTPONLY = True
MFA_TRUST_COOKIE_SAMESITE = "Lax"
