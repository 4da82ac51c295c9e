"""Rules about the words."""

from __future__ import annotations

import re

from studio.domain.prompt import TEMPLATE
from studio.workflows.coach.advice import NOTES, Finding, Rule, SetText, SetValue, Severity, UseModel, View

WEIGHTED = re.compile(r"\(([^()]{1,80}):\d+(?:\.\d+)?\)")
PLUSSES = re.compile(r"\b(\w[\w-]{0,40})\+{1,3}(?=\W|$)")
LORA_TAG = re.compile(r"<lora:[^>]{0,120}>", re.IGNORECASE)
HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
CAMERA = re.compile(r"\b(masterpiece|best quality|8k|4k|uhd|trending on artstation|highly detailed)\b", re.IGNORECASE)
LENS = re.compile(r"\b\d{2,3} ?mm\b|\bf/\d|\blow angle\b|\bwide angle\b|\bdepth of field\b", re.IGNORECASE)

READS_WORDS = {"flux1": 380, "flux2": 2_000, "kontext": 380}
"""About how many words a family reads: T5 takes 512 tokens, FLUX.2's text encoder thousands."""


def weights(view: View) -> Finding | None:
    """Weight syntax of other programs."""
    text = view.character.description
    cleaned = PLUSSES.sub(r"\1", WEIGHTED.sub(r"\1", text))
    if not _flux(view) or not (WEIGHTED.search(view.prompt.text) or PLUSSES.search(view.prompt.text)):
        return None
    fix = SetText("description", cleaned) if cleaned != text else None
    words = "Weights such as (word:1.5) or word++ have no effect on FLUX; say it first, or say it in more words."
    return Finding(words, fix, "take them out of the description" if fix else "")


def lora_tags(view: View) -> Finding | None:
    """LoRA tags in the prompt."""
    if not LORA_TAG.search(view.prompt.text):
        return None
    text = view.character.description
    cleaned = " ".join(LORA_TAG.sub("", text).split())
    fix = SetText("description", cleaned) if cleaned != text else None
    return Finding(
        "<lora:…> in the prompt has no effect at fal; LoRAs belong into character.toml under [[lora]].",
        fix,
        "take it out" if fix else "",
    )


def negative_ignored(view: View) -> Finding | None:
    """Negative wishes on a model that has no negative prompt."""
    negative = view.character.negative.strip()
    if not negative or view.model.role("negative-prompt") is not None or not _draws(view):
        return None
    first = negative.split(",")[0].strip()
    return Finding(
        f"{view.model.title} takes no negative prompt: “{first}” is not sent. Say what should be there instead: "
        "“plain white background” for “no background”.",
    )


def no_in_prompt(view: View) -> Finding | None:
    """Negations in the prompt itself."""
    found = re.search(r"\b(?:no|without|not) (?:any )?(\w+)", view.character.description, re.IGNORECASE)
    if found is None or not _flux(view):
        return None
    return Finding(
        f"“{found[0]}” may bring exactly that: a model reads “{found[1]}” and draws it. Say what is there instead."
    )


def loose_hex(view: View) -> Finding | None:
    """A hex colour that no object wears."""
    for found in HEX.finditer(view.prompt.text):
        after = view.prompt.text[found.end() : found.end() + 24].strip()
        before = view.prompt.text[max(0, found.start() - 24) : found.start()].strip()
        if not re.match(r"[A-Za-z]", after) and not re.search(r"[A-Za-z]+ ?(?:in|is|:)?$", before):
            return Finding(f"{found[0]} hangs in the air: tie it to an object, such as “{found[0]} circuit lines”.")
    return None


def description_missing(view: View) -> Finding | None:
    """The description is not in the prompt: the model has no memory."""
    if len(view.character.description.split()) < 5:
        return Finding("The description is very short: whatever it does not say is different in every picture.")
    if view.character.template and "{description}" not in view.character.template:
        return Finding(
            "The template leaves the description out. The model has no memory: it must stand in every call.",
            SetText("template", TEMPLATE),
            "use the studio's template",
        )
    return None


def too_long(view: View) -> Finding | None:
    """More words than the model reads."""
    limit, words = READS_WORDS.get(view.model.family), len(view.prompt.text.split())
    if limit is None or words <= limit:
        return None
    return Finding(f"The prompt has {words} words; {view.model.title} reads about {limit}, and the end is cut.")


def tag_list(view: View) -> Finding | None:
    """Tags where sentences work better."""
    parts = [part.strip() for part in view.character.description.split(",")]
    if not _flux(view) or len(parts) < 8 or "." in view.character.description.strip(". "):
        return None
    short = sum(len(part.split()) <= 3 for part in parts)
    if short < len(parts) * 0.7:
        return None
    return Finding("FLUX reads sentences better than lists of tags: say who it is, then what she wears.")


def empty_praise(view: View) -> Finding | None:
    """Quality words that do nothing."""
    found = CAMERA.search(view.prompt.text)
    if found is None or not _flux(view):
        return None
    text = view.character.description
    cleaned = re.sub(r"\s*,\s*,", ",", CAMERA.sub("", text)).strip(" ,")
    fix = SetText("description", cleaned) if cleaned != text else None
    return Finding(
        f"“{found[0]}” does nothing on FLUX. Camera words do something: “85mm lens”, “low angle”, “soft key light”.",
        fix,
        "take such words out" if fix else "",
    )


def drawn_lens(view: View) -> Finding | None:
    """A camera lens on a drawn style."""
    style = f"{view.character.style} {view.prompt.text}".lower()
    found = LENS.search(view.character.description)
    if found is None or not re.search(r"\b(flat|vector|cel|line art|watercolou?r|pixel)", style):
        return None
    return Finding(f"“{found[0]}” pulls towards a photograph; in a drawn style say the framing in words.")


def several_subjects(view: View) -> Finding | None:
    """Several people described in one paragraph."""
    if view.model.family != "flux2" or not re.search(
        r"\b(two|three|four) (?:people|characters|men|women|girls|boys)\b", view.prompt.text
    ):
        return None
    return Finding(
        "For several figures FLUX.2 follows a JSON prompt better: one entry a subject, with its place and pose."
    )


def expansion(view: View) -> Finding | None:
    """A model that rewrites the prompt."""
    for name in ("expand_prompt", "enable_prompt_expansion", "enhance_prompt"):
        param = view.model.param(name)
        if param is not None and view.recipe.values.get(name, param.default) is True:
            return Finding(
                f"{view.model.title} rewrites your words while {name} is on; poses come out differently.",
                SetValue(name, False),
                "switch it off",
            )
    return None


def identity_by_words(view: View) -> Finding | None:
    """References in the project, and a model that sees none."""
    if not view.character.references or view.model.role("image") or view.model.role("images") or view.references:
        return None
    other = f"{view.model.id}/edit"
    return Finding(
        "The character has reference pictures and this model sees none of them: words alone give a cousin.",
        UseModel(other) if view.model.family == "flux2" else None,
        f"use {other}" if view.model.family == "flux2" else "",
    )


RULES = (
    Rule("weights-have-no-effect", Severity.WARNING, "FLUX prompting guide", weights),
    Rule("lora-tag-has-no-effect", Severity.WARNING, "the endpoints' schemas", lora_tags),
    Rule("negative-ignored", Severity.ASIDE, "the endpoint's schema", negative_ignored),
    Rule("negation-in-prompt", Severity.HINT, NOTES, no_in_prompt),
    Rule("hex-without-object", Severity.HINT, NOTES, loose_hex),
    Rule("description-missing", Severity.WARNING, "the model has no memory", description_missing),
    Rule("prompt-too-long", Severity.WARNING, "512 tokens of T5 in FLUX.1", too_long),
    Rule("tag-list", Severity.HINT, "FLUX prompting guide", tag_list),
    Rule("empty-praise", Severity.HINT, NOTES, empty_praise),
    Rule("lens-on-drawing", Severity.HINT, NOTES, drawn_lens),
    Rule("several-subjects", Severity.HINT, "FLUX.2 prompting guide", several_subjects),
    Rule("prompt-rewritten", Severity.HINT, "the endpoint's schema", expansion),
    Rule("references-unseen", Severity.HINT, "the endpoint's schema", identity_by_words),
)


def _flux(view: View) -> bool:
    return view.model.family in {"flux1", "flux2", "kontext"}


def _draws(view: View) -> bool:
    return view.model.kind in {"text-to-image", "edit"}
