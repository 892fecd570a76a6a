"""One mail to each recipient who has not got the announcement yet, and what became of each.

Nobody gets it twice: where it is not certain that a mail was not accepted, it counts as perhaps accepted, and is sent
again only when that is asked for. A connection that breaks is opened anew; one that breaks twice running ends it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.mailing.ledger import Entry, Ledger, State
from generator.mailing.recipients import Recipient
from generator.mailing.server import LostError, NoServerError, Reply, Server

MOST_LOSSES = 2
"""After so many connections that broke one after the other the server is let be."""


class StoppedError(Exception):
    """Sending ended before everybody's turn. `reason` names the sentence that says why."""

    def __init__(self, reason: str, why: str = "") -> None:
        super().__init__(reason, why)
        self.reason, self.why = reason, why


@dataclass(frozen=True)
class Outcome:
    """What became of the mail to one recipient."""

    recipient: Recipient
    entry: Entry


@dataclass
class Round:
    """One announcement on its way: `write` makes the mail for a recipient, `now` (UTC) stands in the ledger."""

    announcement: str
    write: Callable[[Recipient], bytes]
    server: Server
    ledger: Ledger
    now: datetime
    losses: int = 0

    def send(self, recipients: Iterable[Recipient]) -> Iterator[Outcome]:
        """What became of each, as it happens.

        Raises StoppedError: those of whom nothing has been said yet have not been tried.
        """
        try:
            for recipient in recipients:
                outcome = Outcome(recipient, self._deliver(recipient))
                yield outcome
                if self.losses >= MOST_LOSSES:
                    raise StoppedError("lost", outcome.entry.why)
            self.server.leave()
        except NoServerError as error:
            raise StoppedError(error.reason, error.why) from error
        except OSError as error:
            raise StoppedError("ledger", error.strerror or str(error)) from error
        finally:
            self.server.hang_up()

    def _deliver(self, recipient: Recipient) -> Entry:
        """Hand one mail over; once more on a new connection, when the old one broke before that could have worked."""
        content = self.write(recipient)
        while True:
            self.server.connect()
            try:
                entry = self._hand_over(recipient, content)
                break
            except LostError as lost:
                self.losses += 1
                entry = Entry("later" if lost.certain else "unknown", lost.why)
                if self.losses >= MOST_LOSSES or not lost.certain:
                    break
                self._note(recipient, entry)  # it stands even if no connection can be made any more
        self._note(recipient, entry)
        return entry

    def _hand_over(self, recipient: Recipient, content: bytes) -> Entry:
        reply = self.server.hand_over(recipient.address, content, lambda: self._note(recipient, Entry("sending")))
        self.losses = self.losses + 1 if reply.hangs_up else 0
        if reply.stage == "sender":
            raise StoppedError("sender" if reply.code // 100 == 5 else "not_now", reply.words)
        return Entry(_state(reply), reply.words)

    def _note(self, recipient: Recipient, entry: Entry) -> None:
        self.ledger.note(self.announcement, recipient, entry, self.now)


def _state(reply: Reply) -> State:
    states: dict[int, State] = {2: "accepted", 5: "refused"}
    return states.get(reply.code // 100, "later")


def still_to_get(
    recipients: Sequence[Recipient], ledger: Ledger, announcement: str, again: Sequence[State]
) -> list[Recipient]:
    """Who has not got it yet: those never tried, those the server asked to try later, and whom to try `again`."""
    open_states = {None, "later", *again}
    known = {recipient: ledger.state(announcement, recipient) for recipient in recipients}
    return [recipient for recipient, entry in known.items() if (entry.state if entry else None) in open_states]
