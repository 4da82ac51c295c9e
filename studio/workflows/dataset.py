"""`dataset/`: pictures and captions for a LoRA, made of picks, pack and references. An artist's own words stay."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import cast

from studio.domain.dataset import FOLDER, DatasetItem, retriggered
from studio.domain.errors import ProjectError, UsageError
from studio.domain.request import Json
from studio.domain.text import plain
from studio.workflows.dataset_sources import Source
from studio.workflows.durable import remove, write_bytes, write_with

RECORD = "dataset.json"
ENDINGS = (".png", ".jpg", ".jpeg")
"""Pictures that every trainer takes."""

LONGEST_SIDE = 1536
"""Pixels: trainers work at about 1024, and what is larger only takes longer to upload."""

LONGEST_RECORD = 4_000_000
"""Bytes of a record that is read."""

LONGEST_CAPTION = 4000
"""Characters of a caption that are read; trainers cut far earlier."""

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What the record keeps of one picture that the studio put into the set."""

    source: str
    digest: str
    """SHA-256 of the file it was made from."""
    written: str
    """The caption the studio wrote last; another one in the file is the artist's."""
    pose: str = ""
    side: str = ""
    left_out: bool = False
    own: str = ""
    """The artist's caption while the picture is not in the set, so that it comes back with it."""


@dataclass(frozen=True, slots=True)
class Record:
    """`dataset/dataset.json`: what was made by the studio, by stem."""

    trigger: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)


def read_record(folder: Path) -> Record:
    """The record of a project; an empty one where there is none that can be read. Blocks."""
    try:
        with (folder / FOLDER / RECORD).open("rb") as file:
            kept = json.loads(file.read(LONGEST_RECORD))
        entries = {stem: entry for stem, given in kept["pictures"].items() if (entry := _entry(stem, given))}
        return Record(str(kept["trigger"]), entries)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Record()


def read_dataset(folder: Path) -> list[DatasetItem]:
    """The set as it lies there now, with what was put into it by hand, by name; those left out come last. Blocks."""
    record, place = read_record(folder), folder / FOLDER
    found = sorted(path for path in place.glob("*") if path.suffix.lower() in ENDINGS) if place.is_dir() else []
    for path in found:
        _refuse_strange(path)
    items = [_item(path, record) for path in found]
    there = {item.stem for item in items}
    gone = [
        DatasetItem(stem, "", entry.own or entry.written, entry.source, entry.pose, entry.side, left_out=True)
        for stem, entry in record.entries.items()
        if entry.left_out and stem not in there
    ]
    return [*items, *gone]


def build_dataset(folder: Path, sources: Sequence[Source], trigger: str) -> list[DatasetItem]:
    """Bring the set into agreement with its sources and give it. Pictures that are there already, captions an artist
    changed, and files of other hands stay; a new trigger word takes the old one's place everywhere. Blocks.

    Raises ProjectError when a file cannot be read or written; running it again goes on from there.
    """
    before = read_record(folder)
    entries: dict[str, Entry] = {}
    for source in sources:
        had = before.entries.get(source.stem)
        entries[source.stem] = _put(folder, source, had, before.trigger, trigger)
        if had != entries[source.stem]:
            # After every picture: a run that stops here knows what it made.
            write_record(folder, Record(before.trigger, {**before.entries, **entries}))
    for stem, entry in before.entries.items():
        if stem not in entries:
            taken = _taken_out(folder, stem, entry)
            if taken.own:
                entries[stem] = replace(taken, left_out=False)
    for path in _by_hand(folder, entries):
        _retrigger(path, before.trigger, trigger)
    write_record(folder, Record(trigger, entries))
    return read_dataset(folder)


def leave_out(folder: Path, stem: str, out: bool) -> None:
    """Take a picture out of the set, or let the next `build_dataset` bring it back. Its caption is kept. Blocks.

    Raises UsageError for a picture that was put there by hand.
    """
    record = read_record(folder)
    entry = record.entries.get(stem)
    if entry is None:
        raise UsageError(f"{stem} was put into dataset/ by hand.", "Take its files out of the folder.")
    changed = replace(_taken_out(folder, stem, entry) if out else entry, left_out=out)
    write_record(folder, replace(record, entries={**record.entries, stem: changed}))


def write_caption(folder: Path, stem: str, caption: str) -> None:
    """Put a caption beside a picture. Blocks. Raises ProjectError."""
    write_bytes(folder / FOLDER / f"{stem}.txt", (plain(caption).strip() + "\n").encode())


def write_record(folder: Path, record: Record) -> None:
    """Write `dataset.json`. Raises ProjectError."""
    pictures = {stem: _entry_json(entry) for stem, entry in sorted(record.entries.items())}
    text = json.dumps({"schema": SCHEMA, "trigger": record.trigger, "pictures": pictures}, indent=2, ensure_ascii=False)
    write_bytes(folder / FOLDER / RECORD, f"{text}\n".encode())


def _put(folder: Path, source: Source, had: Entry | None, old: str, new: str) -> Entry:
    """One picture and its caption, as they should be now."""
    entry = Entry(source.name, source.digest, source.caption, source.pose, source.side)
    if had is not None and had.left_out:
        return replace(entry, left_out=True, own=retriggered(had.own, old, new))
    picture = folder / FOLDER / f"{source.stem}.png"
    if had is None or had.digest != source.digest or not picture.exists():
        _copy(folder / source.path, picture)
    now = _caption(folder, source.stem)
    if now is None:
        kept = retriggered(had.own, old, new) if had and had.own else source.caption
        write_caption(folder, source.stem, kept)
    elif had is not None and now == had.written:
        if now != source.caption:
            write_caption(folder, source.stem, source.caption)
    elif (changed := retriggered(now, old, new)) != now:
        write_caption(folder, source.stem, changed)
    return entry


def _taken_out(folder: Path, stem: str, entry: Entry) -> Entry:
    now = _caption(folder, stem)
    own = now if now is not None and now != entry.written else entry.own
    remove(folder / FOLDER / f"{stem}.png")
    remove(folder / FOLDER / f"{stem}.txt")
    return replace(entry, own=own)


def _by_hand(folder: Path, entries: Mapping[str, Entry]) -> list[Path]:
    texts = sorted((folder / FOLDER).glob("*.txt"))
    return [path for path in texts if path.stem not in entries]


def _retrigger(path: Path, old: str, new: str) -> None:
    caption = _read_caption(path)
    if caption is not None and (changed := retriggered(caption, old, new)) != caption:
        write_bytes(path, f"{changed}\n".encode())


def _item(path: Path, record: Record) -> DatasetItem:
    entry = record.entries.get(path.stem)
    caption = _read_caption(path.with_suffix(".txt")) or ""
    if entry is None:
        return DatasetItem(path.stem, path.name, caption)
    return DatasetItem(
        path.stem, path.name, caption, entry.source, entry.pose, entry.side, edited=caption != entry.written
    )


def _caption(folder: Path, stem: str) -> str | None:
    return _read_caption(folder / FOLDER / f"{stem}.txt")


def _entry(stem: str, given: object) -> Entry | None:
    """An entry of the record; None for one nobody wrote so. Files are removed by these names: none leads elsewhere."""
    named = stem == Path(stem).name and not stem.startswith(".") and not {"/", "\\", "\0"} & set(stem)
    if not named or not isinstance(given, dict):
        return None
    texts = all(isinstance(value, str) for name, value in given.items() if name != "left_out")
    if not texts or not isinstance(given.get("left_out", False), bool):
        return None
    try:
        return Entry(**given)
    except TypeError:  # a key more, or one less
        return None


def _refuse_strange(path: Path) -> None:
    """What a trainer gets lies in the project: a link in it could name any file of this machine."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.parent.resolve()):
        raise ProjectError(f"{plain(path.name)} leads out of the project.", "Put a copy into dataset/ instead.")


def _read_caption(path: Path) -> str | None:
    _refuse_strange(path)
    try:
        with path.open(encoding="utf-8") as file:
            return plain(file.read(LONGEST_CAPTION), limit=LONGEST_CAPTION).strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{plain(path.name)} cannot be read: {error}.", "Mend or remove it.") from error


def _copy(source: Path, target: Path) -> None:
    """The picture as a plain RGB PNG without anything that was written into it."""
    from PIL import Image

    from studio.imaging.thumbnail import flat, thumbnail

    try:
        with Image.open(source) as opened:
            picture = flat(thumbnail(opened, (LONGEST_SIDE, LONGEST_SIDE)))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ProjectError(f"{plain(source.name)} cannot be read: {error}.", "Take it out of the picks.") from error
    write_with(target, lambda file: picture.save(file, format="PNG", compress_level=6))


def _entry_json(entry: Entry) -> dict[str, Json]:
    return cast("dict[str, Json]", asdict(entry))
