"""What an incident meant for its readers: states and for how long, who was affected, how it was noticed."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.facts import Course, Stretch, durations, is_open
from generator.markup import fill, joined
from generator.pages.sheet import Sheet, is_present, keys

Keys = Iterator[tuple[str, object]]


def impact_blocks(sheet: Sheet, course: Course) -> Iterator[object]:
    """What it meant: states and for how long, what was possible, who was affected, what happened to data."""
    impact = course.incident.impact
    alike: dict[tuple[Stretch, ...], list[str]] = {}
    told = {name: found for name, found in course.stretches.items() if found}
    for name, found in told.items():
        alike.setdefault(tuple(stretch for stretch in found if stretch.state != "operational"), []).append(name)
    fine = alike.pop((), [])
    planned = [name for name in course.components if name not in told]
    if not (alike or impact or course.components):
        return
    yield f"## {sheet.t('incident.meaning_open' if is_present(course) else 'incident.meaning')}"
    yield sheet.markdown(impact.text) if impact and impact.text else ""
    items = [_stretches(sheet, course, names, found) for found, names in alike.items()]
    for key, names in (("incident.fine", fine), ("incident.planned", planned)):
        items += [fill("<li>{}</li>", sheet.t(key, n=len(names), names=sheet.names(names)))] if names else []
    yield fill('<ul class="facts">\n{}\n</ul>', joined(items)) if items else ""
    yield keys(_impact_keys(sheet, course))


def _stretches(sheet: Sheet, course: Course, names: list[str], found: tuple[Stretch, ...]) -> Markup:
    """What components went through alike: each state and for how long, one after the other."""
    html = '{} <span class="meta">{}</span>'
    states = [fill(html, sheet.state(s.state), _lasted(sheet, course, s)) for s in found]
    linked = joined((sheet.name(name) for name in names), ", ")
    return sheet.pair("li", linked, joined(states, sheet.t("incident.then")))


def _lasted(sheet: Sheet, course: Course, stretch: Stretch) -> str:
    if stretch.is_open and is_present(course):
        return sheet.t("incident.still")
    return sheet.language.between(stretch.lasted.least, stretch.lasted.most)


def _impact_keys(sheet: Sheet, course: Course) -> Keys:
    impact = course.incident.impact
    if impact and impact.customers:
        yield sheet.t("incident.customers"), sheet.inline(impact.customers)
    if course.incident.kind == "incident" and not is_open(course):
        for name in ("data_loss", "personal_data"):
            answer = getattr(impact, name) if impact else None
            told = sheet.t(f"incident.{name}_{answer}") if answer else sheet.t("not_stated")
            yield sheet.t(f"incident.{name}"), told
    yield from _detection_keys(sheet, course)
    found = durations(course)
    for name in ("detect", "mitigate", "resolve"):
        value = getattr(found, name)
        if value and not is_open(course):
            yield sheet.t(f"incident.{name}"), sheet.language.between(value.least, value.most)


def _detection_keys(sheet: Sheet, course: Course) -> Keys:
    detection = course.incident.detection
    if not detection:
        return
    by = sheet.t(f"detection.{detection.by}") if detection.by else sheet.t("not_stated")
    yield sheet.t("incident.detected_by"), sheet.inline(detection.text) if detection.text else by
    if detection.alerting_fired:
        yield sheet.t("incident.alerting"), sheet.t(f"incident.alerting_{detection.alerting_fired}")
