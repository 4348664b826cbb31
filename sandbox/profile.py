"""The section of the sandbox in `~/.databrickscfg`; every other byte of that file stays as it is."""

import os
import re
import stat
from pathlib import Path

from sandbox.state import write_private

NAME = "sandbricks"
_HEADER = re.compile(rb"(?m)^[ \t]*\[(?P<name>[^\]\r\n]+)\][^\r\n]*\r?\n?")


def section(name: str, host: str, token: str) -> str:
    """A profile that opens the sandbox."""
    return f"[{name}]\nhost = {host}\ntoken = {token}\nauth_type = pat\n"


def present(file: Path) -> str | None:
    """The section as it stands in the file."""
    content = _read(file)
    start, end = _span(content)
    return content[start:end].decode() if end else None


def write_profile(file: Path, host: str, token: str) -> None:
    """Puts the section in, over an older one."""
    content = _read(file)
    start, end = _span(content)
    text = section(NAME, host, token).encode()
    if end:
        _replace(file, content[:start] + text + content[end:])
    else:
        gap = b"" if not content else b"\n" if content.endswith(b"\n") else b"\n\n"
        _replace(file, content + gap + text)


def remove_profile(file: Path) -> bool:
    """Takes the section out; says whether there was one."""
    content = _read(file)
    start, end = _span(content)
    if not end:
        return False
    before, after = content[:start], content[end:]
    _replace(file, (before.removesuffix(b"\n") if not after and before.endswith(b"\n\n") else before) + after)
    return True


def _span(content: bytes) -> tuple[int, int]:
    """Where the section begins and ends; what stands right above the next header belongs to that one."""
    headers = list(_HEADER.finditer(content))
    for number, header in enumerate(headers):
        if header["name"].strip() == NAME.encode():
            until = headers[number + 1].start() if number + 1 < len(headers) else len(content)
            body = content[header.end() : until].splitlines(keepends=True)
            while body and (not body[-1].strip() or body[-1].lstrip()[:1] in (b"#", b";")):
                body.pop()
            return header.start(), header.end() + sum(map(len, body))
    return 0, 0


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _replace(file: Path, content: bytes) -> None:
    real = file.resolve()
    mode = stat.S_IMODE(real.stat().st_mode) if real.exists() else 0o600
    write_private(real, content)
    os.chmod(real, mode)
