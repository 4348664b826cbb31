"""What tests are written with: the workspace behind the `sandbox` fixture and the server that a run shares."""

from sandbox.testing.respx_router import mock_workspace

__all__ = ["mock_workspace"]
