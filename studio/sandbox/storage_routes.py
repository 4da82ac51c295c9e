"""rest.fal.ai storage and the file host: uploads in one piece, in parts, by a given address, and downloads."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from aiohttp import web

from studio.domain.request import Json
from studio.sandbox.answers import flat, json_object, origin, reply
from studio.sandbox.files import HOST, LARGEST_UPLOAD, content_type
from studio.sandbox.gate import need_key
from studio.sandbox.service import SANDBOX

UPLOADS = web.AppKey("uploads", dict[str, dict[int, bytes]])
"""Parts of uploads that are not complete, by upload id and number."""


async def token(request: web.Request) -> web.Response:
    """POST storage/auth/token: a token for the file host."""
    need_key(request, "storage")
    expires = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    body: dict[str, Json] = {"token": f"sandbox-{secrets.token_hex(8)}", "token_type": "Bearer", "expires_at": expires}
    return reply({**body, "base_url": f"{origin(request)}/{HOST}"})


async def initiate(request: web.Request) -> web.Response:
    """POST storage/upload/initiate: an address to PUT the file to, and the one it will have."""
    need_key(request, "storage")
    wanted = await json_object(request)
    files = request.app[SANDBOX].files
    path = files.upload_path(str(wanted.get("file_name", "file")), str(wanted.get("content_type", "")))
    url = origin(request) + path
    return reply({"upload_url": url, "file_url": url})


async def put(request: web.Request) -> web.Response:
    """PUT to an address that `initiate` gave."""
    request.app[SANDBOX].files.store(request.path, await _body(request))
    return web.Response()


async def upload(request: web.Request) -> web.Response:
    """POST files/upload: the whole file as the body."""
    _need_token(request)
    return reply({"access_url": origin(request) + _store(request, await _body(request))})


async def begin(request: web.Request) -> web.Response:
    """POST files/upload/multipart: begin an upload in parts."""
    _need_token(request)
    path = _new_path(request)
    upload_id = secrets.token_hex(8)
    request.app[UPLOADS][upload_id] = {}
    return reply({"access_url": origin(request) + path, "uploadId": upload_id})


async def part(request: web.Request) -> web.Response:
    """PUT …/multipart/{id}/{n}: one part."""
    parts = _parts(request)
    data = await _body(request)
    parts[int(request.match_info["number"])] = data
    etag = f'"{secrets.token_hex(8)}"'
    number = int(request.match_info["number"])
    return reply({"partNumber": number, "etag": etag}, headers={"ETag": etag})


async def complete(request: web.Request) -> web.Response:
    """POST …/multipart/{id}/complete: put the parts together."""
    parts = _parts(request)
    path = request.path.partition("/multipart/")[0]
    request.app[SANDBOX].files.store(path, b"".join(data for _, data in sorted(parts.items())))
    del request.app[UPLOADS][request.match_info["upload"]]
    return reply({"access_url": origin(request) + path})


async def download(request: web.Request) -> web.Response:
    """GET a file: an upload, or what an order produced. No key is needed, and none should be shown."""
    sandbox = request.app[SANDBOX]
    order_id, name = request.match_info["id"], request.match_info["name"]
    data = sandbox.files.uploaded(request.path)
    if data is not None:
        return web.Response(body=data, content_type=content_type(name))
    product = await sandbox.product(order_id, name)
    if product is None:
        raise flat(404, "File not found")
    order = sandbox.orders[order_id]
    order.downloads += 1
    order.keys_shown += "Authorization" in request.headers
    return web.Response(body=product.data, content_type=product.content_type)


def _parts(request: web.Request) -> dict[int, bytes]:
    parts = request.app[UPLOADS].get(request.match_info["upload"])
    if parts is None:
        raise flat(404, "Upload not found")
    return parts


def _need_token(request: web.Request) -> None:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if not (scheme == "Bearer" and value.startswith("sandbox-")):
        need_key(request, "storage")


def _new_path(request: web.Request) -> str:
    name = request.headers.get("X-Fal-File-Name", "file")
    return request.app[SANDBOX].files.upload_path(name, request.headers.get("Content-Type", ""))


def _store(request: web.Request, data: bytes) -> str:
    path = _new_path(request)
    request.app[SANDBOX].files.store(path, data)
    return path


async def _body(request: web.Request) -> bytes:
    data = await request.read()
    if len(data) > LARGEST_UPLOAD:
        raise flat(413, "File too large", "bad_request")
    return data
