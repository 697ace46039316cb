# `make run` and `make test` set up all they need in .venv; the second time they start at once.
SHELL := /bin/sh
SERVE ?= 1
PORT ?= 8001
PY := .venv/bin/python

.PHONY: run test bench screenshots lock lint clean

run: .venv/.run
	@$(PY) pipeline.py demo $(if $(filter 0,$(SERVE)),--no-serve,--port $(PORT))

test: .venv/.test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) -m pytest $(ARGS)
	@$(PY) -m bench gate

bench: .venv/.test
	@$(PY) -m bench all

screenshots: .venv/.test
	@$(PY) docs/screenshots.py

lock: .venv/.test
	@$(PY) -m pip install -q uv
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header pyproject.toml -o requirements.lock
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean:
	rm -rf .venv

# A venv is made anew when it is missing, broken, or was made at another path (its own python would not start).
.venv/.made:
	@sh setup/venv.sh

.venv/.run: .venv/.made requirements.lock pyproject.toml
	@echo "Installing the locked dependencies (once; a few minutes on a slow line) ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.test: .venv/.run requirements-test.lock
	@echo "Installing the locked test tools ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@
