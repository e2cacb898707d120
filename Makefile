# The two commands of the README, and what they are made of.
PYTHON ?= python3
VENV := .venv

.PHONY: test gates
$(VENV)/.stamp: requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

test: $(VENV)/.stamp
	$(VENV)/bin/python -m pytest -q
