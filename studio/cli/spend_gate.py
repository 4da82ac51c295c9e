"""The spend gate of the command line: nothing is sent for money without a yes or a limit. It fails closed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal

from studio.cli.terminal_text import is_terminal
from studio.domain import money
from studio.domain.errors import SpendRefused
from studio.domain.text import plain
from studio.workflows.plan import Plan


def check_limit(plan: Plan, max_cost: Decimal | None, yes: bool, *, charged: bool) -> None:
    """Raise SpendRefused when a plan costs more than `max_cost`, or when it cannot be known whether it does."""
    if max_cost is None:
        return
    if plan.estimate > max_cost:
        raise SpendRefused(
            f"This would cost {money.shown(plan.estimate)}, more than {money.shown(max_cost)}. Nothing was sent.",
            "Raise --max-cost, or make fewer or smaller pictures.",
        )
    if charged and plan.unknown and not yes:
        raise _unknown(plan)


def pass_gate(
    plan: Plan,
    *,
    max_cost: Decimal | None,
    yes: bool,
    sandbox: bool,
    ask: Callable[[str], bool] | None = None,
) -> None:
    """Return when the plan may be sent, raise SpendRefused when not.

    The sandbox is free, but a limit that was given holds there too, at the real prices. A plan of unknown price
    needs `yes`. Without `yes` and without a limit the person at the terminal is asked; where there is none, or
    no answer, it is a no.
    """
    check_limit(plan, max_cost, yes, charged=not sandbox)
    if sandbox or yes:
        return
    if plan.unknown:
        raise _unknown(plan)
    if max_cost is not None:
        return
    question = ask or (_ask if _somebody_there() else None)
    if question is None:
        raise SpendRefused(
            f"This would cost {money.shown(plan.estimate)}, and nobody is at a terminal to be asked. Nothing was sent.",
            "Pass --yes, or --max-cost USD.",
        )
    if not question(f"Send {_requests(len(plan.jobs))} to fal for about {money.shown(plan.estimate)}?"):
        raise SpendRefused("Nothing was sent.", "")


def _unknown(plan: Plan) -> SpendRefused:
    what = "The price" if len(plan.jobs) == 1 else f"The price of {plan.unknown} of {len(plan.jobs)} pictures"
    return SpendRefused(f"{what} is unknown. Nothing was sent.", "Pass --yes to send it all the same.")


def _requests(number: int) -> str:
    return "1 request" if number == 1 else f"{number} requests"


def _somebody_there() -> bool:
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def _ask(question: str) -> bool:
    # On stderr, because stdout may be a pipe that expects JSON.
    sys.stderr.write(f"{plain(question)} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
