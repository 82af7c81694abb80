"""What is kept for servers and workspaces, in the store's database.

A room for each part, by the name that it has in ``tenant_ports``; ``tenants`` joins them
and wipes across them, and ``own_rows`` is what all of them stand on.
"""

from knowledge.adapters.sql_tenants.tenants import SqlTenants

__all__ = ["SqlTenants"]
