"""What an artist does about a failed job: read its card, then change, retry, look again, or let it go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio.domain.job import Job, JobState
from studio.domain.text import plain
from studio.ui.generate_actions import GenerateActions
from studio.ui.host import Host
from studio.ui.pose_actions import PoseActions
from studio.ui.session import Session
from studio.ui.state.failure_card import BILLING, Remedy
from studio.ui.view import View
from studio.workflows.plan import Plan, new_job_id
from studio.workflows.studio import Studio


class FailureActions:
    """Opens the card of a failed or unknown job and does what the artist chose. `open` opens another screen."""

    def __init__(
        self,
        session: Session,
        view: View,
        host: Host,
        poses: PoseActions,
        generate: GenerateActions,
        open_screen: Callable[[str], None],
    ) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._poses = poses
        self._generate = generate
        self._open_screen = open_screen
        self.open_area: Callable[[str], None] = lambda word: None
        """Opens an area of deeds; the workbench sets it."""
        self.show_pane: Callable[[str], None] = lambda pane: None
        """Goes to a pane of the main screen, which sets this."""

    def show(self) -> None:
        """The card of the current pose, else of whatever went wrong last; without any it says so."""
        live, pose = self._session.live, self._session.selection.pose
        if (fault := live.fault(pose)) is not None:
            self.card(fault)
        elif live.faults:
            self._host.say(f"{plain(pose)} is well; this is about {plain(live.faults[-1].pose)}, which failed last.")
            self.card(live.faults[-1])
        else:
            self._host.say("Nothing has failed.")

    def card(self, job: Job) -> None:
        """The card of one job."""
        from studio.ui.screens.failure import FailureScreen

        self._host.ask(FailureScreen(job), lambda remedy: self.do(Remedy(remedy), job))

    def do(self, remedy: Remedy, job: Job) -> None:
        """What the artist chose on the card of a job."""
        match remedy:
            case Remedy.EDIT_POSE:
                self._go_to(job)
                self._poses.do("edit")
            case Remedy.TEMPLATE:
                self._go_to(job)
                self._open_screen("prompt")
            case Remedy.CHARACTER:
                self.show_pane("character")
                self._host.start(self._view.character.open())
            case Remedy.RECIPE:
                self.show_pane("model")
            case Remedy.MODELS | Remedy.SETTINGS:
                self._open_screen(remedy)
            case Remedy.DATASET:
                self.open_area("lora-open")
            case Remedy.TOP_UP:
                self._host.copy(BILLING, f"Copied {BILLING}")
            case Remedy.LOOK_AGAIN:
                self._host.start(self._look_again(job))
            case Remedy.GIVE_UP:
                self._host.start(self._give_up(job))
            case Remedy.RETRY:
                self._generate.send(retried(self._session.studio, job), job.pose)
            case Remedy.DISMISS:
                self._session.live.forget_fault(job.pose)
                self._view.poses_changed()
                self._view.shown_changed()

    def _go_to(self, job: Job) -> None:
        if any(pose.name == job.pose for pose in self._session.project.poses):
            self._session.selection.go_to_pose(job.pose)
            self._view.shown_changed()

    async def _give_up(self, job: Job) -> None:
        if await self._session.studio.engine.give_up(job.id):
            self._host.say(f"Given up: {plain(job.pose)} is not looked for any more. Whether it was charged fal knows.")

    async def _look_again(self, job: Job) -> None:
        self._host.say("Looking at fal again; nothing is sent.")
        if await self._session.studio.engine.look_again(job.id):
            self._host.say(f"Found: the picture of {job.pose} is being fetched.")
        else:
            self._host.say(f"fal does not list this request of {job.pose} yet.", severity="warning")


def retried(studio: Studio, job: Job) -> Plan:
    """A plan of one new Job with the exact Request of another; it is bought anew."""
    now = studio.engine.desk.clock.now()
    fresh = replace(
        job,
        id=new_job_id(),
        created=now,
        moved=now,
        state=JobState.WRITTEN,
        session=studio.session,
        sandbox=studio.sandbox,
        handle=None,
        position=None,
        result=None,
        units=None,
        billed=None,
        failure=None,
        take="",
    )
    return Plan((fresh,))
