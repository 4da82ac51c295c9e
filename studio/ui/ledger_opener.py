"""Opening the ledger: read off the event loop, shown, and written to a CSV file when the artist asks."""

from __future__ import annotations

import asyncio
import time

from studio.ui.host import Host
from studio.ui.screens.ledger import LedgerScreen
from studio.ui.session import Session
from studio.workflows.ledger import Ledger, read_ledger
from studio.workflows.ledger_csv import export_path, write_ledger_csv


def open_ledger(session: Session, host: Host) -> None:
    """Read the journal in its own thread, then show what it says."""
    host.start(_show(session, host))


async def _show(session: Session, host: Host) -> None:
    studio = session.studio
    ledger = await read_ledger(studio.engine.desk)
    today = time.strftime("%Y-%m-%d", time.localtime(studio.engine.desk.clock.now()))

    def export() -> None:
        host.start(_export(session, host, ledger, today))

    host.ask(LedgerScreen(ledger, today, studio.session, export), lambda _: None)


async def _export(session: Session, host: Host, ledger: Ledger, today: str) -> None:
    path = export_path(session.project.folder, today)
    await asyncio.to_thread(write_ledger_csv, path, ledger.entries)
    jobs = "1 job" if len(ledger.entries) == 1 else f"{len(ledger.entries)} jobs"
    host.say(f"{jobs} written to {path.name} in the project; those of the sandbox are marked.")
