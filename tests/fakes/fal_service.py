"""A small fal on top of the scripted server: queue, results, files, prices, history and storage that remember."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.fal_server import FakeFalServer
from tests.fakes.picture import tiny_png
from tests.fakes.replies import Call, Reply

QUEUE = "queue.fal.run/(fal-ai/[^/]+)"
LINES = [{"message": f"step {n // 2}", "level": "INFO", "timestamp": f"2026-11-20T00:00:0{n}Z"} for n in range(6)]


@dataclass(slots=True)
class _Job:
    id: str
    endpoint: str
    arguments: dict[str, Any]
    done: bool = False


class FakeFal:
    """Wires a FakeFalServer. `answers` says what certain prompts get; all others become pictures once streamed."""

    def __init__(self, server: FakeFalServer, answers: Mapping[str, Reply] | None = None) -> None:
        self.server = server
        self.jobs: dict[str, _Job] = {}
        self.files: dict[str, bytes] = {}
        self.answers = answers or {}
        server.on("POST", r"queue.fal.run/.*", self._submit)
        server.on("GET", rf"{QUEUE}/requests/[^/]+/status/stream", self._stream)
        server.on("GET", rf"{QUEUE}/requests/[^/]+/status", self._status)
        server.on("GET", rf"{QUEUE}/requests/[^/]+", self._result)
        server.on("PUT", rf"{QUEUE}/requests/[^/]+/cancel", self._cancel)
        server.on("GET", r"v3.fal.media/.*", self._file)
        server.on("GET", r"api.fal.ai/v1/models/pricing", self._prices)
        server.on("GET", r"api.fal.ai/v1/models/requests/by-endpoint", self._history)
        server.on("POST", r"rest.fal.ai/storage/auth/token", Reply(200, self._token()))
        server.on("POST", r"v3.fal.media/files/upload", self._upload)

    def _submit(self, call: Call) -> Reply:
        arguments = call.json
        reply = self.answers.get(arguments["prompt"])
        if reply is not None and reply.cut is None:
            return reply
        if not 1.5 <= arguments.get("guidance_scale", 3.5) <= 10:
            message = {"loc": ["body", "guidance_scale"], "msg": "too much", "type": "less_than_equal"}
            return Reply(422, {"detail": [message]})
        if "forbidden" in arguments["prompt"]:
            message = {"loc": ["body", "prompt"], "msg": "no", "type": "content_policy_violation"}
            return Reply(422, {"detail": [message]})
        job = _Job(f"req-{len(self.jobs) + 1}", call.path.removeprefix("queue.fal.run/"), arguments)
        self.jobs[job.id] = job
        at = f"{self.server.url}/queue.fal.run/{'/'.join(job.endpoint.split('/')[:2])}/requests/{job.id}"
        return reply or Reply(
            200, {"request_id": job.id, "response_url": at, "status_url": f"{at}/status", "cancel_url": f"{at}/cancel"}
        )

    @property
    def accepted(self) -> int:
        return len(self.jobs)

    def _job(self, call: Call) -> _Job | None:
        return self.jobs.get(call.path.split("/")[4])

    def _stream(self, call: Call) -> Reply:
        job = self._job(call)
        if job is None:
            return Reply(404, {"detail": "Request not found"})
        return Reply(headers={"Content-Type": "text/event-stream"}, chunks=self._events(job))

    async def _events(self, job: _Job) -> AsyncIterator[bytes]:
        waiting = [{"status": "IN_QUEUE", "queue_position": 1}, {"status": "IN_PROGRESS", "logs": LINES[:2]}]
        for status in [*waiting, {"status": "IN_PROGRESS", "logs": LINES[:5]}]:
            yield b": keep-alive\n\ndata: " + json.dumps(status).encode() + b"\n\n"
            await asyncio.sleep(0)
        job.done = True
        yield b"data: " + json.dumps({"status": "COMPLETED", "logs": LINES, "metrics": {}}).encode() + b"\n\n"

    def _status(self, call: Call) -> Reply:
        job = self._job(call)
        if job is None:
            return Reply(404, {"detail": "Request not found"})
        return Reply(200, {"status": "COMPLETED" if job.done else "IN_QUEUE", "logs": LINES if job.done else []})

    def _result(self, call: Call) -> Reply:
        job = self._job(call)
        if job is None:
            return Reply(404, {"detail": "Request not found"})
        if not job.done:
            return Reply(400, {"detail": "Request is still in progress"})
        name = f"files/b/{job.id}.png"
        self.files[name] = tiny_png()
        picture = {"url": f"{self.server.url}/v3.fal.media/{name}", "width": 1, "height": 1}
        return Reply(200, {"images": [picture], "seed": 1}, {"x-fal-billable-units": "1.5"})

    def _cancel(self, call: Call) -> Reply:
        job = self._job(call)
        if job is None:
            return Reply(404, {"status": "NOT_FOUND"})
        return (
            Reply(400, {"status": "ALREADY_COMPLETED"})
            if job.done
            else Reply(202, {"status": "CANCELLATION_REQUESTED"})
        )

    def _file(self, call: Call) -> Reply:
        data = self.files.get(call.path.removeprefix("v3.fal.media/"))
        return Reply(404) if data is None else Reply(200, data, {"Content-Type": "text/plain"})

    def _prices(self, call: Call) -> Reply:
        known = {"fal-ai/flux-2-flex": (0.05, "megapixels"), "fal-ai/flux/schnell": (0.003, "megapixels")}
        wanted = [one for one in call.query["endpoint_id"].split(",") if one in known]
        prices = [{"endpoint_id": i, "unit_price": known[i][0], "unit": known[i][1], "currency": "USD"} for i in wanted]
        return Reply(200, {"prices": prices, "next_cursor": None, "has_more": False})

    def _history(self, call: Call) -> Reply:
        mine = [job for job in self.jobs.values() if job.endpoint == call.query["endpoint_id"]]
        items = [
            {
                "request_id": job.id,
                "endpoint_id": job.endpoint,
                "sent_at": f"2030-01-01T00:{n:02}:00Z",
                "json_input": job.arguments,
            }
            for n, job in enumerate(mine)
        ]
        return Reply(200, {"items": items, "has_more": False})

    def _token(self) -> dict[str, str]:
        base = "https://v3.fal.media"
        return {"token": "t0", "token_type": "Bearer", "base_url": base, "expires_at": "2099-01-01T00:00:00+00:00"}

    def _upload(self, call: Call) -> Reply:
        if call.headers.get("authorization") != "Bearer t0":
            return Reply(401, {"detail": "no token"})
        name = f"files/b/{call.headers['x-fal-file-name']}"
        self.files[name] = call.body
        return Reply(200, {"access_url": f"https://v3.fal.media/{name}"})
