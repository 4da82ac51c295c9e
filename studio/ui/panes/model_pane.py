"""The pane of the model: which one, its settings, and what the next run would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from textwrap import wrap
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from studio.domain.errors import UsageError
from studio.domain.guidance import describe_guidance
from studio.domain.model import Model
from studio.domain.price_words import short_prices
from studio.domain.recipe import Recipe
from studio.domain.text import plain
from studio.ui.panes import model_form as form
from studio.ui.session import Offer, Session
from studio.ui.widgets.choice import Choice
from studio.ui.widgets.coach_line import CoachLine
from studio.ui.widgets.more_line import MoreLine
from studio.ui.widgets.number_field import NumberField
from studio.ui.widgets.offer_line import OfferLine
from studio.ui.widgets.run_line import Run, RunLine, clipped, justified
from studio.ui.widgets.seed_field import SeedField
from studio.ui.widgets.size_choice import SizeChoice
from studio.ui.widgets.slider import Slider
from studio.workflows.arguments import parse_size, reference_param
from studio.workflows.entry_check import most_entries
from studio.workflows.seeds import parse_seeds, seed_choices, seed_words

QUALITIES = (("final", "final"), ("draft", "draft"))


class ModelLine(RunLine, can_focus=True):
    """The model's title and price, and what it is for. Enter or a click opens the picker."""

    DEFAULT_CSS = """
    ModelLine { height: 2; width: 1fr; }
    ModelLine:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.open('models')", "Choose", key_display="⏎", id="model.choose"),
    ]

    def __init__(self, session: Session, **options: Any) -> None:
        super().__init__(**options)
        self._session = session

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """Title and price; below, in a few words, what it is for."""
        model = self._session.model
        if model is None:
            return [
                [Run(clipped(self._session.recipe.model, width), "bad")],
                [Run("not in the catalogue: enter chooses another", "warn")],
            ]
        title = [Run(model.title, "strong", "pick")]
        said = short_prices(model.price, datetime.now(UTC).date())
        # A name that is cut tells one model from the next no more; a price can be said in fewer words.
        words = next((text for text in said if cell_len(model.title) + len(text) + 4 <= width), said[-1])
        price = [Run(f" {words} ", "good"), Run("▾", "accent")]
        return [justified(title, price, width), *self._remark(model, width)]

    def _remark(self, model: Model, width: int) -> list[list[Run]]:
        """What it is for, how quick it is and what to mind, in as many rows as there are."""
        room = self.content_size.height - 1
        quick = f"About {model.speed_s:g} s a picture." if model.speed_s else ""
        if room == 1:
            lines = [clipped(model.caution if self.has_focus and model.caution else model.best_for, width)]
        else:
            lines = wrap(" ".join(part for part in (model.best_for, quick) if part), max(10, width))
            lines += wrap(f"Mind: {model.caution}" if model.caution else "", max(10, width))
        return [[Run(line, "warn" if line.startswith("Mind:") else "muted")] for line in lines[:room]]

    def on_click(self, event: events.Click) -> None:
        """Open the picker."""
        event.stop()
        self.call_later(self.run_action, "screen.open('models')")


class ReferenceField(Choice):
    """The reference slot: arrows turn through single pictures, enter opens the whole of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.open('form-references')", "Which, in which order", show=False, id="reference.open"),
    ]


class ModelPane(Vertical):
    """Edits the recipe. Every change goes into the session at once and posts `RecipeChanged`."""

    help_title = "Model"
    help_text = (
        "Which model draws, and how. Values are remembered for each model. The thick green part of the guidance "
        "track is where this model works best; backspace goes to its best value, digits type one. Draft makes few "
        "steps, enough to judge a composition: f makes the final of a draft you like, with the same seed. "
        "The coach below says what is a mistake with this model: F3 does what it offers, F5 lists all it has to say. "
        "The sum follows every edit. e opens every other setting the model has. The seed is new for every picture, or "
        "next, a number, or a list with commas, which makes a take of each; # locks the shown take's seed to its pose."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "screen.open('form-all')", "All settings", tooltip="All settings of the model", id="form.all"),
        Binding("g", "screen.open('guide-open')", "Guide", tooltip="Guide: the pose as a picture", id="form.guide"),
        Binding(
            *("ctrl+r", "screen.open('form-references')", "References"),
            tooltip="Reference pictures: which, and in which order",
            show=False,
            id="form.references",
        ),
    ]

    class RecipeChanged(Message):
        """The recipe in the session is another one."""

    def __init__(self, session: Session, *, utf8: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self._session = session
        self.border_title = "Model"
        self._line = ModelLine(session, id="model-line")
        scale, why = form.guidance_scale(session.model)
        self._guidance = Slider(
            scale, None, label="guidance", describe=describe_guidance, unavailable=why, utf8=utf8, id="guidance"
        )
        self._steps = NumberField(form.NO_SCALE, None, label="steps", utf8=utf8, id="steps")
        self._picture_size = SizeChoice("size", id="size")
        self._seed = SeedField("seed", utf8=utf8, id="seed")
        self._takes = NumberField(form.TAKES, Decimal(1), label="takes", utf8=utf8, id="takes")
        self._quality = Choice("quality", QUALITIES, "final", id="quality")
        self._reference = ReferenceField("reference", id="reference")
        self._more = MoreLine(id="more-settings")
        self._coach = CoachLine(id="coach")
        self._offer = OfferLine(session.offer(), id="offer")
        self._fill()

    def compose(self) -> ComposeResult:
        """The model, the slider, six small fields, the coach, the sum."""
        yield self._line
        yield self._guidance
        with Vertical(id="fields"):
            yield self._steps
            yield self._picture_size
            yield self._seed
            yield self._takes
            yield self._quality
            yield self._reference
        yield self._more
        yield self._coach
        yield self._offer

    def renew(self) -> None:
        """Another model, or a recipe that came from elsewhere; says once what another model did not take along."""
        self._fill()
        if self._session.left_behind:
            self.notify(plain(self._session.left_behind), markup=False)
            self._session.left_behind = ""
        self._line.refresh()
        self.show_offer()

    def show_offer(self, offer: Offer | None = None) -> None:
        """The sum again."""
        self._offer.use(offer or self._session.offer())
        self._coach.use([advice for advice in self._session.advice() if advice.severity])

    def on_slider_changed(self, event: Slider.Changed) -> None:
        """Another guidance."""
        event.stop()
        self._set("guidance", float(event.value))

    def on_number_field_changed(self, event: NumberField.Changed) -> None:
        """Another number of steps or takes, another seed."""
        event.stop()
        recipe, value = self._session.recipe, event.value
        match event.field.id:
            case "steps" if value is not None:
                self._set("steps", int(value))
            case "takes" if value is not None:
                self._edit(replace(recipe, takes=int(value)))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Another size, quality or reference."""
        event.stop()
        match event.choice.id:
            case "size":
                self._resize(event.value)
            case "quality":
                self._edit(replace(self._session.recipe, draft=event.value == "draft"))
                self._show_quality()
            case "seed":
                self._reseed(event.value)
            case "reference":
                self.post_message(self.ReferenceWanted(event.value))

    class ReferenceWanted(Message):
        """Other reference pictures: their paths in the project, one a line; empty for none."""

        def __init__(self, choice: str) -> None:
            super().__init__()
            self.choice = choice

    def on_offer_line_pressed(self, event: OfferLine.Pressed) -> None:
        """The button is ctrl+g."""
        event.stop()
        self.call_later(self.run_action, "screen.generate('ticked')")

    def on_coach_line_pressed(self, event: CoachLine.Pressed) -> None:
        """A click is F3."""
        event.stop()
        self.call_later(self.run_action, "screen.open('coach-apply')")

    def _set(self, role: str, value: float | int | str) -> None:
        model = self._session.model
        param = model.role(role) if model else None
        if param is not None:
            self._edit(self._session.recipe.with_value(param.name, value))

    def on_seed_field_typed(self, event: SeedField.Typed) -> None:
        """Seeds of the artist's own; what is none is refused with its reason."""
        event.stop()
        self._reseed(event.text)

    def _reseed(self, text: str) -> None:
        try:
            recipe = parse_seeds(text).on(self._session.recipe)
        except UsageError as error:
            self.notify(plain(f"{error.happened} {error.remedy}"), severity="warning", markup=False)
            return
        self._edit(recipe)
        self._takes.use(form.TAKES, Decimal(recipe.takes))
        self._show_seed()

    def _show_seed(self) -> None:
        model, recipe, take = self._session.model, self._session.recipe, self._session.selection.take
        options = [(words, words) for words in seed_choices(recipe, take.seed if take else None)]
        unavailable = "" if model is None or model.role("seed") else "none"
        self._seed.use(options, seed_words(recipe), unavailable=unavailable)
        pose = self._session.pose
        self._seed.keep_locked(pose.seed if pose else None)

    def on_size_choice_typed(self, event: SizeChoice.Typed) -> None:
        """A size of the artist's own; one the model does not take is refused with its reason."""
        event.stop()
        self._resize(event.text)
        self._fill()

    def _resize(self, text: str) -> None:
        model = self._session.model
        if model is None:
            return
        try:
            values, adjusted = parse_size(model, text)
        except UsageError as error:
            self.notify(plain(f"{error.happened} {error.remedy}"), severity="warning", markup=False)
            return
        if adjusted:
            self.notify(plain(adjusted), markup=False)
        recipe = self._session.recipe
        for name, value in values.items():
            recipe = recipe.with_value(name, value)
        self._edit(recipe)

    def _edit(self, recipe: Recipe) -> None:
        if recipe != self._session.recipe:
            self._session.edit_recipe(recipe)
            self._show_quality()
            self._more.use(*form.more_settings(self._session.model, recipe), form.guide_words(recipe))
            self.post_message(self.RecipeChanged())

    def _fill(self) -> None:
        model, recipe = self._session.model, self._session.recipe
        scale, why = form.guidance_scale(model)
        self._guidance.use(scale, form.number_of(model, recipe, "guidance") if model else None, unavailable=why)
        scale, why = form.steps_scale(model)
        self._steps.use(scale, form.number_of(model, recipe, "steps") if model else None, unavailable=why)
        options, chosen, why = form.size_options(model, recipe)
        self._picture_size.use(options, chosen, unavailable=why)
        self._show_seed()
        self._takes.use(form.TAKES, Decimal(recipe.takes))
        self._more.use(*form.more_settings(model, recipe), form.guide_words(recipe))
        self._show_quality()
        self.show_references()

    def _show_quality(self) -> None:
        recipe = self._session.recipe
        words = form.quality_words(self._session.model, recipe)
        options = [(value, words if (value == "draft") is recipe.draft else value) for value, _ in QUALITIES]
        self._quality.use(options, "draft" if recipe.draft else "final")

    def show_references(self) -> None:
        """The references there are to choose from, and the chosen one; and the seed of the take that is looked at."""
        self._show_seed()
        options, chosen, why = reference_options(self._session)
        self._reference.use(options, chosen, unavailable=why)


def reference_options(session: Session) -> tuple[list[tuple[str, str]], str, str]:
    """What can stand in the reference slot, what does, and why nothing can. Several pictures are one choice: their
    paths, one a line.
    """
    model = session.model
    param = reference_param(model) if model else None
    if model is None or param is None:
        return [], "", "not taken"
    options = [("", "none")]
    paths = [reference.path for reference in session.project.character.references]
    options += [(path, path.rsplit("/", 1)[-1]) for path in paths]
    most = most_entries(model, param) if param.type == "array" else 1
    if len(paths) > 1 and (most is None or len(paths) <= most):
        options.append(("\n".join(paths), f"all {len(paths)}"))
    if (take := session.selection.take) is not None:
        options.append((take.path, f"take {take.id}"))
    now = [reference.path for reference in session.references]
    chosen = "\n".join(now)
    if chosen not in [value for value, _ in options]:
        options.append((chosen, f"{len(now)} chosen" if len(now) > 1 else chosen.rsplit("/", 1)[-1]))
    return options, chosen, ""
