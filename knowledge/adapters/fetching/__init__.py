"""Fetching: an address in, what is there out, and no way into the house's own network."""
