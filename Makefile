# Two commands do everything: `make demo` and `make test`. The rest are their parts.

CARGO ?= cargo
WORKBOOK = $(CARGO) run --quiet --package cli --bin workbook --
DEMO_DIR ?= target/demo
RUN_DIR ?= target/run
LISTEN ?= 127.0.0.1:8787

export RUSTDOCFLAGS = -D warnings

.PHONY: attack help setup model demo run test fmt clippy docs unit core shell shell-test kernel stories deny openapi sqlx soak bench-record bench-sync bench-phone fuzz

help: ## What there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Install what the build needs (as root on Debian), or say what is missing
	@scripts/setup

model: setup ## Fetch the speech model into your cache folder, once
	$(WORKBOOK) model install

demo: model ## The main job from end to end, on a sample family
	$(WORKBOOK) demo --dir $(DEMO_DIR)

run: setup shell ## Serve the app with sample families; prints the address and how to sign in
	rm -rf $(RUN_DIR)
	mkdir -p $(RUN_DIR)
	$(WORKBOOK) serve --sample --db $(RUN_DIR)/server.db --listen $(LISTEN)

test: setup fmt clippy docs model unit core shell-test kernel stories ## Every check and test

shell: setup ## Build the phone's app into mobile-shell/dist
	scripts/build-shell

shell-test: shell ## Check and test the phone's app without a browser
	cd mobile-shell && CI=true npm run --silent test

kernel: shell ## Test the speech engine's matrix kernel against a plain reference
	mobile-shell/speech-engine/test/kernel

stories: shell model ## The phone in real Chromium: stories against the real server, every screen with axe
	$(CARGO) build --quiet --package cli --bin workbook
	cd mobile-shell && CI=true npm run --silent e2e

fmt:
	$(CARGO) fmt --all --check

clippy:
	$(CARGO) clippy --workspace --all-targets --all-features --quiet -- -D warnings

docs:
	$(CARGO) doc --workspace --all-features --no-deps --quiet

# Without xtask, which has no tests and would have everybody's dependencies built anew with its features.
unit: # unit, property, conformance, end-to-end and doc tests; CI=true: what is missing fails, never skips
	CI=true $(CARGO) test --workspace --exclude xtask --all-features

core: setup ## Build the phone's core (WebAssembly) and test the built one
	scripts/test-core

attack: ## Throw made-up requests at the server (schemathesis); fails at any 5xx
	$(CARGO) build --quiet --package cli --bin workbook
	scripts/attack

soak: ## Kill the server (both engines), and PostgreSQL, 50 times each while devices sync; WORKBOOK_SEED=… for other instants
	WORKBOOK_KILLS=50 $(CARGO) test --package tests --test sync crash -- --nocapture

deny: ## Licences, sources and bans of the dependencies (needs cargo-deny)
	$(CARGO) deny --all-features check bans licenses sources

openapi: ## Write crates/server/openapi.json anew
	UPDATE=1 $(CARGO) test --package server openapi

# libFuzzer needs flags of the nightly compiler. RUSTC_BOOTSTRAP lets the stable one take them; without
# a sanitizer (they need a nightly standard library) it finds panics, hangs and broken invariants, which
# is what safe Rust can have.
FUZZ_SECONDS ?= 60
FUZZ = RUSTC_BOOTSTRAP=1 $(CARGO) fuzz run --sanitizer none

# A target, and the most bytes of one input. It begins with the committed seeds and keeps what it
# finds in fuzz/corpus, which is not committed.
define fuzz_one
	mkdir -p crates/record/fuzz/corpus/$(1)
	$(FUZZ) --fuzz-dir crates/record/fuzz $(1) crates/record/fuzz/corpus/$(1) crates/record/fuzz/seeds/$(1) -- -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=1024 -max_len=$(2)
endef

fuzz: ## Fuzz changes, the rules and saved documents, FUZZ_SECONDS (60) each
	$(CARGO) fuzz --version >/dev/null 2>&1 || $(CARGO) install cargo-fuzz --locked
	$(call fuzz_one,decode,8192)
	$(call fuzz_one,rules,64)
	$(call fuzz_one,document,8192)

bench-record: ## Measure the record; writes target/bench/record.json
	$(CARGO) bench --package record --bench record

# Not `npm ci`: npm leaves the packages that cbor-extract has for other platforms out of the lock file and then
# refuses it.
bench-sync: setup ## Measure the sync server beside Automerge's JavaScript one and bare inserts; writes target/bench/sync.json
	cd tests/benches/sync/peer && npm install --no-save --no-fund --no-audit
	$(CARGO) bench --package tests --bench sync -- $(PARTS)

bench-phone: shell ## Measure the phone's app and its speech engine in Chromium; writes target/bench/phone.json
	$(CARGO) build --quiet --package cli --bin workbook
	cd mobile-shell && npm run --silent bench

sqlx: setup ## Check the queries of both engines against their migrations and write their .sqlx anew
	crates/store-sqlite/prepare
	crates/store-postgres/prepare
