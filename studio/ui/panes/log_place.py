"""The pane of the log, as it stands on the main screen."""

from __future__ import annotations

from studio.ui.widgets.log_view import LogView


class LogPlace(LogView):
    """The log with what help says about it."""

    help_title = "Log"
    help_text = (
        "What the jobs say, newest at the end. It follows the end until you scroll up, and again when you are back "
        "there. / filters by words of pose, message or level, escape shows everything; y copies what is marked with "
        "the mouse, else what is in view. The journal keeps every job, also after the log has forgotten its lines."
    )
