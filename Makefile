# One verb per need. Each target makes `.venv` by itself, and again only when the pins changed.
# A fresh machine needs GNU make and Python 3.11 or newer (with its venv module), nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# `make -j` must not start two installations in one environment.
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
# The pins name every package, so that pip has nothing to resolve; what does not match its hash is refused.
INSTALL := $(PIP) install --no-deps --require-hashes --requirement
# The Matrix server of the tests lives apart: its dependencies are its own.
SYNAPSE := .venv-synapse
# The second Matrix client of the tests needs Node.js; without it those tests skip by name.
NODE := tests/node
PYTEST := $(BIN)/python -m pytest
WORKERS ?= 2
# How long the slow rings may go on beginning tests, in seconds.
LOTSE_FAULTS_BUDGET ?= 3600

.PHONY: help talk run test test-faults check bench pins schema diagram clean

help:
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

talk: $(VENV)/lotse.stamp ## ein Gespräch im Terminal, ohne Token, ohne Server
	@exec $(BIN)/lotse talk $(ARGS)

run: $(VENV)/lotse.stamp ## der Bot mit den Kanälen, die die Einstellungen einschalten
	@exec $(BIN)/lotse run $(ARGS)

# pytest ends with 5 when a ring has no test: nothing failed then.
test: $(VENV)/dev.stamp $(SYNAPSE)/synapse.stamp $(NODE)/node_modules/node.stamp ## beweist, dass er tut, was er soll (etwa fünfzehn Minuten)
	@$(PYTEST) -m "not faults" -n $(WORKERS) $(ARGS) || [ $$? -eq 5 ]

# No fault test begins after the budget; what hangs in spite of its own time limit is ended a little later.
test-faults: export LOTSE_FAULTS_BUDGET := $(LOTSE_FAULTS_BUDGET)
test-faults: $(VENV)/dev.stamp $(SYNAPSE)/synapse.stamp $(NODE)/node_modules/node.stamp ## die langsamen Ringe: Abstürze, Ausfälle, Dauerlast
	@timeout --signal=INT --kill-after=60 $$((LOTSE_FAULTS_BUDGET + 300)) \
		$(PYTEST) -m faults -n $(WORKERS) $(ARGS) || [ $$? -eq 5 ]

check: $(VENV)/dev.stamp ## Stil, Typen, Importregeln, Leitfäden, Handbuch
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy bot tests $(wildcard bench)
	@$(PYTEST) -q tests/test_house.py $(wildcard tests/docs tests/test_docs.py)
	@$(BIN)/lotse check

bench: $(VENV)/dev.stamp ## die Messungen, eine JSON-Zeile je Zahl
	@$(BIN)/python -m bench $(ARGS)

schema: $(VENV)/dev.stamp ## das Schema der Leitfäden für den Editor, neu erzeugt
	@$(BIN)/lotse schema $(ARGS)

diagram: $(VENV)/dev.stamp ## die Bilder der Leitfäden (docs/playbooks), neu gezeichnet
	@$(BIN)/lotse diagram $(ARGS)

pins: ## die Versionen neu festlegen (requirements/*.txt)
	@requirements/pin $(ARGS)

clean: ## alles Erzeugte fort, nur die Daten nicht
	@rm -rf $(VENV) $(SYNAPSE) $(NODE)/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- environments ---------------------------------------------------------------------------------------------------

$(VENV)/lotse.stamp: requirements/lotse.txt
	@requirements/venv $(VENV)
	@$(INSTALL) requirements/lotse.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/lotse.stamp
	@$(INSTALL) requirements/dev.txt
	@touch $@

$(SYNAPSE)/synapse.stamp: requirements/synapse.txt
	@requirements/venv $(SYNAPSE)
	@$(SYNAPSE)/bin/python -m pip --disable-pip-version-check -qq install --no-deps --require-hashes --requirement $<
	@touch $@

# Nothing to install: no such tests yet, or no Node.js here. The stamp is not written then, so that it is looked at again.
$(NODE)/node_modules/node.stamp: $(wildcard $(NODE)/package-lock.json)
	@if [ -f $(NODE)/package-lock.json ] && command -v npm >/dev/null; then \
		npm ci --prefix $(NODE) --no-audit --no-fund --loglevel=error && touch $@; \
	fi
