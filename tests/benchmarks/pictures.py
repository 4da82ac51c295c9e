"""Pictures in terminals against textual-image, chafa and timg, all in one run.

    python -m tests.benchmarks.pictures [--only T7]

Prints the figures T1 to T12, each as a ratio to a peer or to what is physically possible in the same run, and what it
should reach. The apps run in scripted terminals; chafa and timg are left out where they are not installed.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from tests.benchmarks import pictures_pure
from tests.benchmarks.pictures_peers import Peers
from tests.benchmarks.pictures_row import Row
from tests.benchmarks.pictures_run import Run, run
from tests.ui.pictures.far_terminal import KITTY
from tests.ui.pictures.subjects import figure, photo

LOCAL, HERE = KITTY, replace(KITTY, file=True)
SLOW = replace(KITTY, rate=1e6, buffer=0, delay=0.02)


@dataclass(frozen=True, slots=True)
class Album:
    """Five files of two pictures in each size, so that nothing is known by its path."""

    folder: Path

    def of(self, side: int) -> list[Path]:
        """The files of a size, made when they are first asked for."""
        paths = [self.folder / f"{side}-{number}.png" for number in range(5)]
        for number, path in enumerate(paths):
            if not path.exists():
                (photo if number % 2 else figure)(side).save(path, compress_level=4)
        return paths


class Bench:
    """Runs what is needed, each once."""

    def __init__(self, album: Album) -> None:
        self.album = album
        self.peers = Peers()

    @cached_property
    def local(self) -> dict[int, Run]:
        """Our kitty on a fast line, by size."""
        return {side: run("ours", self.album.of(side), LOCAL) for side in (1024, 2048)}

    @cached_property
    def here(self) -> Run:
        """Our kitty with files, large pictures."""
        return run("ours", self.album.of(2048), HERE)

    @cached_property
    def package(self) -> dict[int, Run]:
        """textual-image's kitty on a fast line, by size."""
        return {side: run("tgp", self.album.of(side), LOCAL) for side in (1024, 2048)}

    @cached_property
    def slow(self) -> tuple[Run, Run, Run]:
        """A line of 1 MB/s: ours, ours without the lean tier, textual-image."""
        pictures = self.album.of(1024)
        modes = (("ours", True), ("ours-full", True), ("tgp", False))
        return tuple(run(mode, pictures, SLOW, ssh=ssh) for mode, ssh in modes)  # type: ignore[return-value]

    def t1(self) -> Iterator[Row]:
        """Keys while a large picture loads."""
        ours, package = self.local[2048], self.package[2048]
        note = f"{ours.echo:.0f} ms; textual-image {package.echo / package.base_echo:.1f} ×"
        yield Row("T1", "slowest key while loading 2048² ÷ without", ours.echo / ours.base_echo, 1.5, note=note)
        note = f"textual-image {package.handled:.0f}; event loop at most {ours.stall:.0f}, its {package.stall:.0f}"
        yield Row("T1", "slowest key until handled", ours.handled, 16, "ms", note)

    def t2(self) -> Iterator[Row]:
        """First sight of a large picture."""
        peers = [self.peers.chafa("kitty", path) for path in self.album.of(2048)[:3]]
        for name, one in (("direct", self.local[2048]), ("file", self.here)):
            # Each sight over the same file: a smooth picture takes longer to inflate, for chafa too.
            pairs = [(sight.ms, peer.cpu) for sight, peer in zip(one.sights, peers, strict=True) if peer]
            theirs = [sight.ms for sight in self.package[2048].sights]
            if pairs:
                figure = _middle([ms / cpu for ms, cpu in pairs])
                package = _middle([ms / cpu for ms, (_, cpu) in zip(theirs, pairs, strict=True)])
                note = ", ".join(f"{ms:.0f} / {cpu:.0f}" for ms, cpu in pairs)
                note += f" ms; textual-image {package:.2f} ×"
                yield Row("T2", f"first sight 2048², {name} ÷ CPU of chafa", figure, 1.0, note=note)
                # On a machine that others use, time tells of them; the processor's time does not.
                cpu = _middle([sight.cpu / peer.cpu for sight, peer in zip(one.sights, peers, strict=True) if peer])
                yield Row("T2", f"the same, {name}: CPU ÷ CPU of chafa", cpu, 1.0)

    def t3(self) -> Iterator[Row]:
        """First sight of a usual picture."""
        if (peer := self.peers.chafa("kitty", self.album.of(1024)[0])) is None:
            return
        ms = _typical(self.local[1024])
        note = f"{ms:.0f} / {peer.wall:.0f} ms; textual-image {_typical(self.package[1024]) / peer.wall:.2f} ×"
        yield Row("T3", "first sight 1024² ÷ wall of chafa", ms / peer.wall, 1.3, note=note)

    def t4(self) -> Iterator[Row]:
        """Seen before, and prepared ahead."""
        ours, package = self.local[2048], self.package[2048]
        note = f"textual-image {package.revisit.ms:.0f} ms"
        yield Row("T4", "seen before", ours.revisit.ms, 8, "ms", note)
        note = f"textual-image {package.revisit.bytes // 1000} KB"
        yield Row("T4", "bytes of one seen before", ours.revisit.bytes / 1024, 20, "KB", note)
        if ours.prefetched is not None:
            yield Row("T4", "prepared ahead", ours.prefetched.ms, 40, "ms")
        symbols = run("ours", self.album.of(2048), LOCAL, graphics="octant")
        if symbols.prefetched is not None:
            yield Row("T4", "prepared ahead, octants", symbols.prefetched.ms, 10, "ms")

    def t5(self) -> Iterator[Row]:
        """Bytes of a picture."""
        path = self.album.of(1024)[0]
        full, lean = pictures_pure.kitty_bytes(path)
        if (chafa := self.peers.chafa("kitty", path)) is not None:
            note = f"{full // 1000} / {len(chafa.output) // 1000} KB"
            yield Row("T5", "bytes, lossless ÷ chafa", full / len(chafa.output), 0.40, note=note)
            yield Row("T5", "bytes, lean ÷ chafa", lean / len(chafa.output), 0.07, note=f"{lean // 1000} KB")
        if (timg := self.peers.timg("k", path)) is not None:
            yield Row("T5", "bytes, lossless ÷ timg", full / len(timg.output), 0.80)

    def t6(self) -> Iterator[Row]:
        """A terminal on this machine."""
        again, new = self.here.revisit.bytes, min(sight.bytes for sight in self.here.sights[1:])
        yield Row("T6", "bytes of a new picture beside its cells", new - again, 500, "B")

    def t7(self) -> Iterator[Row]:
        """A line of 1 MB/s, lean first."""
        ours, _, package = self.slow
        sight = sorted(ours.sights, key=lambda sight: sight.ms)[1]
        ideal = sight.bytes / 1e6 * 1000
        note = f"{sight.ms:.0f} ms; textual-image {_typical(package):.0f}"
        yield Row("T7", "1 MB/s: first sight ÷ bytes over rate", sight.ms / ideal, 2.0, note=note)
        note = f"without picture {ours.base_echo:.0f}; textual-image {package.echo:.0f}"
        yield Row("T7", "1 MB/s: slowest key", ours.echo, 150, "ms", note)
        yield Row("T7", "1 MB/s: seen before", ours.revisit.ms, 60, "ms", f"textual-image {package.revisit.ms:.0f}")

    def t8(self) -> Iterator[Row]:
        """A line of 1 MB/s, lossless."""
        _, ours, package = self.slow
        sight = sorted(ours.sights, key=lambda sight: sight.ms)[1]
        prepared = _typical(self.here) if self.here.sights else 0.0
        used = sight.bytes / 1e6 * 1000 / sight.ms
        note = f"{sight.bytes // 1000} KB in {sight.ms:.0f} ms, of which about {prepared:.0f} before the first byte"
        yield Row("T8", "1 MB/s, lossless: share of the line used", used, 0.85, note=note, least=True)
        yield Row("T8", "slowest key ÷ textual-image's", ours.echo / package.echo, 0.3, note=f"{ours.echo:.0f} ms")

    def t9(self) -> Iterator[Row]:
        """Sixel."""
        yield from pictures_pure.sixel_rows(self.peers, self.album.folder)

    def t10(self) -> Iterator[Row]:
        """Symbols."""
        yield from pictures_pure.symbol_rows(self.peers, self.album.folder)

    def t11(self) -> Iterator[Row]:
        """A page of thumbnails."""
        yield from pictures_pure.thumbnail_rows(self.album.folder)

    def t12(self) -> Iterator[Row]:
        """Asking the terminal, and leaving it."""
        yield from pictures_pure.terminal_rows(self.album.folder)


def _middle(figures: Sequence[float]) -> float:
    return sorted(figures)[len(figures) // 2]


def _typical(one: Run) -> float:
    """The median of the first sights."""
    return _middle([sight.ms for sight in one.sights])


@contextmanager
def _bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder:
        yield Bench(Album(Path(folder)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=[f"T{number}" for number in range(1, 13)])
    options = parser.parse_args()
    print(f"{'':<5}{'':<46}{'figure':>9}    {'target':>8}")
    with _bench() as bench:
        for number in range(1, 13):
            if options.only in (None, f"T{number}"):
                rows: Callable[[], Iterator[Row]] = getattr(bench, f"t{number}")
                for row in rows():
                    print(row.line(), flush=True)


if __name__ == "__main__":
    main()
