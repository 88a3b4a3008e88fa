"""Owns the rows of the search: indexes, their postings and documents, and what is to be looked at again."""

from django.db import models

from .postings import Field


class SearchIndex(models.Model):
    """An index and its present state; whoever writes to the index locks this row first.

    `generation` is the one that answers, `building` the one that a rebuild fills. `change` counts what was
    ever changed: it is given under the lock, so whoever has seen change 7 has seen 1 to 6 too. `identity` is
    random: a process that kept something of another life of the index notices.
    """

    name = models.CharField(max_length=30, unique=True)
    identity = models.BigIntegerField()
    generation = models.IntegerField()
    building = models.IntegerField(null=True)
    next_number = models.IntegerField(default=0)
    change = models.BigIntegerField(default=0)
    lexicon_change = models.BigIntegerField(default=0)
    lexicon = models.TextField(default="{}")

    def __str__(self) -> str:
        return self.name


class Generation(models.Model):
    """One building of an index. One that no index names is rubbish, which the next rebuild clears away."""

    index = models.CharField(max_length=30)

    def __str__(self) -> str:
        return f"{self.index} {self.pk}"


class Posting(models.Model):
    """The numbers of the documents in which a term stands, as a serialised roaring bitmap."""

    pk = models.CompositePrimaryKey("generation", "term", "field")
    generation = models.IntegerField()
    field = models.SmallIntegerField()  # search.postings.Field
    # Ranges over prefixes need the order of bytes: see the migration for PostgreSQL; SQLite has no other.
    term = models.TextField()
    change = models.BigIntegerField()
    documents = models.BinaryField()
    # Of a whole line, its words (see search.postings); else empty.
    line = models.TextField(default="")

    class Meta:
        indexes = [
            # What a snapshot lacks.
            models.Index(
                fields=["generation", "change"],
                condition=models.Q(field__gte=Field.LINE.value),
                name="search_posting_kept_change",
            )
        ]

    def __str__(self) -> str:
        return f"{self.generation} {self.term} {self.field}"


class Document(models.Model):
    """A thing under its number. One that is gone stays, so that readers hear of it.

    `record` holds its sort keys (see `search.records`), `pairs` the signature of its neighbouring words.
    """

    pk = models.CompositePrimaryKey("generation", "number")
    generation = models.IntegerField()
    number = models.IntegerField()
    key = models.BigIntegerField()
    change = models.BigIntegerField()
    gone = models.BooleanField(default=False)
    record = models.BinaryField()
    pairs = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "key"], name="search_document_once_per_thing")
        ]
        indexes = [models.Index(fields=["generation", "change"], name="search_document_change")]

    def __str__(self) -> str:
        return f"{self.generation} {self.key}"


class Content(models.Model):
    """The wide half of a document, read for few; `Document` holds what is read for all.

    `words` are those of its name, tagline and texts in order, `terms` its labels, places, mentions and values
    of facets, both as `search.postings` says; they are apart so that phrases are sought in short rows.
    """

    pk = models.CompositePrimaryKey("generation", "number")
    generation = models.IntegerField()
    number = models.IntegerField()
    words = models.TextField()
    terms = models.TextField()
    card = models.TextField()

    def __str__(self) -> str:
        return f"{self.generation} {self.number}"


class PendingChange(models.Model):
    """Look again at this thing. `token` changes with every mark, so a drain deletes only what it has seen."""

    index = models.CharField(max_length=30)
    key = models.BigIntegerField()
    token = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "key"], name="search_pending_once_per_thing")]

    def __str__(self) -> str:
        return f"{self.index} {self.key}"
