"""Rules about the words."""

from __future__ import annotations

import re

from studio.domain.prompt import TEMPLATE
from studio.workflows.coach.advice import NOTES, Finding, Rule, SetPose, SetText, SetValue, Severity, UseModel, View
from studio.workflows.coach.texts import joined, place, reworded, taken_out

WEIGHTED = re.compile(r"\(([^()]{1,80}):\d+(?:\.\d+)?\)")
PLUSSES = re.compile(r"\b(\w[\w-]{0,40})\+{1,3}(?=\W|$)")
LORA_TAG = re.compile(r"<lora:[^>]{0,120}>", re.IGNORECASE)
HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
PRAISE = re.compile(r"\b(masterpiece|best quality|8k|4k|uhd|trending on artstation|highly detailed)\b", re.IGNORECASE)
LENS = re.compile(
    r"\b\d{2,3} ?mm\b|\bf/\d|\b(?:low|high|wide)[ -]angle\b|\bdepth of field\b|\bclose-?up\b|\bbokeh\b", re.IGNORECASE
)
PHOTO = re.compile(r"\b(?:photo(?:graph|realistic|realism)?|cinematic|film still)\b", re.IGNORECASE)
CAMERA_WORDS = "85mm lens, eye level, soft key light from the left"

JSON_TEMPLATE = (
    '{"subjects": [{"description": "{description} {colours}", "pose": "{pose}"}], '
    '"style": "{style}", "background": "{setting}"}'
)
"""A prompt as FLUX.2 reads it for several subjects; the artist splits them into entries."""

INSTEAD = tuple(
    (re.compile(rf"\b(?:{pattern})", re.IGNORECASE), words)
    for pattern, words in (
        ("blur|out of focus", "sharp focus"),
        ("cropped|cut off|out of frame", "the whole figure in frame"),
        ("(?:extra|missing|fused) (?:limb|arm|leg)", "two arms and two legs"),
        ("(?:extra|missing|fused) finger|bad hands|deformed hands", "hands with five fingers each"),
        ("(?:second|other) character|crowd|people", "one figure alone"),
        ("(?:busy |cluttered )?background", "plain white background"),
        (r"text\b|letter|logo|watermark|signature", "bare surfaces"),
        ("dark|harsh shadow|shadows", "bright even light"),
        ("monochrome|gr[ae]yscale", "full colour"),
        ("realistic|photo|3d", "a flat drawing"),
    )
)
"""What to ask for in place of something unwanted, by how that is usually named."""

READS_WORDS = {"flux1": 380, "flux2": 2_000, "kontext": 380}
"""About how many words a family reads: T5 takes 512 tokens, FLUX.2's text encoder thousands."""


def weights(view: View) -> Finding | None:
    """Weight syntax of other programs."""
    if not _flux(view) or not (WEIGHTED.search(view.prompt.text) or PLUSSES.search(view.prompt.text)):
        return None
    fix = reworded(view, lambda text: PLUSSES.sub(r"\1", WEIGHTED.sub(r"\1", text)))
    words = "Weights such as (word:1.5) or word++ have no effect on FLUX; say it first, or say it in more words."
    return Finding(words, fix, taken_out(fix))


def lora_tags(view: View) -> Finding | None:
    """LoRA tags in the prompt."""
    if not LORA_TAG.search(view.prompt.text):
        return None
    fix = reworded(view, lambda text: " ".join(LORA_TAG.sub("", text).split()) if LORA_TAG.search(text) else text)
    return Finding(
        "<lora:…> in the prompt has no effect at fal; LoRAs belong into character.toml under [[lora]].",
        fix,
        taken_out(fix, "it"),
    )


def negative_ignored(view: View) -> Finding | None:
    """Negative wishes on a model that has no negative prompt."""
    negative = view.character.negative.strip()
    if not negative or view.model.role("negative-prompt") is not None or not _draws(view):
        return None
    first = negative.split(",")[0].strip()
    lacking, unmet = _instead(negative, view.prompt.text.lower())
    if not unmet:
        return None
    example = " and ".join(f"“{words}”" for words in lacking[:2]) or "“plain white background” for “no background”"
    return Finding(
        f"{view.model.title} takes no negative prompt: “{first}” is not sent. Say what should be there instead: "
        f"{example}.",
        SetText("setting", joined(view.character.setting, ", ".join(lacking))) if lacking else None,
        "say it in the setting" if lacking else "",
    )


def _instead(negative: str, prompt: str) -> tuple[list[str], bool]:
    """What could be asked for in place of the unwanted things and is not in the prompt yet, and whether any of them
    is neither asked for in that way nor has such words.
    """
    lacking: list[str] = []
    unmet = False
    for wish in filter(None, (part.strip() for part in negative.split(","))):
        words = next((words for pattern, words in INSTEAD if pattern.search(wish)), None)
        if words is not None and words not in prompt and words not in lacking:
            lacking.append(words)
        unmet = unmet or words is None or words not in prompt
    return lacking, unmet


def no_in_prompt(view: View) -> Finding | None:
    """Negations in the prompt itself."""
    found = re.search(r"\b(?:no|without|not) (?:any )?(\w+)", view.character.description, re.IGNORECASE)
    if found is None or not _flux(view):
        return None
    # Taking out what stands after `without` or `not` would often turn the sentence round.
    removable = found[0].lower().startswith("no ")
    fix = reworded(view, lambda text: _without(text, found[0])) if removable else None
    return Finding(
        f"“{found[0]}” may bring exactly that: a model reads “{found[1]}” and draws it. Say what is there instead.",
        fix,
        taken_out(fix, f"“{found[0]}”"),
    )


def _without(text: str, phrase: str) -> str:
    """The text without a phrase, and without the word that joined it to the rest."""
    bare = re.escape(phrase)
    for pattern, rest in (
        (rf"\bwith {bare} and\b", "with"),
        (rf"(?:,\s*|\s+and\s+|\s+with\s+|\s+){bare}\b", ""),
        (rf"^{bare}\b[,.]?\s*", ""),
    ):
        after = re.sub(pattern, rest, text, count=1, flags=re.IGNORECASE)
        if after != text:
            return after
    return text


def loose_hex(view: View) -> Finding | None:
    """A hex colour that no object wears."""
    for found in HEX.finditer(view.prompt.text):
        after = view.prompt.text[found.end() : found.end() + 24].strip()
        before = view.prompt.text[max(0, found.start() - 24) : found.start()].strip()
        if not re.match(r"[A-Za-z]", after) and not re.search(r"[A-Za-z]+ ?(?:in|is|:)?$", before):
            fix = _tied(view, found[0])
            return Finding(
                f"{found[0]} hangs in the air: tie it to an object, such as “{found[0]} circuit lines”.",
                fix,
                f"tie it in {place(fix)}" if fix else "",
            )
    return None


def _tied(view: View, colour: str) -> SetText | SetPose | None:
    """The colour with the object that the palette says wears it."""
    named = next((one for one in view.character.palette if one.hex.lower() == colour.lower() and one.on), None)
    if named is None:
        return None
    loose = re.compile(rf"(?:{re.escape(named.name)}\s+)?{re.escape(colour)}(?!\s*[A-Za-z])", re.IGNORECASE)
    return reworded(view, lambda text: loose.sub(named.phrase(), text, count=1))


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
    found = PRAISE.search(view.prompt.text)
    if found is None or not _flux(view):
        return None
    fix = reworded(view, _without_praise)
    return Finding(
        f"“{found[0]}” does nothing on FLUX. Camera words do something: “85mm lens”, “low angle”, “soft key light”.",
        fix,
        taken_out(fix, "such words"),
    )


def _without_praise(text: str) -> str:
    return re.sub(r"\s*,(?:\s*,)+", ",", PRAISE.sub("", text)).strip(" ,") if PRAISE.search(text) else text


def camera_words(view: View) -> Finding | None:
    """A photograph without a camera."""
    found = PHOTO.search(view.prompt.text)
    if found is None or LENS.search(view.prompt.text) or not _flux(view):
        return None
    return Finding(
        f"“{found[0]}” alone leaves the camera to chance. A lens, an angle and a light do something: “{CAMERA_WORDS}”.",
        SetText("setting", joined(view.character.setting, CAMERA_WORDS)),
        "name a lens and a light",
    )


def drawn_lens(view: View) -> Finding | None:
    """A camera lens on a drawn style."""
    style = f"{view.character.style} {view.prompt.text}".lower()
    found = LENS.search(view.character.description)
    if found is None or not re.search(r"\b(flat|vector|cel|line art|watercolou?r|pixel)", style):
        return None
    fix = reworded(view, _without_lens)
    return Finding(
        f"“{found[0]}” pulls towards a photograph; in a drawn style say the framing in words.",
        fix,
        taken_out(fix, "such words"),
    )


def _without_lens(text: str) -> str:
    found = re.compile(rf"(?:{LENS.pattern})(?: (?:lens|shot|view))?", re.IGNORECASE)
    return re.sub(r"\s*,(?:\s*,)+", ",", found.sub("", text)).strip(" ,") if found.search(text) else text


def several_subjects(view: View) -> Finding | None:
    """Several people described in one paragraph."""
    if (
        view.model.family != "flux2"
        or not re.search(r"\b(two|three|four) (?:people|characters|men|women|girls|boys)\b", view.prompt.text)
        or view.prompt.text.startswith("{")
    ):
        return None
    return Finding(
        "For several figures FLUX.2 follows a JSON prompt better: one entry a subject, with its place and pose.",
        SetText("template", JSON_TEMPLATE),
        "use a JSON template",
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
    Rule("camera-words", Severity.HINT, "FLUX prompting guide", camera_words),
    Rule("lens-on-drawing", Severity.HINT, NOTES, drawn_lens),
    Rule("several-subjects", Severity.HINT, "FLUX.2 prompting guide", several_subjects),
    Rule("prompt-rewritten", Severity.HINT, "the endpoint's schema", expansion),
    Rule("references-unseen", Severity.HINT, "the endpoint's schema", identity_by_words),
)


def _flux(view: View) -> bool:
    return view.model.family in {"flux1", "flux2", "kontext"}


def _draws(view: View) -> bool:
    return view.model.kind in {"text-to-image", "edit"}
