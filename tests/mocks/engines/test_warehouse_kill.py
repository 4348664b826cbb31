"""What was acknowledged is there after `kill -9`."""

import os
import signal
import subprocess
import sys

from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.warehouse.sql_warehouse import Warehouse

WRITER = """
import sys
from pathlib import Path
from mocks.core.settings import Settings
from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.warehouse.sql_warehouse import Warehouse

settings = Settings(data=Path(sys.argv[1]), host="http://127.0.0.1:8329", token="t", control_token="c")
warehouse = Workspaces(settings).named(DEFAULT).engine(Warehouse)
warehouse.run("CREATE TABLE t (a INT)")
for number in range(100000):
    warehouse.run(f"INSERT INTO t VALUES ({number})")
    print(number, flush=True)
"""


def test_every_acknowledged_insert_survives(settings):
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(settings.data)], stdout=subprocess.PIPE, text=True)
    acknowledged = [int(writer.stdout.readline()) for _ in range(40)]
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged += [int(line) for line in writer.communicate()[0].split()]

    workspaces = Workspaces(settings)
    warehouse = workspaces.named(DEFAULT).engine(Warehouse)
    kept = {int(row[0]) for row in warehouse.run("SELECT a FROM t").rows()}
    version = warehouse.table_version("main.default.t")
    workspaces.close()

    assert set(acknowledged) <= kept
    assert version == len(kept) + 1
