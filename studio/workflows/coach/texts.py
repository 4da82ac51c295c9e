"""Where words stand: finding the text that holds something a rule objects to, and putting better words there."""

from __future__ import annotations

from collections.abc import Callable

from studio.workflows.coach.advice import SetPose, SetText, View

FIELDS = ("description", "setting", "style", "template")
"""The character's own texts that end up in a prompt."""

Reword = Callable[[str], str]


def reworded(view: View, reword: Reword) -> SetText | SetPose | None:
    """The change of the first text that `reword` makes another one: the character's, else the pose's; None where
    neither holds anything to change.
    """
    for field in FIELDS:
        before = getattr(view.character, field)
        if (after := reword(before)) != before:
            return SetText(field, after)
    for pose in view.poses[:1]:
        if (after := reword(pose.text)) != pose.text:
            return SetPose(pose.name, after)
    return None


def place(fix: SetText | SetPose | None) -> str:
    """Where a change would be made, as an artist calls it: `the description`, `the pose`."""
    match fix:
        case SetText(field, _):
            return f"the {field}"
        case SetPose():
            return "the pose"
        case None:
            return ""


def taken_out(fix: SetText | SetPose | None, what: str = "them") -> str:
    """`take them out of the description`; empty where there is nothing to change."""
    return f"take {what} out of {place(fix)}" if fix else ""


def joined(text: str, more: str) -> str:
    """A text with more words behind it, as one more sentence."""
    before = text.strip()
    if not before:
        return f"{more[:1].upper()}{more[1:]}."
    end = "" if before[-1] in ".!?" else "."
    return f"{before}{end} {more[:1].upper()}{more[1:]}."
