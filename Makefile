# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

SPARK := $(VENV)/spark

.PHONY: install install-cluster demo test test-cluster test-spark test-duckdb15 soak restore-drill lint bench backtest docs lock sbom audit screenshots clean

install: $(VENV)/.installed

# A Debian without python3-venv has no ensurepip, so the system's pip installs into the environment from outside.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv --without-pip $(VENV)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements.lock
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Dagster on several machines (docs/scaling.md): PostgreSQL's driver and celery, into the same environment.
install-cluster: install
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes --no-deps -r requirements-cluster.lock

demo: install
	$(BIN)/tiendo demo

# A machine without Chromium runs every test but those that drive it, and is told so; CI installs it and runs all.
test: install
	@echo "PostgreSQL, Redis and celery workers are not started here: make test-cluster does it."
	@if command -v "$${CHROMIUM:-chromium}" >/dev/null; then $(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder -m "not cluster"; else \
		echo "No Chromium here: the browser tests are left out (apt-get install chromium)."; \
		$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder -m "not browser and not cluster"; fi

# Nights on celery workers, with Debian's PostgreSQL and Redis on loopback; about two minutes.
test-cluster: install-cluster
	@command -v redis-server >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null || \
		{ echo "No PostgreSQL or no Redis here: apt-get install postgresql redis-server"; exit 1; }
	$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder -m cluster tests/orchestration/cluster

# Apache Spark as it comes from the index, in a folder of its own: the archive of its Python package holds all of it.
$(SPARK)/.installed: requirements-spark.lock | install
	@command -v java >/dev/null || { echo "No Java here: apt-get install openjdk-17-jre-headless"; exit 1; }
	rm -rf $(SPARK) && mkdir -p $(SPARK)
	$(PYTHON) -m pip download --quiet --require-hashes --no-deps --dest $(SPARK) -r requirements-spark.lock
	tar --extract --gzip --file $(SPARK)/pyspark-*.tar.gz --directory $(SPARK) --strip-components=2 \
		--wildcards '*/deps/bin/*' '*/deps/jars/*'
	rm $(SPARK)/pyspark-*.tar.gz
	touch $@

# Every model on Apache Spark instead of Sail, which `make test` uses.
test-spark: install $(SPARK)/.installed
	SPARK_HOME=$(CURDIR)/$(SPARK) $(BIN)/python -m pytest --durations=5 -m "not soak" tests/spark

# The published files promise to be readable by DuckDB 1.5, which is also the way back from 2.0.
test-duckdb15: install
	$(PYTHON) -m pip install --quiet --require-hashes --no-deps --target $(VENV)/duckdb15 --upgrade -r requirements-duckdb15.lock
	PYTHONPATH=$(VENV)/duckdb15 $(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder tests/models

# Kills, full disks, readers during publishes, altered bytes: in full (tests/soak.py); half an hour or more.
soak: install $(SPARK)/.installed
	SOAK=1 SPARK_HOME=$(CURDIR)/$(SPARK) $(BIN)/python -m pytest -m soak --durations=10

# A backup proved on an otherwise empty place: make restore-drill BACKUP=file [ANSWERS=file] (docs/operations.md).
restore-drill:
	$(PYTHON) deploy/restore_drill.py $(BACKUP) $(if $(ANSWERS),--answers $(ANSWERS))

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# A quarter of an hour; in full, some hours: make bench ARGS="--full --write" (`--only NAME` for one part, see `--help`).
bench: install
	$(BIN)/python -m bench $(ARGS)

# Some minutes on two cores; ends with an error if anything was found.
mutations: install
	$(BIN)/python -m bench.mutations --count 10000 --seed 1 --write

# How good the forecasts are on simulated histories; a few minutes, ends with an error if not as good as promised.
backtest: install
	$(BIN)/python -m bench.backtest --write

# The rules of the checks and the analysts' questions as documents; tests say when they are out of date.
docs: install
	$(BIN)/tiendo rules --markdown > docs/rules.md
	$(BIN)/python -m dashboard.console.questions > docs/questions.md
	$(BIN)/python -m dashboard.access_matrix
	$(BIN)/python -m tests.security.document

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-annotate --no-header \
		--group dev --output-file requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-annotate --no-header \
		--constraint requirements.lock --extra cluster --output-file requirements-cluster.lock \
		$$(sed -n 's/^\([A-Za-z0-9._-]*\).*==.*/--no-emit-package \1/p' requirements.lock) pyproject.toml

# What the product is made of (CycloneDX) and under which licences; written beside this file, not kept in git.
sbom: install
	$(BIN)/python -m supply_chain.sbom --out sbom.cdx.json

# Installed = locked, unaltered, from an index; known vulnerabilities where DATABASE=all.zip (OSV) or pip-audit is there.
audit: install
	$(BIN)/python -m supply_chain.audit $(if $(DATABASE),--database $(DATABASE))

# Needs `make demo` (or `tiendo dashboard`) running in another terminal.
screenshots: install
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) build *.egg-info
