"""What a message says, as HTML that stands by itself in a reader's program: no style, absolute links."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.facts import Course, Event, status_of
from generator.feeds.channel import Channel, bullets
from generator.feeds.report import post_mortem
from generator.markup import fill, joined
from generator.model import Correction, Incident, State, Status, Update
from generator.news import Item

_HEAD = "<p><strong>{}</strong> · {}</p>"


def item_title(channel: Channel, item: Item) -> str:
    """The title of a message: what it is, and of which record. Plain words."""
    title = channel.bare(item.course.incident.title)
    if item.subject is None:
        return channel.t("feeds.post_mortem", title=title)
    if isinstance(item.subject, Correction):
        return channel.t("feeds.correction", title=title)
    return _with_status(channel, status_at(item.course, item.subject), title)


def record_title(channel: Channel, course: Course) -> str:
    """The title of a record with the status it has now."""
    return _with_status(channel, status_of(course), channel.bare(course.incident.title))


def item_html(channel: Channel, item: Item) -> str:
    """The whole text of one message."""
    return _join([item_body(channel, item), _foot(channel, item.course.incident)])


def item_body(channel: Channel, item: Item) -> Markup:
    """The same without its foot, for those who say in their own form where to read on."""
    course, subject = item.course, item.subject
    if subject is None:
        body = [*_published(channel, course), *post_mortem(channel, course.incident)]
    elif isinstance(subject, Correction):
        body = [*_correction(channel, subject), *_concerned(channel, set(course.affected))]
    else:
        body = [*_update(channel, course, subject)]
    return joined(body)


def record_html(channel: Channel, course: Course) -> str:
    """The whole text of a record as it stands: its post-mortem first, then what was said, newest first."""
    incident = course.incident
    told = [event for event in reversed(course.events) if event.entry]
    body: list[Markup] = list(post_mortem(channel, incident))
    for correction in reversed(incident.corrections):
        body += [Markup("<hr>"), *_correction(channel, correction)]
    for event in told:
        body += [Markup("<hr>")] if body else []
        body += _update(channel, course, event)
    return _join([*body, _foot(channel, incident)])


def _with_status(channel: Channel, status: Status | None, title: str) -> str:
    if status is None:
        return title
    return channel.t("feeds.update", status=channel.t(f"status.{status}"), title=title)


def status_at(course: Course, event: Event) -> Status | None:
    """The status a record had when an entry was told: the entry's own, or the last one before it."""
    before = course.events[: course.events.index(event) + 1]
    return next((event.status for event in reversed(before) if event.status), None)


def _join(parts: Iterable[Markup]) -> str:
    return str(joined(parts))


def _foot(channel: Channel, incident: Incident) -> Markup:
    """Where to read on, and in which time zone the times are."""
    link = fill('<a href="{}">{}</a>', channel.page(incident), channel.t("feeds.read_on"))
    return fill("<p><small>{} · {}</small></p>", link, channel.language.zone_sentence)


def _update(channel: Channel, course: Course, event: Event) -> Iterator[Markup]:
    """One entry of the timeline: state and time, components, text, advice, restriction, what comes next."""
    entry = event.entry
    if not entry:
        return
    yield _head(channel, course, event, entry)
    yield from _components(channel, course, event)
    if entry.text:
        yield channel.prose(entry.text)
    for name in ("advice", "restriction"):
        text = getattr(entry, name)
        if text:
            yield channel.label(f"front.{name}", channel.inline(text))
    if entry.available_at:
        yield channel.label("front.available_at", fill('<a href="{0}">{0}</a>', entry.available_at))
    if entry.next_update:
        time = channel.language.tell(entry.next_update)
        yield fill("<p>{}</p>", channel.t("incident.next", time=time))


def _head(channel: Channel, course: Course, event: Event, entry: Update) -> Markup:
    status = status_at(course, event)
    if entry.kind != "update":
        what = channel.t(f"entry.{entry.kind}")
    else:
        what = channel.t(f"status.{status}" if status else f"kind.{course.incident.kind}")
    return fill(_HEAD, what, _when(channel, event, entry))


def _when(channel: Channel, event: Event, entry: Update) -> str:
    """When an entry was told; of what nobody timed at least the day, where that is certain."""
    language = channel.language
    if entry.at:
        return language.tell(entry.at)
    first, last = (language.local_day(instant) for instant in (event.earliest, event.latest))
    undated = language("time.undated")
    return language("time.at", day=language.day(first), time=undated) if first == last else undated


def _components(channel: Channel, course: Course, event: Event) -> Iterator[Markup]:
    """The components that an entry changes or leaves in trouble; while it is only planned: which, and when."""
    window = course.incident.scheduled
    if window and status_at(course, event) == "scheduled":
        start, end = (channel.language.tell(moment) for moment in (window.start, window.end))
        yield channel.label("feeds.window", channel.t("time.from_to", a=start, b=end))
        yield from _concerned(channel, affected_until(course, event))
        return
    states = _states(course, event)
    names = {c.id: channel.line(c.name) for c in channel.history.components if c.id in states}
    if names:
        told = ((name, channel.t(f"state.{states[component]}")) for component, name in names.items())
        yield bullets(fill("{}: {}", *pair) for pair in told)


def _states(course: Course, event: Event) -> dict[str, State]:
    """The states an entry writes, those that change with it unwritten, and whatever is not well yet."""
    before: dict[str, State] = {}
    for earlier in course.events[: course.events.index(event)]:
        before |= earlier.states
    changes = {name: state for name, state in event.states if before.get(name, "operational") != state}
    bad = {name: state for name, state in (before | dict(event.states)).items() if state != "operational"}
    return bad | changes | (event.entry.components if event.entry else {})


def affected_until(course: Course, event: Event) -> set[str]:
    """The components that were anything but fine by then, or that a maintenance had named for its plan."""
    told = course.events[: course.events.index(event) + 1]
    if course.incident.kind == "maintenance":
        return {name for event in told if event.entry for name in event.entry.components}
    return {name for event in told for name, state in event.states if state != "operational"}


def _concerned(channel: Channel, components: set[str]) -> Iterator[Markup]:
    names = [channel.line(c.name) for c in channel.history.components if c.id in components]
    if names:
        yield channel.label("feeds.concerned", joined(names, ", "))


def _published(channel: Channel, course: Course) -> Iterator[Markup]:
    """The head of a post-mortem: how far the matter is, when the report appeared, what it concerns."""
    incident, status = course.incident, status_of(course)
    what = channel.t(f"status.{status}" if status else f"kind.{incident.kind}")
    if incident.published:
        yield fill(_HEAD, what, channel.language.tell(incident.published))
    yield from _concerned(channel, set(course.affected))


def _correction(channel: Channel, correction: Correction) -> Iterator[Markup]:
    when = channel.language.tell(correction.at)
    yield fill(_HEAD, channel.t("feeds.corrected"), when)
    yield channel.prose(correction.text)
