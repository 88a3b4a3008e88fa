"""Owns the way in: `python3 -m hub run`, `test`, `check` and the rest, with nothing installed yet."""

from __future__ import annotations  # an old Python must get as far as the message below

import sys

OLDEST = (3, 11)


def main() -> int:
    """Runs one command of the clone; the exit code says whether it went well."""
    if sys.version_info < OLDEST:  # whoever has an older Python must be told so
        from hub.bootstrap.versions import advice

        print(advice(sys.argv[1:]), file=sys.stderr)
        return 2
    from hub.bootstrap.commands import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
