# Two commands do everything: `make demo` and `make test`. The rest are their parts.

CARGO ?= cargo
WORKBOOK = $(CARGO) run --quiet --package cli --bin workbook --
DEMO_DIR ?= target/demo
RUN_DIR ?= target/run
LISTEN ?= 127.0.0.1:8787

export RUSTDOCFLAGS = -D warnings

.PHONY: help setup model demo run test fmt clippy docs unit deny openapi sqlx bench-record fuzz

help: ## What there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Install what the build needs (as root on Debian), or say what is missing
	@scripts/setup

model: setup ## Fetch the speech model into your cache folder, once
	$(WORKBOOK) model install

demo: model ## The main job from end to end, on a sample family
	$(WORKBOOK) demo --dir $(DEMO_DIR)

run: setup ## Serve the app with sample families; prints the address and how to sign in
	rm -rf $(RUN_DIR)
	mkdir -p $(RUN_DIR)
	$(WORKBOOK) serve --sample --db $(RUN_DIR)/server.db --listen $(LISTEN)

test: setup fmt clippy docs model unit ## Every check and test

fmt:
	$(CARGO) fmt --all --check

clippy:
	$(CARGO) clippy --workspace --all-targets --all-features --quiet -- -D warnings

docs:
	$(CARGO) doc --workspace --no-deps --quiet

unit: # unit, property, conformance, end-to-end and doc tests; CI=true: what is missing fails, never skips
	CI=true $(CARGO) test --workspace --all-features

deny: ## Licences, sources and bans of the dependencies (needs cargo-deny)
	$(CARGO) deny --all-features check bans licenses sources

openapi: ## Write crates/server/openapi.json anew
	UPDATE=1 $(CARGO) test --package server openapi

# libFuzzer needs flags of the nightly compiler. RUSTC_BOOTSTRAP lets the stable one take them; without
# a sanitizer (they need a nightly standard library) it finds panics, hangs and broken invariants, which
# is what safe Rust can have.
FUZZ_SECONDS ?= 60
FUZZ = RUSTC_BOOTSTRAP=1 $(CARGO) fuzz run --sanitizer none

fuzz: ## Fuzz the decoding of changes and the rules, FUZZ_SECONDS (60) each
	$(CARGO) fuzz --version >/dev/null 2>&1 || $(CARGO) install cargo-fuzz --locked
	$(FUZZ) --fuzz-dir crates/record/fuzz decode -- -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=1024 -max_len=4096
	$(FUZZ) --fuzz-dir crates/record/fuzz rules -- -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=1024 -max_len=64

bench-record: ## Measure the record; writes target/bench/record.json
	$(CARGO) bench --package record --bench record

sqlx: ## Check the queries against the migrations and write crates/store-sqlite/.sqlx anew
	crates/store-sqlite/prepare
