"""Jobs through `run_iterator` against a bare asyncio reader of the same streams, in one run.

    python -m tests.benchmarks.queue [--jobs 32] [--seconds 2] [--rounds 9]

Prints, as medians of the rounds: wall over ideal (to reach: 1.05 at 32 jobs, 1.15 at 128), requests a job (3.5), the
delay of a log line from made to seen in ms (p50 5, p99 60 at 128), CPU ms a job, and how late a 10 ms timer of the same
event loop is (p99 25 ms); the floor beside each.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studio.domain.request import Request
from studio.engine.ports import Completed, LogLine, Running
from studio.providers.fal.provider import FalProvider
from tests.benchmarks.fixed_latency_server import APP, HOST

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Figures:
    """What one run measured; delays and lateness in seconds."""

    wall: float = 0.0
    cpu: float = 0.0
    requests: float = 0.0
    delays: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)

    def saw(self, stamps: Sequence[str]) -> None:
        now = time.monotonic()
        self.delays.extend(now - float(stamp) for stamp in stamps)


Job = Callable[[Figures], Awaitable[None]]


async def timed(job: Job, count: int) -> Figures:
    """Run `count` jobs at once beside a 10 ms timer."""
    figures, stop = Figures(), asyncio.Event()

    async def tick() -> None:
        while not stop.is_set():
            due = time.monotonic() + 0.01
            await asyncio.sleep(0.01)
            figures.late.append(time.monotonic() - due)

    ticking = asyncio.create_task(tick())
    start, cpu = time.monotonic(), time.process_time()
    await asyncio.gather(*[job(figures) for _ in range(count)])
    figures.wall, figures.cpu = time.monotonic() - start, time.process_time() - cpu
    stop.set()
    await ticking
    return figures


async def ours(base: str, seconds: float, count: int) -> Figures:
    """The studio's own provider."""
    provider = FalProvider(key="a:b", base_url=base)

    async def job(figures: Figures) -> None:
        handle = await provider.submit(Request.make(APP, {"latency": seconds}))
        async for step in provider.watch(handle):
            lines: tuple[LogLine, ...] = step.lines if isinstance(step, Running | Completed) else ()
            figures.saw([line.at for line in lines])

    await asyncio.gather(job(Figures()))  # opens the wire: imports and the TLS context are not what is measured
    figures = await timed(job, count)
    await provider.close()
    return figures


async def floor(base: str, seconds: float, count: int) -> Figures:
    """asyncio streams and nothing else."""
    port = int(base.rpartition(":")[2])

    async def length(reader: asyncio.StreamReader) -> int:
        head = await reader.readuntil(b"\r\n\r\n")
        return next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)

    async def job(figures: Figures) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = json.dumps({"latency": seconds}).encode()
        writer.write(f"POST /{HOST}/{APP} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = json.loads(await reader.readexactly(await length(reader)))
        path = answer["response_url"].partition("://")[2].partition("/")[2]
        writer.write(f"GET /{path}/status/stream HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await length(reader)
        while size := int(await reader.readline(), 16):
            event = json.loads((await reader.readexactly(size + 2))[5:])
            figures.saw([line["timestamp"] for line in event["logs"]])
        await reader.readline()
        writer.write(f"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await reader.readexactly(await length(reader))
        writer.close()

    return await timed(job, count)


def requests(base: str) -> int:
    with urllib.request.urlopen(f"{base}/_stats") as answer:
        return sum(json.load(answer).values())


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(name: str, rounds: Sequence[Figures], seconds: float, count: int) -> None:
    def median(of: Callable[[Figures], float]) -> float:
        return statistics.median(of(figures) for figures in rounds)

    print(
        f"{name:<14} wall/ideal {median(lambda f: f.wall / seconds):.3f}"
        f"  requests/job {median(lambda f: f.requests / count):.2f}"
        f"  log delay p50 {1000 * median(lambda f: percentile(f.delays, 0.5)):.1f}"
        f" p99 {1000 * median(lambda f: percentile(f.delays, 0.99)):.1f} ms"
        f"  CPU {1000 * median(lambda f: f.cpu / count):.1f} ms/job"
        f"  loop late p99 {1000 * median(lambda f: percentile(f.late, 0.99)):.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    command = [sys.executable, "-m", "tests.benchmarks.fixed_latency_server"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            base = server.stdout.readline().split()[1] if server.stdout else ""
            kept: dict[str, list[Figures]] = {"floor": [], "run_iterator": []}
            for _ in range(options.rounds):
                for name, run in (("floor", floor), ("run_iterator", ours)):
                    before = requests(base)
                    figures = asyncio.run(run(base, options.seconds, options.jobs))
                    extra = 3 if name == "run_iterator" else 0  # the job that opens the wire
                    figures.requests = requests(base) - before - extra
                    kept[name].append(figures)
            print(f"{options.jobs} jobs of {options.seconds} s, medians of {options.rounds} rounds")
            for name, rounds in kept.items():
                report(name, rounds, options.seconds, options.jobs)
        finally:
            server.kill()


if __name__ == "__main__":
    main()
