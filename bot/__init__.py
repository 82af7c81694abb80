"""The front desk: people ask here, on any platform. Knows no storage."""
