"""Owns the proof that a form for everybody lets people write and turns robots, links, odd characters away."""

from collections.abc import Mapping
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hub.forms import PublicForm
from hub.outbox import one_line

pytestmark = pytest.mark.pure


class Letter(PublicForm):
    """A form as rooms make them."""

    free_text = ("text",)
    name = forms.CharField(label="Name", max_length=100)
    email = forms.EmailField(label="Mail", required=False, help_text="Where we answer.")
    text = forms.CharField(label="Text", max_length=4_000, widget=forms.Textarea)


def letter(**values: str) -> Letter:
    return Letter({"name": "Ada", "text": "We brew beer in Kent.", **values})


def codes(form: forms.Form) -> Mapping[str, list[Any]]:
    return {name: [error.code for error in errors.as_data()] for name, errors in form.errors.items()}


def test_what_people_write_passes() -> None:
    form = letter(
        text="Two lines,\r\na tab\tand 2.5 mm. Write to ada@firm.example, e.g. about ASP.NET!",
        name="Zoë ’t Hof",
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"].startswith("Two lines,\na tab")


@pytest.mark.parametrize(
    "link",
    [
        "https://x.example/a",
        "ftp://x",
        "www.example",
        "<a href=x>",
        "[url=x]",
        "bit.ly/abc",
        "Casino.COM",
        "gent.be",
        "prize.net",
        "your-bank.app",
        "win.click",
    ],
)
def test_a_link_is_refused_with_a_reason(link: str) -> None:
    form = letter(text=f"Look at {link} today.")

    assert codes(form) == {"text": ["link"]}
    assert "We pass on no links" in str(form.errors["text"])


@pytest.mark.parametrize("character", ["\0", "\x07", "\ud800", "\u202e", "\x85", "\x1b"])
def test_characters_that_nobody_types_are_refused(character: str) -> None:
    assert set(codes(letter(text=f"a{character}b"))) == {"text"}
    assert set(codes(letter(name=f"a{character}b"))) == {"name"}


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_a_line_of_a_header_cannot_be_brought_in_through_a_name(end: str) -> None:
    assert codes(letter(name=f"Ada{end}Bcc: all@list.example")) == {"name": ["characters"]}


def test_a_robot_is_told_so_and_a_person_can_send_again() -> None:
    form = letter(headline="cheap pills")

    assert codes(form) == {"__all__": ["robot"]}
    trap = render_to_string("components/honeypot.html", {"field": form["headline"]})
    assert "cheap pills" not in trap and 'aria-hidden="true"' in trap


def test_an_error_is_said_first_and_beside_its_field() -> None:
    form = letter(email="nonsense")

    summary = render_to_string("components/error_summary.html", {"form": form})
    field = render_to_string("components/field.html", {"field": form["email"]})
    assert '<a href="#id_email">Mail</a> – Enter a valid email address.' in summary
    assert 'aria-describedby="id_email_helptext id_email_error"' in field
    assert 'id="id_email_error"' in field and 'id="id_email_helptext"' in field
    assert 'aria-invalid="true"' in field and "(optional)" in field


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_the_summary_counts_in_every_language(language: str) -> None:
    with translation.override(language):
        assert "2" in render_to_string("components/error_summary.html", {"form": Letter({"text": ""})})


def test_a_form_without_faults_has_no_summary() -> None:
    assert render_to_string("components/error_summary.html", {"form": Letter()}).strip() == ""


@given(st.text())
def test_whatever_is_typed_gives_an_answer_and_never_a_line_break_in_a_name(text: str) -> None:
    form = letter(name=text[:100], text=text[:4_000])

    if form.is_valid():
        assert len(form.cleaned_data["name"].splitlines()) == 1
        assert len(one_line(form.cleaned_data["name"]).splitlines()) <= 1
