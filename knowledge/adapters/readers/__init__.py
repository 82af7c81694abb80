"""Readers: a file in, its text and whatever it says of itself out."""
