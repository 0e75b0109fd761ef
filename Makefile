# OpenZone. `make demo` and `make test` are the two commands; the rest is for developers.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
export UV_PYTHON_DOWNLOADS := never

.PHONY: help demo spark test check fmt lint types contracts bench shots messages lock clean test-system

help:  ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/bin/uv:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed"; exit 1; }
	@python3 -m venv .venv || { rm -rf .venv; [ "$$(id -u)" = 0 ] && apt-get update -q && \
	  apt-get install -y -q python3-venv && python3 -m venv .venv; } || \
	  { echo "请先安装 python3-venv / install python3-venv first: apt install python3-venv"; exit 1; }
	.venv/bin/pip install --quiet uv==0.13.8

.venv/.runtime: .venv/bin/uv requirements/runtime.txt
	.venv/bin/uv pip install --quiet --python $(PY) -r requirements/runtime.txt
	.venv/bin/uv pip install --quiet --python $(PY) --no-deps -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	.venv/bin/uv pip install --quiet --python $(PY) -r requirements/dev.txt
	@touch $@

.venv/.spark: .venv/.dev requirements/spark.txt
	@if .venv/bin/uv pip install --quiet --python $(PY) -r requirements/spark.txt; then touch $@; else \
	  echo "==== Spark 没有装上，有关测试跳过 / SPARK WAS NOT INSTALLED: its tests are SKIPPED ===="; fi

spark: .venv/.spark test-system  ## Install Spark, for `openzone match --engine spark`

demo: .venv/.runtime  ## Set everything up, load the demo zone, serve it on 127.0.0.1:8000
	@.venv/bin/openzone demo --serve

test-system:
	@bash tests/install-system.sh

test: .venv/.dev .venv/.spark test-system check  ## Set everything up and run all checks and tests (SQLite, PostgreSQL, browser)
	$(PY) -m pytest -n 2 --dist worksteal --database sqlite
	$(PY) -m pytest -n 2 --dist worksteal --database postgres -m "not browser and not once"

check: .venv/.dev lint types contracts  ## Format check, lint, types, import contracts

lint: .venv/.dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .

types: .venv/.dev
	.venv/bin/mypy

contracts: .venv/.dev
	.venv/bin/lint-imports

fmt: .venv/.dev  ## Format and fix what can be fixed
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

messages: .venv/.dev  ## Collect the interface strings into the Chinese catalogue and compile it
	$(PY) -m tools.messages

lock: .venv/bin/uv  ## Pin the dependencies anew
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements/runtime.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev pyproject.toml -o requirements/dev.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --constraint requirements/runtime.txt --extra spark pyproject.toml -o requirements/spark.txt

bench: .venv/.dev  ## Run the benchmarks, each beside its baseline
	@for file in benchmarks/*.py; do case $$file in *__init__.py) ;; *) echo "== $$file"; \
	  $(PY) -m benchmarks.$$(basename $$file .py) || exit 1;; esac; done

shots: .venv/.dev test-system  ## Take the screenshots of the documentation anew
	$(PY) -m tools.shots

clean:  ## Remove the environment and the demo data
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
