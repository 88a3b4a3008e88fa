"""Owns the panel on the dashboard about what happens by itself, and the choice of mails in the account."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from hub import worker
from hub.forms.preference import MailPreferenceForm
from hub.models import JobState, MailPreference, MailState, OutgoingMail
from hub.permissions import leads_any_region
from hub.probes import is_late


class WorkerPanel(Component):
    """Each job's last success, and the mails that did not arrive."""

    order = 160
    template_name = "hub/admin/worker_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """How everything stands at this moment."""
        now, states = timezone.now(), {state.name: state for state in JobState.objects.all()}
        rows = []
        for job in worker.all():
            state = states.get(job.name)
            last = state.last_success_at if state else None
            failed_since = state is not None and bool(
                state.last_error_at and (last is None or state.last_error_at > last)
            )
            rows.append(
                {"job": job, "last": last, "is_late": is_late(job, last, now), "failed": failed_since}
            )
        counts = {state: OutgoingMail.objects.filter(state=state).count() for state in _COUNTED}
        return {"rows": rows, "counts": [(state, state.label, count) for state, count in counts.items()]}


class MailsPanel(BaseSettingsPanel):
    """One mail a week, or one for each thing: for those who lead a region."""

    name = "hub_mails"
    order = 200
    title = _("What waits for me")
    tab = notifications_tab
    form_class = MailPreferenceForm

    def is_active(self) -> bool:
        """Nobody else gets these mails."""
        return leads_any_region(self.user)

    def get_form(self) -> MailPreferenceForm:
        """With the choice so far."""
        chosen = MailPreference.objects.filter(user=self.user).first() or MailPreference(user=self.user)
        return MailPreferenceForm(self.request.POST or None, instance=chosen, prefix=self.name)


_COUNTED = (MailState.WAITING, MailState.FAILED, MailState.BOUNCED)
