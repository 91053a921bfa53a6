.PHONY: benchmarks check format gate gazetteer lint tables types test

PYTHON ?= python3

# What .ci/run checks, in the environment at hand.
check: lint types test

format:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

lint:
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

# Training needs torch, which a plain installation has not: without it its types cannot be checked.
types:
	$(PYTHON) -m mypy $(if $(shell $(PYTHON) -c 'import torch' 2>/dev/null && echo yes),,--exclude src/dragoman/train/) src

test:
	$(PYTHON) -m pytest

# Folder of the open data; sets whose files are not there are skipped, and said.
DATA ?= ../shared/data

# Every figure of evaluation/floors.json again; fails on a drop. evaluation/README.md says how floors are pinned.
gate:
	$(PYTHON) -c 'from dragoman.cli import main; main()' evaluate --data $(DATA) --corpus corpus --lists evaluation --gate

# Speed and memory beside other systems, which `pip install -e '.[bench]'` installs; without them, ours alone.
benchmarks:
	$(PYTHON) benchmarks/speed.py --corpus corpus

# The gazetteer, from the files in the folder GEONAMES (see docs/explain/dates-and-places.md) and data/places_*.csv.
gazetteer:
	@test -n "$(GEONAMES)" || { echo "make gazetteer GEONAMES=FOLDER: see docs/explain/dates-and-places.md"; exit 1; }
	$(PYTHON) -m dragoman.train.gazetteer $(GEONAMES) data src/dragoman/data/gazetteer.sqlite

# The knowledge base and the gazetteer that the package ships, from data/*.csv and the downloaded files in the folder
# SOURCES (docs/reference/knowledge-base.md lists them): the same files give the same bytes.
SOURCES ?= ../shared/data/knowledge
tables:
	$(PYTHON) -c 'from dragoman.cli import main; main()' kb build --tables data --from $(SOURCES) --out src/dragoman/data/kb.sqlite
	$(PYTHON) -m dragoman.train.gazetteer $(SOURCES) data src/dragoman/data/gazetteer.sqlite
