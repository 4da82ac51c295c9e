"""The rows of the whole form: every parameter of a model, in an order an artist reads it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from studio.domain.character import Character
from studio.domain.model import Model, Param
from studio.domain.recipe import Recipe, SeedPolicy
from studio.domain.request import Json
from studio.ui.panes.setting_fields import Kind, SettingRow, setting_row, shown_value
from studio.workflows.arguments import reference_param
from studio.workflows.carry_over import setting_words
from studio.workflows.entry_check import entry_params, most_entries
from studio.workflows.lora_use import fits, own_entries
from studio.workflows.seeds import seed_choices, seed_words

FIRST = ("guidance", "steps", "size", "seed", "negative-prompt", "lora", "strength")
"""Roles that come first, in this order; the rest follows as the endpoint has it."""

SEED_FACTS = "seed · new, next, a number, or several with commas: a take of each"

LORA_SAYS = {
    "path": "Its weights: an https address, or a file of the project such as loras/me.safetensors, which is uploaded.",
    "scale": "How strongly it counts. The green part is safe: below it hardly shows, above it breaks the picture.",
}

Says = Callable[[Param], str]
"""What a parameter does, in a sentence; empty where nobody said."""


def form_rows(
    model: Model,
    recipe: Recipe,
    character: Character,
    says: Says,
    pictures: Sequence[str] = (),
    shown_seed: int | None = None,
) -> list[SettingRow]:
    """One row for every parameter; those the studio fills in stand last. `pictures` are the reference slot's, and
    `shown_seed` is that of the take that is looked at.
    """
    rows = [_row(model, param, recipe, character, says, pictures) for param in model.params]
    seeds = tuple((words, words) for words in seed_choices(recipe, shown_seed))
    rows = [replace(row, options=seeds) if row.kind is Kind.SEED else row for row in rows]
    place = {role: at for at, role in enumerate(FIRST)}

    def order(row: SettingRow) -> tuple[bool, int]:
        role = row.param.role if row.param else ""
        return row.kind is Kind.GIVEN, place.get(role, len(FIRST))

    return sorted(rows, key=order)


def entry_rows(model: Model, param: Param, entries: Sequence[Json], says: Says) -> list[SettingRow]:
    """The rows of a list of tables: a heading for each entry, then its fields; keys are `0.path`."""
    rows: list[SettingRow] = []
    noun = "LoRA" if param.role == "lora" else setting_words(param)
    for at, entry in enumerate(entries):
        rows.append(SettingRow(f"{at}", Kind.HEADING, f"{noun} {at + 1}"))
        known = entry if isinstance(entry, dict) else {}
        for field in entry_params(param):
            key, value = f"{at}.{field.name}", known.get(field.name)
            if param.role == "lora" and field.name in LORA_SAYS:
                role = "lora-scale" if field.name == "scale" else ""
                rows.append(setting_row(model, replace(field, role=role), value, LORA_SAYS[field.name], key=key))
            else:
                rows.append(setting_row(model, field, value, says(field), key=key))
    return rows


def fitting_loras(model: Model, param: Param, character: Character, entries: Sequence[Json]) -> list[SettingRow]:
    """The character's own LoRAs of this model's family that are not in the list yet, as rows that add them."""
    if param.role != "lora":
        return []
    used = {entry.get("path") for entry in entries if isinstance(entry, dict)}
    rows = []
    for at, lora in enumerate(character.loras):
        if lora.path not in used and fits(lora, model):
            name = lora.path.rsplit("/", 1)[-1]
            trigger = f", called by {lora.trigger}" if lora.trigger else ""
            about = f"{character.name}'s own LoRA{trigger}. Enter adds it."
            words = f"+ {name}  {lora.scale:g}"
            rows.append(SettingRow(f"own.{at}", Kind.OFFER, words, about=about, facts=lora.path))
    return rows


def _row(
    model: Model, param: Param, recipe: Recipe, character: Character, says: Says, pictures: Sequence[str]
) -> SettingRow:
    row = setting_row(model, param, recipe.values.get(param.name), says(param))
    if param is model.role("prompt"):
        words = "made of character, pose and style; ctrl+t on the main screen shows it"
        return replace(row, kind=Kind.GIVEN, shown=words, changed=False)
    if param is model.role("count"):
        return replace(row, kind=Kind.GIVEN, shown="1 each: takes says how many", changed=False)
    if param is model.role("seed"):
        changed = recipe.seed_policy is not SeedPolicy.NEW
        return replace(row, kind=Kind.SEED, value=seed_words(recipe), changed=changed, facts=SEED_FACTS)
    if param is reference_param(model):
        return replace(row, kind=Kind.PICTURES, label="references", shown=_picture_words(model, param, pictures))
    return row if param.name in recipe.values else _by_itself(row, model, param, character)


def _by_itself(row: SettingRow, model: Model, param: Param, character: Character) -> SettingRow:
    """The row of a setting that nobody chose, with what the studio sends for it all the same."""
    if param is model.role("negative-prompt") and character.negative:
        return replace(row, shown=f"{character.negative}  (the character's)", value=character.negative)
    if param is model.role("lora") and (own := own_entries(character, model)):
        return replace(row, value=own, shown=f"{shown_value(param, own)}  (the character's)")
    if param is model.role("format") and "png" in param.enum:
        return replace(row, value="png")
    return row


def _picture_words(model: Model, param: Param, pictures: Sequence[str]) -> str:
    most = most_entries(model, param) if param.type == "array" else 1
    limit = f" of {most}" if most else ""
    names = ", ".join(path.rsplit("/", 1)[-1] for path in pictures)
    if not pictures:
        return f"none{limit}{', one must be given' if param.required else ''}"
    return f"{len(pictures)}{limit}: {names}"
