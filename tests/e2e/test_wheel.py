"""The wheel holds everything, and what is installed from it runs far from the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def test_the_wheel_runs_elsewhere_with_its_themes_and_presets(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("pose_studio-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("studio/share/themes/") for name in names)
    assert not any(name.startswith(("tests/", "themes/", "presets/")) for name in names)

    # The dependencies come from the environment of this test: the network is closed here.
    place = tmp_path / "elsewhere"
    venv.create(place, system_site_packages=False, with_pip=False)
    (site,) = (place / "lib").glob("python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    ours = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(ours), encoding="utf-8")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(place / "bin" / "python"), "-P", "-m", "studio", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    poses = [json.loads(line) for line in run("poses", "--json").stdout.splitlines()]
    assert len(poses) >= 48
    assert len(run("themes", "--json").stdout.splitlines()) >= 4
    assert run("new", "glitch").returncode == 0
    rendered = run("render", "glitch", "--pose", "running", "--size", "square", "--sandbox", "--json")
    assert rendered.returncode == 0, rendered.stderr
    assert json.loads(rendered.stdout.splitlines()[-1])["stored"] == 1
