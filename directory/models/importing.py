"""Owns what is remembered of imports: each run with its numbers, and each row as it was last taken over."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.sentences import sentence_of

from .firm import Firm


class ImportRun(models.Model):
    """One file on its way into the register, by the command or by the screen.

    The command writes at once. A file from the screen is first on trial, then somebody decides; a worker does
    both, and `claim` says which one until `claimed_until`. A run that is being written and that nobody holds
    was cut short: a worker goes on with it, or the command, run again.
    """

    class State(models.TextChoices):
        """Where a run is in its life."""

        WAITING = "waiting", _("Waits for its trial")
        TRYING = "trying", _("On trial")
        TRIED = "tried", _("Waits for your decision")
        QUEUED = "queued", _("Waits to be imported")
        WRITING = "writing", _("Being imported")
        DONE = "done", _("Imported")
        REFUSED = "refused", _("Cannot be used")
        DROPPED = "dropped", _("Discarded")

    # What a worker takes up, and what that becomes.
    TAKEN_UP = {State.WAITING: State.TRYING, State.QUEUED: State.WRITING}

    file_name = models.CharField(_("file"), max_length=200)
    mapping_name = models.CharField(_("mapping"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    counts = models.JSONField(_("numbers"), default=dict, blank=True)
    reasons = models.JSONField(_("reasons"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WRITING)
    since = models.DateTimeField(_("since"), null=True, blank=True)
    done_rows = models.PositiveIntegerField(_("rows done"), default=0)
    all_rows = models.PositiveIntegerField(_("rows"), default=0)
    attempts = models.PositiveSmallIntegerField(_("times begun"), default=0)
    # What earlier turns of the worker have written: see `Report.resume`.
    so_far = models.JSONField(default=dict, blank=True)
    refusal = models.TextField(_("why it cannot be used"), blank=True)
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d %H:%M})"

    @property
    def refused_because(self) -> str:
        """Why it cannot be used, in the language of whoever reads."""
        return str(sentence_of(self.refusal))

    def is_interrupted(self, now: datetime) -> bool:
        """Whether whoever worked on it stopped half-way."""
        is_held = self.claimed_until is not None and self.claimed_until >= now
        return self.state in self.TAKEN_UP.values() and not is_held


class ImportUpload(models.Model):
    """The bytes of a file from the screen, and its mapping. No address serves them; they do not stay long."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="upload")
    content = models.BinaryField()
    mapping = models.TextField()
    # The same file sent twice is one run.
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")

    def __str__(self) -> str:
        return str(self.run)


class ImportProblem(models.Model):
    """What is wrong with a row of a file, or worth a look; values are shortened.

    `reason`, like the `refusal` of a run, is a sentence as it is kept: it is said when somebody reads it.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=200, blank=True)
    value = models.CharField(_("value"), max_length=60, blank=True)
    reason = models.TextField(_("reason"))
    code = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("problem of a row")
        verbose_name_plural = _("problems of rows")
        indexes = [models.Index(fields=["run", "line"], name="directory_import_problem_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.in_words}"

    @property
    def in_words(self) -> str:
        """The reason, in the language of whoever reads."""
        return str(sentence_of(self.reason))


class ImportedRow(models.Model):
    """What a file said of a firm when it was last imported, to know an editor's work from its own.

    `values` holds what was taken over, field by field, and `digest` its fingerprint: an equal digest means
    nothing to do. `draft_revision` is the revision in which the import left the firm as a draft; None once it
    is published.
    """

    firm = models.OneToOneField(
        Firm, verbose_name=_("firm"), on_delete=models.CASCADE, related_name="imported_row"
    )
    run = models.ForeignKey(
        ImportRun, verbose_name=_("import run"), null=True, on_delete=models.SET_NULL, related_name="rows"
    )
    digest = models.CharField(_("fingerprint of the row"), max_length=64)
    values = models.JSONField(_("values"), default=dict)
    draft_revision = models.BigIntegerField(_("revision left as a draft"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")

    def __str__(self) -> str:
        return f"{self.firm_id}: {self.digest[:8]}"
