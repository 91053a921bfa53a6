"""How often a client may ask: a bucket of saved-up requests for each client, refilled by time."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_SAVED_SECONDS = 10.0
_CLIENTS = 4096


class RateLimit:
    """`rate` requests a second in the long run, ten seconds' worth at once; a rate of 0 lets everything pass."""

    def __init__(self, rate: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._most = max(1.0, rate * _SAVED_SECONDS)
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_of(self, client: str) -> float:
        """Takes one request from the client's bucket; returns 0, or the seconds to wait when there is none."""
        if self._rate <= 0:
            return 0.0
        with self._lock:
            now = self._clock()
            saved, since = self._buckets.pop(client, (self._most, now))
            saved = min(self._most, saved + (now - since) * self._rate)
            allowed = saved >= 1
            self._buckets[client] = (saved - 1 if allowed else saved, now)
            if len(self._buckets) > _CLIENTS:
                self._buckets.popitem(last=False)
            return 0.0 if allowed else (1 - saved) / self._rate
