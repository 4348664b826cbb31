"""`python -m sandbox` is `sandbricks`."""

from sandbox.cli import main

main()
