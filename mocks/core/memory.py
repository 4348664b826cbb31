"""Memory that was needed for a moment goes back to the system."""

import contextlib
import ctypes
import gc
import sys


def return_memory() -> None:
    """Loading models and libraries takes far more than they keep; glibc would hold on to it."""
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)
