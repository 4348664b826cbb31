"""Serves the application on a listening socket, patient with nobody."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol

import anyio.to_thread
import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from mocks.core.readiness import Readiness
from mocks.core.workspace import Workspaces

HEADER_SECONDS = 20.0
HEADER_BYTES = 64 * 1024
CONNECTIONS = 256
THREADS = 128
STOP_SECONDS = 3


class Served(Protocol):
    """What can be served: the application, and what starts and stops with it."""

    asgi: ASGIApp
    readiness: Readiness
    workspaces: Workspaces


class PatientlessProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, with a limit on the time that a client may take to send its headers."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}  # a fault may break the connection
        self._wait_for_headers()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._wait_for_headers()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_for_headers(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class _Server(uvicorn.Server):
    """Stops on the first signal and hurries on the second."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


@dataclass(frozen=True)
class Front:
    """The socket that speaks TLS, and the files of its certificate."""

    listening: socket.socket
    certificate: str
    key: str


class _FrontServer(uvicorn.Server):
    """Leaves the signals to the other server."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


def serve(gateway: Served, listening: socket.socket, front: Front | None = None) -> None:
    """Serves until a signal comes; then nothing is left open."""
    _Server(_config(_starting(gateway, front), lifespan="on")).run(sockets=[listening])


@contextlib.asynccontextmanager
async def _fronted(application: ASGIApp, front: Front | None) -> AsyncIterator[None]:
    """While the block runs, the same application answers over TLS too."""
    if front is None:
        yield
        return
    config = _config(application, lifespan="off", ssl_certfile=front.certificate, ssl_keyfile=front.key)
    server = _FrontServer(config)
    serving = asyncio.create_task(server.serve(sockets=[front.listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def _config(application: ASGIApp, **options: Any) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=PatientlessProtocol,
        ws="none",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=None,
        backlog=2 * CONNECTIONS,
        h11_max_incomplete_event_size=HEADER_BYTES,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=STOP_SECONDS,
        **options,
    )


def _starting(gateway: Served, front: Front | None) -> ASGIApp:
    """The application; its lifespan starts the background parts once the gateway answers."""

    @contextlib.asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        asyncio.get_running_loop().call_soon(gateway.readiness.start)
        try:
            async with _fronted(gateway.asgi, front):
                yield
        finally:
            await anyio.to_thread.run_sync(gateway.workspaces.close)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await gateway.asgi(scope, receive, send)
            return
        async with lifespan():
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    return application
