"""Owns the panel on the dashboard that says whether what happens by itself does happen."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from hub import worker
from hub.models import JobState, MailState, OutgoingMail
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


_COUNTED = (MailState.WAITING, MailState.FAILED, MailState.BOUNCED)
