"""Owns how a state machine of Hypothesis runs: as many examples as asked for, and how it tries an action."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from hub.actions import ActionRefused


def run_machine(machine: type[RuleBasedStateMachine], examples: int, *, steps: int = 20) -> None:
    """Lets a machine take so many walks of so many steps; how slow the data are made is no fault."""
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks
        ),
    )


def ran(action: Any) -> bool:
    """Whether an action was done, or refused."""
    try:
        action.run()
    except ActionRefused:
        return False
    return True
