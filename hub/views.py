"""Owns what a machine asks the site: whether the process lives, and whether it is ready to serve."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.probes import Health, ask_all, worst


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process lives. It asks nothing of the database, so that a slow one restarts no server."""
    return JsonResponse({"status": Health.OK.value})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Everything that the site stands on, with 503 if some of it is down."""
    verdicts = ask_all(timezone.now())
    health = worst(verdicts)
    told = {name: {"status": each.health.value, **each.facts} for name, each in verdicts.items()}
    status = 503 if health == Health.DOWN else 200
    return JsonResponse({"status": health.value, "probes": told}, status=status)
