# Two commands: `make demo` and `make test`. Both set up what they need in .venv first.
# The first Python that runs and is new enough (a name on the PATH may be a shim with nothing behind it).
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

.PHONY: demo test lint types imports unit lock clean

demo: $(STAMP)
	$(BIN)/hankeverkko demo --data data --output demo-output

test: lint types imports unit

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/python -m pytest -m "not browser and not wheel"

# The lock has hashes and no index addresses; pip's own configuration says where packages come from.
$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Hankeverkko needs Python 3.11 or later; name one with PYTHON=…"; exit 3; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Needs pip-tools; writes no index address into the lock.
lock:
	pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header \
	  --strip-extras --no-annotate --allow-unsafe --extra dev --extra server --extra remote --extra mcp --extra test-servers --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) demo-output .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
