"""Owns the screen on which somebody takes out all firms of their regions, private contacts included."""

import io
from typing import Any, cast

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from directory.actions.exporting import ExportFirmsAction
from directory.exporters import FULL_COLUMNS, export_csv, export_xlsx, for_full_export
from directory.models import Firm
from hub.languages import LANGUAGES
from hub.permissions import in_reach, may_export
from hub.rights import Right
from search.sentence import grouped

from .firm import NAMESPACE


class FormatForm(forms.Form):
    """Which kind of file."""

    kind = forms.ChoiceField(
        label=_("As"),
        choices=[("xlsx", _("Excel workbook (XLSX)")), ("csv", _("Text (CSV)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


class ExportScreen(WagtailAdminTemplateMixin, FormView):
    """Says what is in the file and that it is logged, then sends it."""

    template_name = "hub/admin/screen.html"
    form_class = FormatForm
    page_title = _("Export everything")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """:raises PermissionDenied: unless there is anything that the person may take out."""
        if not may_export(request.user):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> Any:
        """Sends the file."""
        actor, now = cast(AbstractBaseUser, self.request.user), timezone.now()
        firms = for_full_export(ExportFirmsAction(actor=actor, now=now).run())
        language = get_language() or LANGUAGES[0]
        name = f"register-{timezone.localdate():%Y-%m-%d}.{form.cleaned_data['kind']}"
        if form.cleaned_data["kind"] == "csv":
            pieces = export_csv(firms, language, FULL_COLUMNS)
            told = {"Content-Disposition": f'attachment; filename="{name}"'}
            return StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8", headers=told)
        book = io.BytesIO()
        export_xlsx(firms, language, book, FULL_COLUMNS)
        book.seek(0)
        return FileResponse(book, as_attachment=True, filename=name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The list of firms, then this screen."""
        firms = {"url": reverse(f"{NAMESPACE}:list"), "label": _("Firms")}
        return [*super().get_breadcrumbs_items(), firms, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows beside the form."""
        number = Firm.objects.standing().filter(in_reach(self.request.user, Right.EXPORT)).count()
        return super().get_context_data(
            page_subtitle=_("%(number)s firms of your regions, drafts included")
            % {"number": grouped(number)},
            explanation=_(
                "The file holds names, mail addresses and phones of contact persons, private ones too. "
                "Keep it safe and delete it when you have used it. That you take it out is written down."
            ),
            submit_label=_("Download"),
            back_url=reverse(f"{NAMESPACE}:list"),
            **kwargs,
        )
