"""Owns the screens of imports: uploading a file, how far it is, what is wrong with it, what becomes of it."""

from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from directory.actions.importing import CommitImportAction, DiscardImportAction, UploadFileAction
from directory.exporters import export_problems
from directory.forms import UploadForm
from directory.importing.brought import Brought
from directory.importing.mapping import MappingRefused
from directory.importing.report import in_words
from directory.importing.table import FileRefused
from directory.models import ImportRun
from hub.actions import ActionRefused
from hub.permissions import may_import, may_see_import
from hub.screens import refused
from search.sentence import grouped

from .standing import MOVING, standing

IMPORTS = "directory_imports"
LIST = "directory_importrun_modeladmin_index"
State = ImportRun.State
_PER_PAGE = 50
_GROUPS = {
    "refused": _("Left out"),
    "untouched": _("Not touched"),
    "drafts": _("Drafts"),
    "warnings": _("Worth a look"),
}
_NUMBERS = {
    "rows": _("Rows"),
    "new": _("New"),
    "changed": _("Changed"),
    "unchanged": _("Unchanged"),
    "untouched": _("Not touched"),
    "refused": _("Left out"),
    "listed": _("Listed"),
    "drafts": _("Drafts"),
}


class _ImportPage(WagtailAdminTemplateMixin):
    """A page of the imports, for those who may import."""

    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turns away whoever may not import."""
        if not may_import(request.user):
            return refused(request)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The list of imports, then this page."""
        imports = {"url": reverse(LIST), "label": _("Imports")}
        return [*super().get_breadcrumbs_items(), imports, {"url": "", "label": self.get_page_title()}]


class UploadScreen(_ImportPage, FormView):
    """Takes a file and a mapping, and has them tried."""

    form_class = UploadForm
    template_name = "directory/admin/import_upload.html"
    page_title = _("Import a file")

    def form_valid(self, form: Any) -> Any:
        """Keeps the file and opens its page; or says why it cannot be used."""
        file = form.cleaned_data["file"]
        try:
            run = UploadFileAction(
                brought=Brought(file.read(), file.name, *form.mapping_and_name()),
                actor=cast(AbstractBaseUser, self.request.user),
                now=timezone.now(),
            ).run()
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        except MappingRefused as refusal:
            field = "own_mapping" if form.cleaned_data.get("own_mapping") else "mapping"
            form.add_error(field, [str(reason) for reason in refusal.reasons])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{IMPORTS}:run", run.pk)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows beside the form."""
        return super().get_context_data(
            submit_label=_("Try it"),
            back_url=reverse(LIST),
            explanation=_("At first the file is only tried: you see what would happen before it does."),
            **kwargs,
        )


class RunScreen(_ImportPage, TemplateView):
    """How one import stands: how far it is, its numbers, and every problem by line."""

    template_name = "directory/admin/import_run.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turns away whoever may not see this very import."""
        if not may_see_import(request.user, self.run):
            return refused(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def run(self) -> ImportRun:
        """The one that the address names."""
        return get_object_or_404(ImportRun.objects.select_related("by"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """The name of the file."""
        return self.run.file_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Numbers, reasons in words, and one page of problems."""
        run, code = self.run, self.request.GET.get("code", "")
        problems = run.problems.filter(code=code) if code else run.problems.all()
        page = Paginator(problems.order_by("line", "pk"), _PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            run=run,
            is_moving=run.state in MOVING,
            stands=standing(run, timezone.now()),
            is_tried=run.state == State.TRIED,
            numbers=[
                (label, grouped(run.counts[name])) for name, label in _NUMBERS.items() if name in run.counts
            ],
            reasons=_reasons(run),
            problems=page,
            code=code,
            code_in_words=in_words(code) if code else "",
            **kwargs,
        )


def _reasons(run: ImportRun) -> list[tuple[Any, list[tuple[str, str, str]]]]:
    groups = [(label, run.reasons.get(name, {})) for name, label in _GROUPS.items()]
    return [
        (label, [(code, in_words(code), grouped(number)) for code, number in reasons.items()])
        for label, reasons in groups
        if reasons
    ]


@require_safe
def run_standing(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How a run stands, for the script of its page."""
    run = get_object_or_404(ImportRun, pk=pk)
    if not may_see_import(request.user, run):
        return refused(request)
    return JsonResponse(standing(run, timezone.now()))


@require_safe
def run_problems(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every problem of a run as CSV."""
    run = get_object_or_404(ImportRun, pk=pk)
    if not may_see_import(request.user, run):
        return refused(request)
    rows = export_problems(run.problems.order_by("line", "pk").iterator(chunk_size=1_000))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-problems.csv"'
    return response


@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponseBase:
    """Has a tried file imported, or discards it; then its page again."""
    action = {"commit": CommitImportAction, "discard": DiscardImportAction}[verb]
    run = get_object_or_404(ImportRun, pk=pk)
    if not may_see_import(request.user, run):
        return refused(request)
    try:
        action(run=run, actor=cast(AbstractBaseUser, request.user), now=timezone.now()).run()
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    answer: HttpResponse = redirect(f"{IMPORTS}:run", pk)
    return answer


def import_screens() -> list[URLPattern]:
    """The addresses of these screens."""
    return [
        path("upload/", UploadScreen.as_view(), name="upload"),
        path("<int:pk>/", RunScreen.as_view(), name="run"),
        path("<int:pk>/standing/", run_standing, name="standing"),
        path("<int:pk>/problems.csv", run_problems, name="problems"),
        path("<int:pk>/commit/", decide, {"verb": "commit"}, name="commit"),
        path("<int:pk>/discard/", decide, {"verb": "discard"}, name="discard"),
    ]
