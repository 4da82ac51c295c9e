"""The rows of the dataset page: each picture with its caption, what the doctor says, what a training costs. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.domain import money
from studio.domain.character import Lora
from studio.domain.dataset import DatasetItem
from studio.domain.price import Estimate
from studio.domain.text import plain
from studio.ui.widgets.run_line import Run, clipped, justified
from studio.workflows.doctor import Diagnosis, Health, Remark
from studio.workflows.lora_trainers import TrainingWish, form_params, trainer_of

SIGNS = {Health.BROKEN: ("✗ ", "bad"), Health.WEAK: ("! ", "warn"), Health.GOOD: ("✓ ", "good")}


def heading(width: int) -> list[Run]:
    """Over the rows."""
    return [Run(f"     {'picture':<{_wide(width)}} ", "muted"), Run("caption", "muted")]


def shared_start(items: Sequence[DatasetItem]) -> int:
    """How many characters the captions begin with alike, up to a comma: what differs is worth the room."""
    captions = [item.caption for item in items if item.caption and not item.left_out]
    if len(captions) < 3:
        return 0
    first, last = min(captions), max(captions)
    alike = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first.rfind(", ", 0, alike) + 2 if ", " in first[:alike] else 0


def item_line(item: DatasetItem, concern: Health | None, shared: int, width: int) -> list[Run]:
    """One picture. `concern` is the worst thing the doctor says of it; `shared` characters of its caption are those
    of all.
    """
    if item.left_out:
        name = clipped(plain(item.stem), max(8, width // 3))
        return [Run("  -  ", "faint"), Run(f"{name}  left out: x takes it back", "faint")]
    sign, look = SIGNS[concern] if concern is not None else ("  ", "")
    wide = _wide(width)
    name = clipped(plain(item.stem), wide)
    mark = "*" if item.edited else " "
    caption = plain(item.caption[shared:] if shared else item.caption) or "no caption"
    caption = f"… {caption}" if shared and item.caption else caption
    left = [Run(f" {sign}", look), Run(mark, "accent"), Run(f" {name:<{wide}} ")]
    room = width - wide - 7
    return [*left, Run(clipped(caption, room), "muted" if item.caption else "warn")]


def concerns(diagnosis: Diagnosis) -> Mapping[str, Health]:
    """The worst thing said of each picture; what is said of most of them marks none."""
    order = list(Health)
    found: dict[str, Health] = {}
    most = max((len(remark.stems) for remark in diagnosis.remarks), default=0)
    for remark in diagnosis.remarks:
        if remark.health is Health.GOOD or (len(remark.stems) == most and most > 6):
            continue
        for stem in remark.stems:
            if stem not in found or order.index(remark.health) < order.index(found[stem]):
                found[stem] = remark.health
    return found


def remark_line(remark: Remark, width: int) -> list[Run]:
    """One thing the doctor says."""
    sign, look = SIGNS[remark.health]
    return [Run(f" {sign}", look), Run(clipped(plain(remark.text), max(0, width - 4)))]


def form_lines(
    wish: TrainingWish, price: Estimate | None, trouble: str, pictures: int, width: int
) -> tuple[list[Run], list[Run]]:
    """What would be trained and for how much, and the trainer's other settings."""
    model = wish.trainer
    cost = trouble or ("price unknown" if price is None or price.amount is None else f"~ {money.shown(price.amount)}")
    first = [
        Run("m ", "key"),
        Run(plain(model.title), "strong"),
        Run("   w ", "key"),
        Run(plain(wish.trigger), "accent"),
        Run("   s ", "key"),
        Run(f"{wish.steps} steps"),
        Run("   1 picture" if pictures == 1 else f"   {pictures} pictures", "muted"),
    ]
    first = justified(
        first, [Run(f" {clipped(plain(cost), max(20, width // 2))}", "bad" if trouble else "strong")], width
    )
    minutes = f", about {round(model.speed_s / 60)} minutes" if model.speed_s else ""
    second = [Run("f ", "key")]
    for param in form_params(model):
        value = wish.values.get(param.name, param.default)
        set_here = param.name in wish.values
        second.append(Run(f"{param.name.replace('_', ' ')} {_value(value)}  ", "accent" if set_here else "muted"))
    fits = ", ".join(one.removeprefix("fal-ai/") for one in model.infer_with)
    second.append(Run(f"for {trainer_of(model).best_for}{minutes}; loaded by {fits}", "muted"))
    return first, justified(second, (), width)


def trained_line(loras: Sequence[Lora]) -> list[Run]:
    """The character's LoRAs."""
    if not loras:
        return [Run("No LoRA yet.", "muted")]
    names = ", ".join(f"{lora.path.rsplit('/', 1)[-1]} ({lora.family or 'any'}, {lora.scale:g})" for lora in loras[:3])
    more = f" and {len(loras) - 3} more" if len(loras) > 3 else ""
    return [Run("✓ ", "good"), Run(plain(f"{names}{more}")), Run("  u draws with it · P proof sheet", "muted")]


def _wide(width: int) -> int:
    return max(10, min(30, width // 3))


def _value(value: object) -> str:
    match value:
        case None | "":
            return "none"
        case bool():
            return "on" if value else "off"
        case _:
            return plain(str(value), limit=30)
