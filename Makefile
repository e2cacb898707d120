# The two commands of the README (run, test), and what they are made of.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-stamp
DEV_STAMP := $(VENV)/.dev-stamp

.PHONY: run test check lint gates heal coverage bench drill mutants lock

# -- running ------------------------------------------------------------------------------------
run: $(RUN_STAMP)
	@$(BIN)/python manage.py serve

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	touch $@

$(RUN_STAMP): requirements.txt $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	touch $@

$(DEV_STAMP): requirements-dev.txt $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	touch $@

# -- testing ------------------------------------------------------------------------------------
# Lint, the suite on both databases side by side, the whole portal from outside; nothing is skipped.
test: $(DEV_STAMP)
	$(BIN)/python -m tests.run_all

# The loop while editing: without the slow tests, PostgreSQL and the browser.
check: $(DEV_STAMP) lint
	$(BIN)/python -m pytest -q -n 2 daitu_portal accounts cadres intake training reports -m "not slow"

lint: $(DEV_STAMP)
	$(BIN)/python -m tests.lint

gates: $(DEV_STAMP)
	$(BIN)/python -m tests.gates

# 200 ugly lists of communes, drawn by a seed that is printed (SEED=… draws them again), read by
# the product and set beside what is true of them.
heal: $(DEV_STAMP)
	$(BIN)/python -m tests.heal

# Both suites, measured; fails under the figures of pyproject.toml and tests/covered.py.
coverage: $(DEV_STAMP)
	$(BIN)/python -m tests.covered

bench: $(DEV_STAMP)
	$(BIN)/python -m tests.bench

# kill -9 at random moments during 200 imports, on both databases; at most 15 minutes.
drill: $(DEV_STAMP)
	$(BIN)/python -m tests.drill.kill

mutants: $(DEV_STAMP)
	$(BIN)/python -m tests.mutants

# The hash-pinned lists of what we depend on, from pyproject.toml: for every system that runs it.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url pyproject.toml
lock: $(DEV_STAMP)
	$(LOCK) -o requirements.txt
	$(LOCK) --group dev -o requirements-dev.txt
