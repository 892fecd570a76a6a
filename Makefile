# Each target sets up what it needs, and is quick the second time. `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.9
# One pytest worker a core; say `make test WORKERS=0` to see the tests one after the other.
WORKERS ?= auto
# Empty where there is no Node; the tests of programs for Node are skipped then.
NODE := $(and $(shell command -v node),$(shell command -v npm))

# Whether the settings ask for the form at /admin/: its program comes from npm. Without Node a build says that it is missing.
FORM := $(and $(NODE),$(shell sed -n '/^    form:/p' mkdocs.yml))
PROGRAM := tools/form/node_modules/stamp

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev site preview serve demo test reproducible clients form check check-records bench screenshots quality lock clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

site: .venv/site.stamp $(if $(FORM),$(PROGRAM)) ## build the site into site/
	$(BIN)/incidents build

# A reviewer's copy must not be found in the place of the site; it names the site's address as its own anyway.
preview: check-records site ## check every record, build, and keep the result out of search engines
	printf '/*\n  X-Robots-Tag: noindex\n' >> site/_headers

serve: .venv/site.stamp $(if $(FORM),$(PROGRAM)) ## show the site, redrawn at every saved record
	$(BIN)/incidents serve

demo: .venv/site.stamp ## build the invented company's site into site-demo/
	$(BIN)/incidents --config tests/records/demo.yml build --to site-demo --as-of "2026-10-20 10:15"

test: .venv/dev.stamp clients $(if $(NODE),$(PROGRAM)) ## run all tests
	@PYTHON="$(BIN)/python" sh tools/need chromium newsboat rclone ip nsd unbound fish man mandoc zsh
	$(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

reproducible: .venv/dev.stamp ## prove that builds are alike; PYTHONS="…" adds interpreters, set up as reference/mirrors.md says
	PYTHONS="$(BIN)/python $(PYTHONS)" $(BIN)/python -m pytest -n 0 tests/test_reproducible.py

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
	@PYTHON="$(BIN)/python" sh tools/need chromium
	$(BIN)/python -m tests.screenshots

quality: .venv/dev.stamp tools/quality/node_modules/stamp ## ask the Nu HTML checker and Lighthouse (needs Java, Node)
	@PYTHON="$(BIN)/python" sh tools/need chromium
	$(BIN)/python -m tests.quality

clients: .venv-clients/stamp $(if $(NODE),tools/clients/node_modules/stamp) ## programs of others that the tests have read our site

form: $(PROGRAM) ## the program behind the form at /admin/, from npm (needs Node)

.venv-clients/stamp: tools/clients/requirements.lock .venv/dev.stamp
	@echo "Installing what $< names into .venv-clients ..."
	@rm -rf .venv-clients
	@$(BIN)/python -m venv .venv-clients
	@.venv-clients/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

%/node_modules/stamp: %/package-lock.json
	cd $* && npm ci --ignore-scripts --no-audit --no-fund
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
	$(lock-with) pyproject.toml --group build --output-file requirements.lock
	$(lock-with) pyproject.toml --group build --extra dev --output-file requirements-dev.lock
	$(lock-with) tools/clients/requirements.in --output-file tools/clients/requirements.lock
	rm -rf .venv-lock

lock-with = .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

clean: ## remove all that the other targets made
	rm -rf .venv .venv-* site site-demo .*.incident-pages .site.lock .site-demo.lock build dist *.egg-info
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache screenshots tools/*/node_modules
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
