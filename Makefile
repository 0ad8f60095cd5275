# make site: everything set up and the example portal built; make test: everything set up and all tests run.
# Neither needs root. GNU make and Python 3.11 or newer with venv and pip are all that has to be there.

# The first of these that is new enough; `make PYTHON=/path/to/python` names another.
PYTHON ?= python3.11 python3 python3.14 python3.13 python3.12
PYTEST_ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
# The path is part of a stamp's name: an editable install points at its checkout, so a copied checkout installs anew.
HERE := $(shell pwd | cksum | cut -d ' ' -f 1)
SITE_STAMP := $(VENV)/.gxsite-site-$(HERE)
TEST_STAMP := $(VENV)/.gxsite-test-$(HERE)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site test lint format serve docs clean clean-all tools

help: ## 显示本说明 this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

site: $(SITE_STAMP) ## 安装并生成示例门户 set up, build the example portal into build/
	@$(VENV)/bin/gxsite build
	@echo "完成，请打开 build/index.html / done, open build/index.html"

test: lint tools ## 安装并运行全部测试 set up, run every check and test
	@$(PY) -m pytest -n auto $(PYTEST_ARGS)

lint: $(TEST_STAMP) ## 代码检查 ruff and mypy
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy

format: $(TEST_STAMP) ## 整理代码格式 sort imports, format
	@$(PY) -m ruff check --select I --fix
	@$(PY) -m ruff format

serve: $(SITE_STAMP) ## 本机预览 preview on this machine
	@$(VENV)/bin/gxsite serve

docs: $(TEST_STAMP) ## 生成手册 build the manual into site/
	@$(PY) -m mkdocs build --strict

clean: ## 删除生成的文件 remove what was built
	rm -rf build dist site .gxsite .mypy_cache .ruff_cache .pytest_cache .hypothesis

clean-all: clean ## 连同运行环境一起删除 also remove the environment and the test tools
	rm -rf $(VENV) tests/tools/node_modules

tools:
	@sh tests/tools/debian.sh
	@sh tests/tools/npm.sh

$(SITE_STAMP): pyproject.toml | $(PY)
	@echo "安装 gxsite / installing gxsite"
	@$(PIP) --editable .
	@touch $@

$(TEST_STAMP): pyproject.toml | $(PY)
	@echo "安装 gxsite 和测试工具 / installing gxsite and its test tools"
	@$(PIP) --editable '.[dev]'
	@touch $(SITE_STAMP) $@

$(PY):
	@for python in $(PYTHON); do \
	  command -v "$$python" >/dev/null 2>&1 || continue; \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  if "$$python" -c 'import ensurepip, venv' 2>/dev/null && "$$python" -m venv $(VENV); then exit 0; fi; \
	  rm -rf $(VENV); \
	  no_venv="$$python"; \
	done; \
	if [ -n "$$no_venv" ]; then \
	  echo "$$no_venv 缺少 venv 模块；Debian/Ubuntu 请安装 python3-venv。"; \
	  echo "$$no_venv has no venv module; on Debian or Ubuntu install python3-venv."; \
	else \
	  echo "需要 Python 3.11 或更高版本（已查找：$(PYTHON)）；其他位置请用 make PYTHON=路径 指明。"; \
	  echo "Python 3.11 or newer is needed (looked for: $(PYTHON)); name another with make PYTHON=path."; \
	fi >&2; \
	exit 1
