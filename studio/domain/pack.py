"""The character pack: the views of one character that later pictures are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.domain.errors import UsageError
from studio.domain.pose import Pose
from studio.domain.text import plain, slug

FOLDER = "pack"
"""Where a project keeps the picked views, with their manifest and their sheet."""

SET = "character pack"
"""The heading the pack's poses stand under in the pose list."""

PREFIX = "pack "
"""Begins the name of every pose of the pack."""

SETTING = "Plain light grey studio background, soft even light, nothing else in the picture."
"""Background of every view: what is around the figure must not be taken for a part of it."""

LEAD = "The same character as in the reference picture, unchanged: same face, hair, body, outfit and colours."
"""Before the description, for models that see a reference."""

LONGEST = 400
"""Characters of the words of a view of one's own."""

_FACE = "Head and shoulders, facing the viewer, the head filling the picture"


@dataclass(frozen=True, slots=True)
class PackView:
    """One view of the character."""

    name: str
    """What `--view` takes and the sheet says."""
    words: str
    """The sentence for the prompt."""
    role: str
    """The role it gets among the references."""
    turn: int = 0
    """Degrees by which the camera goes around, to its right, for models that are steered by angles."""
    tilt: int = 0
    """Degrees by which the camera looks down."""
    face: bool = False
    """Head and shoulders, not the whole figure."""
    mood: bool = False
    """It lies in the face alone, which a camera angle cannot change."""

    @property
    def pose(self) -> Pose:
        """The pose its takes lie under."""
        return Pose(PREFIX + self.name, self.words, SET)

    @property
    def stem(self) -> str:
        """Its file name in `pack/`, without ending."""
        return slug(self.name)


def _turned(name: str, role: str, words: str, turn: int, tilt: int = 0) -> PackView:
    return PackView(name, words, role, turn, tilt)


def _mood(name: str, words: str) -> PackView:
    return PackView(name, f"{_FACE}, {words}", "face", face=True, mood=True)


STANDARD = (
    _turned(
        *("front", "front"),
        "Full-body front view, standing upright and symmetrical with arms slightly away from the sides, looking "
        "straight at the viewer.",
        0,
    ),
    _turned(
        *("three-quarter", "three-quarter"),
        "Full-body three-quarter view, standing upright and turned 45 degrees towards the right of the picture, arms "
        "slightly away from the sides.",
        45,
    ),
    _turned(
        *("side", "side"),
        "Full-body side view in exact profile, standing upright and facing the right edge of the picture, arms "
        "hanging straight.",
        90,
    ),
    _turned(
        *("back", "back"),
        "Full-body back view, standing upright with the back to the viewer, arms slightly away from the sides, the "
        "face not visible.",
        180,
    ),
    _mood("neutral", "a calm neutral expression, mouth closed."),
    _mood("smile", "a warm open smile."),
)
"""The views of every pack."""

EXTRA = (
    _turned(
        *("left three-quarter", "three-quarter"),
        "Full-body three-quarter view, standing upright and turned 45 degrees towards the left of the picture, arms "
        "slightly away from the sides.",
        315,
    ),
    _turned(
        *("left side", "side"),
        "Full-body side view in exact profile, standing upright and facing the left edge of the picture, arms "
        "hanging straight.",
        270,
    ),
    _turned(
        *("back three-quarter", "back"),
        "Full-body three-quarter back view, standing upright and turned away towards the right of the picture, the "
        "face only just seen from behind.",
        135,
    ),
    _turned(
        *("from above", "front"),
        "Full-body view from above at a steep angle, standing upright, looking up at the viewer.",
        *(0, 45),
    ),
    _mood("angry", "an angry expression, brows drawn together."),
    _mood("sad", "a sad expression, eyes lowered."),
    _mood("surprised", "a surprised expression, eyes and mouth wide open."),
    PackView("face side", "Head and shoulders in exact profile, facing right.", "face", 90, face=True),
    PackView("outfit", "The outfit seen close, from the neck down to the knees, every detail sharp.", "outfit"),
)
"""Views that may be asked for by name."""


def view_named(text: str) -> PackView:
    """The view of a name, or one of the artist's own: `NAME=WORDS`. Raises UsageError."""
    name, equals, words = (part.strip() for part in text.partition("="))
    if equals and name and words:
        return PackView(plain(name, limit=60), plain(words, limit=LONGEST), "pose")
    wanted = slug(text)
    for view in (*STANDARD, *EXTRA):
        if view.stem == wanted or slug(PREFIX + view.name) == wanted:
            return view
    names = ", ".join(view.name for view in (*STANDARD, *EXTRA))
    raise UsageError(f"There is no view {text!r}.", f"There are {names}; NAME=WORDS is one of your own.")


def wanted_views(texts: Sequence[str], *, only: bool = False) -> tuple[PackView, ...]:
    """The standard views and those asked for, each once; `only` those asked for. Raises UsageError."""
    found = {} if only and texts else {view.stem: view for view in STANDARD}
    for text in texts:
        view = view_named(text)
        found[view.stem] = view
    return tuple(found.values())


def view_of_pose(pose: Pose) -> PackView | None:
    """The view a pose of the project stands for; None when it belongs to no pack."""
    if not pose.name.startswith(PREFIX):
        return None
    name = pose.name.removeprefix(PREFIX).strip()
    known = next((view for view in (*STANDARD, *EXTRA) if view.stem == slug(name)), None)
    return known or PackView(name, pose.text, "pose")
