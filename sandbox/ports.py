"""The listening socket, and who has the port if we cannot."""

import errno
import socket

from sandbox.errors import PortTakenError

HOST, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104  # asked for in a container only, and said aloud
_BACKLOG = 512


def listen(port: int, address: str = HOST) -> socket.socket:
    """A socket that accepts callers already, before anybody answers them; port 0 is any free one.

    Raises: PortTakenError
    """
    # asyncio turns Nagle off only for sockets whose protocol is named (base_events._set_nodelay).
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortTakenError(f"Port {port} is taken by {owner(port)}.", "sandbricks up --port auto") from error
    return listening


def owner(port: int) -> str:
    """The process that listens on the port, in words."""
    import psutil

    try:
        taken = [
            c.pid for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN and c.laddr.port == port
        ]
        pid = next(filter(None, taken), None)
        return (
            "a process of another user"
            if pid is None
            else f"process {pid} ({_shortened(psutil.Process(pid).cmdline())})"
        )
    except psutil.Error:
        return "another process"


def _shortened(words: list[str]) -> str:
    command = " ".join(words)
    return command if len(command) <= 80 else f"{command[:79]}…"
