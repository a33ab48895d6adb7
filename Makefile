# Tricolor. `make` lists what there is to do.

PREFIX = /usr/local
DESTDIR =
FILE =

# A target may import only what Package.swift says it depends on.
FLAGS = --explicit-target-dependency-import-check error
# Runs without the toolchain; lld is silent about what Swift's own library does.
RELEASE = $(FLAGS) -c release --product tricolor --static-swift-stdlib -Xswiftc -use-ld=lld
BINARY = .build/release/tricolor
MANUAL = .build/plugins/GenerateManual/outputs/tricolor/tricolor.1
SHARE = $(DESTDIR)$(PREFIX)/share

.PHONY: help deps build run test bench lint format check check-long check-tsan check-asan check-observer install clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
	  while IFS='|' read -r target text; do printf '%-16s %s\n' "$$target" "$$text"; done

deps: ## install the system packages that are missing
	@.ci/deps git libncurses-dev tmux

build: ## build the program, optimised
	@.ci/deps git libncurses-dev
	swift build $(RELEASE)

run: build ## build and run; FILE=script.tri opens a script
	@$(BINARY) $(if $(FILE),'$(FILE)')

# Tests in a terminal wait for what they see, so they do not share the processor with the others.
IN_A_TERMINAL = NcursesBackendTests|TricolorTests

test: deps ## run all tests, also those that drive the program in a terminal
	swift test $(FLAGS) --disable-xctest --skip '$(IN_A_TERMINAL)'
	swift test $(FLAGS) --disable-xctest --skip-build --filter '$(IN_A_TERMINAL)'
	TRICOLOR_ACTIONS=100000 $(MEMORY) $(MATRIX)

lint: ## check formatting and the rules the compiler does not know
	@.ci/lint

format: ## format all Swift files in place
	swift format --in-place --parallel --recursive Package.swift Sources Tests

check: test lint ## test and lint: what every commit passes

# Every collector under every sound barrier and schedule, so many actions each: optimised, since each
# action is judged.
MATRIX = swift test --disable-xctest -c release -Xswiftc -enable-testing \
  --scratch-path .build-random --filter CollectorMatrixTests

# The allocator's tests alone, each kind of build in a folder of its own.
MEMORY = TRICOLOR_ONLY_MEMORY=1 SWIFT_BACKTRACE=enable=no
MEMORY_TESTS = swift test --disable-xctest

check-long: deps ## run the long tests, optimised: millions of operations, all rows of the checker
	TRICOLOR_ACTIONS=1000000 $(MEMORY) $(MATRIX)
	TRICOLOR_LONG=1 TRICOLOR_REWIRINGS=1000000000 $(MEMORY) $(MEMORY_TESTS) -c release -Xswiftc -enable-testing \
	  --scratch-path .build-long \
	  --filter '\.Memory|AllocatorModel|PageTree|Fault|SharedHeap|ThreadedMachine|Lazy|ModelCheckingTests'
	TRICOLOR_REWIRINGS=10000000 $(TSAN_OPTIMISED) --filter 'ThreadedMachineTests|NurseryTests|ThreadSamplerTests'

# Without the marks that Swift sets besides loads and stores: it takes the first word of a table for
# the address that is modified, so that two threads at two entries seem to race. See ThreadHelpers.
RACES = TSAN_OPTIONS='exitcode=66 halt_on_error=1' $(MEMORY) $(MEMORY_TESTS) \
  --sanitize thread -Xlinker --wrap=__tsan_external_write
TSAN = $(RACES) --scratch-path .build-tsan
TSAN_OPTIMISED = $(RACES) -c release -Xswiftc -enable-testing --scratch-path .build-tsan-long

check-tsan: deps ## run the tests with threads under the thread sanitizer
	TRICOLOR_REWIRINGS=$(or $(REWIRINGS),200000) $(TSAN) --filter 'SharedHeapTests|ThreadedMachineTests|NurseryTests'
	@# A race planted on purpose, or silence would prove nothing.
	@if TRICOLOR_PLANT=race $(TSAN) --skip-build --filter planted >.build-tsan/planted 2>&1 || \
	  ! grep -q 'ThreadSanitizer: data race' .build-tsan/planted; then \
	  echo 'check-tsan: the planted race was not reported' >&2; exit 1; fi

# CHECKED: a machine stops at the first action after which an equation of the allocator is broken.
check-asan: deps ## run the allocator's tests under the address sanitizer, freed cells forbidden
	$(MEMORY) $(MEMORY_TESTS) --sanitize address --scratch-path .build-asan -Xswiftc -DCHECKED \
	  --filter 'SanitizerTests|Tiny|CentralTier|PageHeap|Lazy|Copy|Fault'

# Calls from the measured programs into the machine are inlined, as a compiler would do it for its own
# runtime: without that a third of the time of small trees is spent on calls. One file, as the programs
# of others are: of libraries more comes into memory than is used.
BENCHMARKS = swift build -c release --product TricolorBenchmarks --scratch-path .build-bench \
  -Xswiftc -cross-module-optimization --static-swift-stdlib
PEERS =

bench: ## measure the collector, and PEERS=jobs beside it, for the table of the README
	$(BENCHMARKS)
	@.build-bench/release/TricolorBenchmarks --format readme $(if $(PEERS),--peers '$(PEERS)') gc

check-observer: ## count the instructions that a silent observer costs while marking: none
	@.ci/deps valgrind
	@.ci/check-observer

install: ## install under PREFIX (/usr/local); DESTDIR is put before it
	@test -x $(BINARY) || $(MAKE) build
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(SHARE)/tricolor/examples/puzzles'
	install -m 755 $(BINARY) '$(DESTDIR)$(PREFIX)/bin/tricolor'
	find examples -type f -exec install -m 644 {} '$(SHARE)/tricolor/{}' \;
	install -d '$(SHARE)/bash-completion/completions' '$(SHARE)/zsh/site-functions' \
	  '$(SHARE)/fish/vendor_completions.d'
	$(BINARY) --generate-completion-script bash >'$(SHARE)/bash-completion/completions/tricolor'
	$(BINARY) --generate-completion-script zsh >'$(SHARE)/zsh/site-functions/_tricolor'
	$(BINARY) --generate-completion-script fish >'$(SHARE)/fish/vendor_completions.d/tricolor.fish'
	@if test -f $(MANUAL); then \
	  install -d '$(SHARE)/man/man1' && install -m 644 $(MANUAL) '$(SHARE)/man/man1/tricolor.1'; \
	fi

clean: ## remove everything that was built
	rm -rf .build .build-bench .build-tsan .build-asan .build-long
