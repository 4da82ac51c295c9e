"""Changes to a TOML text that leave everything else in it as it is: comments, order, spacing, line ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from studio.config.toml_lines import key_lines
from studio.config.toml_text import laid_out, value

OWN_TABLES = frozenset({"reference", "lora"})
"""Keys whose entries are written as [[key]] tables."""


def edited(text: str, changes: Mapping[tuple[str, ...], object]) -> str:
    """The text with values put in or, where they are None, taken out. Lists of tables are changed entry by entry."""
    import tomlkit  # 25 ms, and only needed to write

    document = tomlkit.parse(text.replace("\r\n", "\n"))
    added = [path[0] for path, wanted in changes.items() if len(path) == 1 and wanted is not None]
    # Tables of their own belong to the end of a file, below the comment that explains them.
    added = [name for name in added if name not in document and name not in OWN_TABLES]
    for path, wanted in changes.items():
        _put(document, path, wanted)
    return _ends_of(text, _above_comments(tomlkit.dumps(document), added))


def edited_entry(text: str, array: str, changes: Mapping[str, object]) -> str:
    """The text of one `[[array]]` entry with values put in or taken out; what follows its last key stays below."""
    import tomlkit

    lines = text.replace("\r\n", "\n").splitlines(keepends=True)
    end = max(number for number, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#"))
    document = tomlkit.parse("".join(lines[:end]).rstrip("\n") + "\n")
    for name, wanted in changes.items():
        _put(document[array][0], (name,), wanted)
    return _ends_of(text, tomlkit.dumps(document) + "".join(lines[end:]))


def _ends_of(text: str, result: str) -> str:
    return result.replace("\n", "\r\n") if "\r\n" in text else result


def _put(document: Any, path: Sequence[str], wanted: object) -> None:
    *tables, last = path
    table = document
    for name in tables:
        if name not in table:
            if wanted is None:
                return
            table[name] = _new_table()
        table = table[name]
    if wanted is None:
        if last in table:
            del table[last]
    elif isinstance(wanted, list) and last in table and _is_tables(wanted):
        _sync(table[last], wanted)
    elif isinstance(wanted, list) and _is_tables(wanted) and last in OWN_TABLES:
        table[last] = _parsed("".join(f"[[x]]\n{_body(entry)}\n" for entry in wanted))
    else:
        table[last] = _parsed(f"x = {laid_out(wanted)}\n")


def _sync(array: Any, wanted: list[Mapping[str, object]]) -> None:
    """Make the entries of an array of tables (inline or not) those wanted, touching only what differs."""
    blocks = SequenceMatcher(None, [_key(entry.unwrap()) for entry in array], [_key(entry) for entry in wanted], False)
    for step, start, end, first, last in reversed(blocks.get_opcodes()):
        shared = min(end - start, last - first) if step == "replace" else 0
        for offset in range(shared):
            _update(array[start + offset], wanted[first + offset])
        if step != "equal":
            for position in range(end - 1, start + shared - 1, -1):
                del array[position]
            for entry in reversed(wanted[first + shared : last]):
                array.insert(start + shared, _entry(array, entry))


def _update(table: Any, wanted: Mapping[str, object]) -> None:
    import tomlkit.items

    for name in [name for name in table if name not in wanted]:
        del table[name]
    end = "" if isinstance(table, tomlkit.items.InlineTable) else "\n"
    for name, new in wanted.items():
        if name not in table or table[name].unwrap() != new:
            table[name] = _parsed(f"x = {value(new)}{end}")


def _entry(array: Any, wanted: Mapping[str, object]) -> Any:
    import tomlkit.items

    if isinstance(array, tomlkit.items.AoT):
        return _parsed(f"[[x]]\n{_body(wanted)}\n")[0]
    return _parsed(f"x = {value(wanted)}")


def _parsed(text: str) -> Any:
    import tomlkit

    return tomlkit.parse(text)["x"]


def _new_table() -> Any:
    import tomlkit

    return tomlkit.table()


def _body(entry: Mapping[str, object]) -> str:
    return "".join(f"{name} = {value(item)}\n" for name, item in entry.items())


def _key(entry: Mapping[str, object]) -> str:
    return value(dict(sorted(entry.items())))


def _is_tables(wanted: list[object]) -> bool:
    return bool(wanted) and all(isinstance(entry, Mapping) for entry in wanted)


def _above_comments(text: str, added: Sequence[str]) -> str:
    """New keys come out below the comment of the first table; bring them above it."""
    for name in added:
        known = key_lines(text)
        start = known.get((name,))
        if start is None:
            continue
        lines = text.splitlines(keepends=True)
        others = (line for key, line in known.items() if line > start and key[0] != name)
        end = min(others, default=len(lines) + 1)
        block = lines[start - 1 : end - 1]
        top = start - 1
        while top and (lines[top - 1].lstrip().startswith("#") or not lines[top - 1].strip()):
            top -= 1
        if top and block[0].startswith("[") and lines[top - 1].strip():
            block = ["\n", *block]
        if top:
            text = "".join([*lines[:top], *block, *lines[top : start - 1], *lines[end - 1 :]])
    return text
