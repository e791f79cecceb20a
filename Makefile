# make run · make test · make check · make lighthouse · make validate · make bench · make faults
SHELL := /bin/bash
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
export HOST ?= 127.0.0.1
export PORT ?= 8000
export WORKERS ?= 2
CATALOGUES := $(wildcard fieldapp/locales/*/LC_MESSAGES/messages.po)

.PHONY: run test check lighthouse validate bench faults browser translations requirements
.DELETE_ON_ERROR:

run: .venv/run.stamp $(CATALOGUES:.po=.mo)
	@$(FLASK) init
	@$(FLASK) demo
	@exec $(BIN)/python -m fieldapp.server

test: .venv/test.stamp $(CATALOGUES:.po=.mo) browser
	@command -v java >/dev/null && bash checks/npm.sh markup || echo "The Nu HTML checker is left out of the tests."
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# The resident's page: 100 / 100 / 100, or it fails. make lighthouse PAGE=http://…/s/… measures a server that runs.
lighthouse: .venv/test.stamp $(CATALOGUES:.po=.mo) browser
	@bash checks/npm.sh lighthouse
	@$(BIN)/python -m checks.lighthouse $(PAGE)

# The Nu HTML checker on every page, in three languages.
validate: .venv/test.stamp $(CATALOGUES:.po=.mo) browser
	@bash checks/npm.sh markup
	@$(BIN)/python -m checks.markup

check: .venv/test.stamp $(CATALOGUES:.po=.mo)
	$(BIN)/ruff check .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy fieldapp
	$(BIN)/bandit -q -r fieldapp -c pyproject.toml
	$(BIN)/python -m checks.templates
	$(BIN)/python -m checks.catalogues

bench: .venv/run.stamp $(CATALOGUES:.po=.mo)
	$(BIN)/python -m bench $(if $(N),--cases $(N)) $(if $(JSON),--json $(JSON))

# The long runs of a release, with counts.
faults: .venv/test.stamp $(CATALOGUES:.po=.mo) browser
	FAULT_KILLS=$${FAULT_KILLS:-500} FAULT_LOOKS=$${FAULT_LOOKS:-100} FAULT_FUZZED=$${FAULT_FUZZED:-20000} FAULT_HISTORIES=$${FAULT_HISTORIES:-10000} FAULT_SYNC=$${FAULT_SYNC:-20000} \
	FAULT_GUESSES=$${FAULT_GUESSES:-100000} FAULT_TRIES=$${FAULT_TRIES:-100000} FAULT_BITS=$${FAULT_BITS:-10000} \
	FAULT_UPLOADS=$${FAULT_UPLOADS:-500} FAULT_MATRIX=1 FAULT_TWINS=1 FAULT_PAYLOADS=$${FAULT_PAYLOADS:-1000} \
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder tests/faults tests/trust tests/access tests/cases/test_histories.py tests/cases/test_lawless.py

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Fieldapp needs Python 3.11 or newer with its venv module (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/python requirements.txt
	@echo "Setting up (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

%.mo: %.po .venv/run.stamp
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

browser:
	@bash checks/browser.sh

# Sentences: extracted from code and templates, merged into both catalogues.
translations: .venv/test.stamp
	$(BIN)/pybabel --quiet extract --mapping-file checks/babel.cfg --keywords _l --no-location --sort-output --omit-header --output-file .venv/messages.pot fieldapp
	@for l in zh ug; do f=fieldapp/locales/$$l/LC_MESSAGES/messages.po; \
	  if [ -f $$f ]; then $(BIN)/pybabel --quiet update --input-file .venv/messages.pot --output-file $$f --locale $$l --no-fuzzy-matching --ignore-obsolete; \
	  else $(BIN)/pybabel --quiet init --input-file .venv/messages.pot --output-file $$f --locale $$l; fi; done

# New pins, for every platform and Python at once.
requirements: .venv/test.stamp
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make requirements" requirements.in --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make requirements" requirements-dev.in --output-file requirements-dev.txt
