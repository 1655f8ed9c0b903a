# Needs Python 3.11 or newer, with its venv module, and make. Everything else goes into .venv.
#
#   make run     the app, on http://127.0.0.1:8501 (make run PORT=9000 for another port)
#   make test    linters, types, tests and the rebuild check; the browser tests need a Chromium
#   make build   data/incidents.geojson from the articles, the gazetteer and the reviews
#   make check   every data file
#   make bench   the figures of docs/figures.md
#   make readme  the present output of its commands into the README
#   make lock    new versions into the lock files (the only target that a maintainer alone needs)

SHELL := /bin/bash
PORT ?= 8501
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
NPM := tests/browser/node_modules/axe-core/axe.min.js

# The first Python that starts and is new enough: a name on the PATH may be a shim for a version that is not there.
FIND_PYTHON := for p in python3.13 python3.12 python3.11 python3 python; do \
	if $$p -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v $$p; break; fi; done

.PHONY: run test lint build check bench readme lock browser npm clean
.DEFAULT_GOAL := run

$(VENV)/python:
	@python=$$($(FIND_PYTHON)); if [ -z "$$python" ]; then \
		echo "conflict-map needs Python 3.11 or newer with venv (Debian and Ubuntu: apt-get install python3 python3-venv)" >&2; exit 1; fi; \
	echo "making $(VENV) with $$python"; "$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/run: $(VENV)/python requirements.lock pyproject.toml
	@echo "installing the locked versions (once; a minute or two)"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@echo "indexing the places of the world (once)"
	@$(PY) -c 'from geo.places.gazetteer import Gazetteer; Gazetteer.load()'
	@touch $@

$(VENV)/dev: $(VENV)/run requirements-dev.lock
	@echo "installing the tools of the tests (once)"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/run
	@echo "conflict-map: http://127.0.0.1:$(PORT) (Ctrl-C stops it)"
	@$(PY) -m geo run --port $(PORT)

# Every step runs, also after one that failed, so that one run tells all.
test: $(VENV)/dev browser npm
	@failed=; step() { echo "== $$*"; "$$@" || failed="$$failed\n  $$*"; }; \
	step $(PY) -m ruff check .; \
	step $(PY) -m ruff format --check .; \
	step $(PY) -m mypy; \
	step $(PY) -m geo check; \
	step $(PY) -m geo build --check; \
	step $(PY) -m pytest -n auto --dist loadfile $(PYTEST_ARGS); \
	if [ -n "$$failed" ]; then printf "failed:$$failed\n" >&2; exit 1; fi

lint: $(VENV)/dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

# A browser comes from Debian where that is allowed; elsewhere the browser tests skip and say what is missing.
browser:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing Debian's chromium for the browser tests"; \
		export DEBIAN_FRONTEND=noninteractive; \
		{ apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium >/dev/null; } </dev/null \
			|| echo "no chromium could be installed: the browser tests will be skipped" >&2; \
	fi
endif

# The accessibility checker and, to measure beside it, another way to draw many markers; pinned by their hashes. Without
# npm or a network what needs them is skipped and says so.
npm: $(NPM)
$(NPM): tests/browser/package-lock.json
	@if command -v npm >/dev/null; then \
		echo "installing axe-core and leaflet.markercluster for the browser tests and benchmarks"; \
		{ npm ci --prefix tests/browser >/dev/null && touch $@; } </dev/null \
			|| echo "they could not be installed: the accessibility tests will be skipped" >&2; \
	else echo "no npm here: the accessibility tests will be skipped" >&2; fi

build: $(VENV)/run
	$(PY) -m geo build

check: $(VENV)/run
	$(PY) -m geo check

bench: $(VENV)/dev npm
	@for script in benchmarks/*.py; do echo "== $$script"; $(PY) $$script || exit 1; done

readme: $(VENV)/dev
	$(PY) tests/test_readme.py

COMPILE = $(PY) -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate --no-emit-options
lock: $(VENV)/dev
	$(COMPILE) --all-build-deps --output-file requirements.lock pyproject.toml
	$(COMPILE) --all-build-deps --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) tests/browser/node_modules build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
