# Portería. `make` lists what there is to make.

# The formatter and the build want a JDK of 21 or later; Maven itself may run on an older one.
JAVA_HOME := $(shell sh .mvn/find-jdk)
export JAVA_HOME

JAVA := $(JAVA_HOME)/bin/java
MVN := mvn -B -q
SOURCES := $(shell find src/main conf pom.xml -type f)
BUILT := target/.built
DEMO_CLASS_PATH := target/porteria.jar:target/porteria-embedded.jar:target/lib/*:target/lib-embedded/*
JAVA_OPTIONS ?= -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED

.DEFAULT_GOAL := help
.PHONY: help run test format lint migrate audit-verify school admin templates-check seed simulate bench build hooks clean day

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(BUILT) ## the server; with PostgreSQL, Redis, S3 and providers of its own unless DATABASE_URL is set
ifdef DATABASE_URL
	@exec $(JAVA) $(JAVA_OPTIONS) -jar target/porteria.jar serve
else
	@exec $(JAVA) $(JAVA_OPTIONS) -cp '$(DEMO_CLASS_PATH)' porteria.Main demo
endif

test: ## every test, on real servers
	mvn -B verify

format: ## format the Java sources
	$(MVN) spotless:apply

lint: ## formatter, compiler, Error Prone, NullAway
	$(MVN) spotless:check test-compile

migrate: $(BUILT) ## bring the database of DATABASE_URL up to date
	@exec $(JAVA) $(JAVA_OPTIONS) -jar target/porteria.jar migrate

audit-verify: $(BUILT) ## walk the audit trail in the database of DATABASE_URL; SCHOOL=slug for one school
	@exec $(JAVA) $(JAVA_OPTIONS) -jar target/porteria.jar audit-verify $(SCHOOL)

school: $(BUILT) ## founds a school in the database of DATABASE_URL: SCHOOL=slug NAME=… TIMEZONE=America/Santiago
	@exec $(JAVA) $(JAVA_OPTIONS) -jar target/porteria.jar school '$(SCHOOL)' '$(NAME)' '$(TIMEZONE)'

admin: $(BUILT) ## an admin's account in the database of DATABASE_URL: EMAIL=… SCHOOL=slug; prints its password
	@exec $(JAVA) $(JAVA_OPTIONS) -jar target/porteria.jar admin '$(EMAIL)' '$(SCHOOL)'

templates-check: $(BUILT) ## are the WhatsApp account's templates approved as conf/whatsapp-templates.json has them?
	@exec $(JAVA) $(JAVA_OPTIONS) -jar target/porteria.jar templates-check

seed: $(BUILT) ## make the data directory with the demo schools, and stop
	@exec $(JAVA) $(JAVA_OPTIONS) -cp '$(DEMO_CLASS_PATH)' porteria.Main seed

simulate: $(BUILT) ## kiosks play a school morning against the server of `make run`
	@exec $(JAVA) $(JAVA_OPTIONS) -cp '$(DEMO_CLASS_PATH)' porteria.embedded.morning.SchoolMorning

day: $(BUILT) ## a school day in three minutes on a server of its own, judged from what families were told
	@exec $(JAVA) $(JAVA_OPTIONS) -cp '$(DEMO_CLASS_PATH)' porteria.embedded.morning.SchoolDay

bench: $(BUILT) ## scans and messages a second beside pgbench, in one run (needs pgbench and wrk)
	@exec $(JAVA) $(JAVA_OPTIONS) -cp '$(DEMO_CLASS_PATH)' porteria.embedded.bench.ScanBench

build: $(BUILT) ## the jars

$(BUILT): $(SOURCES)
	$(MVN) package -DskipTests
	@touch $@

hooks: ## check format and build before each commit
	git config core.hooksPath .githooks

clean: ## forget what was built; data stays
	$(MVN) clean
