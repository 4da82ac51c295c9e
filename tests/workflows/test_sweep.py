"""A grid of pictures in which only the axes differ."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from studio.domain.character import Character, Lora
from studio.domain.errors import ProjectError, UsageError
from studio.domain.model import Model
from studio.domain.pose import Pose
from studio.domain.recipe import Recipe, SeedPolicy
from studio.domain.take import Take
from studio.workflows.plan import PlanContext
from studio.workflows.sweep import Prepared, Sweep, SweepBench, make_sweep
from studio.workflows.sweep_axis import Axis, AxisKind, parse_axis
from studio.workflows.sweep_sheet import Outcome, write_sheet
from tests.fakes.picture import tiny_png
from tests.workflows.test_plan import CATALOGUE, GLITCH, POSES, model, values

FLEX, DEV = "fal-ai/flux-2-flex", "fal-ai/flux/dev"
LORA = Lora("https://example.org/glitch.safetensors", "glitch", 1.0, "flux1")


def sweep(
    x: str,
    y: str | None = None,
    *,
    model_id: str = FLEX,
    recipe: Recipe | None = None,
    poses: list[Pose] = POSES,
    character: Character = GLITCH,
) -> Sweep:
    def prepare(chosen: Model) -> Prepared:
        return (replace(recipe, model=chosen.id) if recipe else Recipe(chosen.id)), (), ()

    context = PlanContext("s", True, {}, now=lambda: 1.0, new_seed=lambda: 77, last_seed=lambda: 8)
    bench = SweepBench(character, poses, poses, model(model_id), CATALOGUE, prepare, context)
    return make_sweep(parse_axis(x), parse_axis(y) if y else None, bench)


@pytest.mark.parametrize(
    ("text", "kind", "stops"),
    [
        ("guidance=4:7:1.5", "guidance", "4 5.5 7"),
        ("guidance=4,5.5,7", "guidance", "4 5.5 7"),
        ("guidance = 4:6:1.5, 9", "guidance", "4 5.5 9"),
        ("steps=10:30:10", "steps", "10 20 30"),
        ("steps=4:6", "steps", "4 5 6"),
        ("seed=1:3", "seed", "1 2 3"),
        ("LoRA-scale=0.5:1:0.25", "lora", "0.5 0.75 1"),
        ("size=square_hd,3:4,768x1024", "size", "square_hd 3:4 768x1024"),
        ("pose=running, hero stance", "pose", "running|hero stance"),
        ("pose", "pose", ""),
    ],
)
def test_axes_are_typed_as_lists_and_ranges(text: str, kind: str, stops: str) -> None:
    axis = parse_axis(text)
    wanted = stops.split("|") if "|" in stops else stops.split()
    assert (axis.kind, [axis.label(stop) for stop in axis.stops]) == (kind, wanted)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour=red", "no axis 'colour'"),
        ("guidance", "no values"),
        ("pose=", "no values"),
        ("guidance=high", "a number, not 'high'"),
        ("steps=4.5", "a whole number"),
        ("guidance=7:4", "goes nowhere"),
        ("guidance=4:7:0", "goes nowhere"),
        ("guidance=1:2:3:4", "no range"),
        ("guidance=nan", "a number"),
        ("guidance=0:100:0.0001", "24 is the most"),
        ("seed=0:1000000000000:1", "0 to 2147483647"),
        ("guidance=4,4.0", "names 4 twice"),
    ],
)
def test_an_axis_that_makes_no_sense_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_axis(text)


def test_only_the_axes_differ_and_every_job_names_its_cell() -> None:
    grid = sweep("guidance=4:7:1.5", "pose=running,hero-stance,sitting")
    assert [job.provenance.cell for job in grid.rows[0]] == [
        "guidance 4, pose running",
        "guidance 5.5, pose running",
        "guidance 7, pose running",
    ]
    assert [job.request.arguments["guidance_scale"] for job in grid.rows[2]] == [4, 5.5, 7]
    assert [row[0].pose for row in grid.rows] == ["running", "hero-stance", "sitting"]
    assert {job.request.seed for job in grid.plan.jobs} == {77}
    first, second = (job.request.arguments for job in grid.rows[0][:2])
    assert {**first, "guidance_scale": 0} == {**second, "guidance_scale": 0}
    assert (len(grid.plan.jobs), grid.plan.estimate) == (9, Decimal("0.45"))


def test_one_axis_is_a_row_and_a_pose_axis_alone_goes_over_the_chosen_ones() -> None:
    grid = sweep("pose")
    assert [job.pose for job in grid.rows[0]] == ["hero-stance", "running", "sitting"]
    assert len(grid.rows) == 1
    noted = sweep("steps=10,20")
    assert {job.pose for job in noted.plan.jobs} == {"hero-stance"}
    assert "--pose" in noted.notes[0]


def test_seeds_come_from_the_axis_the_policy_or_the_lock_of_the_one_pose() -> None:
    assert [job.request.seed for job in sweep("seed=1:3").rows[0]] == [1, 2, 3]
    fixed = Recipe(FLEX, seed_policy=SeedPolicy.FIXED, seed=5)
    assert {job.request.seed for job in sweep("guidance=4,5", recipe=fixed).rows[0]} == {5}
    following = Recipe(FLEX, seed_policy=SeedPolicy.NEXT)
    assert {job.request.seed for job in sweep("guidance=4,5", recipe=following).rows[0]} == {9}
    locked = [replace(POSES[0], seed=3), POSES[1]]
    assert {job.request.seed for job in sweep("guidance=4,5", poses=locked).rows[0]} == {3}
    across = sweep("pose", poses=locked)
    assert {job.request.seed for job in across.rows[0]} == {77}
    assert any("seed lock" in note for note in across.notes)


def test_models_take_their_own_arguments_and_sizes() -> None:
    grid = sweep(f"model={FLEX},fal-ai/nano-banana", "size=portrait_4_3,landscape_16_9")
    assert [job.request.endpoint for job in grid.rows[0]] == [FLEX, "fal-ai/nano-banana"]
    assert grid.rows[0][0].request.arguments["image_size"] == "portrait_4_3"
    assert grid.rows[1][1].request.arguments["aspect_ratio"] == "16:9"
    assert any("became 16:9" in note for note in grid.notes)
    assert grid.columns_named == (model(FLEX).title, model("fal-ai/nano-banana").title)


def test_models_of_fals_own_need_not_be_typed_whole() -> None:
    grid = sweep("model=flux-2-flex,nano-banana")
    assert [job.request.endpoint for job in grid.rows[0]] == [FLEX, "fal-ai/nano-banana"]
    with pytest.raises(UsageError, match="deprecated"):
        sweep("model=flux-2-flex,recraft-v3")


def test_the_lora_scale_is_that_of_the_first_lora() -> None:
    character = replace(GLITCH, loras=(LORA,))
    grid = sweep("lora=0.5,1.25", model_id="fal-ai/flux-lora", character=character)
    assert [job.request.arguments["loras"] for job in grid.rows[0]] == [
        [{"path": LORA.path, "scale": 0.5}],
        [{"path": LORA.path, "scale": 1.25}],
    ]
    chosen = values(loras=[{"path": "a/b", "scale": 1}, {"path": "c/d", "scale": 0.7}])
    mine = sweep("lora=0.5", model_id="fal-ai/flux-lora", recipe=Recipe("fal-ai/flux-lora", chosen))
    assert mine.rows[0][0].request.arguments["loras"] == [{"path": "a/b", "scale": 0.5}, {"path": "c/d", "scale": 0.7}]


@pytest.mark.parametrize(
    ("x", "y", "model_id", "said"),
    [
        ("guidance=4,5", "guidance=6,7", FLEX, "Both axes are guidance"),
        ("guidance=4,11", None, FLEX, "goes from 1.5 to 10"),
        ("guidance=4", None, "fal-ai/flux-2-pro", "no guidance"),
        ("lora=1", None, FLEX, "loads no LoRAs"),
        ("lora=1", None, "fal-ai/flux-lora", "no LoRA whose scale"),
        ("pose=runing", None, FLEX, "no pose"),
        ("model=fal-ai/flux-2-flx", None, FLEX, "no model"),
        ("model=fal-ai/flux/dev,fal-ai/flux/dev", None, FLEX, "twice"),
        ("size=enormous", None, FLEX, "no size"),
        ("seed=1:20", "guidance=2:9:0.5", FLEX, "144 is the most"),
    ],
)
def test_a_grid_that_cannot_be_drawn_is_refused_before_anything_is_sent(
    x: str, y: str | None, model_id: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        sweep(x, y, model_id=model_id)


def test_a_lora_of_the_project_is_swept_over_by_its_name() -> None:
    mine = replace(GLITCH, loras=(Lora("loras/g.safetensors", "glchgrl", 1.0, "flux1"),))
    grid = sweep("lora=0.6,1", model_id="fal-ai/flux-lora", character=mine)
    sent = [job.request.arguments["loras"] for job in grid.plan.jobs]
    assert sent == [[{"path": "loras/g.safetensors", "scale": scale}] for scale in (0.6, 1)]
    assert all(job.request.prompt.startswith("glchgrl, ") for job in grid.plan.jobs)


def outcomes(folder: Path, grid: Sweep) -> dict[str, Outcome]:
    """The first cell has a picture, the second failed, the others never came."""
    first, second, *_ = grid.plan.jobs
    path = folder / "takes" / "running-001.png"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(tiny_png())
    take = Take("running-001", first.id, "running", "takes/running-001.png", 1, 1, 1.0, FLEX, 77, "r")
    return {first.id: Outcome(take, Decimal("0.05")), second.id: Outcome(trouble="fal refused it.")}


def test_the_sheet_lies_in_sheets_and_no_sheet_is_written_over(tmp_path: Path) -> None:
    grid = sweep("guidance=4,5", "pose=running,sitting")
    first = write_sheet(tmp_path, grid, outcomes(tmp_path, grid))
    before = first.read_bytes()
    second = write_sheet(tmp_path, grid, outcomes(tmp_path, grid))
    assert [path.name for path in (first, second)] == ["sweep-guidance-pose-001.png", "sweep-guidance-pose-002.png"]
    assert first.read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "sheets").iterdir()) == [first.name, second.name]
    with Image.open(second) as picture:
        picture.load()
        assert picture.width > 400


def test_a_take_whose_file_is_gone_and_a_blacked_out_one_do_not_stop_the_sheet(tmp_path: Path) -> None:
    grid = sweep("guidance=4,5")
    known = outcomes(tmp_path, grid)
    (tmp_path / "takes" / "running-001.png").unlink()
    assert write_sheet(tmp_path, grid, known).is_file()
    take = next(iter(known.values())).take
    assert take is not None
    flagged = {grid.plan.jobs[0].id: Outcome(replace(take, flagged=True), None)}
    assert write_sheet(tmp_path, grid, flagged).is_file()


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "sheets").write_text("a file where a folder should be")
    grid = sweep("guidance=4,5")
    with pytest.raises(ProjectError, match="sheet cannot be written"):
        write_sheet(tmp_path, grid, {})


def test_numbers_are_told_without_trailing_noughts() -> None:
    axis = Axis(AxisKind.GUIDANCE, (Decimal("4.50"), Decimal(10)))
    assert [axis.label(stop) for stop in axis.stops] == ["4.5", "10"]
