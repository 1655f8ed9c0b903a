"""What holds for every test: no network but this machine's own, no proxy, and no settings from the one who runs them."""

import ipaddress
import os
import socket

import pytest

LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost", ""})


def is_local(family: int, address: object) -> bool:
    """Is this a socket address that no packet leaves the machine for?"""
    if family == getattr(socket, "AF_UNIX", None):
        return True
    if family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple):
        return False
    return is_loopback(address[0])


def is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if name.casefold() in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


class NetworkUsedError(RuntimeError):
    """A test, or the code under it, asked for something outside this machine."""


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Refuse every connection and look-up outside loopback, so that a test that needs the network fails everywhere."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    real_getaddrinfo = socket.getaddrinfo

    def guarded(name):
        def call(self, *arguments):
            address = arguments[-1] if name == "sendto" else arguments[0]
            if not is_local(self.family, address):
                raise NetworkUsedError(f"socket.{name} to {address!r}")
            return real[name](self, *arguments)

        return call

    def getaddrinfo(host, *arguments, **keywords):
        if not is_loopback(host):
            raise NetworkUsedError(f"look-up of {host!r}")
        return real_getaddrinfo(host, *arguments, **keywords)

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(socket.socket, name, guarded(name))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        for name in [n for n in os.environ if n.lower().endswith("_proxy") or n == "CONFLICT_MAP_PROJECT"]:
            patch.delenv(name)
        patch.setenv("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")
        yield
