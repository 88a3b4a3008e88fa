"""Owns the tests of what people are called by others."""

from django.contrib.auth import get_user_model

from hub.models import LeadTerm
from hub.names import language_of, name_of

User = get_user_model()


def test_somebody_is_called_by_their_full_name_and_else_by_the_name_they_log_in_with() -> None:
    assert name_of(User(username="ada", first_name="Ada", last_name="Lovelace")) == "Ada Lovelace"
    assert name_of(User(username="ada")) == "ada"
    assert name_of(None) == ""


def test_a_mail_address_that_somebody_logs_in_with_is_never_shown() -> None:
    invited = User(pk=1, username="ada@mill.example", email="ada@mill.example")

    assert name_of(invited) == "ada"
    assert LeadTerm(user=invited).holder == "ada", "visitors read this"


def test_whoever_chose_no_language_is_written_to_in_english() -> None:
    assert language_of(User(username="ada")) == "en"
