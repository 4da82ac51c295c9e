"""fal's queue with a fixed latency: every job takes as long as it asks and logs a line every 100 ms.

Each line carries the CLOCK_MONOTONIC moment at which it came to be, so that a client on the same machine can tell how
late it saw the line. `GET /_stats` gives the counters.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

HOST = "queue.fal.run"
APP = "fal-ai/fake"
LOG_EVERY = 0.1


@dataclass
class Job:
    """One accepted request."""

    id: str
    latency: float
    begin: float = field(default_factory=time.monotonic)

    @property
    def end(self) -> float:
        return self.begin + self.latency

    def logged(self, now: float) -> int:
        return int((min(now, self.end) - self.begin) / LOG_EVERY + 1e-9)

    def log(self, number: int) -> dict[str, str]:
        moment = self.begin + (number + 1) * LOG_EVERY
        return {
            "timestamp": f"{moment:.6f}",
            "level": "INFO",
            "source": "USER",
            "message": f"step {number:04} {'.' * 50}",
        }

    def status(self, now: float, first_log: int) -> dict[str, Any]:
        state = "COMPLETED" if now >= self.end else "IN_PROGRESS"
        logs = [self.log(number) for number in range(first_log, self.logged(now))]
        return {"status": state, "request_id": self.id, "logs": logs}


class Server:
    """Serves submit, status, status stream and result."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jobs: dict[str, Job] = {}
        self.counts = {"submit": 0, "status": 0, "stream": 0, "result": 0}
        self.numbers = itertools.count(1)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, target, _ = head[0].split(" ")
                lengths = [int(line[15:]) for line in head if line.lower().startswith("content-length:")]
                body = await reader.readexactly(lengths[0]) if lengths else b""
                await self.answer(method, target.partition("?")[0], body, writer)
        writer.close()

    async def answer(self, method: str, path: str, body: bytes, writer: asyncio.StreamWriter) -> None:
        parts = path.strip("/").split("/")
        if parts[0] == "_stats":
            return self.reply(writer, self.counts)
        if method == "POST":
            self.counts["submit"] += 1
            job = Job(f"r{next(self.numbers)}", float(json.loads(body)["latency"]))
            self.jobs[job.id] = job
            at = f"{self.base}/{HOST}/{APP}/requests/{job.id}"
            urls = {"response_url": at, "status_url": f"{at}/status", "cancel_url": f"{at}/cancel"}
            return self.reply(writer, {"request_id": job.id, "queue_position": 0, **urls})
        job = self.jobs[parts[4]]
        if parts[-1] == "stream":
            self.counts["stream"] += 1
            return await self.stream(job, writer)
        if parts[-1] == "status":
            self.counts["status"] += 1
            return self.reply(writer, job.status(time.monotonic(), 0))
        self.counts["result"] += 1
        return self.reply(writer, {"images": [{"url": f"{self.base}/v3.fal.media/x.png"}], "done_at": job.end})

    def reply(self, writer: asyncio.StreamWriter, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
        writer.write(b"x-fal-billable-units: 1\r\nContent-Length: %d\r\n\r\n" % len(data) + data)

    async def stream(self, job: Job, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        sent = 0
        while True:
            now = time.monotonic()
            body = job.status(now, sent)
            sent = job.logged(now)
            event = b"data: " + json.dumps(body).encode() + b"\n\n"
            writer.write(b"%x\r\n" % len(event) + event + b"\r\n")
            await writer.drain()
            if body["status"] == "COMPLETED":
                break
            due = min(job.end, job.begin + (sent + 1) * LOG_EVERY)
            await asyncio.sleep(max(0.0, due - time.monotonic()) + 0.0002)
        writer.write(b"0\r\n\r\n")


async def main(port: int) -> None:
    server = Server("")
    listening = await asyncio.start_server(server.handle, "127.0.0.1", port, backlog=512)
    server.base = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    print(f"ready {server.base}", flush=True)
    async with listening:
        await listening.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(main(parser.parse_args().port))
