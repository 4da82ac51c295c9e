"""The catalogue of models: the shipped files of presets/models/, what fal said since, and the user's own entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from studio.config.catalogue_entry import read_model
from studio.config.paths import homely, share, user_share
from studio.config.servers import FAL, live_root
from studio.config.toml_file import Source, parse
from studio.config.toml_table import Table, read_table
from studio.domain.errors import ProjectError
from studio.domain.model import Model, Param

if TYPE_CHECKING:
    from studio.config.live_data import LiveData

_ENTRY = re.compile(r"^\[\[model\]\][ \t]*\n", re.MULTILINE)
_ID = re.compile(r'^id = "([^"]+)"', re.MULTILINE)
_RENAMED = "renamed.toml"
_SETTINGS = "settings.toml"


class Catalogue:
    """Every model the studio knows. Shipped entries are parsed when they are asked for: looking one up costs
    a millisecond, where reading all of them costs fifty. `problems` are sentences about the user's own files and
    about cached answers that could not be used; the rest of the catalogue works without them.
    """

    def __init__(self, shipped: Mapping[str, Source], folder: Path, server: str = FAL) -> None:
        self._shipped = shipped
        self._added: dict[str, Table] = {}
        self._folder = folder
        self._models: dict[str, Model] = {}
        self.problems: list[str] = []
        self.server = server
        """Who was asked for what is newer than the shipped files: fal, the sandbox, or an address."""

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
            model = self._read(endpoint)
            if model is None:
                return None
            self._models[endpoint] = model
        return self._models[endpoint]

    def shipped(self, endpoint: str) -> bool:
        """Whether an endpoint came with the studio."""
        return endpoint in self._shipped

    def reload(self) -> None:
        """Look again at what servers said; the next models are the newer ones."""
        self.__dict__.pop("_live", None)
        self._forget()

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

    def says(self, param: Param) -> str:
        """What an argument does, in a sentence: the studio's own words, else fal's, else nothing."""
        return self._says.get(param.name) or param.about

    def add(self, endpoint: str, table: Table) -> None:
        """Take in one entry of the user's. Raises ProjectError when it is not a model, and leaves it out."""
        before = self._added.get(endpoint)
        self._added[endpoint] = table
        self._forget()
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

    @cached_property
    def _says(self) -> dict[str, str]:
        says = read_table(self._folder / _SETTINGS).table("says")
        return {name: says.text(name) for name in says.values}

    @cached_property
    def _live(self) -> LiveData | None:
        """What servers said; None when none was ever asked, which spares a start the reading of it."""
        if not live_root().is_dir():
            return None
        from studio.config.live_data import LiveData

        return LiveData(self.server, self._tell)

    def _read(self, endpoint: str) -> Model | None:
        table, live = self._table(endpoint), self._live
        if table is None:
            return None
        if live is None:
            return read_model(self._over_it(endpoint, table))
        try:
            model = read_model(self._over_it(endpoint, live.over(endpoint, table)))
        except ProjectError as error:
            model = read_model(self._over_it(endpoint, table))
            self._tell(f"What fal said about {endpoint} cannot be used: {error.happened}")
        return model if self._pinned(endpoint) else live.priced(model)

    def _table(self, endpoint: str) -> Table | None:
        shipped = self._shipped.get(endpoint)
        return Table(shipped, parse(shipped)).tables("model")[0] if shipped else self._added.get(endpoint)

    def _over_it(self, endpoint: str, below: Table) -> Table:
        """A shipped entry with the user's own values over it, whatever fal said."""
        added = self._added.get(endpoint) if endpoint in self._shipped else None
        return below if added is None else _over(below, added)

    def _pinned(self, endpoint: str) -> bool:
        """Whether the user wrote a price of their own, which nothing newer changes."""
        added = self._added.get(endpoint)
        price = added.table("price") if added is not None else None
        return price is not None and "amount" in price and "as_of" not in price

    def _tell(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def _forget(self) -> None:
        self._models.clear()
        self.__dict__.pop("models", None)


def load_catalogue(server: str = FAL) -> Catalogue:
    """The catalogue as it lies on the disk now, with what `server` said about prices and schemas when it was last
    asked. Broken files of the user's are told in `problems` and left out.
    """
    folder = share("presets/models")
    catalogue = Catalogue(_pieces(folder), folder, server)
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
        own = above.table("price").values
        stale = ("as_of", "confidence", "source") if "amount" in own else ()
        kept = {key: value for key, value in below.table("price").values.items() if key not in stale}
        values["price"] = {**kept, "source": "your own file", **own} if stale else {**kept, **own}
    if "param" in above:
        params = {entry.text("name"): entry.values for entry in below.tables("param")}
        for entry in above.tables("param"):
            name = entry.text("name", filled=True)
            params[name] = {**params.get(name, {}), **entry.values}
        values["param"] = list(params.values())
    return Table(above.source, values, above.where)
