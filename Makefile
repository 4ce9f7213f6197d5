# Bitext: `make demo` for a first look, `make test` before a change.
SHELL := /bin/sh
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
RELEASE = .build/release
# The Swift runtime goes into the program, so that it runs where no toolchain is and starts sooner.
STATIC = --static-swift-stdlib
ifeq ($(shell uname -s),Darwin)
STATIC =
export PKG_CONFIG_PATH := $(shell brew --prefix icu4c 2>/dev/null)/lib/pkgconfig:$(shell brew --prefix libxml2 2>/dev/null)/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

.PHONY: help setup build demo test fuzz soak lint bench docs lexicons term-weights word-tables glossaries install clean

help:
	@echo "make demo                 build, align the example article, show what comes out"
	@echo "make test                 build and pass all tests"
	@echo "make fuzz SECONDS=60      let libFuzzer look for inputs that break a reader, so long for each"
	@echo "make soak                 kill, starve and crowd the memory, for minutes"
	@echo "make lint                 check formatting and layers"
	@echo "make bench                measure speed beside a reference in the same run"
	@echo "make docs                 build the documentation"
	@echo "make lexicons DATA=DIR    learn the shipped lexicons again from their sources"
	@echo "make term-weights DATA=DIR  learn the weights of term extraction from annotated articles"
	@echo "make word-tables DATA=DIR  count the tables of words for term extraction"
	@echo "make glossaries           write the TBX twin of each glossary again"
	@echo "make install PREFIX=DIR   install the program with its resources (default /usr/local)"

setup:
	@sh scripts/setup.sh

build: setup
	$(SWIFT) build -c release $(STATIC) --product bitext

demo: build
	@sh scripts/demo.sh $(RELEASE)/bitext

test: setup
	$(SWIFT) test --parallel

SECONDS ?= 60
fuzz: setup
	sh Fuzz/run.sh $(SECONDS)

soak: setup
	BITEXT_SOAK=1 $(SWIFT) test --filter 'A memory survives'

lint: setup
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Snippets glossaries Benchmarks
	sh scripts/check-layers.sh

bench: setup
	sh Benchmarks/run.sh

docs: setup
	sh scripts/docs.sh

lexicons: build
	@test -n "$(DATA)" || { echo "usage: make lexicons DATA=FOLDER"; exit 1; }
	$(SWIFT) build -c release --product LinkModelBuilder
	sh lexicons/build.sh "$(DATA)"

word-tables: setup
	@test -n "$(DATA)" || { echo "usage: make word-tables DATA=FOLDER"; exit 1; }
	$(SWIFT) build -c release --product WordTableBuilder
	sh lexicons/word-tables.sh "$(DATA)"

term-weights: setup
	@test -n "$(DATA)" || { echo "usage: make term-weights DATA=FOLDER"; exit 1; }
	$(SWIFT) run -c release TermWeightBuilder "$(DATA)" "Sources/BitextTerminology/Extraction/TermWeights+Learned.swift"

glossaries: build
	sh scripts/glossaries.sh $(RELEASE)/bitext

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/bitext"
	install -s -m 755 $(RELEASE)/bitext "$(DESTDIR)$(PREFIX)/bin/bitext"
	cp -R $(RELEASE)/Bitext_*.resources "$(DESTDIR)$(PREFIX)/share/bitext/"

clean:
	rm -rf .build demo-output
