"""Owns doing the same thing many times at the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(times: int, act: Callable[[], str]) -> list[str]:
    """What each of so many threads got, all of which began together."""
    ready = Barrier(times)

    def alone(_number: int) -> str:
        try:
            connection.ensure_connection()
            ready.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(alone, range(times)))
