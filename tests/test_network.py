"""The guard that keeps the tests off the network keeps them off it."""

import http.client
import socket
import threading

import pytest

OUTSIDE = "192.0.2.1"  # reserved for documentation (RFC 5737): nobody is there


def test_an_address_outside_this_machine_is_refused():
    with socket.socket() as sock, pytest.raises(RuntimeError, match="connect"):
        sock.connect((OUTSIDE, 80))


def test_a_name_outside_this_machine_is_not_looked_up():
    with pytest.raises(RuntimeError, match="look-up"):
        http.client.HTTPConnection("example.invalid").connect()


def test_a_datagram_outside_this_machine_is_refused():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, pytest.raises(RuntimeError, match="sendto"):
        sock.sendto(b"", (OUTSIDE, 53))


def test_loopback_stays_open():
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer = threading.Thread(target=server.accept)
        answer.start()
        socket.create_connection(server.getsockname(), timeout=5).close()
        answer.join(5)
