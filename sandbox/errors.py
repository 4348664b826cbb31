"""What goes wrong for a reason that the user can do something about."""


class SandboxError(Exception):
    """A refusal in one sentence, with the command that mends it where there is one."""

    def __init__(self, message: str, mend: str | None = None) -> None:
        super().__init__(message)
        self.message, self.mend = message, mend


class PortTakenError(SandboxError):
    """Somebody else listens on the port."""


class NotRunningError(SandboxError):
    """No sandbox runs in this project."""


class TargetError(SandboxError):
    """The shell points at the other side, or at both."""
