"""Nothing leaves the machine."""

import ipaddress

import psutil


def test_the_gateway_and_its_children_speak_to_loopback_only(server, w):
    w.current_user.me()
    gateway = psutil.Process(server.pid)
    connections = [c for p in (gateway, *gateway.children(recursive=True)) for c in p.net_connections("inet")]
    addresses = {end.ip for c in connections for end in (c.laddr, c.raddr) if end}

    assert connections
    assert [ip for ip in addresses if not ipaddress.ip_address(ip).is_loopback] == []


def test_mlflow_listens_on_no_port(server, w):
    listening = [c for c in psutil.Process(server.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    children = psutil.Process(server.pid).children(recursive=True)

    assert [c.laddr.port for c in listening] == [server.port]
    assert [c for child in children for c in child.net_connections("inet")] == []
