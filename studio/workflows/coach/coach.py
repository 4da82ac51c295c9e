"""The coach: every rule over one set of choices, the weightiest advice first."""

from __future__ import annotations

from studio.workflows.coach import guide_rules, lora_rules, model_rules, prompt_rules
from studio.workflows.coach.advice import Advice, Rule, View

RULES: tuple[Rule, ...] = (*model_rules.RULES, *prompt_rules.RULES, *lora_rules.RULES, *guide_rules.RULES)
"""The whole table."""


ABOUT_WORDS = frozenset({*(rule.id for rule in prompt_rules.RULES), "lora-trigger"})
"""Rules that concern what an artist writes: an editor shows these while it is written."""


def advise(view: View, rules: tuple[Rule, ...] = RULES) -> list[Advice]:
    """What the coach has to say, weightiest first; quick enough for every key press."""
    found = [(rule, rule.check(view)) for rule in rules]
    advice = [
        Advice(rule.id, rule.severity, rule.source, finding.sentence, finding.fix, finding.fix_words)
        for rule, finding in found
        if finding is not None
    ]
    return sorted(advice, key=lambda entry: -entry.severity)


def advise_words(view: View) -> list[Advice]:
    """The part of it that concerns the words, weightiest first."""
    return advise(view, tuple(rule for rule in RULES if rule.id in ABOUT_WORDS))
