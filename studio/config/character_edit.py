"""Changes to `character.toml` that leave the rest of the file alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from studio.config.merging import changes
from studio.config.toml_edit import edited
from studio.config.toml_table import tidy
from studio.domain.character import Character


def character_values(character: Character) -> dict[tuple[str, ...], object]:
    """What `character.toml` says of a character, key by key; lists that are empty are left out."""
    heads = character.proportions.heads
    values: dict[tuple[str, ...], object] = {
        ("name",): character.name,
        ("description",): character.description,
        ("palette",): [{"name": c.name, "hex": c.hex, "on": c.on} for c in character.palette],
        ("heads",): heads,
        ("build",): character.proportions.build,
        ("style",): character.style,
        ("setting",): character.setting,
        ("negative",): character.negative,
        ("template",): character.template,
        ("reference",): [_filled({"path": r.path, "role": r.role}) for r in character.references],
        ("lora",): [_filled(asdict(lora)) for lora in character.loras],
    }
    return {path: value for path, value in values.items() if value != []}


def tidied(character: Character) -> Character:
    """The character as it will be read again: without control characters and blanks at the ends of texts."""
    return replace(
        character,
        name=tidy(character.name),
        palette=tuple(replace(c, name=tidy(c.name), on=tidy(c.on)) for c in character.palette),
        references=tuple(replace(r, path=tidy(r.path), role=tidy(r.role)) for r in character.references),
        loras=tuple(
            replace(
                x,
                path=tidy(x.path),
                trigger=tidy(x.trigger),
                family=tidy(x.family),
                trainer=tidy(x.trainer),
                dataset=tidy(x.dataset),
                trained=tidy(x.trained),
            )
            for x in character.loras
        ),
        description=tidy(character.description, lines=True),
        style=tidy(character.style, lines=True),
        setting=tidy(character.setting, lines=True),
        negative=tidy(character.negative, lines=True),
        template=tidy(character.template, lines=True),
    )


def edited_character(text: str, base: Character, mine: Character, theirs: Character, name: str) -> str:
    """The text of the file (which says `theirs`) with my changes since `base`. Raises ProjectError when both changed
    the same key.
    """
    wanted = changes(character_values(base), character_values(mine), character_values(theirs), name)
    return edited(text, wanted) if wanted else text


def _filled(entry: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in entry.items() if value not in ("", None)}
