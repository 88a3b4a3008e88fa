"""Owns the firms of the matrix, and what is beside them: people, memberships, proposals, merges, imports."""

from datetime import timedelta
from typing import Any

from directory.models import (
    CaseStudy,
    Confirmation,
    Firm,
    FirmProfile,
    FirmTransfer,
    ImportProblem,
    ImportRun,
    ImportUpload,
    Proposal,
)
from hub.models import OutgoingMail
from tests.access.issue_table import Verb
from tests.access.roles import CLUSTER, REGION_OF
from tests.access.things import OWNERS, Thing, World, owners_and_states
from tests.directory.builders import NOW, make_contact, make_firm, make_membership, make_region
from tests.directory.merging import merge

ONCE_LIVE = {"live", "in workflow", "locked", "unpublished"}
# Every title begins with it: who looks for it finds all that there is to find.
NAME = "Zephyr"


def add_firms(world: World, workflow: Any, keeper: Any) -> None:
    """A firm for each owner and state, and what is about it."""
    for owner, state in owners_and_states():
        thing = world.thing("firm", owner, state)
        firm = _firm(world, thing)
        _beside(world, thing, firm)
        _change(world, thing, firm)
        _bring_into(state, firm, workflow, keeper)
        thing.row = Firm.objects.get(pk=firm.pk)
        _name_the_parts(thing)
        _proposal(world, owner, state, firm)
    for thing in world.of("firm"):
        twin = "live" if thing.state == "draft" else "draft"
        thing.parts["other"] = world.one("firm", thing.owner, twin).row.pk


def _firm(world: World, thing: Thing) -> Firm:
    is_shown = thing.state in ONCE_LIVE - {"unpublished"}
    before = None if is_shown else Verb.SEE
    firm = make_firm(
        f"{NAME} {world.word(thing, 'title', before)}",
        slug=f"zephyr-{thing.owner}-{thing.state}".replace(" ", "-").lower(),
        region=REGION_OF[thing.owner],
        texts={"en": {"description": world.word(thing, "text", before)}},
        email=f"{world.word(thing, 'general mail', before)}@firm.example",
        live=False,
        source=world.word(thing, "source", Verb.SEE),
        import_key=world.word(thing, "import key", Verb.SEE),
    )
    firm.case_studies.add(
        CaseStudy(language="en", title=world.word(thing, "case study", before), text="It was done.")
    )
    firm.save()
    if thing.state in ONCE_LIVE:
        firm.save_revision().publish()
    return Firm.objects.get(pk=firm.pk)


def _beside(world: World, thing: Thing, firm: Firm) -> None:
    person = make_contact(
        firm,
        name=f"Ada {world.word(thing, 'person', Verb.SEE)}",
        role=world.word(thing, "role of the person", Verb.SEE),
        email=f"{world.word(thing, 'mail of the person', Verb.SEE)}@private.example",
        phone=world.word(thing, "phone of the person", Verb.SEE),
    )
    member = make_membership(firm, CLUSTER, source=world.word(thing, "source of the membership", Verb.SEE))
    confirmation = Confirmation.objects.create(firm=firm, at=NOW)
    thing.parts |= {
        "contact": person.pk,
        "membership": member.pk,
        "membership_pk": member.pk,
        "confirmation_pk": confirmation.pk,
    }


def _change(world: World, thing: Thing, firm: Firm) -> None:
    firm.name = f"{NAME} {world.word(thing, 'title in the draft', Verb.SEE)}"
    firm.profiles.set(
        [FirmProfile(language="en", description=world.word(thing, "text in the draft", Verb.SEE))]
    )
    thing.parts["revision_id"] = firm.save_revision().pk


def _bring_into(state: str, firm: Firm, workflow: Any, keeper: Any) -> None:
    if state == "in workflow":
        workflow.start(firm, keeper)
    elif state == "locked":
        Firm.objects.filter(pk=firm.pk).update(locked=True, locked_by=keeper, locked_at=NOW)
    elif state == "unpublished":
        firm.unpublish()


def _name_the_parts(thing: Thing) -> None:
    firm = thing.row
    state = firm.workflow_states.first()
    task = state.current_task_state if state else None
    thing.parts |= {
        "pk": firm.pk,
        "slug": firm.slug,
        "object_id": firm.pk,
        "app_label": "directory",
        "model_name": "firm",
        "revision_id_a": "earliest",
        "revision_id_b": thing.parts["revision_id"],
        "task_state_id": task.pk if task else 0,
        "task_id": task.task_id if task else 0,
        "workflow_state_id": state.pk if state else 0,
        "action_name": "approve",
        "session_id": 0,
    }


def _proposal(world: World, owner: str, state: str, firm: Firm) -> None:
    thing = world.thing("proposal", owner, state)
    thing.row = Proposal.objects.create(
        kind=Proposal.Kind.CORRECT,
        firm=firm,
        firm_name=f"{NAME} {world.word(thing, 'name in the proposal', Verb.ANSWER)}",
        region=firm.region,
        changes={"town": {"before": "", "after": world.word(thing, "proposed town", Verb.ANSWER)}},
        note=world.word(thing, "note", Verb.ANSWER),
        sender_name=world.word(thing, "sender", Verb.ANSWER),
        sender_email=f"{world.word(thing, 'mail of the sender', Verb.ANSWER)}@private.example",
        nonce=f"nonce {owner} {state}",
        language="en",
        sent_at=NOW,
    )
    thing.parts = {"pk": thing.row.pk, "instance_pk": thing.row.pk}


def add_merges(world: World) -> None:
    """Two firms of each owner that became one; whoever may merge may take it back."""
    for owner in OWNERS:
        thing = world.thing("merge", owner, "live")
        kept = make_firm(f"{NAME} {world.word(thing, 'kept', None)}", region=REGION_OF[owner])
        aside = f"{NAME} {world.word(thing, 'kept aside', Verb.SEE)}"
        other = make_firm(aside, region=REGION_OF[owner])
        thing.row = merge(kept, other, now=NOW)
        thing.parts = {"pk": thing.row.pk}


def add_twins(world: World) -> None:
    """Two firms of each owner that nobody works on: firms of which a draft waits are not merged."""
    for owner in OWNERS:
        thing = world.thing("twin", owner, "as one")
        names = (f"{NAME} {number} of {owner}" for number in ("one", "two"))
        firm, other = (make_firm(name, region=REGION_OF[owner]) for name in names)
        thing.row, thing.parts = firm, {"pk": firm.pk, "other": other.pk}


def add_imports(world: World, people: dict[str, Any]) -> None:
    """A file that somebody brought and that waits for a decision: of A, of B, and of everybody."""
    for owner, role in (("A", "lead A"), ("B", "lead B"), ("none", "coordinator")):
        thing = world.thing("import", owner, "draft", brought_by=role)
        thing.row = ImportRun.objects.create(
            file_name=f"{world.word(thing, 'file', Verb.REMOVE)}.csv",
            mapping_name="columns",
            by=people[owner],
            started_at=NOW,
            state=ImportRun.State.TRIED,
        )
        ImportUpload.objects.create(
            run=thing.row, content=b"name", mapping="name", digest=owner[0] * 64, at=NOW
        )
        ImportProblem.objects.create(
            run=thing.row,
            line=2,
            column="town",
            value=world.word(thing, "value of a problem", Verb.REMOVE),
            reason="No such town.",
            code="town",
        )
        thing.parts = {"pk": thing.row.pk, "instance_pk": thing.row.pk}


def add_mail(world: World) -> None:
    """A mail that could not be sent."""
    thing = world.thing("mail", "none", "live")
    thing.row = OutgoingMail.objects.create(
        kind="directory.contact.relayed",
        to=f"{world.word(thing, 'recipient', Verb.GROUND)}@private.example",
        language="en",
        subject=world.word(thing, "subject", Verb.GROUND),
        body=world.word(thing, "text of the mail", Verb.GROUND),
        message_id="<one@hub.example>",
        state="failed",
        created_at=NOW,
        due_at=NOW,
        forget_at=NOW + timedelta(days=30),
    )
    thing.parts = {"pk": thing.row.pk, "instance_pk": thing.row.pk}


def add_transfers(world: World) -> None:
    """A firm of A offered to B, and the other way round: one side answers, the other takes the offer back."""
    for giver, taker in (("A", "B"), ("B", "A")):
        firm = make_firm(f"On the move from {giver}", region=REGION_OF[giver])
        row = FirmTransfer.objects.create(
            firm=firm,
            from_region=make_region(REGION_OF[giver] or ""),
            to_region=make_region(REGION_OF[taker] or ""),
            offered_at=NOW,
        )
        for kind, owner in (("offered from", giver), ("offered to", taker)):
            thing = world.thing(kind, owner, "live")
            thing.row, thing.parts = row, {"pk": row.pk}
