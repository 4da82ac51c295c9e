"""Downloaded weights are verified, recorded and put in place once, whatever stops in between."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from studio.domain.errors import Broken
from studio.domain.job import Job
from studio.domain.lora import Weights
from studio.engine.ports import Download
from studio.library.disk import Disk
from studio.library.png import BrokenFile
from studio.library.weights_check import checked_weights
from studio.library.weights_intake import WeightsIntake
from tests.fakes.weights import TRAINING, fake_safetensors, training_job

WHOLE = fake_safetensors()


def brought(intake: WeightsIntake, job: Job, data: bytes = WHOLE) -> Weights:
    inbox = intake.inbox(job)
    inbox.write_bytes(data)
    return intake.keep(job, Download(inbox, len(data), "application/octet-stream"))


def test_weights_lie_in_the_project_with_everything_known_of_their_making(tmp_path: Path) -> None:
    weights = brought(WeightsIntake(tmp_path, Disk()), training_job())
    assert weights.path == "loras/glchgrl-001.safetensors"
    assert (tmp_path / weights.path).read_bytes() == WHOLE
    record = json.loads((tmp_path / "loras/glchgrl-001.json").read_text(encoding="utf-8"))
    assert (record["sha256"], record["tensors"]) == (sha256(WHOLE).hexdigest(), 1)
    assert (record["trigger"], record["family"], record["steps"], record["price"]) == ("glchgrl", "flux1", 1000, "2")
    assert weights.training == TRAINING
    assert not list((tmp_path / "loras" / ".incoming").iterdir())


def test_keeping_the_same_job_again_gives_the_same_weights(tmp_path: Path) -> None:
    intake = WeightsIntake(tmp_path, Disk())
    first = brought(intake, training_job())
    assert brought(intake, training_job()) == first
    assert WeightsIntake(tmp_path, Disk()).left(training_job()) == first
    assert [path.name for path in (tmp_path / "loras").glob("*.safetensors")] == ["glchgrl-001.safetensors"]


def test_two_trainings_of_one_trigger_word_do_not_take_each_others_place(tmp_path: Path) -> None:
    intake = WeightsIntake(tmp_path, Disk())
    (tmp_path / "loras").mkdir()
    (tmp_path / "loras" / "glchgrl-001.safetensors").write_bytes(b"somebody's own")
    paths = [brought(intake, training_job(name)).path for name in ("one", "two")]
    assert paths == ["loras/glchgrl-002.safetensors", "loras/glchgrl-003.safetensors"]
    assert (tmp_path / "loras" / "glchgrl-001.safetensors").read_bytes() == b"somebody's own"


def test_weights_are_new_until_they_were_taken_up(tmp_path: Path) -> None:
    intake = WeightsIntake(tmp_path, Disk())
    weights = brought(intake, training_job())
    assert intake.fresh() == [weights]
    intake.took_up(weights)
    assert intake.fresh() == []
    assert intake.weights(training_job()) == weights


@pytest.mark.parametrize("steps", range(1, 12))
def test_a_stop_at_any_step_of_the_disk_ends_the_same_way(tmp_path: Path, steps: int) -> None:
    class Stopped(Exception):
        pass

    class StoppingDisk(Disk):
        left = steps

        def fsync(self, descriptor: int) -> None:
            self._count()
            super().fsync(descriptor)

        def link(self, source: Path, target: Path) -> None:
            self._count()
            super().link(source, target)
            self._count()

        def fsync_folder(self, path: Path) -> None:
            self._count()
            super().fsync_folder(path)

        def _count(self) -> None:
            self.left -= 1
            if self.left == 0:
                raise Stopped

    with suppress(Stopped):
        brought(WeightsIntake(tmp_path, StoppingDisk()), training_job())
    intake = WeightsIntake(tmp_path, Disk())
    left = intake.left(training_job())
    weights = left if isinstance(left, Weights) else brought(intake, training_job())
    assert (tmp_path / weights.path).read_bytes() == WHOLE
    assert intake.fresh() == [weights]
    assert len(list((tmp_path / "loras").glob("*.safetensors"))) == 1


def altered(**header: object) -> bytes:
    kept = json.loads(WHOLE[8 : 8 + int.from_bytes(WHOLE[:8], "little")])
    text = json.dumps({**kept, **header}).encode()
    return len(text).to_bytes(8, "little") + text + WHOLE[8 + int.from_bytes(WHOLE[:8], "little") :]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no safetensors"),
        (b"<html>gone</html>", "no safetensors"),
        (WHOLE[:-1], "bytes of tensors"),
        (WHOLE + b"x", "bytes of tensors"),
        ((2**40).to_bytes(8, "little") + WHOLE[8:], "only a part"),
        ((3).to_bytes(8, "little") + b"{{{" + bytes(8), "cannot be read"),
        ((2).to_bytes(8, "little") + b"{}", "hold no tensors"),
        (altered(more={"dtype": "F16", "shape": [1], "data_offsets": [20, 22]}), "leave a gap"),
        (altered(more={"dtype": "F16", "shape": [3], "data_offsets": [16, 18]}), "size it claims"),
        (altered(more={"dtype": "Q7", "shape": [1], "data_offsets": [16, 18]}), "nobody reads"),
        (altered(more={"dtype": "F16", "shape": [-1], "data_offsets": [16, 14]}), "nobody reads"),
    ],
)
def test_what_is_no_whole_safetensors_file_is_refused_with_the_reason(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(data)
    with pytest.raises(BrokenFile, match=why):
        checked_weights(path)


def test_broken_weights_are_taken_away_so_that_they_are_fetched_again(tmp_path: Path) -> None:
    intake = WeightsIntake(tmp_path, Disk())
    with pytest.raises(Broken, match="cannot be used"):
        brought(intake, training_job(), b"nothing of the kind")
    assert intake.left(training_job()) is None
    assert brought(intake, training_job()).path == "loras/glchgrl-001.safetensors"
