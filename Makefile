PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps

.DEFAULT_GOAL := help
.PHONY: help setup run up dashboard test test-slow bench lint docs lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## install the locked dependencies into .venv

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || { \
	  echo "spamledger needs CPython 3.11 to 3.13 and '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo not there)." >&2; \
	  echo "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "installing into .venv: a minute or two"
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --no-compile --require-hashes -r requirements.lock  # a module is compiled when it is first imported
	@$(PIP) --no-build-isolation --editable .
	@touch $(STAMP)

run: $(STAMP)  ## the demo: simulated feeds through the real DAGs, and what was found
	@$(BIN)/spamledger demo

up: $(STAMP)  ## Airflow's scheduler and UI in the foreground, for real nights
	@$(BIN)/spamledger up

dashboard: $(STAMP)  ## pages over the published tables: of SPAMLEDGER_LAKE, else of the demo
	@SPAMLEDGER_LAKE="$${SPAMLEDGER_LAKE:-var/demo/lake}" $(BIN)/spamledger dashboard

test: $(STAMP)  ## the tests
	@$(BIN)/pytest -n auto --dist worksteal -m "not slow"

test-slow: $(STAMP)  ## the tests that take longer than ten seconds each
	@$(BIN)/pytest -m slow

bench: $(STAMP)  ## what it costs, beside other parsers on the same mail
	@$(BIN)/python -m benchmarks throughput
	@$(BIN)/python -m benchmarks growth
	@$(BIN)/python -m benchmarks history
	@$(BIN)/python -m benchmarks grouping
	@$(BIN)/python -m benchmarks grouping-growth
	@$(BIN)/python -m benchmarks grouping-history
	@$(BIN)/python -m benchmarks origin
	@$(BIN)/python -m benchmarks categories
	@$(BIN)/python -m benchmarks compliance
	@$(BIN)/python -m benchmarks pages  # over the demo's lake

lint: $(STAMP)  ## style, and the direction of imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

docs: $(STAMP)  ## render the references in docs/reference again
	@$(BIN)/python -m transforms.render

lock:  ## resolve the dependencies again (needs uv): hashes for CPython 3.11 to 3.13, no index address
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --group dev --output-file requirements.lock pyproject.toml

clean:  ## remove .venv and the demo; your own lake stays
	rm -rf .venv var/demo build
