"""The coach: every rule over one set of choices, the weightiest advice first."""

from __future__ import annotations

from studio.workflows.coach import lora_rules, model_rules, prompt_rules
from studio.workflows.coach.advice import Advice, Rule, View

RULES: tuple[Rule, ...] = (*model_rules.RULES, *prompt_rules.RULES, *lora_rules.RULES)
"""The whole table."""


def advise(view: View) -> list[Advice]:
    """What the coach has to say, weightiest first; quick enough for every key press."""
    found = [(rule, rule.check(view)) for rule in RULES]
    advice = [
        Advice(rule.id, rule.severity, rule.source, finding.sentence, finding.fix, finding.fix_words)
        for rule, finding in found
        if finding is not None
    ]
    return sorted(advice, key=lambda entry: -entry.severity)
