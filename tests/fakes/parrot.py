"""A server that says every secret it is told: whatever is asked, the Authorization header comes back in the answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def fake_parrot(status: int) -> Iterator[str]:
    """Serve on a loopback port until the block ends; gives the address."""

    class FakeParrot(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard = self.headers.get("Authorization", "")
            body = json.dumps({"detail": f"you said {heard}", "request_id": heard}) + f"<!-- {heard} {heard!r} -->"
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Fal-Error-Type", heard)
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_PUT = do_GET

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeParrot)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
