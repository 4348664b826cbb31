"""`make bench`: start-up, memory and latency of a sandbox on this machine."""
