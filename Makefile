# Every target is `python3 -m hub <target>`, which also works without make (on Windows: py -m hub <target>).
# More words go into ARGS: make run ARGS="--port 8001", make test ARGS="-k search".
PYTHON ?= python3

.PHONY: run test check bench prove install lock lock-check

run test check bench prove install lock lock-check:
	@$(PYTHON) -m hub $@ $(ARGS)
