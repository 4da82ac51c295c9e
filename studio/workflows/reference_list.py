"""The character's reference pictures: taken in, given a role, put in order, put away, and looked at critically."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studio.config.project_references import inside_path, take_in
from studio.domain.character import ROLES, Character, Reference
from studio.domain.errors import UsageError
from studio.domain.text import plain, same_name
from studio.workflows.references import load_reference


@dataclass(frozen=True, slots=True)
class Looked:
    """One reference as it looks. Sizes in pixels, 0 where the file cannot be read."""

    reference: Reference
    width: int
    height: int
    remarks: tuple[str, ...]
    """Suspicions and troubles, each a sentence; empty when there are none."""
    trouble: bool = False
    """The file is missing or no picture: it cannot be sent."""


def checked_role(role: str) -> str:
    """A role by its name, case and spaces forgiven; empty stays empty. Raises UsageError naming them all."""
    if not role.strip():
        return ""
    known = next((one for one in ROLES if same_name(one, role)), "")
    if not known:
        raise UsageError(f"{role!r} is no role.", f"There are: {', '.join(ROLES)}.")
    return known


def taken_in(folder: Path, character: Character, source: Path, role: str = "", name: str = "") -> Character:
    """The character with a picture more: its file copied into `references/`, and listed with its role.

    A picture that is listed already gets the role. Raises UsageError when it is no picture. Blocks.
    """
    load_reference(source)
    path = take_in(folder, source, name or role)
    return with_reference(character, Reference(path, role))


def with_reference(character: Character, reference: Reference) -> Character:
    """The character with a reference listed last, or with its role changed where it is listed already."""
    known = [one.path for one in character.references]
    if reference.path in known:
        at = known.index(reference.path)
        kept = character.references[at]
        listed = list(character.references)
        listed[at] = replace(kept, role=reference.role or kept.role)
        return replace(character, references=tuple(listed))
    return replace(character, references=(*character.references, reference))


def without_reference(character: Character, path: str) -> Character:
    """The character without one reference."""
    return replace(character, references=tuple(one for one in character.references if one.path != path))


def moved(character: Character, path: str, by: int) -> Character:
    """The character with a reference so many places further down the list; past an end the end itself."""
    listed = list(character.references)
    at = next((number for number, one in enumerate(listed) if one.path == path), None)
    if at is None:
        return character
    one = listed.pop(at)
    listed.insert(max(0, min(len(listed), at + by)), one)
    return replace(character, references=tuple(listed))


def named(character: Character, folder: Path, name: str) -> Reference:
    """A listed reference by its path, its file name, its stem or its role. Raises UsageError naming them all."""
    tests = (
        lambda one: one.path == name,
        lambda one: Path(one.path).name == name,
        lambda one: Path(one.path).stem == name,
        lambda one: one.path == inside_path(folder, Path(name)),
        lambda one: bool(one.role) and same_name(one.role, name),
    )
    for test in tests:
        found = [one for one in character.references if test(one)]
        if len(found) == 1:
            return found[0]
    known = ", ".join(one.path for one in character.references)
    raise UsageError(
        f"There is no reference {plain(name)!r}.", f"There are: {known}." if known else "The list is empty."
    )


def look_at(folder: Path, references: Sequence[Reference]) -> list[Looked]:
    """Every reference with its size and what may be wrong with it. Blocks: some hundredths of a second each."""
    from PIL import Image, UnidentifiedImageError

    from studio.imaging.quality import Quality, quality_of, twins

    seen: list[Quality | None] = []
    for one in references:
        try:
            with Image.open(folder / one.path) as picture:
                picture.load()
                seen.append(quality_of(picture))
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            seen.append(None)
    readable = [number for number, quality in enumerate(seen) if quality is not None]
    same = twins([quality for quality in seen if quality is not None])
    alike = {readable[late]: readable[early] for late, early in same.items()}
    return [_looked(one, seen[number], references, alike.get(number)) for number, one in enumerate(references)]


def _looked(one: Reference, quality: object, references: Sequence[Reference], twin: int | None) -> Looked:
    from studio.imaging.quality import Quality

    if not isinstance(quality, Quality):
        return Looked(one, 0, 0, (f"{one.path} is missing, or no picture: it cannot be sent.",), trouble=True)
    remarks = [remark.sentence for remark in quality.remarks]
    if twin is not None:
        remarks.append(f"Looks nearly the same as {references[twin].path}: it adds little.")
    return Looked(one, quality.width, quality.height, tuple(remarks))
