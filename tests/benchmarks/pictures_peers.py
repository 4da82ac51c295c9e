"""chafa and timg as Debian gives them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.benchmarks.pictures_run import Command, command
from tests.ui.pictures.far_terminal import Profile

TERMINAL = Profile("xterm(1)", kitty=True, sixel=True)
TIMES = 5


class Peers:
    """Each command is run several times; the cheapest run counts."""

    def chafa(self, form: str, picture: Path, *options: str, cells: str = "60x30") -> Command | None:
        """chafa in a form: kitty, sixel or symbols; None when it is not installed."""
        return self._best("chafa", "-f", form, "-c", "full", "-s", cells, "--animate", "off", *options, str(picture))

    def timg(self, form: str, picture: Path) -> Command | None:
        """timg in a form: k, s or q; None when it is not installed."""
        return self._best("timg", f"-p{form}", "-g60x30", str(picture))

    def _best(self, *argv: str) -> Command | None:
        if shutil.which(argv[0]) is None:
            return None
        runs = [command(argv, TERMINAL) for _ in range(TIMES)]
        return Command(min(one.wall for one in runs), min(one.cpu for one in runs), runs[0].output)
