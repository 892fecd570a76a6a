"""The whole post-mortem as HTML: what it meant, why it happened and how sure we are, what helped, what is promised."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.feeds.channel import Channel, bullets
from generator.markup import fill, joined
from generator.model import Action, Cause, Detection, Explanation, Hypothesis, Impact, Incident, Lessons, Mitigation
from generator.texts import Line, Prose

_HEADING = "<p><strong>{}</strong></p>"


def post_mortem(channel: Channel, incident: Incident) -> Iterator[Markup]:
    """What a record tells beside its course, in the order of its page. What it does not say is left out."""
    if incident.summary:
        yield channel.prose(incident.summary)
    if incident.first_of_its_kind:
        yield fill("<p>{}</p>", channel.t(f"incident.first_{incident.first_of_its_kind}"))
    yield from _impact(channel, incident.impact)
    yield from _detection(channel, incident.detection)
    yield from _cause(channel, incident.cause)
    yield from _list(channel, "incident.helped", (_mitigation(channel, m) for m in incident.mitigations))
    yield from _list(channel, "incident.promises", (_promise(channel, action) for action in incident.actions))
    yield from _lessons(channel, incident.lessons)
    yield from _list(channel, "incident.explained", (_explanation(channel, e) for e in incident.explanations))
    if incident.technical:
        yield fill(_HEADING, channel.t("incident.technical"))
        yield channel.prose(incident.technical)


def _list(channel: Channel, heading: str, items: Iterable[Markup]) -> Iterator[Markup]:
    """A list below its heading, if there is anything in it."""
    found = list(items)
    if found:
        yield fill(_HEADING, channel.t(heading))
        yield bullets(found)


def _texts(channel: Channel, heading: str, texts: Iterable[Prose]) -> Iterator[Markup]:
    return _list(channel, heading, (channel.inline(text) for text in texts))


def _impact(channel: Channel, impact: Impact | None) -> Iterator[Markup]:
    if impact and impact.text:
        yield fill(_HEADING, channel.t("incident.meaning"))
        yield channel.prose(impact.text)
    if impact and impact.customers:
        yield _fact(channel, "incident.customers", channel.inline(impact.customers))
    for name in ("data_loss", "personal_data"):
        answer = getattr(impact, name, None)
        if answer:
            yield fill("<p>{} {}</p>", channel.t(f"incident.{name}"), channel.t(f"incident.{name}_{answer}"))


def _detection(channel: Channel, detection: Detection | None) -> Iterator[Markup]:
    if detection and detection.text:
        yield _fact(channel, "incident.detected_by", channel.inline(detection.text))
    elif detection and detection.by:
        yield _fact(channel, "incident.detected_by", channel.t(f"detection.{detection.by}"))
    if detection and detection.alerting_fired:
        answer = channel.t(f"incident.alerting_{detection.alerting_fired}")
        yield fill("<p>{} {}</p>", channel.t("incident.alerting"), answer)


def _cause(channel: Channel, cause: Cause | None) -> Iterator[Markup]:
    if cause:
        yield fill(_HEADING, channel.t(f"certainty.{cause.certainty}"))
        yield fill("<p>{}</p>", channel.t(f"category.{cause.category}")) if cause.category else Markup("")
        yield channel.prose(cause.text) if cause.text else Markup("")
        yield from _texts(channel, "incident.contributing", cause.contributing)
        yield from _list(channel, "incident.hypotheses", (_hypothesis(channel, h) for h in cause.hypotheses))


def _hypothesis(channel: Channel, hypothesis: Hypothesis) -> Markup:
    """What was suspected, what became of it, and what showed that."""
    proof = fill("<div>{}</div>", channel.inline(hypothesis.evidence)) if hypothesis.evidence else ""
    return fill("{} ({}){}", channel.inline(hypothesis.text), channel.t(f"outcome.{hypothesis.outcome}"), proof)


def _mitigation(channel: Channel, mitigation: Mitigation) -> Markup:
    """What was done; when; what it gave back; what it did not."""
    parts = [channel.inline(mitigation.text)]
    if mitigation.at:
        parts.append(fill("<div>{}</div>", channel.language.tell(mitigation.at, "medium")))
    for name in ("restores", "limits"):
        text = getattr(mitigation, name)
        if text:
            parts.append(channel.label(f"incident.{name}", channel.inline(text)))
    return joined(parts, "")


def _promise(channel: Channel, action: Action) -> Markup:
    """A promise, who sees to it and by when; and what became of it, once that is known."""
    t, day = channel.t, channel.language.day
    closed = action.status in ("done", "dropped")
    facts: list[object] = [_owner(channel, action.owner)] if action.owner else []
    facts += [t("action.due", day=day(action.due, "medium"))] if action.due and not closed else []
    facts += [t(f"action.{action.status}")] if closed else []
    told = fill(" ({})", joined(facts, ", ")) if facts else ""
    reason = channel.label("action.reason", channel.inline(action.reason)) if action.reason else ""
    return fill("{}{}{}", channel.inline(action.text), told, reason)


def _owner(channel: Channel, owner: Line) -> Markup:
    return fill(channel.language.template("action.owner"), owner=channel.line(owner))


def _lessons(channel: Channel, lessons: Lessons | None) -> Iterator[Markup]:
    if lessons:
        for name in ("went_well", "went_wrong", "lucky"):
            yield from _texts(channel, f"incident.{name}", getattr(lessons, name))


def _explanation(channel: Channel, explanation: Explanation) -> Markup:
    return _pair(channel, channel.line(explanation.term), channel.inline(explanation.text))


def _fact(channel: Channel, key: str, value: object) -> Markup:
    return fill("<div>{}</div>", _pair(channel, channel.t(key), value))


def _pair(channel: Channel, name: object, value: object) -> Markup:
    """A name and what belongs to it, the way the language punctuates it."""
    return fill(channel.language.template("pair"), a=fill("<strong>{}</strong>", name), b=value)
