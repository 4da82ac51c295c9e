"""The catalogue of models: the shipped files of presets/models/, and the user's additions to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from studio.config.catalogue_entry import read_model
from studio.config.paths import homely, share, user_share
from studio.config.toml_file import Source, parse
from studio.config.toml_table import Table, read_table
from studio.domain.errors import ProjectError
from studio.domain.model import Model

_ENTRY = re.compile(r"^\[\[model\]\][ \t]*\n", re.MULTILINE)
_ID = re.compile(r'^id = "([^"]+)"', re.MULTILINE)
_RENAMED = "renamed.toml"


class Catalogue:
    """Every model the studio knows. Shipped entries are parsed when they are asked for: looking one up costs
    a millisecond, where reading all of them costs fifty. `problems` are sentences about the user's own files that
    could not be used; the rest of the catalogue works without them.
    """

    def __init__(self, shipped: Mapping[str, Source], added: Mapping[str, Table], folder: Path) -> None:
        self._shipped = shipped
        self._added = dict(added)
        self._folder = folder
        self._models: dict[str, Model] = {}
        self.problems: list[str] = []

    @property
    def ids(self) -> tuple[str, ...]:
        """All endpoint ids: the shipped ones in their order, then the user's own."""
        return (*self._shipped, *(endpoint for endpoint in self._added if endpoint not in self._shipped))

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """All models in the order of `ids`."""
        return tuple(model for endpoint in self.ids if (model := self.model(endpoint)))

    def model(self, endpoint: str) -> Model | None:
        """The model of an endpoint id, or None when there is none of that id."""
        if endpoint not in self._models:
            table = self._table(endpoint)
            if table is None:
                return None
            self._models[endpoint] = read_model(table)
        return self._models[endpoint]

    def did_you_mean(self, endpoint: str) -> str | None:
        """The id that somebody probably meant by one that does not exist, or None."""
        import difflib  # only for a mistake

        wanted = endpoint.strip().strip("/").lower()
        by_plain = {known.lower(): known for known in self.ids}
        if renamed := self._renamed.get(wanted):
            return renamed
        for prefix in ("", "fal-ai/"):
            if prefix + wanted in by_plain:
                return by_plain[prefix + wanted]
            if close := difflib.get_close_matches(prefix + wanted, by_plain, 1, 0.75):
                return by_plain[close[0]]
        return None

    def add(self, endpoint: str, table: Table) -> None:
        """Take in one entry of the user's. Raises ProjectError when it is not a model, and leaves it out."""
        before = self._added.get(endpoint)
        self._added[endpoint] = table
        self._models.pop(endpoint, None)
        try:
            self.model(endpoint)
        except ProjectError:
            del self._added[endpoint]
            if before is not None:
                self._added[endpoint] = before
            raise

    @cached_property
    def _renamed(self) -> dict[str, str]:
        entries = read_table(self._folder / _RENAMED).tables("renamed")
        return {entry.text("id"): entry.text("use") for entry in entries}

    def _table(self, endpoint: str) -> Table | None:
        shipped = self._shipped.get(endpoint)
        added = self._added.get(endpoint)
        if shipped is None:
            return added
        below = Table(shipped, parse(shipped)).tables("model")[0]
        return below if added is None else _over(below, added)


def load_catalogue() -> Catalogue:
    """The catalogue as it lies on the disk now. Broken files of the user's are told in `problems` and left out."""
    folder = share("presets/models")
    catalogue = Catalogue(_pieces(folder), {}, folder)
    own = user_share("presets/models")
    for path in sorted(own.glob("*.toml")) if own.is_dir() else ():
        try:
            table = read_table(path, homely(path))
            table.only(("model",))
            for entry in table.tables("model"):
                _add(catalogue, entry)
        except ProjectError as error:
            catalogue.problems.append(error.happened)
    return catalogue


def _add(catalogue: Catalogue, entry: Table) -> None:
    try:
        catalogue.add(entry.text("id", filled=True), entry)
    except ProjectError as error:
        catalogue.problems.append(error.happened)


def _pieces(folder: Path) -> dict[str, Source]:
    """The text of each shipped entry by its id, not yet parsed."""
    pieces: dict[str, Source] = {}
    for path in sorted(folder.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        line, before = 1, 0
        for start, end in pairwise([*(match.start() for match in _ENTRY.finditer(text)), len(text)]):
            line, before = line + text.count("\n", before, start), start
            if found := _ID.search(text, start, end):
                pieces[found[1]] = Source(path.name, text[start:end], line)
    return pieces


def _over(below: Table, above: Table) -> Table:
    """A shipped entry with the user's values laid over it: prices key by key, parameters by name."""
    values = {**below.values, **above.values}
    if "price" in above:
        values["price"] = {**below.table("price").values, **above.table("price").values}
    if "param" in above:
        params = {entry.text("name"): entry.values for entry in below.tables("param")}
        for entry in above.tables("param"):
            name = entry.text("name", filled=True)
            params[name] = {**params.get(name, {}), **entry.values}
        values["param"] = list(params.values())
    return Table(above.source, values, above.where)
