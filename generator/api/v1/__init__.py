"""Our own JSON, which says what Statuspage's form cannot: causes, bounds, promises, availability, all languages."""

from collections.abc import Iterator

from generator.addresses import OWN_API
from generator.api.v1.documents import File
from generator.api.v1.present import availability_file, commitments_file, independence_file, status_file
from generator.api.v1.records import brief, incident_file, incidents_file, year_file
from generator.api.v1.schemas import KINDS, render_schema
from generator.history import History


def render_own(history: History) -> dict[str, bytes]:
    """The files of the whole site, by path below its root, with their schemas."""
    # Each is written as it comes: thousands of documents at once would fill the memory.
    files = {name: f"{file.model_dump_json(indent=1)}\n".encode() for name, file in _files(history)}
    files |= {f"schema/{kind}": _schema(history, kind).encode() for kind in KINDS}
    return {f"{OWN_API}{name}.json": content for name, content in files.items()}


def _files(history: History) -> Iterator[tuple[str, File]]:
    briefs = {course.incident.id: brief(history, course) for course in history.courses}
    yield "status", status_file(history, briefs)
    yield "incidents", incidents_file(history, briefs)
    yield "availability", availability_file(history)
    yield "commitments", commitments_file(history)
    if history.settings.status.independent_of:
        yield "independence", independence_file(history)
    for year in history.years:
        yield f"years/{year}", year_file(history, briefs, year)
    for course in history.courses:
        yield f"incidents/{course.incident.id}", incident_file(briefs, course)


def _schema(history: History, kind: str) -> str:
    return render_schema(kind, f"{history.settings.url}{OWN_API}schema/{kind}.json")
