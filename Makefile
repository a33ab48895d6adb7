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

.PHONY: help deps build run test lint format check install clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
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

lint: ## check formatting and the rules the compiler does not know
	@.ci/lint

format: ## format all Swift files in place
	swift format --in-place --parallel --recursive Package.swift Sources Tests

check: test lint ## test and lint: what every commit passes

install: ## install under PREFIX (/usr/local); DESTDIR is put before it
	@test -x $(BINARY) || $(MAKE) build
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(SHARE)/tricolor/examples'
	install -m 755 $(BINARY) '$(DESTDIR)$(PREFIX)/bin/tricolor'
	find examples -type f -exec install -m 644 {} '$(SHARE)/tricolor/examples' \;
	install -d '$(SHARE)/bash-completion/completions' '$(SHARE)/zsh/site-functions' \
	  '$(SHARE)/fish/vendor_completions.d'
	$(BINARY) --generate-completion-script bash >'$(SHARE)/bash-completion/completions/tricolor'
	$(BINARY) --generate-completion-script zsh >'$(SHARE)/zsh/site-functions/_tricolor'
	$(BINARY) --generate-completion-script fish >'$(SHARE)/fish/vendor_completions.d/tricolor.fish'
	@if test -f $(MANUAL); then \
	  install -d '$(SHARE)/man/man1' && install -m 644 $(MANUAL) '$(SHARE)/man/man1/tricolor.1'; \
	fi

clean: ## remove everything that was built
	rm -rf .build
