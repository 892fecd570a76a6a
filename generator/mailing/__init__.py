"""Announcements sent by mail: to whom, one mail each, by which server, and who has got which already."""

from generator.mailing.ledger import Entry, Ledger, LedgerError, State, ledger_of, open_ledger, read_ledger
from generator.mailing.letters import Letter, write_mail
from generator.mailing.recipients import Recipient, known_to_git, published_with, read_recipients
from generator.mailing.sending import Outcome, Round, StoppedError, still_to_get
from generator.mailing.server import Patience, Server

__all__ = [
    "Entry", "Ledger", "LedgerError", "Letter", "Outcome", "Patience", "Recipient", "Round", "Server",
    "State", "StoppedError", "known_to_git", "ledger_of", "open_ledger", "published_with", "read_ledger",
    "read_recipients", "still_to_get", "write_mail",
]  # fmt: skip
