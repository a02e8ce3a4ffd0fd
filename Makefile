# Everything sets itself up: Python 3.11 and make are enough.
# The PDF needs the Pango library; `setup` installs it where it may, and says how where it may not.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := .uv/bin/uv
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup brief serve test cover slow check types docs messages lock bench clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup: $(READY)  ## install everything into .venv

$(UV):
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv

# The lock has hashes and no addresses, so that it works with any package index.
$(READY): requirements.lock pyproject.toml $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	$(UV) pip sync --quiet --compile-bytecode --python $(VENV) requirements.lock
	$(UV) pip install --quiet --python $(VENV) --no-deps --editable .
	@scripts/pango.sh $(BIN)/python
	@touch $@

brief: setup  ## the brief of the example programme, into build/
	$(BIN)/bilat brief examples/blr-kgz

serve: setup  ## the office of the example programme, at http://127.0.0.1:8000
	@$(BIN)/python -m bilat_office.pages.demo examples/blr-kgz
	@$(BIN)/bilat-office serve

test: setup  ## the whole test suite
	$(BIN)/python -m pytest -n 2

cover: setup  ## the same, with the lines and branches that it reaches
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term

slow: setup  ## the tests that take long: every page in a browser, kills, full disks
	$(BIN)/python -m pytest -n 2 -m slow

check: setup  ## style, types, import arrows, translations, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/messages.py --check
	$(BIN)/mkdocs build --strict --quiet

docs: setup  ## the documentation, into site/
	$(BIN)/mkdocs build --strict

messages: setup  ## collect new sentences for the translators, and compile what they wrote
	$(BIN)/python scripts/messages.py

lock: $(UV)  ## renew requirements.lock from pyproject.toml
	$(UV) pip compile --quiet --generate-hashes --no-header --no-annotate pyproject.toml \
	  --extra keys --extra office --extra russian --extra sdmx --extra spark --extra statistics --group dev -o requirements.lock

bench: setup  ## measure what README and docs/benchmarks.md state
	$(BIN)/python benchmarks/start_and_scale.py

clean:
	rm -rf $(VENV) .uv build site .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
