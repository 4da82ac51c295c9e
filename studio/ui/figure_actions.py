"""What an artist does with the figure of a pose: open the editor on it, keep what was made, read it from a picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.domain.pose import Pose
from studio.domain.skeleton import Skeleton
from studio.domain.text import same_name
from studio.ui.host import Host
from studio.ui.pose_reader import PoseReader
from studio.ui.screens.figure_edit import FigureDesk, FigureEditScreen, MadePose
from studio.ui.screens.pose_picture import PosePictureScreen
from studio.ui.session import Session
from studio.ui.view import View
from studio.ui.widgets.tiny_figure import skeleton_for
from studio.workflows.pose_from_picture import Reading
from studio.workflows.pose_guide import draw_clay


class FigureActions:
    """Every pose made or changed here can be undone like any other edit of the list."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def do(self, verb: str) -> None:
        """`edit` opens the editor on the current pose, `new` on a figure that stands at ease; `read` reads the pose of
        the one in a picture first.
        """
        if verb == "read":
            self._host.ask(self._reader(), self._read)
            return
        pose = self._session.pose if verb == "edit" else None
        skeleton = skeleton_for(pose) if pose else Skeleton()
        screen = FigureEditScreen(pose.name if pose else "", skeleton, self._desk())
        self._host.ask(screen, lambda made: self._kept(pose, made))

    def _read(self, reading: Reading) -> None:
        free = "" if self._objection(reading.stem) else reading.stem
        screen = FigureEditScreen("", reading.skeleton, self._desk(), suggested=free, remark=reading.remark())
        self._host.ask(screen, lambda made: self._kept(None, made))

    def _desk(self) -> FigureDesk:
        build = self._session.project.character.proportions

        def clay(skeleton: Skeleton, size: tuple[int, int], place: Path) -> None:
            draw_clay(skeleton, build, size, place)

        return FigureDesk(build, self._objection, self._reader, clay, self._view.darkroom, self._view.utf8)

    def _reader(self) -> PosePictureScreen:
        return PosePictureScreen(PoseReader(self._session, Path.cwd()), self._view.darkroom)

    def _objection(self, name: str) -> str:
        taken = any(same_name(name, pose.name) for pose in self._session.project.poses)
        return f"There is a pose called {name} already." if taken else ""

    def _kept(self, pose: Pose | None, made: MadePose) -> None:
        poses = list(self._session.project.poses)
        if made.name:
            near = self._session.pose
            at = next((index for index, other in enumerate(poses) if other is near), len(poses) - 1) + 1
            fresh = Pose(made.name, made.text, set=near.set if near else "", skeleton=made.skeleton, ticked=True)
            poses.insert(at, fresh)
            self._session.edit_poses(poses, f"made {made.name}")
            self._session.selection.go_to_pose(made.name)
        elif pose is not None:
            poses = [replace(other, skeleton=made.skeleton) if other.name == pose.name else other for other in poses]
            self._session.edit_poses(poses, f"turned the figure of {pose.name}")
            self._host.say(
                f"{pose.name} has its own skeleton now. Its words are as they were: e changes them, ctrl+z undoes."
            )
        self._view.everything()
