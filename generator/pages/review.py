"""Why it happened, what helped, what is promised, what was learned, and the words explained."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.addresses import COMMITMENTS
from generator.markup import fill, joined
from generator.model import Action, Cause, Incident, Mitigation
from generator.pages.commitments import action_item
from generator.pages.sheet import Sheet, keys
from generator.texts import Prose


def review_blocks(sheet: Sheet, incident: Incident) -> Iterator[object]:
    """The sections of a post-mortem that look back, each only where the record has it."""
    yield from _cause(sheet, incident.cause)
    yield from _mitigations(sheet, incident.mitigations)
    yield from _actions(sheet, incident.actions)
    yield from _lessons(sheet, incident)
    yield from _explanations(sheet, incident)


def _cause(sheet: Sheet, cause: Cause | None) -> Iterator[object]:
    if not cause:
        return
    yield f"## {sheet.t('incident.cause')}"
    category = sheet.t(f"category.{cause.category}") if cause.category else ""
    certainty = sheet.t(f"certainty.{cause.certainty}")
    yield fill("<p><strong>{}</strong> {}</p>", certainty, category)
    yield sheet.markdown(cause.text) if cause.text else ""
    yield from bullets(sheet, "incident.contributing", cause.contributing)
    if cause.hypotheses:
        yield f"### {sheet.t('incident.hypotheses')}"
        items = [_hypothesis(sheet, h.text, h.outcome, h.evidence) for h in cause.hypotheses]
        yield fill('<ul class="hypotheses">\n{}\n</ul>', joined(items))


def _hypothesis(sheet: Sheet, text: Prose, outcome: str, evidence: Prose | None) -> Markup:
    html = '<li class="outcome-{}">{} <span class="tag">{}</span>{}</li>'
    proof = fill('<div class="meta">{}</div>', sheet.inline(evidence)) if evidence else ""
    return fill(html, outcome, sheet.inline(text), sheet.t(f"outcome.{outcome}"), proof)


def _mitigations(sheet: Sheet, mitigations: tuple[Mitigation, ...]) -> Iterator[object]:
    if mitigations:
        yield f"## {sheet.t('incident.helped')}"
        yield fill("<ul>\n{}\n</ul>", joined(_mitigation(sheet, m) for m in mitigations))


def _mitigation(sheet: Sheet, mitigation: Mitigation) -> Markup:
    """What was done; when; what it gave back; what it did not."""
    parts: list[object] = [sheet.prose(mitigation.text)]
    parts += [fill('<p class="meta">{}</p>', sheet.moment(mitigation.at, "medium"))] if mitigation.at else []
    for name in ("restores", "limits"):
        text = getattr(mitigation, name)
        if text:
            parts.append(fill("<div><strong>{}</strong> {}</div>", sheet.t(f"incident.{name}"), sheet.inline(text)))
    return fill("<li>{}</li>", joined(parts, ""))


def _actions(sheet: Sheet, actions: tuple[Action, ...]) -> Iterator[object]:
    if actions:
        yield f"## {sheet.t('incident.promises')}"
        items = [action_item(sheet, action, action.status) for action in actions]
        yield fill('<ul class="actions">\n{}\n</ul>', joined(items))
        yield fill("<p>{}</p>", sheet.link(COMMITMENTS, sheet.t("incident.all_promises")))


def _lessons(sheet: Sheet, incident: Incident) -> Iterator[object]:
    if incident.lessons:
        yield f"## {sheet.t('incident.lessons')}"
        for name in ("went_well", "went_wrong", "lucky"):
            yield from bullets(sheet, f"incident.{name}", getattr(incident.lessons, name))


def _explanations(sheet: Sheet, incident: Incident) -> Iterator[object]:
    if incident.explanations:
        yield f"## {sheet.t('incident.explained')}"
        yield keys((sheet.line(e.term), sheet.inline(e.text)) for e in incident.explanations)
    if incident.technical:
        html = "<details><summary>{}</summary>\n{}</details>"
        yield fill(html, sheet.t("incident.technical"), sheet.prose(incident.technical))


def bullets(sheet: Sheet, key: str, texts: Iterable[Prose]) -> Iterator[object]:
    items = [fill("<li>{}</li>", sheet.inline(text)) for text in texts]
    if items:
        yield f"### {sheet.t(key)}"
        yield fill("<ul>\n{}\n</ul>", joined(items))
