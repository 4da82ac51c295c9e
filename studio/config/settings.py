"""The settings of a project and of its user: the same keys in `studio.toml` and in the user's `config.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from studio.config.paths import config_file, homely
from studio.config.toml_table import Table, read_table
from studio.domain.recipe import SEED_LIMIT, Guide, Recipe, SeedPolicy
from studio.domain.request import Json
from studio.domain.upload import LIFETIME, LIFETIMES

NAME = "studio.toml"
GRAPHICS = ("auto", "kitty", "iterm", "sixel", "octant", "sextant", "quadrant", "half", "textual-image", "off")
MODEL = "fal-ai/flux-2-flex"
THEME = "studio"
MOST_TAKES = 100
MOST_JOBS = 40
"""Jobs at once. New fal accounts run 2, paid ones up to 40 (fal docs, concurrency limits)."""

KEYS = (
    *("model", "takes", "draft", "seed", "concurrency", "sandbox", "graphics", "mouse", "animations", "theme"),
    *("notify", "guide", "guide_strength", "budget", "uploads", "keys", "values"),
)
_USER_KEYS = (*KEYS, "fal_key")

Values = Mapping[str, Mapping[str, Json]]


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


def _nothing() -> Values:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen for a project. Money in USD; None means no limit."""

    model: str = MODEL
    values: Values = field(default_factory=_nothing)
    """The changed arguments of each model by its id."""
    takes: int = 1
    """Pictures of each pose."""
    draft: bool = False
    guide: Guide = Guide.WORDS
    guide_strength: float | None = None
    seed_policy: SeedPolicy = SeedPolicy.NEW
    seed: int = 0
    seeds: tuple[int, ...] = ()
    """The list of the seed policy `list`, which also says how many pictures of each pose there are."""
    concurrency: int = 2
    budget_session: Decimal | None = None
    budget_day: Decimal | None = None
    upload_lifetime: str = LIFETIME
    """How long fal keeps what is uploaded, a word of LIFETIMES."""
    sandbox: bool | None = None
    """True: always the sandbox. False: never. None: the sandbox when there is no key."""
    graphics: str = "auto"
    mouse: bool = True
    animations: bool = False
    """Off, because every frame of one travels over SSH."""
    notify: bool = True
    """Ring and notify when a plan is finished and the window was left."""
    theme: str = THEME
    keys: Mapping[str, str] = field(default_factory=_none)
    """Keys by binding id, for Textual's keymap."""

    def recipe(self, model: str = "") -> Recipe:
        """The recipe of a model (the chosen one when empty) with the values remembered for it, never another's."""
        chosen = model or self.model
        return Recipe(
            model=chosen,
            values=MappingProxyType(dict(self.values.get(chosen, {}))),
            seed_policy=self.seed_policy,
            seed=self.seed,
            seeds=self.seeds,
            takes=len(self.seeds) if self.seed_policy is SeedPolicy.LIST else self.takes,
            draft=self.draft,
            guide=self.guide,
            guide_strength=self.guide_strength,
        )

    def with_recipe(self, recipe: Recipe) -> Settings:
        """The settings that remember a recipe; the values of other models stay."""
        return replace(
            self,
            model=recipe.model,
            values=MappingProxyType({**self.values, recipe.model: MappingProxyType(dict(recipe.values))}),
            seed_policy=recipe.seed_policy,
            seed=recipe.seed,
            seeds=recipe.seeds,
            takes=self.takes if recipe.seed_policy is SeedPolicy.LIST else recipe.takes,
            draft=recipe.draft,
            guide=recipe.guide,
            guide_strength=recipe.guide_strength,
        )


def read_settings(table: Table, below: Settings | None = None) -> Settings:
    """The settings of a table laid over others. Raises ProjectError with the line of whatever is not as expected."""
    base = below or Settings()
    budget, keys, values = table.table("budget"), table.table("keys"), table.table("values")
    budget.only(("session", "day"))
    uploads = table.table("uploads")
    uploads.only(("lifetime",))
    policy, seed, seeds = _seed(table, base)
    return Settings(
        model=table.text("model", base.model, filled=True),
        values=MappingProxyType({**base.values, **{model: _values(values, model) for model in values.values}}),
        takes=table.integer("takes", base.takes, 1, MOST_TAKES),
        draft=table.flag("draft", base.draft),
        guide=Guide(table.choice("guide", tuple(Guide), base.guide)),
        guide_strength=_strength(table, base),
        seed_policy=policy,
        seed=seed,
        seeds=seeds,
        concurrency=table.integer("concurrency", base.concurrency, 1, MOST_JOBS),
        budget_session=budget.amount("session") if "session" in budget else base.budget_session,
        budget_day=budget.amount("day") if "day" in budget else base.budget_day,
        upload_lifetime=uploads.choice("lifetime", tuple(LIFETIMES), base.upload_lifetime),
        sandbox=table.flag("sandbox", False) if "sandbox" in table else base.sandbox,
        graphics=table.choice("graphics", GRAPHICS, base.graphics),
        mouse=table.flag("mouse", base.mouse),
        animations=table.flag("animations", base.animations),
        notify=table.flag("notify", base.notify),
        theme=table.text("theme", base.theme, filled=True),
        keys=MappingProxyType({**base.keys, **{binding: keys.text(binding) for binding in keys.values}}),
    )


def read_project_settings(table: Table, below: Settings) -> Settings:
    """The settings of `studio.toml` over the user's."""
    table.only(KEYS)
    return read_settings(table, below)


def load_user_settings() -> Settings:
    """The user's own settings; the studio's when there is no file. Raises ProjectError when it is broken."""
    path = config_file()
    if not path.is_file():
        return Settings()
    table = read_table(path, homely(path))
    table.only(_USER_KEYS)
    return read_settings(table)


def _strength(table: Table, base: Settings) -> float | None:
    value = table.number("guide_strength", None, 0, 2) if "guide_strength" in table else None
    return base.guide_strength if value is None else float(value)


def _seed(table: Table, base: Settings) -> tuple[SeedPolicy, int, tuple[int, ...]]:
    value = table.values.get("seed")
    match value:
        case None:
            return base.seed_policy, base.seed, base.seeds
        case "new" | "next":
            return SeedPolicy(value), base.seed, base.seeds
        case bool():
            pass
        case int() if _is_seed(value):
            return SeedPolicy.FIXED, value, base.seeds
        case list() if 0 < len(value) <= MOST_TAKES and all(_is_seed(item) for item in value):
            return SeedPolicy.LIST, base.seed, tuple(value)
        case _:
            pass
    raise table.error(
        "seed", f'expected "new", "next", a whole number from 0 to {SEED_LIMIT - 1}, or a list of up to {MOST_TAKES}'
    )


def _is_seed(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < SEED_LIMIT


def _values(table: Table, model: str) -> Mapping[str, Json]:
    entry = table.table(model)
    return MappingProxyType({name: entry.json(name) for name in entry.values})
