"""The pictures a LoRA is trained on: what is known of each, and the caption that goes with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.domain.character import Character
from studio.domain.pose import Pose
from studio.domain.skeleton import Skeleton

FOLDER = "dataset"
"""Where a project keeps the set: `stem.png` with `stem.txt` beside it."""

LONGEST_CAPTION = 1_000
"""Characters of one caption; trainers read about 500 words and no more."""

ROLE_WORDS = {
    "front": "front view",
    "three-quarter": "three-quarter view",
    "side": "side view",
    "back": "seen from behind",
    "face": "close-up of the face",
    "outfit": "the outfit seen close",
}

_KINDS = (
    r"\b(?:woman|girl|lady|man|boy|child|person|knight|warrior|soldier|hacker|wizard|witch|robot|android|creature|fox|cat"
    r"|dog|dragon|bear|rabbit|presenter|ninja|samurai|pirate|elf|dwarf|goblin|monster|hero|heroine|princess|prince|king"
    r"|queen|detective|doctor|nurse|pilot|astronaut|mage|ranger|rogue)\b"
)

_SIDES = (
    ("back", r"\bback view\b|\bfrom behind\b|\bback to (?:the )?(?:viewer|camera)\b|\bthree-quarter back\b"),
    ("three-quarter", r"\bthree-?quarters?\b|\b45 degrees\b"),
    ("side", r"\bprofile\b|\bside view\b|\bfrom the side\b"),
    ("front", r"\bfront\b|\bat the (?:viewer|camera)\b|\bfacing (?:the )?(?:viewer|camera)\b|\bface on\b"),
)


@dataclass(frozen=True, slots=True)
class DatasetItem:
    """One picture of the set."""

    stem: str
    file: str
    """Its file name in `dataset/`."""
    caption: str
    """Empty when there is none."""
    source: str = ""
    """The take or the file it was made from; empty for one that was put there by hand."""
    pose: str = ""
    side: str = ""
    """front, three-quarter, side or back; empty when nobody knows."""
    edited: bool = False
    """The caption was changed by hand."""
    left_out: bool = False
    """The artist does not want it in the set; its files are not there."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What the pixels of one picture say."""

    width: int
    height: int
    fingerprint: int
    """A perceptual hash of 64 bits."""
    framing: str
    """full, half or close; empty when the figure cannot be told from its background."""
    background: tuple[float, float, float]
    """Mean colour around the border in Oklab."""
    busy: bool
    """The border is no plain background."""
    lettering: str
    """Where something looks like letters, such as `bottom right`; empty when nothing does."""
    crowd: bool = False
    """It looks as if more than one figure is shown."""


def subject_words(character: Character) -> str:
    """`a petite, athletic young woman`: the description up to the word that says what the character is."""
    sentence = re.split(r"[.;\n]", character.description.strip(), maxsplit=1)[0]
    found = re.search(rf"^.*?{_KINDS}", sentence, re.IGNORECASE)
    words = (found[0] if found else "").strip()
    return _uncapitalised(words) if 0 < len(words.split()) <= 12 else "a character"


def caption_of(trigger: str, character: Character, pose_text: str, setting: str = "") -> str:
    """One natural sentence, the trigger first: who it is, what the body does, what is behind it."""
    parts = [trigger, subject_words(character), _clause(pose_text), _clause(setting)]
    return ", ".join(part for part in parts if part)[:LONGEST_CAPTION]


def retriggered(caption: str, old: str, new: str) -> str:
    """A caption an artist wrote, with another trigger word in the place of the old one."""
    if not old or old == new:
        return caption
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, caption)


def says_first(caption: str, trigger: str) -> bool:
    """Whether a caption begins with the trigger word."""
    return re.match(rf"\s*{re.escape(trigger)}(?!\w)", caption) is not None


def says(caption: str, trigger: str) -> bool:
    """Whether a caption has the trigger word anywhere."""
    return re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", caption) is not None


def side_of(pose: Pose | None, text: str = "") -> str:
    """From which side a pose shows the figure: by its skeleton, else by its words; empty when neither says."""
    if pose is not None and pose.skeleton is not None:
        return side_of_turn(pose.skeleton)
    words = f"{pose.text if pose else ''} {text}".lower()
    return next((side for side, pattern in _SIDES if re.search(pattern, words)), "")


def side_of_turn(skeleton: Skeleton) -> str:
    """The side a skeleton shows, by how far it is turned."""
    turn = abs((skeleton.turn + 180) % 360 - 180)
    return "front" if turn < 25 else "three-quarter" if turn < 68 else "side" if turn < 113 else "back"


def _clause(text: str) -> str:
    """The first sentences of a text as a clause."""
    words = re.sub(r"\s+", " ", text).strip().rstrip(".!?…")
    return _uncapitalised(words)


def _uncapitalised(words: str) -> str:
    first = words.split(" ", 1)[0]
    return words if first.isupper() and len(first) > 1 else words[:1].lower() + words[1:]
