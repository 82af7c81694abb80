"""One flow for every platform: who may, who is addressed, what was shown, what is due."""
