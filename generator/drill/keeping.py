"""Checks of what lies on this laptop: whom to call, whom to write to, and with which password."""

from collections.abc import Iterator
from pathlib import Path

from generator.contacts import is_far, read_contacts
from generator.drill.means import Means
from generator.drill.steps import Step, done, failed, unchecked
from generator.mailing import published_with, read_recipients
from generator.problems import InvalidRecords


def check_contacts(means: Means) -> Iterator[Step]:
    """The list of whom to call lies here, is not published, and names those who matter."""
    name = means.settings.status.contacts
    if not name:
        yield failed("no_contacts")
        return
    path = means.home / name
    found = read_contacts(path)
    if found.why:
        yield failed("contacts", file=name, why=found.why)
        return
    if found.missing:
        yield failed("contacts_lack", file=name, names=", ".join(found.missing))
    elif not is_far(path):
        yield done("contacts", file=name)
    yield from _misplaced(means, name)


def check_recipients(means: Means) -> Iterator[Step]:
    """The addresses for announcements lie here and are sound, and the password for sending them is known."""
    mail = means.settings.status.mail
    if not mail:
        yield unchecked("no_mail")
        return
    if mail.user:
        yield (done if means.has_password else failed)("password", user=mail.user)
    yield from _recipients(means, mail.recipients)
    yield from _misplaced(means, mail.recipients)


def _recipients(means: Means, name: str) -> Iterator[Step]:
    try:
        people, problems = read_recipients(means.home / name, means.settings.languages)
    except InvalidRecords as invalid:
        yield failed("recipients", file=name, why=invalid.problems[0].message)
        return
    if problems:
        yield failed("recipients_unsound", file=name, n=len(problems))
    elif people:
        yield done("recipients", file=name, n=len(people))
    else:
        yield failed("recipients_none", file=name)


def _misplaced(means: Means, name: str) -> Iterator[Step]:
    """A file that lies where it is of no use, or of use to everybody."""
    path: Path = means.home / name
    folder = published_with(path, means.home, ("docs", means.settings.records, "site"))
    if folder:
        yield failed("published", file=name, folder=folder)
    if is_far(path):
        yield failed("far", file=name)


def check_paper(_means: Means) -> Iterator[Step]:
    """Nobody can see from here what hangs on the wall."""
    yield unchecked("paper")
