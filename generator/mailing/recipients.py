"""Who gets announcements: a file with one address a line, and how far that file is from being published."""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Literal

from generator.guesses import did_you_mean
from generator.mailboxes import BadMailboxError, parse_mailbox
from generator.problems import InvalidRecords, Problem, cannot_read
from generator.sentences import Sentence, say

MAX_BYTES = 5_000_000


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets announcements. `address` is in ASCII, `language` None where the line names none."""

    address: str
    language: str | None

    @property
    def key(self) -> str:
        """The same for the same mailbox, however it is written."""
        return self.address.casefold()


def read_recipients(path: Path, languages: Sequence[str]) -> tuple[list[Recipient], list[Problem]]:
    """The recipients in the file's order, each once, and the problem of every line that is none.

    Raises InvalidRecords when there is no such file, or it is no text.
    """
    try:
        content = path.read_bytes()
        text = content[:MAX_BYTES].decode("utf-8-sig")
    except OSError as error:
        raise _unusable(path, cannot_read(error)[0]) from None
    except UnicodeDecodeError:
        raise _unusable(path, say("the file is not UTF-8")) from None
    if len(content) > MAX_BYTES:
        raise _unusable(path, say("the file has more than {most} bytes", most=MAX_BYTES))
    return parse_recipients(text, path.name, languages)


def _unusable(path: Path, message: Sentence) -> InvalidRecords:
    hint = say("It holds one address a line; its name stands in mkdocs.yml: extra.status.mail.recipients")
    return InvalidRecords([Problem(str(path), 1, 1, "", message, hint)])


def parse_recipients(text: str, file: str, languages: Sequence[str]) -> tuple[list[Recipient], list[Problem]]:
    """The same for the text of a file that is called `file` in messages."""
    found: dict[str, Recipient] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        words = _words(line)
        problem = next(_faults(words, languages), None)
        if problem:
            problems.append(Problem(file, number, 1, "", *problem))
        elif words:
            recipient = Recipient(parse_mailbox(words[0]), words[1] if len(words) > 1 else None)
            found.setdefault(recipient.key, recipient)
    return list(found.values()), problems


def _words(line: str) -> list[str]:
    """What a line says without its comment. A # within a word is part of it: addresses may have one."""
    words = line.split()
    comment = next((place for place, word in enumerate(words) if word.startswith("#")), len(words))
    return words[:comment]


def _faults(words: list[str], languages: Sequence[str]) -> Iterator[tuple[Sentence, Sentence]]:
    if len(words) > 2 or any(mark in word for word in words for mark in "<>,;"):
        yield (
            say("'{text}' is more than one address", text=" ".join(words)[:60]),
            say("Write one a line, without a name: erika@example.com"),
        )
        return
    if words:
        try:
            parse_mailbox(words[0])
        except BadMailboxError as bad:
            yield bad.message, bad.hint
    if len(words) == 2 and words[1] not in languages:
        yield say("'{code}' is not a language of this site", code=words[1][:60]), did_you_mean(words[1], languages)


def published_with(path: Path, home: Path, folders: Sequence[str]) -> str | None:
    """The one of `folders` below `home` that a file lies in and would be published with, whatever links lead there."""
    real = path.resolve()
    return next((name for name in folders if real.is_relative_to((home / name).resolve())), None)


def known_to_git(path: Path) -> Literal["tracked", "not_ignored"] | None:
    """Whether git keeps a file for everyone who gets the repository, or would with the next `git add`."""
    git = which("git")
    folder, name = path.resolve().parent, path.resolve().name
    if git is None or not folder.is_dir():
        return None

    def says_yes(*question: str) -> bool | None:
        asked = [git, "-C", str(folder), *question, "--", name]
        code = subprocess.run(asked, capture_output=True, check=False, timeout=20).returncode
        return {0: True, 1: False}.get(code)

    if says_yes("ls-files", "--error-unmatch"):
        return "tracked"
    return "not_ignored" if says_yes("check-ignore", "--quiet") is False else None
