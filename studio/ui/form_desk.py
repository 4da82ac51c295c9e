"""The form's own view of a session: its rows, and every change an artist makes to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio.domain import money
from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.domain.recipe import Recipe, SeedPolicy
from studio.domain.request import Json
from studio.ui.panes.model_form import more_settings
from studio.ui.panes.setting_fields import Kind, SettingRow, pixel_words
from studio.ui.panes.setting_rows import form_rows
from studio.ui.session import Session
from studio.workflows.arguments import checked
from studio.workflows.seeds import parse_seeds
from studio.workflows.setting_text import parse_value

MOST_PRICED = 12
"""Choices of one setting whose prices are told apart."""


class FormDesk:
    """Edits go through the session at once; `changed` hears of each. Everything can be taken back, step by step."""

    def __init__(self, session: Session, model: Model, changed: Callable[[], None]) -> None:
        self._session = session
        self.model = model
        self._changed = changed
        self._before: list[Recipe] = []

    def rows(self) -> list[SettingRow]:
        """Every parameter of the model, as it stands now."""
        session = self._session
        take = session.selection.take
        return form_rows(
            *(self.model, session.recipe, session.project.character, self.says),
            pictures=[reference.path for reference in session.references],
            shown_seed=take.seed if take is not None else None,
        )

    def says(self, param: Param) -> str:
        """What a parameter does, in a sentence."""
        return self._session.studio.catalogue.says(param)

    def put(self, name: str, value: Json) -> None:
        """Set a parameter; its default takes the value out again. Raises UsageError naming the range."""
        param = self._param(name)
        if param is self.model.role("seed"):
            self._edit(parse_seeds(str(value)).on(self._session.recipe))
            return
        taken = checked(self.model, param, value)
        # An empty list of LoRAs is a choice: without one the character's own are sent.
        same = taken == param.default and type(taken) is type(param.default) and param.role != "lora"
        self._edit(self._session.recipe.with_value(name, None if same else taken))

    def type(self, name: str, text: str) -> None:
        """Set a parameter to what was typed. Raises UsageError naming the range."""
        param = self._param(name)
        self.put(name, text if param is self.model.role("seed") else parse_value(self.model, param, text))

    def reset(self, name: str) -> None:
        """Back to the model's default."""
        recipe = self._session.recipe
        if self._param(name) is self.model.role("seed"):
            self._edit(replace(recipe, seed_policy=SeedPolicy.NEW))
        else:
            self._edit(recipe.with_value(name, None))

    def reset_all(self) -> int:
        """Every setting of this model back to its default; the seed, the takes and the pictures stay. How many."""
        number = more_settings(self.model, self._session.recipe)[1]
        recipe = self._session.recipe
        for name in recipe.values:
            recipe = recipe.with_value(name, None)
        self._edit(recipe)
        return number

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        if not self._before:
            return False
        self._session.edit_recipe(self._before.pop())
        self._changed()
        return True

    def price_words(self) -> str:
        """What ctrl+g would make and cost, or what is in the way."""
        offer = self._session.offer()
        return offer.trouble or f"{offer.words()}  {offer.price()}"

    def trouble(self) -> bool:
        """Whether something is in the way."""
        return bool(self._session.offer().trouble)

    def summary(self) -> str:
        """`3 changed`, or that nothing is."""
        number = more_settings(self.model, self._session.recipe)[1]
        unread = " · known by hearsay, read from fal before the first picture" if self.model.unread else ""
        return f"{number} changed{unread}" if number else f"all at their defaults{unread}"

    def option_prices(self, row: SettingRow) -> str:
        """What each choice of a row would cost where that makes a difference; else an empty text."""
        if row.kind not in {Kind.CHOICE, Kind.SIZE} or not 1 < len(row.options) <= MOST_PRICED:
            return ""
        priced = [(words, self.option_price(row, value)) for value, words in row.options]
        if len({each for _, each in priced}) < 2 or any(not each for _, each in priced):
            return ""
        return "One picture: " + " · ".join(f"{words} {each}" for words, each in priced)

    def option_price(self, row: SettingRow, value: Json) -> str:
        """What one picture would cost with this choice; empty where something is in its way."""
        offer = self._session.offer(self._session.recipe.with_value(row.key, value))
        return "" if offer.trouble else money.shown(offer.each)

    def option_words(self, row: SettingRow) -> list[str]:
        """Every choice of a row on a line of its own, with its pixels and its price."""
        if row.param is None:
            return [words for _, words in row.options]
        told = [(words, pixel_words(self.model, row.param, value), value) for value, words in row.options]
        wide, deep = max(len(words) for words, _, _ in told), max(len(pixels) for _, pixels, _ in told)
        return [f"{words:<{wide}}  {pixels:<{deep}}  {self.option_price(row, value)}" for words, pixels, value in told]

    def _param(self, name: str) -> Param:
        param = self.model.param(name)
        if param is None:
            raise UsageError(f"{self.model.title} has no setting {name!r}.")
        return param

    def _edit(self, recipe: Recipe) -> None:
        if recipe != self._session.recipe:
            self._before.append(self._session.recipe)
            self._session.edit_recipe(recipe)
            self._changed()
