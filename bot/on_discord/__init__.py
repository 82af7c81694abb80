"""Discord: its client library and nothing else of ours knows it."""
