"""Changes to `poses.toml`: poses added, changed, renamed, moved and removed, each with the comment above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from studio.config.merging import changes, merged_order
from studio.config.toml_edit import edited_entry
from studio.config.toml_file import Source
from studio.config.toml_lines import key_lines
from studio.config.toml_table import tidy
from studio.config.toml_text import laid_out
from studio.domain.errors import UsageError
from studio.domain.pose import Pose
from studio.domain.text import slug


def pose_values(pose: Pose) -> dict[tuple[str, ...], object]:
    """What `poses.toml` says of a pose, key by key; what is not said is left out."""
    values: dict[tuple[str, ...], object] = {("name",): pose.name, ("text",): pose.text}
    if pose.set:
        values[("set",)] = pose.set
    if pose.skeleton is not None:
        values[("skeleton",)] = pose.skeleton.to_mapping()
    if pose.ticked:
        values[("ticked",)] = True
    if pose.seed is not None:
        values[("seed",)] = pose.seed
    return values


def pose_text(pose: Pose) -> str:
    """A pose as it stands in a new file."""
    return "[[pose]]\n" + "".join(f"{path[0]} = {laid_out(item)}\n" for path, item in pose_values(pose).items())


def tidied_poses(poses: Sequence[Pose]) -> tuple[Pose, ...]:
    """The poses as they will be read again. Raises UsageError for one without a name, or two of the same."""
    names: dict[str, str] = {}
    result = []
    for pose in poses:
        name = tidy(pose.name)
        if not name:
            raise UsageError("A pose needs a name.", "Give it one of its own.")
        if slug(name) in names:
            raise UsageError(f"There is a pose {names[slug(name)]!r} already.", "Give it a name of its own.")
        names[slug(name)] = name
        result.append(replace(pose, name=name, text=tidy(pose.text, lines=True), set=tidy(pose.set)))
    return tuple(result)


def edited_poses(source: Source, base: Sequence[Pose], mine: Sequence[Pose], theirs: Sequence[Pose]) -> str:
    """The text of the file (which says `theirs`) with my changes since `base`.

    Raises ProjectError when both changed the same thing, or when the poses are no `[[pose]]` tables.
    """
    head, blocks = _blocks(source)
    was = _origins(base, mine)
    mine_by = {was.get(slug(pose.name), slug(pose.name)): pose for pose in mine}
    base_by = {slug(pose.name): pose for pose in base}
    their_by = {slug(pose.name): pose for pose in theirs}
    block_of = dict(zip(their_by, blocks, strict=True))
    order = merged_order(list(base_by), list(mine_by), list(their_by))
    pieces: list[str] = []
    for name in order:
        if name in block_of:
            wanted = {}
            if name in mine_by:
                sides = (base_by.get(name), mine_by[name], their_by[name])
                wanted = _wanted(sides, f"{source.label}, pose {mine_by[name].name!r}")
            pieces.append(edited_entry(block_of[name], "pose", wanted) if wanted else block_of[name])
        else:
            pieces.append(pose_text(mine_by[name]))
    same = order == list(their_by)
    return head + "".join(pieces) if same else _joined(head, pieces, "\r\n" if "\r\n" in source.text else "\n")


def _wanted(sides: tuple[Pose | None, Pose, Pose], place: str) -> dict[str, object]:
    base, mine, theirs = sides
    if base is None:
        base = theirs if mine == theirs else Pose(mine.name, "")
    wanted = changes(pose_values(base), pose_values(mine), pose_values(theirs), place)
    if wanted.get(("ticked",), True) is None:
        # A line that says so is easier to find again than one that is gone.
        wanted[("ticked",)] = False
    return {path[0]: item for path, item in wanted.items()}


def _origins(base: Sequence[Pose], mine: Sequence[Pose]) -> Mapping[str, str]:
    """New name to old name, for poses that were renamed in their place."""
    before, after = [slug(pose.name) for pose in base], [slug(pose.name) for pose in mine]
    if len(before) != len(after):
        return {}
    pairs = zip(before, after, strict=True)
    return {new: old for old, new in pairs if new not in before and old not in after}


def _blocks(source: Source) -> tuple[str, list[str]]:
    """The text above the first pose, and the text of each with the comment lines right above it."""
    lines = source.text.splitlines(keepends=True)
    known = key_lines(source.text)
    starts: list[int] = []
    while (line := known.get(("pose", len(starts)))) is not None:
        if not lines[line - 1].lstrip().startswith("[["):
            raise source.error_at(line, "expected every pose as a [[pose]] table; a list in brackets is only read")
        top = line - 1
        while top and lines[top - 1].lstrip().startswith("#"):
            top -= 1
        starts.append(top)
    if starts and starts[0] == 0 and lines[0].lstrip().startswith("#"):
        # A comment at the very top is about the file, not about its first pose.
        starts[0] = known[("pose", 0)] - 1
    ends = [*starts[1:], len(lines)]
    head = "".join(lines[: starts[0]]) if starts else source.text
    return head, ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=bool(starts))]


def _joined(head: str, pieces: Sequence[str], end: str) -> str:
    """The pieces under each other with a blank line between."""
    whole = head.rstrip("\r\n")
    for piece in pieces:
        whole += (end * 2 if whole else "") + piece.replace("\r\n", "\n").replace("\n", end).rstrip("\r\n")
    return whole + end
