"""A Statuspage's public answers, fetched politely: one at a time, with pauses, few, and of a sane size."""

import http.client
import json
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.problems import Problem
from generator.sentences import Sentence, say
from generator.statuspage.reading import MAX_BYTES, Answer, too_large

AGENT = "incident-pages (import of a status page; asked for by its owner, one request at a time)"
PAUSE = 1.0
"""Seconds between two requests."""
PATIENCE = 20.0
"""Seconds until a silent server is given up."""
MAX_REQUESTS = 60
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LISTS = {"incidents": "incidents.json", "scheduled_maintenances": "scheduled-maintenances.json"}


def fetch_answers(page: str, pause: float = PAUSE) -> tuple[list[Answer], list[Problem]]:
    """Ask the Statuspage at `page` (`https://status.example.com/`) for all that its API tells in public.

    Its lists hold the newest fifty; further pages are asked for until one brings nothing new. At the first
    request that fails the rest is let be: the failure is the problem, what came before is handed back.
    """
    parts = urlsplit(page)
    if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in _LOOPBACK):
        hint = say("Write it like {example}", example="https://status.example.com/")
        return [], [Problem(page, 1, 1, "", say("this is no https address"), hint)]
    answers: list[Answer] = []
    root = page.rstrip("/") + "/api/v2/"
    for number, url in enumerate(_wanted(root, answers)):
        if number >= MAX_REQUESTS:
            message = say("stopped after {most} requests", most=MAX_REQUESTS)
            hint = say("Save the older answers as files, import them as well")
            return answers, [Problem(url, 1, 1, "", message, hint)]
        time.sleep(pause if number else 0)
        answer = _fetch(url)
        if isinstance(answer, Problem):
            return answers, [answer]
        answers.append(answer)
    return answers, []


def _wanted(root: str, answers: list[Answer]) -> Iterator[str]:
    """The next address to ask, seen from the answers so far."""
    yield f"{root}summary.json"
    yield f"{root}components.json"
    for name, path in _LISTS.items():
        known: set[str] = set()
        url = f"{root}{path}"
        for page in range(2, MAX_REQUESTS + 2):
            yield url
            ids = _ids(answers[-1], name)
            if ids <= known:
                break
            known |= ids
            url = f"{root}{path}?page={page}"


def _ids(answer: Answer, name: str) -> set[str]:
    try:
        return {str(item["id"]) for item in json.loads(answer.content)[name]}
    except (ValueError, RecursionError, LookupError, TypeError):
        return set()


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to another https address alone."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if not newurl.startswith("https://"):
            raise urllib.error.URLError(say("it redirects to {address}", address=newurl[:80]))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(url: str) -> Answer | Problem:
    request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "application/json"})  # noqa: S310
    opener = urllib.request.build_opener(_StayHere)
    try:
        with opener.open(request, timeout=PATIENCE) as response:
            content: bytes = response.read(MAX_BYTES + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        message = say("no answer: {why}", why=_reason(error))
        return Problem(url, 1, 1, "", message, say("Check the address, or save the answers as files"))
    return too_large(url) if len(content) > MAX_BYTES else Answer(url, content)


def _reason(error: Exception) -> str:
    """Why there is no answer, in our words where we have some."""
    reason = getattr(error, "reason", None) or error
    if isinstance(error, urllib.error.HTTPError):
        return say("the server says {code} {words}", code=error.code, words=error.reason)
    if isinstance(reason, TimeoutError):
        return say("the server was silent for {seconds} seconds", seconds=int(PATIENCE))
    if isinstance(reason, ConnectionRefusedError):
        return say("the server refuses the connection")
    if isinstance(reason, socket.gaierror):
        return say("nobody knows a server of that name")
    if isinstance(reason, ssl.SSLError):
        return say("the server's certificate is not valid ({why})", why=reason.reason or reason)
    return reason if isinstance(reason, Sentence) else str(reason)[:120]
