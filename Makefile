# Two commands do everything: `make lab` opens the notebooks, `make test` runs every test. Both set up what they need.
PYTHON ?= python3
EXTRAS ?= test
VENV ?= .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
comma := ,
TESTED := $(VENV)/.ready-$(subst $(comma),+,$(EXTRAS))
CHECKERS := $(if $(shell command -v npm 2>/dev/null),tests/browser/node_modules/.ready)

# `every-test` and `unit-tests` are parts of test, coverage and check. Plugins that no unit test needs are not loaded for check.
.PHONY: lint-style lint-layout lint-layers lint-types lint-scripts
.PHONY: every-test unit-tests push-unit push-publish push-browser
.PHONY: lab edit test test-lowest test-newest check coverage lint scripts handouts bench try class-test mutants mutants-of-code validate notebooks docs release-check clean help

help:
	@echo "make lab        set up, and open JupyterLab on your own copy of the notebooks (workbook/); FRESH=01: on a new copy of one"
	@echo "make edit       set up, and open JupyterLab on notebooks/ itself, to mend them"
	@echo "make test       set up, and run every test: about 25 minutes on two cores"
	@echo "make check      style, types, floors and the unit tests, without notebooks and browsers: about six minutes on two cores"
	@echo "make coverage   as make test, in more time: below 95 % of lines reached it fails"
	@echo "make handouts   write handouts/: one HTML file a notebook, lesson-45.zip and seminar.zip"
	@echo "make test-lowest  the unit tests, a notebook and a handout with each package that we name at its lower bound, in an environment of its own (with uv): make test-lowest PYTHON=python3.11"
	@echo "make test-newest  the same with the newest of each"
	@echo "make try        write try.html, which a double click opens, and its picture in the README"
	@echo "make bench      print speeds and sizes, and what the last run of both kinds of mutants caught"
	@echo "make class-test 20 students at once, each with a kernel, run notebook 01 whole and toggle: how many succeed, how soon, with what memory (CLASS_OPTIONS='--students 3')"
	@echo "make mutants    spoil 300 cells of data/ that a reader meets, one at a time: what do validate, tests and notebooks catch? Hours; it goes on where it was stopped (MUTANTS_OPTIONS='--turning --count 40': those that turn a verdict, by validate alone; half an hour)"
	@echo "make mutants-of-code  change 150 places of the code one at a time: how many do the unit tests notice? Hours; it goes on where it was stopped"
	@echo "make notebooks  execute the notebooks anew and store their outputs"
	@echo "make validate   check every table of data/"
	@echo "make lint       check style, floors and types: ruff, import-linter, mypy; of the scripts prettier, eslint and TypeScript (with npm)"
	@echo "make scripts    lay the scripts of the pages out anew, by prettier (with npm)"
	@echo "make docs       write site/: these documents and the reference of what a notebook may call"
	@echo "make release-check  say what a release of this checkout still lacks: addresses, people, versions, a tag, a build"
	@echo "make clean      remove the environment and what builds and tests left"

lab: $(VENV)/.ready-lab
	$(BIN)/frenemies lab workbook $(addprefix --fresh ,$(FRESH)) $(LAB_OPTIONS)

edit: $(VENV)/.ready-lab
	$(BIN)/frenemies lab notebooks --as-it-is $(LAB_OPTIONS)

# Style is looked at beside the tests: a blank line too many stops none of them, and fails at the end all the same.
test:
	@$(MAKE) --no-print-directory -j 2 every-test lint
check:
	@$(MAKE) --no-print-directory -j 2 unit-tests lint
coverage: export COVERED = --cov=frenemies --cov=heldto --cov-report=term:skip-covered --cov-fail-under=95
coverage: test

# WORKERS=logical: as many as there are cores.
WORKERS ?= 2
SHARED_OUT = -n $(WORKERS) --dist loadfile --no-loadscope-reorder
EVERYTHING = $(BIN)/python -m pytest tests tools notebooks --nbval --nbval-sanitize-with tests/nbval.cfg \
  --nbval-cell-timeout 120 $(SHARED_OUT)

every-test: $(TESTED) $(CHECKERS)
	$(EVERYTHING) $(COVERED) $(PYTEST_OPTIONS)

unit-tests: $(TESTED)
	PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(BIN)/python -m pytest tests -m "not slow and not browser" -p xdist -p timeout \
	  $(SHARED_OUT) $(PYTEST_OPTIONS)

# What GitHub runs side by side at each push. Together they are every test but those that wait for the night.
PART_unit = not browser and (not slow or picture)
PART_publish = not browser and slow and not picture
PART_browser = browser
push-unit push-publish push-browser: push-%: $(TESTED) $(CHECKERS)
	$(EVERYTHING) -m "not nightly and ($(PART_$*))" $(PYTEST_OPTIONS)

test-lowest test-newest: test-%:
	@command -v uv >/dev/null || { echo "uv is needed: python3 -m pip install uv"; exit 1; }
	rm -rf .venv-$*
	UV_RESOLUTION=$(if $(filter lowest,$*),lowest-direct,highest) $(MAKE) unit-tests VENV=.venv-$* EXTRAS=test
	.venv-$*/bin/python -m pytest tests/test_unattended.py -n 0
	.venv-$*/bin/frenemies handouts 00_start_here --out build/handouts-$*

# Every checker runs, whatever the others found, and make fails at the end.
lint: $(TESTED) $(CHECKERS)
	@$(MAKE) --no-print-directory -k lint-style lint-layout lint-layers lint-types lint-scripts

lint-style:
	$(BIN)/python -m ruff check src tests tools
lint-layout:
	$(BIN)/python -m ruff format --check src tests tools
lint-layers:
	$(BIN)/lint-imports
lint-types:
	$(BIN)/python -m mypy
lint-scripts:
	$(BIN)/python tests/browser/scripts.py

scripts: $(TESTED) $(CHECKERS)
	$(BIN)/python tests/browser/scripts.py --write

handouts: $(VENV)/.ready-handouts
	$(BIN)/frenemies handouts --out handouts --seminar

try: $(TESTED)
	$(BIN)/python tools/try_page.py

bench: $(TESTED)
	$(BIN)/python tools/bench.py

class-test: $(TESTED)
	$(BIN)/python tools/students.py $(CLASS_OPTIONS)

mutants: $(TESTED)
	$(BIN)/python tools/mutants.py $(MUTANTS_OPTIONS)

mutants-of-code: $(TESTED) $(VENV)/.ready-mutants
	$(BIN)/python tools/mutants_of_code.py $(MUTANTS_OPTIONS)

validate: $(TESTED)
	$(BIN)/frenemies validate

notebooks: $(VENV)/.ready-handouts
	$(BIN)/python -m heldto.publish.handouts.run notebooks/*.ipynb

docs: $(VENV)/.ready-docs
	$(BIN)/python -m sphinx -W --keep-going -q -aE -b html docs site

release-check: $(TESTED)
	$(BIN)/python tools/upkeep release

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: $(PYTHON) is $$($(PYTHON) -V 2>&1). Try make lab PYTHON=python3.12"; exit 1; }
ifdef UV
	$(UV) venv --quiet --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV) || { echo "python3 cannot make environments here: install your system's python3-venv package"; exit 1; }
endif

ifdef UV
INSTALL = $(UV) pip install --quiet --compile-bytecode --python $(BIN)/python
else
INSTALL = $(BIN)/python -m pip install --quiet --compile --disable-pip-version-check
endif

# The file .ready-test+classroom says that the extras test and classroom are installed.
$(VENV)/.ready-%: pyproject.toml src/pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -e ./src -e '.[$(subst +,$(comma),$*)]'
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q src
	@touch $@

# The accessibility checker, the HTML checker, what looks at the scripts, and the driver for Firefox; without npm or network their tests are skipped, and in CI they fail.
tests/browser/node_modules/.ready: tests/browser/package.json
	@cd tests/browser && npm install --no-package-lock --no-audit --no-fund --silent --fetch-retries 1 && touch node_modules/.ready \
	  || echo "npm brought no checkers (no network?): the tests that need them say so"

clean:
	rm -rf $(VENV) .venv-lowest .venv-newest build dist site .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .coverage tests/browser/node_modules
