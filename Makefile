# Each target sets up what it needs, and is quick the second time. `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.9
# One pytest worker a core; say `make test WORKERS=0` to see the tests one after the other.
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev site serve demo test check check-records bench screenshots quality lock clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

site: .venv/site.stamp ## build the site into site/
	$(BIN)/incidents build

serve: .venv/site.stamp ## show the site, redrawn at every saved record
	$(BIN)/incidents serve

demo: .venv/site.stamp ## build the invented company's site into site-demo/
	$(BIN)/incidents --config tests/records/demo.yml build --to site-demo --as-of "2026-10-20 10:15"

test: .venv/dev.stamp ## run all tests
	@PYTHON="$(BIN)/python" sh tools/need-chromium
	$(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

check: .venv/dev.stamp ## style, types, records
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/incidents check

check-records: .venv/site.stamp ## the records alone
	$(BIN)/incidents check

bench: .venv/dev.stamp ## measure builds of many records
	$(BIN)/python -m tests.bench

screenshots: .venv/dev.stamp ## take a picture of every kind of page, to be looked at
	@PYTHON="$(BIN)/python" sh tools/need-chromium
	$(BIN)/python -m tests.screenshots

quality: .venv/dev.stamp tools/quality/node_modules/stamp ## ask the Nu HTML checker and Lighthouse (needs Java, Node)
	@PYTHON="$(BIN)/python" sh tools/need-chromium
	$(BIN)/python -m tests.quality

tools/quality/node_modules/stamp: tools/quality/package-lock.json
	cd tools/quality && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

setup: .venv/site.stamp ## the virtual environment, with what a build needs
setup-dev: .venv/dev.stamp ## the same, with what the tests need

.venv/site.stamp: requirements.lock pyproject.toml tools/set-up
	@PYTHON="$(PYTHON)" sh tools/set-up requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock pyproject.toml tools/set-up
	@PYTHON="$(PYTHON)" sh tools/set-up requirements-dev.lock
	@touch .venv/site.stamp $@

lock: ## choose new versions of everything we depend on
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv==$(UV_VERSION)
	$(lock-with) --output-file requirements.lock
	$(lock-with) --extra dev --output-file requirements-dev.lock
	rm -rf .venv-lock

lock-with = .venv-lock/bin/uv pip compile pyproject.toml --group build --quiet --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

clean: ## remove all that the other targets made
	rm -rf .venv .venv-lock site site-demo .*.incident-pages .site.lock .site-demo.lock build dist *.egg-info
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache screenshots tools/quality/node_modules
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
