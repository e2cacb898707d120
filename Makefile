# The two commands of the README (run, test), and what they are made of.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-stamp
DEV_STAMP := $(VENV)/.dev-stamp

.PHONY: run test check lint gates coverage bench mutants lock suite-sqlite suite-postgres

# -- running ------------------------------------------------------------------------------------
run: $(RUN_STAMP)
	@$(BIN)/python manage.py serve

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	touch $@

$(RUN_STAMP): requirements.txt $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(DEV_STAMP): requirements-dev.txt $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

# -- testing ------------------------------------------------------------------------------------
# Lint, the suite on both databases side by side, the whole portal from outside; nothing is skipped.
test: $(DEV_STAMP)
	$(BIN)/python -m tests.run_all

# The loop while editing: a minute at most.
check: $(DEV_STAMP) lint
	$(BIN)/python -m pytest -q -n 2 daitu_portal accounts cadres intake training reports -m "not slow"

lint: $(DEV_STAMP)
	$(BIN)/python -m tests.lint

gates: $(DEV_STAMP)
	$(BIN)/python -m tests.gates

# Both suites, measured; fails under the figures of pyproject.toml and tests/covered.py.
coverage: $(DEV_STAMP)
	$(BIN)/python -m tests.covered

bench: $(DEV_STAMP)
	$(BIN)/python -m tests.bench

mutants: $(DEV_STAMP)
	$(BIN)/python -m mutmut run

# The hash-pinned lists of what we depend on, from pyproject.toml.
lock: $(DEV_STAMP)
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url pyproject.toml --group dev -o requirements-dev.txt
