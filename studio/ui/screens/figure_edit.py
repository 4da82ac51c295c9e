"""The pose editor: the figure on the screen, its joints turned by arrows or drawn with the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from studio.domain.skeleton import HANDS, HOLDS, MOODS, PROPS, Arm, Proportions, Skeleton
from studio.domain.skeleton_words import describe_skeleton
from studio.domain.text import plain
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.state.figure_edit import FINE, HANDLES, LEAP, STEP, Axis, FigureEdit, angle_of
from studio.ui.widgets.figure_canvas import FigureCanvas
from studio.ui.widgets.figure_clay import Draw, FigureClay
from studio.ui.widgets.footer_line import FooterLine
from studio.ui.widgets.run_line import Run, RunLine
from studio.workflows.pose_from_picture import Reading

HELP = (
    "Choose a joint with tab or a click, turn it with the arrows: shift turns further, [ ] turn it about itself. "
    "With the mouse draw a joint where it should be. o goes to the same joint of the other side, = lets the other side "
    "do the same, M mirrors, X swaps sides. , and . walk around the figure, < and > move the camera down and up. "
    "r reads the pose of the one in a picture. "
    "ctrl+s keeps the pose, ctrl+n keeps it as a new one; its sentence is written from the joints and can be changed."
)

WIDE = 112
"""Columns from which the clay mannequin stands beside the figure."""


@dataclass(frozen=True, slots=True)
class MadePose:
    """What was made: the skeleton, and a name and a sentence where it is a new pose."""

    skeleton: Skeleton
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FigureDesk:
    """What the editor needs from outside. `objection` says why a name cannot be used for a new pose; `reader` makes the
    screen that reads a pose from a picture; `clay` draws the mannequin into a file.
    """

    proportions: Proportions
    objection: Callable[[str], str]
    reader: Callable[[], ModalScreen[Reading | None]]
    clay: Draw
    darkroom: Darkroom
    utf8: bool = True


class HandleList(RunLine):
    """The handles by name, with the angles of the held one below."""

    DEFAULT_CSS = "HandleList { width: 31; height: 1fr; padding: 0 1; }"

    def __init__(self, edit: FigureEdit, *, utf8: bool) -> None:
        super().__init__(id="figure-handles")
        self._edit = edit
        self._arrows = ("← →", "↓ ↑", "[ ]") if utf8 else ("<- ->", "dn up", "[ ]")
        self._degree = "°" if utf8 else " deg"

    def rows(self, width: int) -> list[list[Run]]:
        """Names first; what the arrows do now; the sentence of the pose fills what is left."""
        edit, handle = self._edit, self._edit.handle
        room = max(3, self.content_size.height - 8)
        first = max(0, min(edit.held - room // 2, len(HANDLES) - room))
        rows = [
            [Run(f" {entry.name}".ljust(width), "chosen" if number == edit.held else "")]
            for number, entry in enumerate(HANDLES[first : first + room], first)
        ]
        rows.append([])
        axes = (handle.across, handle.along, handle.about)
        for keys, axis in zip(self._arrows, axes, strict=True):
            if axis is not None:
                rows.append([Run(f"{keys} ", "key"), Run(f"{axis.less} / {axis.more}", "muted")])
                rows.append([Run(f"    {_angle(edit.skeleton, axis, self._degree)}", "strong")])
        return rows


class FigureEditScreen(ModalScreen[MadePose | None]):
    """Gives the pose on ctrl+s, or None. Without a `name` it is a new pose, which may be called what `suggested` says;
    `remark` is shown until the figure is turned.
    """

    AUTO_FOCUS = ""
    help_title = "Pose editor"
    help_text = HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", id="figure.keep", priority=True),
        Binding("ctrl+n", "name", "Keep as new", id="figure.new", priority=True),
        Binding("tab", "hold(1)", "Next joint", id="figure.next", priority=True),
        Binding("shift+tab", "hold(-1)", "Joint before", show=False, id="figure.previous", priority=True),
        Binding("j", "hold(1)", "Next joint", show=False, id="figure.next-letter"),
        Binding("k", "hold(-1)", "Joint before", show=False, id="figure.previous-letter"),
        Binding("left,h", "turn('across', -1)", "Turn", key_display="arrows", id="figure.less"),
        Binding("right,l", "turn('across', 1)", "Turn", show=False, id="figure.more"),
        Binding("down", "turn('along', -1)", "Turn down", show=False, id="figure.lower"),
        Binding("up", "turn('along', 1)", "Turn up", show=False, id="figure.raise"),
        Binding("shift+left,H", "turn('across', -3)", "Turn far", show=False, id="figure.far-less"),
        Binding("shift+right,L", "turn('across', 3)", "Turn far", show=False, id="figure.far-more"),
        Binding("shift+down,J", "turn('along', -3)", "Turn far down", show=False, id="figure.far-lower"),
        Binding("shift+up,K", "turn('along', 3)", "Turn far up", show=False, id="figure.far-raise"),
        Binding("left_square_bracket", "turn('about', -1)", "Twist in", show=False, key_display="[", id="figure.in"),
        Binding("right_square_bracket", "turn('about', 1)", "Twist out", show=False, key_display="]", id="figure.out"),
        Binding("o", "do('other')", "Other side", id="figure.other"),
        Binding("equals_sign", "do('same')", "Both sides alike", key_display="=", show=False, id="figure.same"),
        Binding("M", "do('mirror')", "Mirror", id="figure.mirror"),
        Binding("X", "do('swap')", "Swap sides", show=False, id="figure.swap"),
        Binding("comma", "camera('around', -15)", "Around", show=False, key_display=",", id="figure.around-left"),
        Binding("full_stop", "camera('around', 15)", "Around", show=False, key_display=".", id="figure.around-right"),
        Binding("less_than_sign", "camera('up', -5)", "Camera down", show=False, key_display="<", id="figure.down"),
        Binding("greater_than_sign", "camera('up', 5)", "Camera up", show=False, key_display=">", id="figure.up"),
        Binding("a", "cycle('hand')", "Hand", show=False, id="figure.hand"),
        Binding("t", "cycle('hold')", "What it holds", show=False, id="figure.hold"),
        Binding("m", "cycle('mood')", "Face", show=False, id="figure.mood"),
        Binding("s", "cycle('prop')", "Seat, wall, desk", show=False, id="figure.prop"),
        Binding("f", "do('fine')", "Fine steps", show=False, id="figure.fine"),
        Binding("r", "read", "From a picture", id="figure.read"),
        Binding("0", "do('ease')", "Stand at ease", show=False, id="figure.ease"),
        Binding("ctrl+z", "do('undo')", "Undo", id="figure.undo", priority=True),
        Binding("ctrl+y", "do('redo')", "Redo", show=False, id="figure.redo", priority=True),
        Binding("question_mark,f1", "help", "Help", key_display="?", id="screen.help"),
        Binding("escape", "leave", "Leave", id="figure.leave", priority=True),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    FigureEditScreen {
        background: $background;
        #figure-title { height: 1; background: $surface; color: $text-muted; padding: 0 1; }
        #figure-canvas { width: 5fr; }
        #figure-clay { width: 4fr; margin: 1 0; }
        #figure-sentence { height: 2; color: $text-muted; padding: 0 1; }
        #figure-new { display: none; height: auto; padding: 0 1; background: $surface; }
        #figure-new.open { display: block; }
        #figure-new Input, #figure-new Input:focus {
            border: none; height: 1; padding: 0 1; background: $panel; margin-top: 1;
        }
        #figure-trouble { color: $text-error; height: auto; }
    }
    """

    def __init__(
        self, name: str, skeleton: Skeleton, desk: FigureDesk, *, suggested: str = "", remark: str = ""
    ) -> None:
        super().__init__()
        self._pose = name
        self.edit = FigureEdit(skeleton, desk.proportions)
        self._desk = desk
        self._suggested = suggested
        self._remark = remark
        self._fine = False
        self._canvas = FigureCanvas(self.edit, utf8=desk.utf8, id="figure-canvas")
        self._clay = FigureClay(desk.darkroom, desk.clay, id="figure-clay")
        self._list = HandleList(self.edit, utf8=desk.utf8)

    def compose(self) -> ComposeResult:
        """Title, figure and handles, the sentence, the fields of a new pose, keys."""
        yield Static("", id="figure-title", markup=False)
        with Horizontal():
            yield self._canvas
            yield self._clay
            yield self._list
        yield Static("", id="figure-sentence", markup=False)
        with Vertical(id="figure-new"):
            yield Static("A new pose: enter goes on, ctrl+s keeps it, esc comes back to the figure.", markup=False)
            yield Input(self._suggested, placeholder="its name, such as: leaning on the wall", id="figure-name")
            yield Input(placeholder="its sentence for the prompt", id="figure-text")
            yield Static("", id="figure-trouble", markup=False)
        yield FooterLine(id="figure-footer")

    def on_mount(self) -> None:
        """The figure as it came."""
        self._renew()

    def on_resize(self, event: events.Resize) -> None:
        """The mannequin has room on a wide terminal only."""
        self._clay.display = event.size.width >= WIDE
        self.call_after_refresh(self._clay.want, self.edit.skeleton)

    def action_hold(self, by: int) -> None:
        """Another handle; in the fields of a new pose, the other field."""
        if self._naming:
            self.focus_next() if by > 0 else self.focus_previous()
            return
        self.edit.hold(by)
        self._renew()

    def action_turn(self, which: str, by: int) -> None:
        """Turn what is held: once, or three times as far."""
        step = FINE if self._fine else STEP if abs(by) == 1 else LEAP / 3
        axis: Axis | None = getattr(self.edit.handle, which)
        if self.edit.turn(axis, by * step):
            self._remark = ""
            self._renew()

    def action_do(self, verb: str) -> None:
        """One of the deeds that need no more than their name."""
        edit = self.edit
        match verb:
            case "other":
                edit.hold_opposite()
            case "same":
                edit.match_sides()
            case "mirror":
                edit.mirrored()
            case "swap":
                edit.swap()
            case "ease":
                edit.become(Skeleton())
            case "undo":
                edit.undo()
            case "redo":
                edit.redo()
            case "fine":
                self._fine = not self._fine
        self._renew()

    def action_camera(self, which: str, degrees: int) -> None:
        """Walk around the figure, or lift the camera."""
        camera = HANDLES[-1]
        self.edit.turn(camera.across if which == "around" else camera.along, degrees)
        self._renew()

    def action_cycle(self, what: str) -> None:
        """Another shape of the hand, thing in it, face, or furniture."""
        skeleton = self.edit.skeleton
        match what:
            case "mood":
                mood = _after(MOODS, skeleton.head.mood)
                changed = replace(skeleton, head=replace(skeleton.head, mood=mood))
            case "prop":
                changed = replace(skeleton, prop=_after(PROPS, skeleton.prop))
            case _:
                side = "right" if self.edit.handle.name.startswith("right") else "left"
                arm: Arm = getattr(skeleton, f"{side}_arm")
                arm = replace(arm, hand=_after(HANDS, arm.hand)) if what == "hand" else arm
                arm = replace(arm, hold=_after(HOLDS, arm.hold)) if what == "hold" else arm
                changed = replace(skeleton, left_arm=arm) if side == "left" else replace(skeleton, right_arm=arm)
        self.edit.become(changed)
        self._renew()

    def action_read(self) -> None:
        """Take the pose of the one in a picture; a step that can be undone."""

        def read(reading: Reading | None) -> None:
            if reading is not None:
                self.edit.become(reading.skeleton)
                self._remark = reading.remark()
                self._suggested = reading.stem
                self._renew()

        self.app.push_screen(self._desk.reader(), read)

    def action_help(self) -> None:
        """What this screen is, and its keys."""
        from studio.ui.screens.help import HelpScreen

        keys = [
            (self.app.get_key_display(binding), binding.description)
            for binding in self.BINDINGS
            if isinstance(binding, Binding)
        ]
        self.app.push_screen(HelpScreen(self.help_title, self.help_text, keys))

    def action_leave(self) -> None:
        """Back to the figure from the fields, else out without a change."""
        if self._naming:
            self.query_one("#figure-new").remove_class("open")
            self.set_focus(None)
        else:
            self.dismiss(None)

    def action_name(self) -> None:
        """Ask for the name of a new pose."""
        self.query_one("#figure-new").add_class("open")
        self.query_one("#figure-text", Input).value = describe_skeleton(self.edit.skeleton)
        name = self.query_one("#figure-name", Input)
        name.value = name.value or self._suggested
        name.focus()

    def action_keep(self) -> None:
        """Close with the pose, or say what is wrong with its name."""
        if not self._naming and self._pose:
            self.dismiss(MadePose(self.edit.skeleton))
            return
        if not self._naming:
            self.action_name()
            return
        name, text = (" ".join(self.query_one(f"#figure-{field}", Input).value.split()) for field in ("name", "text"))
        trouble = "A pose needs a name." if not name else "" if text else "A pose needs a sentence."
        if trouble := trouble or self._desk.objection(name):
            self.query_one("#figure-trouble", Static).update(trouble)
        else:
            self.dismiss(MadePose(self.edit.skeleton, name, text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the name goes to the sentence, in the sentence it keeps the pose."""
        if event.input.id == "figure-name":
            self.query_one("#figure-text").focus()
        else:
            self.action_keep()

    def on_figure_canvas_grabbed(self, event: FigureCanvas.Grabbed) -> None:
        """The mouse holds what it drags."""
        self.edit.held = event.number
        self._renew()

    def on_figure_canvas_dragged(self, event: FigureCanvas.Dragged) -> None:
        """One step when it is let go; until then only the picture follows."""
        if event.done:
            self.edit.become(event.skeleton)
        self._renew()

    @property
    def _naming(self) -> bool:
        return self.query_one("#figure-new").has_class("open")

    def _renew(self) -> None:
        edit = self.edit
        what = plain(self._pose) or "new pose"
        steps = "fine steps" if self._fine else f"steps of {STEP:g}" + ("°" if self._desk.utf8 else " degrees")
        dot = "·" if self._desk.utf8 else "|"
        self.query_one("#figure-title", Static).update(f"{what} {dot} {edit.handle.name} {dot} {steps}")
        sentence = self._remark or describe_skeleton(edit.skeleton)
        self.query_one("#figure-sentence", Static).update(sentence)
        self._canvas.refresh()
        self._list.refresh()
        self._clay.want(edit.skeleton)


def _after(choices: Sequence[str], now: str) -> str:
    return choices[(choices.index(now) + 1) % len(choices)]


def _angle(skeleton: Skeleton, axis: Axis, degree: str) -> str:
    value = angle_of(skeleton, axis.path)
    return f"{value:.2f} heights" if axis.path == "rise" else f"{value:.0f}{degree}"
