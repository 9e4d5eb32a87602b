# Each target sets up .venv by itself. Needed beforehand: make, and Python 3.11 or newer with venv.
# Another Python: make test PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
READY := .venv/.stamp
PAPERS := .venv/.papers
# What `make lint` needs has an environment of its own, a tenth of the other.
LINT := build/lint/bin
LINTERS := build/lint/.stamp
PEERS := build/peers/.stamp
VENDOR := service/montages/web/static/vendor/.stamp
CHECKERS := node_modules/.stamp

# A test without the mark `slow` should take 5 seconds at most (tests/conftest.py). With worksteal a worker
# runs neighbours, which share what is set up for them.
PYTEST := $(BIN)/pytest -q -n auto --dist worksteal
INSTALL := $(BIN)/python tools/installation.py
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe \
  --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# What Python compiles is kept: without it each process that a test starts takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo serve test prove days soak faults timed lint check types rules style imports turtle audit accept bench screenshots vendor checkers installed kept words wording terms codes settings lock clean

help: ## show these lines
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf '  make %-6s %s\n' "$$name" "$$text"; done

demo: $(INSTALLED) ## assess an example project and explain the answer
	@$(BIN)/montages demo

serve: $(PAPERS) vendor ## start the service on this machine, with its papers in Word and PDF
	@$(BIN)/python -m montages_handouts.document_extras
	@$(BIN)/montages serve

test: $(READY) ## run all the tests that a change needs, in a few minutes
	@$(PYTEST) -m "not slow and not soak" --cases tested

prove: $(READY) checkers ## run the long proofs, of long lists a sample (tests/proved.yaml): mutations, attacks, browser, outside tools
	@command -v chromium >/dev/null || echo "Without chromium the browser tests are skipped: apt-get install chromium"
	@command -v java >/dev/null || echo "Without Java the checks of OWL 2 DL are skipped: apt-get install default-jre-headless"
	@command -v curl >/dev/null || echo "Without curl one client of /sparql is skipped: apt-get install curl"
	@test -x /usr/sbin/nginx && test -x /usr/sbin/apache2 || echo "Without nginx and Apache the proxies are skipped: apt-get install nginx apache2-bin"
	@command -v Rscript >/dev/null || echo "Without R its snippet and its walker are skipped: apt-get install r-base-core r-cran-jsonlite"
	@command -v virtuoso-t >/dev/null || echo "Without Virtuoso the remote engine is skipped: apt-get install virtuoso-opensource"
	@$(PYTEST) -m "slow and not soak" --cases proved

# Debian's faketime gives processes another day; the time that passes stays that of the machine.
DAYS := 2027-02-03 2028-03-01 2031-01-01
ON_DAY := FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 faketime
CLOCK = $(shell grep -l 'mark\.clock' tests/test_*.py tests/guests/*/test_*.py)

# Each day is one process: there are as many days at once as processors.
define on_days
	@if command -v faketime >/dev/null; then $(MAKE) --no-print-directory --jobs $(shell nproc) --output-sync=target \
	  $(DAYS:%=on-%) MARKS="$(1)" CASES=$(2) FILES="$(3)"; \
	else echo "Without faketime no other day is tried: apt-get install faketime"; fi
endef

on-%:
	@echo "On $*"; $(ON_DAY) "$* 09:30:00" $(BIN)/pytest -q -m "$(MARKS)" --cases $(CASES) $(FILES)

days: $(READY) ## run the tests that lean on the day on three other days, one of a leap year
	$(call on_days,clock and not slow and not soak,tested,$(CLOCK))

# Where a time is told in other runs, it fails here: nothing else runs beside.
TIMED = $(shell grep -lE 'tell_if_long|within\(' tests/test_*.py tests/guests/*/test_*.py)

soak: $(READY) $(PEERS) ## run what takes hours: 5,000 profiles, load, size, other days, planted faults
	@command -v wrk >/dev/null || echo "Without wrk the service is not loaded: apt-get install wrk"
	@$(PYTEST) -m "not soak" --cases left
	@$(BIN)/python -m pytest tests -q -s -m soak
	@$(MAKE) --no-print-directory timed
	$(call on_days,not slow and not soak,all)
	@$(MAKE) --no-print-directory faults

timed: $(READY)
	@TESTS_HOLD_TIMES=1 $(BIN)/pytest -q -n 0 -m "not soak" $(TIMED)

# SEED draws others; FAULTS says how many.
SEED ?= 2028
FAULTS ?= 60
faults: $(READY) ## plant faults in a copy, and tell which ones the tests find
	@$(BIN)/python tools/planted_faults.py --seed $(SEED) --faults $(FAULTS)

lint: $(LINTERS) ## check style, imports, Turtle layout and the words, in seconds
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target style imports turtle wording

check: lint $(READY) ## make lint, then the types and the rulebook of the day
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target types rules audit

types: $(READY)
	@echo "mypy"; $(BIN)/mypy

rules: $(READY)
	@echo "rules check"; $(BIN)/montages rules check --quick

style: $(LINTERS)
	@echo "ruff"; $(LINT)/ruff check --quiet && $(LINT)/ruff format --check --quiet || { echo "To mend: $(LINT)/ruff check --fix; $(LINT)/ruff format"; exit 1; }

imports: $(LINTERS)
	@echo "lint-imports"; PYTHONPATH=service $(LINT)/lint-imports --no-logo

turtle: $(LINTERS)
	@echo "turtle"; $(LINT)/python tools/turtle_layout.py --check ontology shapes data || { echo "To mend: $(LINT)/python tools/turtle_layout.py ontology shapes data"; exit 1; }

wording: $(LINTERS)
	@echo "words"; PYTHONPATH=service $(LINT)/python tools/words.py --check || { echo "To mend: make words, then give the French in service/montages/words/fr.po"; exit 1; }

# Known vulnerabilities of what we ship, its extras and what builds it, where the machine can ask for them.
audit: $(READY)
	@echo "pip-audit"; told=$$(timeout 60 $(BIN)/pip-audit --disable-pip --require-hashes --progress-spinner off --timeout 5 -r extras.lock 2>/dev/null) \
	  || { test -n "$$told" && echo "$$told" && exit 1; echo "Skipped: the list of known vulnerabilities cannot be reached from here."; }

accept: $(READY) ## rewrite the expected answers of questions and rulebook cases, and show what changes
	@$(BIN)/python tools/rulebook_cases.py
	@$(BIN)/python tools/question_answers.py

bench: $(READY) $(PEERS) ## run the benchmarks and print their figures
	@command -v wrk >/dev/null || echo "Without wrk the service is not measured: apt-get install wrk"
	@$(BIN)/python -m pytest tests/bench -q -s -m ""

# The servers that ours is measured beside, apart from all that it needs itself.
$(PEERS): tests/bench/peers.lock
	@$(PYTHON) -m venv --clear build/peers
	@build/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/bench/peers.lock
	@touch $@

screenshots: $(READY) vendor ## save pictures of the main pages in docs/screenshots
	@PYTHONPATH=tests/support:tests $(BIN)/python tests/browser/screenshots.py

# The browser libraries of the pages, by npm; pages read well without them, so a machine without npm goes on.
vendor: $(VENDOR)
$(VENDOR): package.json package-lock.json service/vendor.mjs
	@if command -v npm >/dev/null; then echo "Installing the browser libraries of the pages: this happens once…"; \
	  npm ci --silent --ignore-scripts --omit=dev && npm run --silent vendor && touch $@; \
	else echo "Without npm the SPARQL editor is a plain form. For the full one: apt-get install npm"; fi

# With them, what the tests check pages and SARIF logs by.
checkers: $(CHECKERS)
$(CHECKERS): package.json package-lock.json service/vendor.mjs
	@if command -v npm >/dev/null; then npm ci --silent --ignore-scripts && npm run --silent vendor && touch $@ $(VENDOR); fi

words: $(LINTERS) ## bring the catalogue of words up to date with the sentences of the code and the pages
	@PYTHONPATH=service $(LINT)/python tools/words.py

terms: $(INSTALLED) ## write the table of terms anew
	@$(BIN)/python tools/term_table.py

codes: $(INSTALLED) ## give short codes to the criteria and values that have none
	@$(BIN)/python tools/short_codes.py

settings: $(INSTALLED) ## write the settings into the guide of deployment
	@$(BIN)/python tools/settings_table.py

kept: $(INSTALLED) ## work out what a wheel ships so that a first start is quick
	@$(BIN)/python service/kept.py

# First what runs with all its extras; of it what runs without; then what the tests and lint need: the same releases.
lock: $(READY) ## pin every dependency again, with its hashes
	@$(COMPILE) pyproject.toml --build-deps-for editable --all-extras --output-file extras.lock
	@$(COMPILE) pyproject.toml --build-deps-for editable --constraint extras.lock --output-file requirements.lock
	@$(COMPILE) pyproject.toml --build-deps-for editable --extra documents --constraint extras.lock --output-file documents.lock
	@$(COMPILE) tests/requirements.in --output-file tests/requirements.lock
	@$(COMPILE) tests/bench/peers.in --output-file tests/bench/peers.lock
	@$(COMPILE) tools/lint.in --constraint tests/requirements.lock --constraint extras.lock --output-file tools/lint.lock
	@echo "requirements.lock, documents.lock, extras.lock, tests/requirements.lock, tests/bench/peers.lock and tools/lint.lock are up to date."

clean: ## remove all that these targets made, .venv included
	@rm -rf .venv build dist node_modules service/montages/web/static/vendor service/montages/kept .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up: once, then again when the pins or the project's configuration change.
# First what runs, and what installs a checkout; for the tests, the extras and theirs beside.
$(INSTALLED): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "No '$(PYTHON)' here. Run: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, '$(PYTHON)' is older. On Debian 12 or later: apt-get install python3 python3-venv. Or name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "'$(PYTHON)' cannot make virtual environments. Run: apt-get install $(notdir $(PYTHON))-venv"; exit 1; }
	@echo "Installing $$(grep -c '^[^ #].*==' requirements.lock) packages into .venv: this happens once, and again when the pins change…"
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(INSTALL) requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
	@echo "Ready."

# What writes the papers of a project; the extras hold it too.
$(PAPERS): $(INSTALLED) documents.lock
	@echo "Installing what writes Word, PDF and QR codes: this happens once, and again when the pins change…"
	@$(INSTALL) documents.lock
	@touch $@

$(READY): $(INSTALLED) extras.lock tests/requirements.lock
	@echo "Installing the extras and what the tests need: this happens once, and again when the pins change…"
	@$(INSTALL) extras.lock tests/requirements.lock
	@touch $@

# A part of its own in .ci/run, which tells how long it takes.
installed: $(READY)

$(LINTERS): tools/lint.lock
	@echo "Installing what make lint needs: this happens once…"
	@$(PYTHON) -m venv --clear build/lint
	@build/lint/bin/python tools/installation.py tools/lint.lock
	@touch $@
