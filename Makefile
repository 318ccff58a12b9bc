# Thin aliases: the logic is in tasks.py, which also works where there is no make (Windows: py tasks.py site).
PYTHON ?= python3
ARGS ?=
TARGETS := setup site serve test bench lint check properdocs lock clean

.PHONY: help $(TARGETS)
help:
	@$(PYTHON) tasks.py --help
$(TARGETS):
	@$(PYTHON) tasks.py $@ $(ARGS)
