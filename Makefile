# Every target sets up what it needs in .venv, with nothing but Python >= 3.11 and pip.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	command -v $$name; break; fi; done)
STAMP := $(VENV)/.installed
DEMO_STAMP := $(VENV)/.demo

.PHONY: help demo test test-all coverage lint corpus bench clean python

help:
	@echo "make demo      lint a small system and a real package, run the ported system"
	@echo "make test      the tests (test-all: with the long campaigns)"
	@echo "make coverage  the runtime's tests, which must take every branch of it"
	@echo "make lint      ruff, mypy --strict and pyright"
	@echo "make corpus    measure on labelled places in real packages (Python 3.13)"
	@echo "make bench     speed against other linters, and of the runtime against its peers"
	@echo "make clean     remove what these made"

python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found; install one, or give it: make PYTHON=/path/to/python3" >&2; exit 2; }

$(DEMO_STAMP): pyproject.toml runtime/pyproject.toml | python
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet -e . -e ./runtime
	@touch $@

$(STAMP): $(DEMO_STAMP)
	$(BIN)/python -m pip install --quiet -e . -e ./runtime --group dev
	@touch $@

demo: $(DEMO_STAMP)
	$(BIN)/python docs/tutorial/demo.py

test: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup -m "not slow"

test-all: $(STAMP)
	ORACLE_PROGRAMS=20000 $(BIN)/python -m pytest -q -n 2 --dist loadgroup

coverage: $(STAMP)
	$(BIN)/coverage run -m pytest -q runtime/tests -m "not slow"
	$(BIN)/coverage report

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check daemon_lint runtime tests
	$(BIN)/mypy
	$(BIN)/pyright

corpus: $(DEMO_STAMP)
	$(BIN)/python tests/corpus/run.py

bench: $(STAMP)
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python tests/benchmarks/run.py
	$(BIN)/python tests/benchmarks/runtime.py

clean:
	rm -rf $(VENV) .demo-cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage dist
