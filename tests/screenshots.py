"""Pictures of every kind of page, to be looked at: `make screenshots` writes them to screenshots/.

Phone and desk, light and dark, German and English; a calm day, an outage, maintenance; reports on paper, too.
`index.html` there shows them all on one sheet.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser

from generator.project import read_project
from tests.browser import chromium, served, window
from tests.built import HERE, SITES, Built, build

TARGET = HERE.parent / "screenshots"
CODES = ("de", "en")
VIEWS = {"phone": (390, 844), "desk": (1280, 900), "paper": (794, 1123)}
"""Sizes in CSS pixels; paper is A4 at 96 pixels an inch."""
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_SHEET = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every kind of page</title>
<style>
body {{ margin: 1rem; font: 14px/1.4 system-ui; background: #888 }}
div {{ display: flex; gap: .5rem; align-items: start; overflow-x: auto }}
figure {{ flex: none; margin: 0 }}
img {{ display: block; max-height: 60rem; object-fit: cover; object-position: top }}
.phone img {{ width: 195px }}
.desk img, .paper img {{ width: 440px }}
</style>
{}
</html>
"""


@dataclass(frozen=True)
class Scene:
    """A site at an instant; without `pages` it shows every kind."""

    name: str
    config: Path
    now: datetime
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shot:
    """One picture. The address is below the root of its language."""

    address: str
    code: str
    view: str
    scheme: Scheme

    @property
    def page(self) -> str:
        return self.address.strip("/").replace("/", "-").removesuffix(".html") or "front"

    @property
    def file(self) -> str:
        return f"{self.page}-{self.code}-{self.view}-{self.scheme}.png"


DEMO, TODAY = SITES["demo"]
SCENES = (
    Scene("calm", *SITES["velorent"]),
    Scene("outage", DEMO, TODAY),
    Scene("maintenance", DEMO, datetime(2026, 9, 23, 19, 30, tzinfo=UTC), (
        "", "components/counter/", "incidents/2026-09-23-counter-update/", "subscribe/",
    )),
    Scene("quiet", DEMO, datetime(2026, 9, 20, 10, 0, tzinfo=UTC), ("", "components/shop/")),
)  # fmt: skip


def build_scene(scene: Scene, folder: Path) -> Built:
    """Build the site of a scene into a folder that is not there yet."""
    return build(read_project(scene.config), scene.now, folder)


def shots(scene: Scene, site: Built) -> list[Shot]:
    """What is to be taken of a scene: pages in their order, each language by itself."""
    found = []
    for code in CODES:
        for address in scene.pages or [site.inside(address) for address in site.kinds(code)]:
            found += [Shot(address, code, view, scheme) for view in ("phone", "desk") for scheme in SCHEMES]
            if address.startswith("incidents/"):
                found.append(Shot(address, code, "paper", "light"))
    return found


def take(site: Built, wanted: list[Shot], folder: Path, browser: Browser) -> None:
    """Take the pictures, whole pages from top to bottom, a few minutes after the site was built."""
    folder.mkdir(parents=True)

    def conditions(shot: Shot) -> tuple[str, Scheme]:
        return shot.view, shot.scheme

    with served(site.folder) as base:
        for (view, scheme), group in groupby(sorted(wanted, key=conditions), conditions):
            width, height = VIEWS[view]
            size = {"width": width, "height": height}
            zone, clock = site.project.settings.status.time_zone, site.now + timedelta(minutes=4)
            with window(browser, base, clock, viewport=size, color_scheme=scheme, timezone_id=zone) as seen:
                seen.page.emulate_media(media="print" if view == "paper" else "screen")
                for shot in group:
                    seen.open(site.project.settings.prefix(shot.code) + shot.address)
                    seen.page.screenshot(path=folder / shot.file, full_page=True)


def sheet(found: dict[str, list[Shot]]) -> str:
    """The page that shows all pictures, by scene and page."""
    return _SHEET.format("\n".join(_section(scene, taken) for scene, taken in found.items()))


def _section(scene: str, taken: list[Shot]) -> str:
    pages = dict.fromkeys(shot.page for shot in taken)
    rows = (
        f"<h2>{page}</h2>\n<div>{''.join(_figure(scene, s) for s in taken if s.page == page)}</div>" for page in pages
    )
    return "\n".join([f"<h1>{scene}</h1>", *rows])


def _figure(scene: str, shot: Shot) -> str:
    words = f"{shot.code}, {shot.view}, {shot.scheme}"
    picture = f'<a href="{scene}/{shot.file}"><img src="{scene}/{shot.file}" alt="{words}" loading="lazy"></a>'
    return f'<figure class="{shot.view}">{picture}<figcaption>{words}</figcaption></figure>'


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    found = {}
    with TemporaryDirectory() as scratch, chromium() as browser:
        for scene in SCENES:
            site = build_scene(scene, Path(scratch) / scene.name)
            found[scene.name] = shots(scene, site)
            take(site, found[scene.name], TARGET / scene.name, browser)
            print(f"{scene.name}: {len(found[scene.name])} pictures")
    index = TARGET / "index.html"
    index.write_text(sheet(found), encoding="utf-8")
    print(f"Open {index.as_uri()}")


if __name__ == "__main__":
    main()
