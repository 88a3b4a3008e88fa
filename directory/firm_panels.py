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
from directory.panels import ChosenPanel, MentionsPanel, PeoplePanel, SaidPanel, TermsPanel

SAID_HELP = {
    "tagline": _("At most 160 characters; lists show it below the name."),
    "description": _(
        "Plain text; an empty line begins a paragraph. Use the words that somebody would search for."
    ),
    "offers_text": _("What others can have from the firm, beyond what is ticked under “Facts”."),
    "looks_for_text": _("What the firm would like to find with others."),
}
NUMBER_HELP = _("Belgian, French, Dutch or British; its check digits are checked.")
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
    name = FieldPanel("name", required_on_save=True)
    town = FieldRowPanel([FieldPanel("town"), FieldPanel("postcode")])
    reach = FieldRowPanel([FieldPanel("email"), FieldPanel("phone")])
    exchange = FieldRowPanel([ChosenPanel("offers"), ChosenPanel("looks_for")])
    figures = FieldRowPanel([FieldPanel("size"), FieldPanel("founded")])
    languages = ChosenPanel("languages", help_text=_("In which somebody can call or write."))
    return [
        MultiFieldPanel([name, *_fields("trading_name", "kind", "slug")], heading=_("Who")),
        MultiFieldPanel([FieldPanel("region"), town, FieldPanel("serves")], heading=_("Where")),
        MultiFieldPanel(
            [FieldPanel("website"), reach],
            heading=_("How to reach it"),
            help_text=_("Everyone sees these. People and their own addresses belong on the last tab."),
        ),
        MultiFieldPanel(
            [TermsPanel("sectors"), TermsPanel("capabilities"), MentionsPanel()],
            heading=_("What it is in, and what it uses"),
        ),
        MultiFieldPanel([exchange], heading=_("What it offers and looks for")),
        MultiFieldPanel(
            [figures, FieldPanel("number", help_text=NUMBER_HELP), *_fields("nace_codes"), languages],
            heading=_("Figures and languages"),
        ),
        MultiFieldPanel(_fields("logo", "logo_alt"), heading=_("Logo")),
    ]


def _fields(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name) for name in names]


def _said_in(language: str) -> list[Panel]:
    return [SaidPanel(f"{name}_{language}", help_text=SAID_HELP.get(name, "")) for name in SAID]


def _case_studies() -> InlinePanel:
    return InlinePanel(
        "case_studies",
        panels=[FieldPanel("title"), FieldPanel("language"), FieldPanel("text")],
        label=_("Case study"),
        heading=_("Case studies"),
        help_text=_("Work that the firm is proud of, each told in one language."),
    )
