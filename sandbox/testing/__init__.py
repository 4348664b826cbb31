"""What tests are written with: the workspace behind the `sandbox` fixture and the server that a run shares."""
