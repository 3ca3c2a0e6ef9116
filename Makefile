# Everything runs on this machine alone: no AWS account, no docker, no global install. See `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
TOOLS := .local
UV := $(TOOLS)/uv/bin/uv
PYTHON := $(TOOLS)/venv/bin/python
export PYTHONDONTWRITEBYTECODE := 1
export SAM_CLI_TELEMETRY := 0
unexport VIRTUAL_ENV
# Bytecode of what is only checked may stay, apart from the sources: half of a short run is compiling.
CACHED := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/$(TOOLS)/bytecode

## make demo       tells the story on a local stack: start, a new week, a correction, silence
.PHONY: demo
demo: setup
	@$(PYTHON) -m tests.local.demo

## make test       runs all tests: unit, integration, end to end
.PHONY: test
test: setup $(TOOLS)/audit/.made browser
	@$(PYTHON) -m pytest --numprocesses 2 --dist loadfile $(PYTEST_OPTIONS)

## make faults     every outside call of a story with every fault, one at a time; prints what came of it
.PHONY: faults
faults: setup
	@$(PYTHON) -m tests.faults

## make check      ruff, mypy, import-linter, zizmor, sam validate, checkov, pip-audit, unit tests
.PHONY: check
check: setup $(TOOLS)/audit/.made
	$(TOOLS)/venv/bin/ruff check .
	$(TOOLS)/venv/bin/ruff format --check --quiet .
	$(TOOLS)/venv/bin/mypy
	$(TOOLS)/venv/bin/lint-imports --no-cache --no-logo
	$(TOOLS)/venv/bin/zizmor --offline --quiet --persona auditor .github .pre-commit-config.yaml
	$(TOOLS)/venv/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(CACHED) $(TOOLS)/sam/bin/sam validate --lint --region ap-northeast-1
	$(PYTHON) -m tests.local.supply.template_check
	$(PYTHON) -m tests.local.supply.advisories $(ADVISORY_OPTIONS)
	$(CACHED) HYPOTHESIS_PROFILE=quick $(PYTHON) -m pytest -q --numprocesses 2 --dist worksteal tests/unit

## make mutants    breaks the core in every small way and says what no test finds (ten minutes); MODULE=poll: one module
.PHONY: mutants
mutants: setup
	@nice -n 19 $(PYTHON) -m tests.mutants $(MODULE)

## make hooks      runs what is quick of make check before each commit (pre-commit)
.PHONY: hooks
hooks: setup
	@$(TOOLS)/venv/bin/pre-commit install

## make up         starts the stack in the background and prints its addresses; SCHEDULES=off stops the schedules
.PHONY: up
up: setup
	@$(PYTHON) -m tests.local.commands up

## make down       stops the stack and keeps its state
.PHONY: down
down: setup
	@$(PYTHON) -m tests.local.commands down

## make invoke FUNCTION=poll EVENT=events/poll.json    invokes one function of the running stack
.PHONY: invoke
invoke: setup
	@$(PYTHON) -m tests.local.commands invoke "$(FUNCTION)" "$(EVENT)"

## make browser    installs Debian's Chromium for the tests of the inbox's page, where it is absent and may be installed
.PHONY: browser
browser:
	@if command -v chromium chromium-browser google-chrome >/dev/null; then echo "there is a Chromium"; \
	elif ! command -v apt-get >/dev/null; then echo "no Chromium, and no apt-get: install one by hand"; \
	elif [ "$$(id -u)" != 0 ]; then echo "no Chromium: run 'sudo apt-get install chromium fonts-noto-cjk'"; \
	else timeout 120 apt-get update -qq && timeout 300 apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk >/dev/null \
		|| echo "no Chromium could be installed: the tests of the inbox's page will be skipped"; fi

## make picture    takes the pictures of README.md from what make demo left
.PHONY: picture
picture: setup
	@$(PYTHON) -m tests.e2e.picture

## make messages   renders every golden case into .local/messages/
.PHONY: messages
messages: setup
	@$(PYTHON) -m tests.local.messages

## make bench      measures this project beside its peers and writes tests/bench/RESULTS.md; under 10 minutes
.PHONY: bench
bench: setup $(TOOLS)/bench/.made
	@$(PYTHON) -m tests.bench

## make cost       puts the month's cost that make bench found into README.md
.PHONY: cost
cost: setup
	@$(PYTHON) -m tests.bench.readme

## make build      sam build for AWS, with the Python of this checkout
.PHONY: build
build: setup
	PATH="$(CURDIR)/$(TOOLS)/venv/bin:$$PATH" $(TOOLS)/sam/bin/sam build

## make fixture    keeps the table as this version leaves it, for tests of upgrades: run it before a release
.PHONY: fixture
fixture: setup
	@$(PYTHON) -m tests.e2e.upgrade_story

# To live with an advisory, put `--ignore-vuln ID` here, with the reason.
ADVISORY_OPTIONS =

## make sbom       lists what is shipped, with versions and hashes: CycloneDX in .local/sbom/
.PHONY: sbom
sbom: $(TOOLS)/audit/.made
	@mkdir -p $(TOOLS)/sbom
	@cat layers/*/requirements.txt | PYTHONWARNINGS=ignore $(TOOLS)/audit/bin/cyclonedx-py requirements - --pyproject pyproject.toml \
		--sv 1.6 --output-reproducible -o $(TOOLS)/sbom/investor-flows.cdx.json
	@echo $(TOOLS)/sbom/investor-flows.cdx.json

## make lock       pins all dependencies anew, with hashes
COMPILE = $(UV) pip compile --quiet --python-version 3.13 --generate-hashes --no-header --no-annotate
.PHONY: lock
lock: $(UV)
	$(COMPILE) pyproject.toml --all-extras -o requirements-dev.txt
	$(COMPILE) pyproject.toml -c requirements-dev.txt -o layers/investor_flows/requirements.txt
	printf '%s\n' resvg-py slack-sdk | $(COMPILE) - -c requirements-dev.txt -o layers/slack/requirements.txt
	printf '%s\n' ministack==1.5.33 boto3 aws-sam-translator cryptography awslambdaric | $(COMPILE) - -o tests/local/requirements-emulator.txt
	printf '%s\n' aws-sam-cli==1.170.0 cfn-lint-serverless | $(COMPILE) - -o tests/local/requirements-sam.txt
	printf '%s\n' checkov==3.3.30 pip-audit==2.10.1 cyclonedx-bom==4.6.1 | $(COMPILE) - -o tests/local/requirements-audit.txt
	printf '%s\n' awslambdaric aws-lambda-powertools boto3 jquants-api-client matplotlib pandas | $(COMPILE) - -c requirements-dev.txt -o tests/bench/requirements.txt
	$(COMPILE) pyproject.toml --extra runtime --extra slack -c requirements-dev.txt -o tests/bench/requirements-plain.txt
	echo uv==0.13.9 | $(COMPILE) - -o tests/local/requirements-uv.txt

## make clean      removes the environments and the build; the state stays
.PHONY: clean
clean:
	rm -rf $(TOOLS)/{uv,venv,sam,emulator,build,bytecode,audit,bench}

.PHONY: help
help:
	@sed -n 's/^## //p' Makefile

# ---- environments, each pinned by hashes and made again when its lock changes
.PHONY: setup
setup: $(TOOLS)/venv/.made $(TOOLS)/sam/.made $(TOOLS)/emulator/.made

$(UV): tests/local/requirements-uv.txt
	@echo "making $(TOOLS)/uv ..."
	@python3 -m venv --clear $(TOOLS)/uv
	@$(TOOLS)/uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

define environment
	@echo "making $(@D) ..."
	@$(UV) venv --quiet --clear --seed --python 3.13 $(@D)
	@VIRTUAL_ENV=$(@D) $(UV) pip install --quiet --require-hashes -r $<
endef

$(TOOLS)/venv/.made: requirements-dev.txt pyproject.toml | $(UV)
	$(environment)
	@VIRTUAL_ENV=$(@D) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS)/sam/.made: tests/local/requirements-sam.txt | $(UV)
	$(environment)
	@touch $@

$(TOOLS)/emulator/.made: tests/local/requirements-emulator.txt | $(UV)
	$(environment)
	@touch $@

$(TOOLS)/audit/.made: tests/local/requirements-audit.txt | $(UV)
	$(environment)
	@touch $@

# Compiled, as Lambda's own boto3 is.
$(TOOLS)/bench/.made: export UV_COMPILE_BYTECODE := 1
$(TOOLS)/bench/.made: tests/bench/requirements.txt | $(UV)
	$(environment)
	@touch $@
