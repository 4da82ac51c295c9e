"""The routes: every address of fal the studio talks to, as a path that begins with the original host."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from studio.sandbox import platform_routes, queue_routes, storage_routes
from studio.sandbox.answers import FalError, refusal
from studio.sandbox.fault_effects import STRIKING, STRIKING_LATE, instead, spoiled
from studio.sandbox.faults import Place
from studio.sandbox.files import LARGEST_UPLOAD
from studio.sandbox.ledger import ledger
from studio.sandbox.service import SANDBOX, Sandbox
from studio.sandbox.stream import stream

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

QUEUE = r"/{host:queue\.(?:fal\.run|falrun\.com)}"
RUN = r"/{host:(?:fal\.run|falrun\.com)}"
REST = r"/{host:rest(?:\.alpha)?\.fal\.ai}"
MEDIA = r"/{host:(?:v3b?\.)?fal\.media}"
API = "/api.fal.ai/v1"
ORDER = QUEUE + r"/{owner}/{app}/requests/{id}"
FILE = MEDIA + r"/files/b/{id}/{name}"


@dataclass(frozen=True, slots=True)
class Route:
    """One address, who answers it, and where in the protocol it stands for the faults."""

    method: str
    path: str
    handler: Handler
    place: Place | None = None


ROUTES = (
    Route("GET", "/_sandbox/ledger", ledger),
    Route("GET", ORDER + "/status/stream", stream, Place.STREAM),
    Route("GET", ORDER + "/status", queue_routes.status, Place.STATUS),
    Route("GET", ORDER + "/response", queue_routes.result, Place.RESULT),
    Route("GET", ORDER, queue_routes.result, Place.RESULT),
    Route("PUT", ORDER + "/cancel", queue_routes.cancel, Place.CANCEL),
    Route("POST", QUEUE + r"/{endpoint:.+}", queue_routes.submit, Place.SUBMIT),
    Route("POST", RUN + r"/{endpoint:.+}", queue_routes.run, Place.SUBMIT),
    Route("POST", REST + "/storage/auth/token", storage_routes.token, Place.UPLOAD),
    Route("POST", REST + "/storage/upload/initiate", storage_routes.initiate, Place.UPLOAD),
    Route("POST", MEDIA + "/files/upload", storage_routes.upload, Place.UPLOAD),
    Route("POST", MEDIA + "/files/upload/multipart", storage_routes.begin, Place.UPLOAD),
    Route("PUT", FILE + r"/multipart/{upload}/{number:\d+}", storage_routes.part, Place.UPLOAD),
    Route("POST", FILE + "/multipart/{upload}/complete", storage_routes.complete, Place.UPLOAD),
    Route("PUT", FILE, storage_routes.put, Place.UPLOAD),
    Route("GET", FILE, storage_routes.download, Place.DOWNLOAD),
    Route("GET", API + "/models", platform_routes.models),
    Route("GET", API + "/models/pricing", platform_routes.pricing, Place.PRICING),
    Route("POST", API + "/models/pricing/estimate", platform_routes.price_estimate, Place.PRICING),
    Route("GET", API + "/models/requests/by-endpoint", platform_routes.history, Place.HISTORY),
    Route("GET", "/fal.ai/api/openapi/queue/openapi.json", platform_routes.openapi),
)

_PLACES = {route.handler: route.place for route in ROUTES}


def make_app(sandbox: Sandbox) -> web.Application:
    """The web application that serves this sandbox; opens it when it starts and closes it when it ends."""
    # A picture in the text of a submit may be larger than a plain upload by a third.
    app = web.Application(client_max_size=LARGEST_UPLOAD * 4 // 3, middlewares=[_faulty, _in_fals_words])
    app[SANDBOX] = sandbox
    app[storage_routes.UPLOADS] = {}
    for route in ROUTES:
        app.router.add_route(route.method, route.path, route.handler)
    app.cleanup_ctx.append(_opened)
    return app


async def _opened(app: web.Application) -> AsyncIterator[None]:
    await app[SANDBOX].open()
    yield
    await app[SANDBOX].close()


@web.middleware
async def _faulty(request: web.Request, handler: Handler) -> web.StreamResponse:
    place = _PLACES.get(request.match_info.route.handler)
    if place is None:
        return await handler(request)
    faults = request.app[SANDBOX].faults.strike(place, await _subject(request, place))
    STRIKING.set(faults)
    STRIKING_LATE.set(())
    if (answer := await instead(faults, request)) is not None:
        return answer
    response = await handler(request)
    if place is Place.STREAM:
        return response
    late = STRIKING_LATE.get()
    if (answer := await instead(late, request)) is not None:
        return answer
    return await spoiled([*faults, *late], request, response)


@web.middleware
async def _in_fals_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except FalError as error:
        return refusal(error)


async def _subject(request: web.Request, place: Place) -> str:
    if place is Place.SUBMIT:
        return f"{request.match_info['endpoint']}\n{(await request.read()).decode('utf-8', 'replace')}"
    order = request.app[SANDBOX].orders.get(request.match_info.get("id", ""))
    return f"{order.endpoint}\n{order.prompt}\n{order.id}" if order else request.path_qs
