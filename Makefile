# HuggingNERSC Lab: everything a checkout can do. `make` alone lists it.
#
# Needed: Python 3.10 or later, make and git. All else is installed under .venv and node_modules;
# Node.js is the system's where it is new enough, else a wheel inside .venv (see hatch_build.py).
# What gets installed stands in pyproject.toml and package.json only.

PYTHON ?= python3
LAB ?= 1
FRESH ?= 1

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export YARN_ENABLE_PROGRESS_BARS := false
export YARN_ENABLE_TELEMETRY := 0
export YARN_ENABLE_SCRIPTS := false

# Say a line, run a command, and show its output only when it fails: $(call quietly,line,command)
LOG = .venv/make.log
quietly = echo "$(1)"; if ! ( $(2) ) >$(LOG) 2>&1; then cat $(LOG); echo "Failed: $(1)"; exit 1; fi

# Stamps are named after the content they stand for, so that a change of it makes them anew.
sum = $(shell cat $(1) 2>/dev/null | cksum | cut -d' ' -f1)
MADE := .venv/made
PY_SUM := $(call sum,pyproject.toml hatch_build.py)
RUN := $(MADE)/run-$(PY_SUM)
TOOLS := $(MADE)/tools-$(PY_SUM)
NODE := node_modules/.made-$(call sum,package.json yarn.lock .yarnrc.yml)
UI_NODE := ui-tests/node_modules/.made-$(call sum,ui-tests/package.json ui-tests/yarn.lock)
LABEXTENSION := huggingnersc_lab/labextension/package.json
GENERATORS := $(sort $(wildcard scripts/make_*.py))
BENCHMARKS := $(filter-out $(if $(filter 0,$(FRESH)),%/fresh_clone.py) %/measure.py,$(sort $(wildcard benchmarks/*.py)))
export BENCH_RESULTS := $(CURDIR)/.benchmarks/results.jsonl
FRONT_END := $(shell find src style schema -type f -not -path '*/__tests__/*')


##@ To look at it

.PHONY: demo
demo: $(RUN) $(LABEXTENSION) ## Catalog the bundled dataset into the practice Hub, then start JupyterLab on it (LAB=0: don't)
	@huggingnersc demo --dir .demo $(if $(filter 0,$(LAB)),,--lab)

.PHONY: lab
lab: $(RUN) $(LABEXTENSION) ## Start JupyterLab with this checkout's extension and your own settings
	@jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root)


##@ To work on it

.PHONY: test
test: lint types codegen-check pytest jest ui-test ## Run every check and test

.PHONY: lint
lint: $(TOOLS) $(NODE) ## Check style, format, the direction of imports, who opens catalog files, and where tests are
	@echo "Checking Python: ruff, import-linter, catalog paths, mirrors of tests, sizes"
	@ruff check
	@ruff format --check
	@lint-imports --no-logo
	@python scripts/check_catalog_paths.py
	@python scripts/check_tests.py
	@echo "Checking TypeScript and CSS: stylelint, prettier, eslint, structure"
	@jlpm lint:check

.PHONY: types
types: $(TOOLS) $(NODE) ## Check the types: mypy --strict, tsc
	@echo "Checking types: mypy, tsc"
	@mypy
	@jlpm types:check

.PHONY: pytest
pytest: $(TOOLS) $(LABEXTENSION) slurm torrents archivers ## Run the Python tests on every core (ARGS="-k name" to choose)
	@echo "Running the Python tests"
	@pytest $(or $(ARGS),-n auto)

.PHONY: jest
jest: $(RUN) $(NODE) ## Run the TypeScript tests
	@echo "Running the TypeScript tests"
	@jlpm test

.PHONY: ui-test
ui-test: $(RUN) $(LABEXTENSION) $(UI_NODE) chromium ## Run the browser tests (Galata in Chromium)
	@echo "Running the browser tests"
	@jlpm tsc -p ui-tests
	@cd ui-tests && jlpm test

.PHONY: pictures
pictures: $(RUN) $(LABEXTENSION) $(UI_NODE) chromium ## Take the pictures of the panel in docs/images
	@echo "Taking the pictures"
	@rm -f docs/images/panel*.png
	@cd ui-tests && jlpm pictures

.PHONY: codegen
codegen: $(TOOLS) $(NODE) ## Write what is made from other sources: vocabulary, reference pages, types of the REST interface
	@$(foreach script,$(GENERATORS),python $(script);)

.PHONY: codegen-check
codegen-check: $(TOOLS) $(NODE) ## Check that what codegen writes is up to date
	@echo "Checking the generated files"
	@$(foreach script,$(GENERATORS),python $(script) --check;)

.PHONY: bench
bench: $(TOOLS) $(LABEXTENSION) $(UI_NODE) chromium archivers ## Measure, each figure next to a peer's (FRESH=0: without the fresh clone, which takes minutes)
	@mkdir -p .benchmarks && rm -f $(BENCH_RESULTS)
	@$(foreach script,$(BENCHMARKS),python $(script);)
	@python benchmarks/measure.py $(BENCH_RESULTS)

.PHONY: mutants
mutants: $(TOOLS) ## Measure how many small faults the tests notice, which takes hours (ARGS="store/ jobs/spec.py" to choose)
	@python scripts/mutants.py $(or $(ARGS),--results benchmarks/RESULTS.md)

.PHONY: format
format: $(TOOLS) $(NODE) ## Format the code and mend what the linters can mend
	@ruff check --fix
	@ruff format
	@jlpm lint

.PHONY: build
build: $(RUN) $(LABEXTENSION) ## Install the package in .venv and build the front end

.PHONY: clean
clean: ## Remove everything that make made
	@rm -rf .venv .demo .yarn node_modules $(addprefix ui-tests/,.yarn node_modules test-results playwright-report)
	@rm -rf lib tsconfig.tsbuildinfo coverage dist huggingnersc_lab/labextension huggingnersc_lab/_version.py
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .eslintcache .stylelintcache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile


# What the targets stand on

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
		echo "Python 3.10 or later is needed, and '$(PYTHON)' is not that."; \
		echo "Name another one: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv

# The front end is built below, not by pip, so that a change of it needs no new install. JupyterLab
# finds it through a link, which pip must not see: it would write and delete through it.
LINK := .venv/share/jupyter/labextensions/huggingnersc-lab
pip_install = mkdir -p $(MADE) huggingnersc_lab/labextension; rm -rf $(LINK); \
	$(call quietly,$(1),SKIP_JUPYTER_BUILDER=1 pip install -e '.[$(2)]' \
	&& jupyter-builder develop --overwrite .)

$(RUN): | .venv/bin/pip
	@$(call pip_install,Installing Python packages: the project and JupyterLab,lab$(,)build)
	@touch $@

$(TOOLS): $(RUN)
	@$(call pip_install,Installing Python packages: the tests' tools,lab$(,)build$(,)cite$(,)test$(,)dev$(,)bench)
	@touch $@

$(NODE): | $(RUN)
	@$(call quietly,Installing Node packages,jlpm install --immutable)
	@touch $@

$(UI_NODE): | $(RUN)
	@$(call quietly,Installing Node packages: the browser tests' tools,cd ui-tests && jlpm install --immutable)
	@touch $@

$(LABEXTENSION): $(FRONT_END) package.json tsconfig.json | $(RUN) $(NODE)
	@$(call quietly,Building the front end,jlpm build:prod)
	@touch $@

.PHONY: chromium
chromium:
	@[ -x /usr/bin/chromium ] || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		( $(call quietly,Installing Chromium,apt-get update && apt-get install -y --no-install-recommends chromium) ); } || \
		{ cd ui-tests && $(call quietly,Installing Chromium,jlpm playwright install chromium); }

# For the tests that start a one-node Slurm or set access control lists. Without it they are skipped, and say why.
SLURM := slurmctld slurmd sbatch munged setfacl
lacks_slurm = $(shell PATH=$$PATH:/usr/sbin; for one in $(SLURM); do command -v $$one >/dev/null || echo $$one; done)
apt_slurm = DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends slurm-wlm munge acl

.PHONY: slurm
slurm:
	@[ -z "$(lacks_slurm)" ] || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		( $(call quietly,Installing Slurm,apt-get update && $(apt_slurm)) ); } || \
		echo "Tests that need Slurm or setfacl are skipped"

# For the tests that hold torrents against other programs, and run a swarm. Without it they fail and say so.
TORRENTS := aria2c mktorrent transmission-show opentracker
lacks_torrents = $(shell PATH=$$PATH:/usr/sbin; for one in $(TORRENTS); do command -v $$one >/dev/null || echo $$one; done)
apt_torrents = DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
	aria2 mktorrent transmission-cli opentracker

.PHONY: torrents
torrents:
	@[ -z "$(lacks_torrents)" ] || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		( $(call quietly,Installing programs for torrents,apt-get update && $(apt_torrents)) ); } || \
		echo "Tests that need $(lacks_torrents) are skipped"

# What the tests unpack archives with, and benchmarks/archive.py measures against.
ARCHIVERS := zip unzip zstd
lacks_archivers = $(shell for one in $(ARCHIVERS); do command -v $$one >/dev/null || echo $$one; done)
apt_archivers = DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(ARCHIVERS)

.PHONY: archivers
archivers:
	@[ -z "$(lacks_archivers)" ] || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		( $(call quietly,Installing zip$(,) unzip and zstd,apt-get update && $(apt_archivers)) ); } || \
		echo "Tests that unpack archives need: $(lacks_archivers)"

, := ,
