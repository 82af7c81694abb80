"""Which addresses a page may come from."""

import pytest

from knowledge.adapters.fetching.addresses import is_public


@pytest.mark.parametrize(
    "address",
    """
    127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254
    100.64.0.1 192.0.0.1 192.0.0.9 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1
    203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00::1 ff02::1 ff0e::1
    ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:8.8.8.8 ::8.8.8.8
    64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 2002:7f00:1:: 2002:808:808::
    2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2001:20::1 3fff::1 5f00::1 100::1
    example.org 127.1 0x7f.0.0.1 2130706433
    """.split(),
)
def test_no_page_comes_from_an_address_that_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    "8.8.8.8 1.1.1.1 93.184.215.14 100.63.0.1 100.128.0.1 172.32.0.1 "
    "2606:4700::1111 2001:4860:4860::8888 2a00:1450:4001:80b::200e".split(),
)
def test_a_page_may_come_from_the_public_internet(address):
    assert is_public(address)
