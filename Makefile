# Each target works as the first command on a fresh clone: `setup` makes .venv and installs there, nowhere else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
TORCH := $(shell sed -n 's/.*"\(torch==[0-9.]*\)".*/\1/p' pyproject.toml | head -1)

# A strict editable install links files one by one, so the stamp's name is a checksum of what an install depends on:
# versions and settings, and the list (not the content) of the package's files.
FILES := $(sort $(shell find benchmark data tasks scorers reports -name __pycache__ -prune -o -type f -print))
STAMP := $(VENV)/installed-$(firstword $(shell { cat pyproject.toml constraints.txt; echo $(FILES); } | cksum))

.PHONY: setup check test demo bench dist audit

setup: $(STAMP)

$(STAMP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "make: $$($(PYTHON) --version 2>&1); expected Python >= 3.11; run make PYTHON=<path of a newer one>" >&2; \
		exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@rm -rf build $(VENV)/installed-*
	@# which build of torch suits a machine is its own affair; everything else is what its sum says, and complete
	$(PIP) install --quiet $(TORCH)
	$(PIP) install --quiet --require-hashes --no-deps -r constraints.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --config-settings editable_mode=strict --editable .
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

# one table of what an evaluation costs; then the benchmarks of single parts
bench: $(STAMP)
	$(BIN)/python tests/performance/speed.py
	@set -e; for part in attacks gate_errors gate_logs instruments local problems ranks report rollout sandbox; do \
		echo "== $$part"; PYTHONPATH=tests $(BIN)/python tests/performance/bench_$$part.py; done

# the same bytes whenever and wherever they are built from one commit
dist: $(STAMP)
	$(BIN)/python .ci/dist.py

# known vulnerabilities of the pinned versions, from a public service; a version that can't be looked up is a failure too
audit:
	@folder=$$(mktemp -d) && $(PYTHON) -m venv $$folder && $$folder/bin/pip install --quiet pip-audit==2.10.1 && \
		$$folder/bin/pip-audit --strict --no-deps --disable-pip --requirement constraints.txt; status=$$?; \
		rm -rf $$folder; exit $$status
