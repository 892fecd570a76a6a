"""A message as every format tells it: id, title, text, tags, dates."""

from dataclasses import dataclass
from datetime import datetime

from generator.facts import Course, status_of
from generator.feeds.channel import Channel, plain
from generator.feeds.texts import affected_until, item_html, item_title, status_at
from generator.model import Correction
from generator.news import Item


@dataclass(frozen=True)
class Message:
    """What subscribers get. `html` stands by itself; dates are UTC instants."""

    id: str
    title: str
    html: str
    address: str
    """Where to read on."""
    published: datetime
    modified: datetime | None
    """When its text was put right: known of post-mortems alone."""
    tags: tuple[str, ...]


def build_message(channel: Channel, item: Item) -> Message:
    """An item in the words of the channel's language."""
    incident = item.course.incident
    return Message(
        channel.item_id(incident, item.key), plain(item_title(channel, item)), item_html(channel, item),
        channel.page(incident), item.at, _modified(item), _tags(channel, item),
    )  # fmt: skip


def _modified(item: Item) -> datetime | None:
    """A correction says that the report was changed; of what else changes in a text nobody writes the time."""
    corrections = [correction.at.nominal for correction in item.course.incident.corrections]
    return max([item.at, *corrections]) if item.subject is None and corrections else None


def record_tags(channel: Channel, course: Course) -> tuple[str, ...]:
    """Kind, status and components of a record as it stands."""
    return _words(channel, course, status_of(course), set(course.affected))


def _tags(channel: Channel, item: Item) -> tuple[str, ...]:
    """The same as of a message: what comes later in its record changes nothing in it."""
    course, subject = item.course, item.subject
    if subject is None or isinstance(subject, Correction):
        return record_tags(channel, course)
    return _words(channel, course, status_at(course, subject), affected_until(course, subject))


def _words(channel: Channel, course: Course, status: str | None, components: set[str]) -> tuple[str, ...]:
    words = [channel.t(f"kind.{course.incident.kind}"), channel.t(f"status.{status}") if status else ""]
    words += [channel.bare(c.name) for c in channel.history.components if c.id in components]
    return tuple(dict.fromkeys(word for word in words if word))
