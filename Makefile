.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
STAMP := $(VENV)/.installed
ASSETS := build/npm/.brought
SOAK ?= 10
# Tests start some thousand processes: each would compile jdgen anew where the environment keeps Python from keeping it.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test slow coverage soak lint bench templates page-assets dist lowest wheelhouse golden docs pictures clean

help: ## Show these targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --upgrade pip
	$(RUN)/python -m pip install --quiet --editable '.[dev]'
	touch $(STAMP)

demo: $(STAMP) ## Make the documents of the example posts in output/, and print their paths
	@for post in examples/posts/*.yaml; do \
		for template in $(basename $(notdir $(wildcard templates/*.docx))); do \
			$(RUN)/jdgen generate --post "$$post" --template $$template --output output --overwrite 2>> output/review-notes.log || exit 1; \
		done; \
	done
	@echo "Review notes of all documents: output/review-notes.log"

test: $(STAMP) $(ASSETS) lint ## Lint, types, architecture, then all tests but the slow ones
	$(RUN)/python -m pytest --numprocesses auto --dist worksteal -m 'not slow'

slow: $(STAMP) $(ASSETS) ## The slow tests: browsers, LibreOffice, whole processes
	$(RUN)/python -m pytest --numprocesses auto --dist worksteal -m slow

coverage: $(STAMP) $(ASSETS) ## All tests, and which lines of the package none of them runs: twice as slow
	$(RUN)/python -m pytest --numprocesses auto --dist worksteal --cov --cov-report=term

soak: $(STAMP) $(ASSETS) ## The tests over random inputs, with SOAK (10) times as many, others each time
	JDGEN_SOAK=$(SOAK) $(RUN)/python -m pytest --numprocesses auto --dist worksteal -m 'hypothesis or soak' \
		-o faulthandler_timeout=$$((900 * $(SOAK)))

lint: $(STAMP) ## Ruff, mypy, import-linter, the house, templates built from their script
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(RUN)/mypy --platform darwin --cache-dir .mypy_cache/darwin
	$(RUN)/lint-imports
	$(RUN)/python tools/house.py
	$(RUN)/python templates/build_templates.py --check
	$(RUN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(RUN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/fault.yml .github/ISSUE_TEMPLATE/wish.yml

bench: $(STAMP) ## Measure everything; writes docs/benchmarks.md (BENCH=--full: memory to 100,000 posts)
	$(RUN)/python bench/run.py $(BENCH)

templates: $(STAMP) ## Build the shipped Word templates anew
	$(RUN)/python templates/build_templates.py

page-assets: $(ASSETS) ## Bring what the page for browsers needs from npm (needs npm and a network)

$(ASSETS): $(STAMP) tools/page_assets.py tools/npm/package-lock.json
	$(RUN)/python tools/page_assets.py
	touch $(ASSETS)

dist: $(STAMP) $(ASSETS) ## Build the wheel and the sdist in dist/, and hold them against what is committed
	rm -rf dist
	$(RUN)/python -m build --no-isolation --outdir dist .
	$(RUN)/python tools/distribution.py dist/*

docs: $(STAMP) ## Build the documentation as a site: build/site/index.html
	NO_MKDOCS_2_WARNING=1 $(RUN)/mkdocs build --strict --quiet
	@echo build/site/index.html

pictures: $(STAMP) $(ASSETS) ## Make the pictures of the README anew (needs LibreOffice, poppler and Chromium)
	$(RUN)/python tools/pictures.py

lowest: $(STAMP) ## Some tests of each library in the lowest version that is allowed, in an environment of its own
	$(RUN)/python tools/lowest.py --numprocesses auto --dist worksteal

wheelhouse: dist ## Bring all that machines without a network need into dist/wheelhouse, a folder for each system
	$(RUN)/python tools/wheelhouse.py dist/*.whl dist/wheelhouse

golden: $(STAMP) ## Write the golden texts anew, to be read before they are committed
	$(RUN)/python -m pytest tests/acceptance/golden --write-golden

clean: ## Remove the environment and everything that is made
	rm -rf $(VENV) build dist jdgen/page/assets .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
