"""The keys that work in every pane. Each has an id, so that `[keys]` in the settings can give it another key."""

from __future__ import annotations

from textual.binding import Binding

GENERATE = [
    Binding("ctrl+g,ctrl+j,ctrl+enter", "generate('ticked')", "Generate", priority=True, id="generate.ticked"),
    Binding("r", "generate('again')", "Again", tooltip="Again, with a new seed", id="generate.again"),
    Binding("R", "generate('same')", "Again, same seed", show=False, id="generate.same"),
    Binding("f", "generate('final')", "Final of this draft, same seed", show=False, id="generate.final"),
    Binding("F", "open('final-other')", "Final by another model", show=False, id="generate.final-other"),
    Binding("ctrl+d", "generate('draft')", "Draft or final", show=False, id="generate.draft"),
]

TAKES = [
    Binding("p", "take('pick')", "Pick", tooltip="Pick, and go to the next take", id="take.pick"),
    Binding("x", "take('reject')", "Reject", tooltip="Reject, and go to the next take", id="take.reject"),
    Binding("P", "take('pick-stay')", "Pick and stay", show=False, id="take.pick-stay"),
    Binding("X", "take('reject-stay')", "Reject and stay", show=False, id="take.reject-stay"),
    Binding("u", "take('unflag')", "Neither picked nor rejected", show=False, id="take.unflag"),
    *(
        Binding(str(stars), f"take('stars-{stars}')", f"{stars} stars", show=False, id=f"take.stars-{stars}")
        for stars in range(6)
    ),
    Binding("d", "take('trash')", "To the trash", show=False, id="take.trash"),
    Binding("space", "open('loupe')", "Loupe", key_display="space", id="take.loupe"),
    Binding("v", "open('grid')", "Grid", tooltip="Grid of takes", id="screen.grid"),
    Binding("D", "open('trash')", "Trash", show=False, id="screen.trash"),
    Binding("c", "open('look-compare')", "Compare side by side", show=False, id="look.compare"),
    Binding("n", "open('look-survey')", "Survey of the marked takes", show=False, id="look.survey"),
    Binding("C", "open('cull-contact')", "Contact flow: pick the best", show=False, id="cull.contact"),
    Binding("m", "take('mark')", "Mark to compare or survey", show=False, id="take.mark"),
    Binding("I", "open('drift-report')", "Drift from the anchor", show=False, id="take.drift"),
    Binding("i", "open('info')", "Recipe of this take", show=False, id="take.info"),
    Binding("E", "open('edit-change')", "Change this take by words", show=False, id="edit.change"),
    Binding("W", "open('edit-tree')", "Where this take came from", show=False, id="edit.tree"),
    Binding("s", "take('use-seed')", "Use its seed", show=False, id="take.use-seed"),
    Binding(
        *("number_sign", "open('form-lock')", "Lock seed to pose"),
        tooltip="Lock this take's seed to its pose, or let it go",
        show=False,
        key_display="#",
        id="take.lock-seed",
    ),
    Binding("a", "take('use-all')", "Use all its settings", show=False, id="take.use-all"),
    Binding("y", "take('copy-path')", "Copy its path", show=False, id="take.copy-path"),
    Binding("Y", "take('copy-prompt')", "Copy its prompt", show=False, id="take.copy-prompt"),
    Binding("o", "take('folder')", "Open its folder", show=False, id="take.folder"),
    Binding("O", "take('viewer')", "Open it in a viewer", show=False, id="take.viewer"),
    Binding("left_square_bracket", "page(-1)", "Previous take", show=False, key_display="[", id="take.previous"),
    Binding("right_square_bracket", "page(1)", "Next take", show=False, key_display="]", id="take.next"),
]

SCREEN = [
    Binding("ctrl+z", "history('undo')", "Undo", show=False, id="screen.undo"),
    Binding("ctrl+y", "history('redo')", "Redo", show=False, id="screen.redo"),
    Binding("ctrl+t", "open('prompt')", "The exact prompt", show=False, id="screen.prompt"),
    Binding("Q", "open('queue')", "Queue", show=False, id="screen.queue"),
    Binding("dollar_sign", "open('ledger')", "Ledger: what was spent", show=False, key_display="$", id="screen.ledger"),
    Binding("exclamation_mark", "open('failure')", "What went wrong", show=False, key_display="!", id="screen.failure"),
    Binding("ctrl+o", "jump", "Jump to a pane", show=False, id="screen.jump"),
    Binding("f2", "open('settings')", "Settings", show=False, id="screen.settings"),
    Binding("f3", "open('coach-apply')", "Do what the coach offers", show=False, id="coach.apply"),
    Binding("f5", "open('coach-all')", "Everything the coach has to say", show=False, id="coach.all"),
    Binding("f6", "open('explore-compare')", "Same plan on the others", show=False, id="explore.compare"),
    Binding(
        "f7", "open('explore-request')", "The exact request, as JSON, curl or Python", show=False, id="explore.request"
    ),
    Binding("f8", "open('explore-sweep')", "Sweep: a grid of two settings", show=False, id="explore.sweep"),
    Binding("f9", "open('identity-hub')", "Every way to the same character", show=False, id="identity.hub"),
    Binding("L", "open('pictures-tier')", "Lean or full pictures", show=False, id="pictures.tier"),
    Binding("f4", "external", "Edit in $EDITOR", show=False, id="screen.editor"),
    Binding("full_stop", "pane(1)", "Next pane", show=False, key_display=".", id="screen.next-pane"),
    Binding("comma", "pane(-1)", "Previous pane", show=False, key_display=",", id="screen.previous-pane"),
    Binding("S", "open('figure-edit')", "Turn this pose's joints", show=False, id="figure.edit"),
    Binding("slash", "filter", "Filter", id="screen.filter"),
    Binding("ctrl+p", "app.command_palette", "Palette", priority=True, id="screen.palette"),
    Binding("f1,question_mark", "open('help')", "Help", key_display="?", id="screen.help"),
]

LAYOUT = [
    Binding("left_curly_bracket", "resize(-2, 0)", "Narrower left", show=False, key_display="{", id="layout.narrower"),
    Binding("right_curly_bracket", "resize(2, 0)", "Wider left", show=False, key_display="}", id="layout.wider"),
    Binding("minus", "resize(0, -1)", "Lower log", show=False, key_display="-", id="layout.lower-log"),
    Binding("plus", "resize(0, 1)", "Higher log", show=False, key_display="+", id="layout.higher-log"),
]

PALETTE = (
    ("Pose from a picture: a skeleton, a photo, a take", "open('figure-read')"),
    ("New pose, made by turning joints", "open('figure-new')"),
    ("Guide: words, skeleton or mannequin", "open('guide-open')"),
    ("References of the character", "open('refs-open')"),
    ("Add this take to the references", "open('refs-add')"),
    ("Character pack: the character from every side", "open('pack-open')"),
    ("Turnaround sheet of the pack", "open('pack-sheet')"),
    ("LoRA: dataset, doctor and training", "open('lora-open')"),
    ("Draw with the newest LoRA", "open('lora-use')"),
    ("Proof sheet of the newest LoRA", "open('lora-proof')"),
)
"""Words and action of what the palette does without a key of its own."""

MAIN = [*GENERATE, *TAKES, *SCREEN, *LAYOUT]
