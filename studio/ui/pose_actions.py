"""What an artist does with the list of poses: tick, write, change, take from the sets, delete, move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.pose import Pose
from studio.domain.text import plain, same_name
from studio.ui.host import Host
from studio.ui.session import Session
from studio.ui.view import View
from studio.ui.widgets.tiny_figure import figure_and_remark

if TYPE_CHECKING:
    from studio.workflows.coach.advice import Advice

LONGEST = 20_000
"""Characters of a sentence that can be edited."""


class PoseActions:
    """Every edit of the list can be undone, except ticks, which are undone by ticking."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def do(self, verb: str) -> None:
        """One of the verbs of the key table."""
        match verb:
            case "new":
                self._write(None)
            case "presets":
                self._presets()
            case "tick-all":
                self._tick_all()
            case _ if self._session.pose is None:
                self._host.say("No pose is there yet: n writes one, b takes some from the sets.")
            case "edit":
                self._write(self._session.pose)
            case "delete":
                self._delete()
            case "up" | "down":
                self._move(-1 if verb == "up" else 1)
            case "tick-set":
                self._tick_set()

    def tick(self, name: str) -> None:
        """Tick a pose, or take its tick away."""
        poses = self._session.project.poses
        self._changed([replace(pose, ticked=not pose.ticked) if pose.name == name else pose for pose in poses])

    def go_to(self, name: str) -> None:
        """The cursor is on another pose."""
        self._session.selection.go_to_pose(name)
        self._view.shown_changed()
        self._view.offer_changed()

    def _tick_all(self) -> None:
        poses = self._session.project.poses
        on = not all(pose.ticked for pose in poses)
        self._changed([replace(pose, ticked=on) for pose in poses])

    def _tick_set(self) -> None:
        current = self._session.pose
        if current is None:
            return
        poses = self._session.project.poses
        on = not all(pose.ticked for pose in poses if pose.set == current.set)
        self._changed([replace(pose, ticked=on) if pose.set == current.set else pose for pose in poses])

    def _move(self, by: int) -> None:
        poses = list(self._session.project.poses)
        at = next(index for index, pose in enumerate(poses) if pose.name == self._session.selection.pose)
        if 0 <= at + by < len(poses):
            poses.insert(at + by, poses.pop(at))
            self._changed(poses, f"moved {poses[at + by].name}")

    def _delete(self) -> None:
        current, poses = self._session.pose, self._session.project.poses
        if current is None:
            return
        at = poses.index(current)
        left = [pose for pose in poses if pose is not current]
        following = left[min(at, len(left) - 1)].name if left else ""
        self._session.selection.go_to_pose(following)
        self._changed(left, f"deleted {current.name}")
        self._view.everything()
        self._host.say(f"Deleted {current.name}; its takes stay. ctrl+z brings it back.")

    def _write(self, pose: Pose | None) -> None:
        from studio.ui.coach_words import advice_on_pose
        from studio.ui.screens.pose_edit import PoseEditScreen, WrittenPose

        def objection(name: str) -> str:
            others = [other.name for other in self._session.project.poses if other is not pose]
            return f"There is a pose called {name} already." if any(same_name(name, o) for o in others) else ""

        def written(answer: WrittenPose) -> None:
            self._take_in(pose, answer.name, answer.text)

        def figure(words: str) -> tuple[str, str]:
            known = pose.skeleton if pose is not None and words.strip() == pose.text.strip() else None
            return figure_and_remark(words, known, build, self._view.utf8)

        def coach(words: str) -> list[Advice]:
            return advice_on_pose(self._session, Pose(pose.name if pose else "", words))

        build = self._session.project.character.proportions
        screen = PoseEditScreen(
            plain(pose.name) if pose else "",
            plain(pose.text, lines=True, limit=LONGEST) if pose else "",
            figure,
            objection,
            coach,
        )
        self._host.ask(screen, written)

    def _take_in(self, pose: Pose | None, name: str, text: str) -> None:
        poses = list(self._session.project.poses)
        if pose is None:
            at = next((index for index, other in enumerate(poses) if other is self._session.pose), len(poses) - 1) + 1
            near = self._session.pose
            poses.insert(at, Pose(name, text, set=near.set if near else "", ticked=True))
        else:
            # Other words mean another figure, so a skeleton made for the old ones goes.
            skeleton = pose.skeleton if text == pose.text else None
            poses[poses.index(pose)] = replace(pose, name=name, text=text, skeleton=skeleton)
        self._session.edit_poses(poses, f"wrote {name}")
        self._session.selection.go_to_pose(name)
        self._view.everything()

    def _presets(self) -> None:
        from studio.ui.screens.pose_presets import PosePresetScreen
        from studio.ui.widgets.tiny_figure import row_figure

        def taken(chosen: list[Pose]) -> None:
            if chosen:
                poses = [*self._session.project.poses, *(replace(pose, ticked=True) for pose in chosen)]
                self._session.edit_poses(poses, f"took {len(chosen)} poses from the sets")
                self._session.selection.go_to_pose(chosen[0].name)
                self._view.everything()

        sets = [(entry.title, entry.poses) for entry in self._session.studio.presets.pose_sets.values()]
        build = self._session.project.character.proportions
        known = [pose.name for pose in self._session.project.poses]
        screen = PosePresetScreen(sets, known, lambda pose: row_figure(pose, build, False, self._view.utf8)[0])
        self._host.ask(screen, taken)

    def _changed(self, poses: list[Pose], words: str = "") -> None:
        self._session.edit_poses(poses, words)
        self._view.poses_edited()
