"""Owns how the form of a firm is laid out: facts, one tab per language, case studies, people."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from directory.forms import SAID, FirmForm
from directory.panels import ChosenPanel, MentionsPanel, PeoplePanel, SaidPanel

LANGUAGE_TABS = (("en", "English"), ("fr", "Français"), ("nl", "Nederlands"))


def firm_panels() -> TabbedInterface:
    """The whole form."""
    return TabbedInterface(
        [
            ObjectList(_facts(), heading=_("Facts")),
            *[ObjectList(_said_in(code), heading=name) for code, name in LANGUAGE_TABS],
            ObjectList([_case_studies()], heading=_("Case studies")),
            ObjectList([PeoplePanel()], heading=_("People & memberships")),
        ],
        base_form_class=FirmForm,
    )


def _facts() -> list[Panel]:
    return [
        MultiFieldPanel(
            [
                FieldPanel("name", required_on_save=True),
                FieldPanel("trading_name"),
                FieldPanel("kind"),
                FieldPanel("slug"),
            ],
            heading=_("Who"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("region"),
                FieldRowPanel([FieldPanel("town"), FieldPanel("postcode")]),
                FieldPanel("serves"),
            ],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("website"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
            ],
            heading=_("How to reach it"),
            help_text=_("Everyone sees these. People and their own addresses belong on the last tab."),
        ),
        MultiFieldPanel(
            [FieldPanel("sectors"), FieldPanel("capabilities"), MentionsPanel()],
            heading=_("What it is in, and what it uses"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([ChosenPanel("offers"), ChosenPanel("looks_for")])],
            heading=_("What it offers and looks for"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("size"), FieldPanel("founded")]),
                FieldPanel("number"),
                FieldPanel("nace_codes"),
                ChosenPanel("languages"),
            ],
            heading=_("Figures and languages"),
        ),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_alt")], heading=_("Logo")),
    ]


def _said_in(language: str) -> list[Panel]:
    return [SaidPanel(f"{name}_{language}", attrs={"lang": language}) for name in SAID]


def _case_studies() -> InlinePanel:
    return InlinePanel(
        "case_studies",
        panels=[FieldPanel("title"), FieldPanel("language"), FieldPanel("text")],
        label=_("Case study"),
        heading=_("Case studies"),
        help_text=_("Work that the firm is proud of, each told in one language."),
    )
