"""How often a client may ask: token buckets (as in ITU-T I.371, "leaky bucket as a meter"), one for each client."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_CLIENTS = 10_000
_IPV6_SITE = 64


class Buckets:
    """Meters the requests of clients.

    Parameters
    ----------
    rate : float
        Requests a second over time.
    burst : int
        Requests at once.
    most : int
        How many clients are remembered: those not seen for longest are forgotten first.
    clock : callable
        Seconds since whenever.
    """

    def __init__(
        self, rate: float, burst: int, *, most: int = _MOST_CLIENTS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rate, self.burst, self.most, self.clock = rate, burst, most, clock
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def wait(self, client: str) -> float:
        """Return the seconds until a client may ask; nought is now."""
        full_at = self._full_at.get(client, 0.0)
        return max(0.0, full_at - self.clock() - (self.burst - 1) / self.rate)

    def take(self, client: str) -> float:
        """Count a request and return nought; or return the seconds until the client may ask, and count nothing."""
        waiting = self.wait(client)
        if waiting > 0:
            return waiting
        self._full_at[client] = max(self._full_at.get(client, 0.0), self.clock()) + 1 / self.rate
        self._full_at.move_to_end(client)
        if len(self._full_at) > self.most:
            self._full_at.popitem(last=False)
        return 0.0


def client_of(address: str) -> str:
    """Return what stands for a client: its address, of IPv6 the site (/64), for one subscriber has many of those."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((int(parsed) >> _IPV6_SITE << _IPV6_SITE, _IPV6_SITE)))
