"""What judges from outside say of both sites: `make quality`. Needs Java, and Node with what tools/quality names.

- The Nu HTML checker on every page: no error.
- Lighthouse as on a telephone, on the kinds of pages that are read in a hurry: 100 of 100 in each category.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from generator.project import read_project
from tests.browser import find_chromium, served
from tests.built import HERE, SITES, Built, build

TOOLS = HERE.parent / "tools" / "quality" / "node_modules"
NU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = TOOLS / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3
"""Lighthouse's clock is the machine's: while that is busy with something else, no page gets 100 for its speed."""
_CHROMIUM = "--headless=new --no-sandbox --no-first-run --disable-background-networking --disable-component-update"


def html_errors(folders: list[Path]) -> list[str]:
    """What the Nu HTML checker calls an error, in any page below some folders."""
    command = ["java", "-jar", str(NU), "--errors-only", "--format", "json", "--skip-non-html", *map(str, folders)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(found.stderr)["messages"]
    return [f"{message.get('url')}:{message.get('lastLine')}: {message['message']}" for message in messages]


def judge(url: str, chromium: str) -> dict[str, Any]:
    """Lighthouse's report on one page, loaded as by a telephone on a slow line."""
    command = ["node", str(LIGHTHOUSE), url, "--quiet", "--output=json", "--throttling-method=simulate",
               f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={_CHROMIUM}"]  # fmt: skip
    found = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"CHROME_PATH": chromium}
    )
    report: dict[str, Any] = json.loads(found.stdout)
    return report


def lost(report: dict[str, Any]) -> list[str]:
    """The categories with less than 100, each with the checks that cost it."""
    return [
        f"{name} {category['score'] * 100:.0f}: {', '.join(_failed(report, category))}"
        for name, category in report["categories"].items()
        if category["score"] < 1
    ]


def _failed(report: dict[str, Any], category: dict[str, Any]) -> Iterator[str]:
    for reference in category["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and (audit["score"] or 0) < 1 and audit["scoreDisplayMode"] != "notApplicable":
            yield f"{audit['title']} {audit.get('displayValue', '')}".strip()


def pages(site: Built) -> list[str]:
    """The front page, the longest report, the figures."""
    report = max((page for page in site.kinds(site.languages[0]) if "incidents/" in page), key=_size(site))
    return ["", report, "uptime/"]


def _size(site: Built) -> Any:
    return lambda page: site.file(page).stat().st_size


def judged(site: Built, chromium: str) -> Iterator[tuple[str, list[str]]]:
    """Each page's address and what it lost in the best of a few tries."""
    with served(site.folder) as base:
        for page in pages(site):
            yield page, _best_of(base + page, chromium)


def _best_of(url: str, chromium: str) -> list[str]:
    best = judge(url, chromium)
    for _ in range(TRIES - 1):
        if not lost(best):
            break
        best = max(best, judge(url, chromium), key=_points)
    return lost(best)


def _points(report: dict[str, Any]) -> float:
    return sum(float(category["score"]) for category in report["categories"].values())


def main() -> int:
    with sync_playwright() as playwright:
        chromium = find_chromium(os.environ, playwright.chromium.executable_path)
    faulty = False
    with TemporaryDirectory() as scratch:
        sites = {name: build(read_project(config), now, Path(scratch) / name) for name, (config, now) in SITES.items()}
        errors = html_errors([site.folder for site in sites.values()])
        print(f"Nu HTML checker: {sum(len(site.pages()) for site in sites.values())} pages, {len(errors)} errors")
        print("".join(f"  {error}\n" for error in errors), end="")
        for name, site in sites.items():
            for page, faults in judged(site, chromium):
                print(f"Lighthouse, {name} /{page}: {'; '.join(faults) or '100 in everything'}", flush=True)
                faulty |= bool(faults)
    return int(faulty or bool(errors))


if __name__ == "__main__":
    sys.exit(main())
