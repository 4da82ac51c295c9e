"""A few sentences about every dialog, for its help. Screens that tell of themselves need none here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.screen import Screen

TEXTS: Mapping[str, str] = {
    "AllSettingsScreen": "Every setting of the model, with its range and its default. Each edit counts at once.",
    "ChangeScreen": "Changes a take in your own words with an edit model. Pictures can be sent along, and a mask says "
    "what may change. The price stands below and follows every edit.",
    "ChooseScreen": "A list to choose from. Typing leaves only what fits the letters.",
    "CompareModelsScreen": "The same plan by every model that can draw it, cheapest first. Enter changes the model.",
    "ConfirmSpendScreen": "The first plan of a sitting that costs money is asked about. Nothing was sent yet.",
    "ConfirmTrainingScreen": "A training costs as much as many pictures, so each one is asked about.",
    "DatasetScreen": "The pictures and captions a LoRA is trained on, what the doctor thinks of them, and the "
    "training, which goes on when this is closed.",
    "DoctorScreen": "What was found out about the dataset, the worst first.",
    "DriftScreen": "How far each take is from the anchor: the take that says what the character looks like.",
    "ErrorScreen": "Something nobody foresaw. Jobs and takes are safe; the details stand in the log file.",
    "FailureScreen": "What happened to a job, what is known about its money, and what helps.",
    "GuideScreen": "How the model is told the pose: by words, by a skeleton, or by a figure it follows.",
    "IdentityScreen": "The ways to keep a character the same from picture to picture, and which of them fits now.",
    "InfoScreen": "What the shown take was made from: model, seed, every argument, and the prompt.",
    "LedgerScreen": "Everything that was spent: by pose, by sitting, by day and by take. e writes it as a CSV file.",
    "MaskScreen": "Draws what an edit may change, by keys or with the mouse.",
    "ModelPickerScreen": "Every model with its price. Typing leaves what fits; ctrl+f looks for more at fal.",
    "PackScreen": "The character from every side, made from one reference, and the picked views kept as a pack.",
    "PicturePage": "One picture of a file on the whole terminal.",
    "PoseEditScreen": "A pose in your own words. The figure follows what you write.",
    "PosePresetScreen": "Poses that come with the studio, set by set. Space ticks, enter takes the ticked ones.",
    "PromptScreen": "The prompt exactly as it is sent, and the template it is made with.",
    "QueueScreen": "What runs, what waits, and what went wrong. Jobs that are at fal already may be billed.",
    "QuitScreen": "Jobs still run. They can be left running and are fetched when the studio is opened again.",
    "ReferenceSlotsScreen": "Which reference pictures are sent with the next request, and in which order.",
    "ReferencesScreen": "The pictures that say what the character looks like, and what each of them is for.",
    "RequestScreen": "The exact request as JSON, as a curl command and as Python, without the key.",
    "SettingEntriesScreen": "The entries of a setting that is a list.",
    "SettingTextScreen": "The text of one setting.",
    "SettingsScreen": "The settings of this project, and the key. Those of all projects stand in the config file, "
    "which `studio locate config` names.",
    "SweepScreen": "A grid of pictures in which only one or two settings differ. The price follows every letter.",
    "ConfirmEmptyScreen": "What is deleted here is gone from the disk.",
    "TreeScreen": "What a take was made from and what was made from it.",
}
"""By the name of the class."""

WITHOUT = frozenset({"HelpScreen", "JumpOverlay", "MainScreen", "CommandPalette"})
"""Screens that are help themselves, that every key closes, or that have help of their own."""


def help_of(screen: Screen[Any]) -> tuple[str, str]:
    """A heading and sentences; the sentences are empty where nothing is known about the screen."""
    heading = getattr(screen, "help_title", "") or getattr(screen, "title_text", "") or screen.title or ""
    text = getattr(screen, "help_text", "")
    if not text:
        text = next((TEXTS[kind.__name__] for kind in type(screen).__mro__ if kind.__name__ in TEXTS), "")
    hint = getattr(screen, "hint", "")
    return str(heading), "\n\n".join(part for part in (str(text), str(hint)) if part)


def keys_of(screen: Screen[Any]) -> list[tuple[str, str]]:
    """The screen's own keys with their meaning, each deed once, in the order they were written down."""
    found: dict[str, tuple[str, str]] = {}
    order = [binding.action for bindings in screen._bindings.key_to_bindings.values() for binding in bindings]
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.node is screen and binding.description and active.enabled and not binding.system:
            key = screen.app.get_key_display(binding)
            found.setdefault(binding.action, (key, binding.tooltip or binding.description))
    return [found[action] for action in dict.fromkeys(order) if action in found and action not in TEXTUALS]


TEXTUALS = frozenset({"app.focus_next", "app.focus_previous", "screen.copy_text"})
"""What Textual binds on every screen."""
