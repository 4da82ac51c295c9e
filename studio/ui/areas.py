"""The areas of deeds behind a screen's words: `form-all` is the verb `all` of the area `form`.

Each is imported when it is first wanted. A new area is a function and a line of `AREAS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench


def _coach(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.coach_actions import CoachActions

    CoachActions(bench.session, bench.view, bench.host).do(verb)


def _explore(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.explore_actions import ExploreActions

    bench.host.start(ExploreActions(bench).do(verb))


def _final(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.final_actions import FinalActions

    bench.host.start(FinalActions(bench).do(verb))


def _grid(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.grid_actions import GridActions

    GridActions(bench).do(verb or what)


def _form(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.form_actions import FormActions

    FormActions(bench.session, bench.view, bench.host, bench.refer_to).do(verb)


def _lora(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.lora_actions import LoraActions

    bench.host.start(LoraActions(bench).do(what))


def _pictures(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.picture_actions import PictureActions

    PictureActions(bench.session, bench.view, bench.host).do(verb)


def _pack(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.pack_actions import PackActions

    bench.host.start(PackActions(bench).do(verb))


def _drift(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.drift_actions import DriftActions

    bench.host.start(DriftActions(bench.session, bench.view, bench.host).report())


def _guide(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.guide_actions import GuideActions

    GuideActions(bench.session, bench.view, bench.host).open()


def _figure(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.figure_actions import FigureActions

    FigureActions(bench.session, bench.view, bench.host).do(verb)


def _cull(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.cull_actions import CullActions
    from studio.ui.look_deeds import LookDeeds

    bench.host.start(CullActions(LookDeeds(bench)).do(verb))


def _look(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.look_actions import LookActions
    from studio.ui.look_deeds import LookDeeds

    LookActions(LookDeeds(bench)).do(verb or what)


def _edit(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.edit_actions import EditActions

    bench.host.start(EditActions(bench).do(verb))


def _refs(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.refs_actions import RefsActions

    bench.host.start(RefsActions(bench.session, bench.view, bench.host).do(verb))


def _identity(bench: Workbench, verb: str, what: str) -> None:
    from studio.ui.identity_actions import IdentityActions

    bench.host.start(IdentityActions(bench.session, bench.host, lambda word: bench.open(word, None)).do(verb))


def _character(bench: Workbench, verb: str, what: str) -> None:
    bench.failures.show_pane("character")
    bench.host.start(bench.view.character.open())


Deed = Callable[["Workbench", str, str], None]
"""Gets the verb, and the whole word."""

AREAS: dict[str, Deed] = {
    "character": _character,
    "coach": _coach,
    "cull": _cull,
    "dataset": _lora,
    "drift": _drift,
    "edit": _edit,
    "explore": _explore,
    "figure": _figure,
    "final": _final,
    "form": _form,
    "grid": _grid,
    "guide": _guide,
    "identity": _identity,
    "trash": _grid,
    "look": _look,
    "lora": _lora,
    "loupe": _look,
    "pack": _pack,
    "pictures": _pictures,
    "refs": _refs,
}
