"""Which network addresses are of the public internet, and no other."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What `is_global` lets pass and no page is behind: anycast for protocols, relays that
# carry an IPv4 address inside, and documentation that older Pythons do not know.
_NO_PAGES_4 = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24")))
_NO_PAGES_6 = tuple(map(ip_network, ("2001::/23", "2002::/16", "3fff::/20")))
# Everything assigned to hosts. Loopback, link-local, unique local, site-local, multicast,
# IPv4-mapped, IPv4-compatible and NAT64 addresses all lie outside.
_UNICAST_6 = ip_network("2000::/3")


def is_public(address: str) -> bool:
    """Whether a numeric address may be that of a page. False for what is none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return _public_4(parsed)
    return _public_6(parsed)


def _public_4(address: IPv4Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _NO_PAGES_4)
    )


def _public_6(address: IPv6Address) -> bool:
    return (
        address in _UNICAST_6
        and address.is_global
        and not any(address in network for network in _NO_PAGES_6)
    )
