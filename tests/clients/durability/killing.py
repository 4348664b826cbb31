"""The tokens of the server that is killed, and writes that are cut off by the kill."""

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor

TOKEN, CONTROL = f"dapi{secrets.token_hex(16)}", "c" * 32


def acknowledged(write, victim, after):
    """The numbers whose writes were acknowledged; the victim is killed in the middle, and none begins after that."""
    done, killed = [], threading.Event()

    def one(number):
        if killed.is_set():
            return
        try:
            write(number)
        except Exception:  # noqa: BLE001  # the server is gone: this write was not acknowledged
            return
        done.append(number)
        if len(done) == after:
            victim.kill()
            killed.set()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(one, range(4 * after)))
    return done
