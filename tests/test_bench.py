"""What `make bench` measures is what it says; pages about the present do not grow with the records."""

from pathlib import Path

import pytest

from generator.project import Project, read_project
from generator.site import Site, build_site
from tests.bench.invented import NOW, ONGOING, PER_YEAR, write_project
from tests.bench.weight import gzipped, with_all_it_loads

PRESENT = (
    "index.md", "subscribe.md", "commitments.md", "components/shop.md",
    "history.rss", "history.atom", "feed.json", "reports.rss", "components/shop.rss",
    "api/v2/summary.json", "api/v2/incidents.json", "calendar.ics",
)  # fmt: skip


def _project(folder: Path, count: int) -> Project:
    write_project(folder, count)
    return read_project(folder / "mkdocs.yml")


def _site(folder: Path, count: int) -> Site:
    project = _project(folder, count)
    return build_site(project.records, project.settings, NOW)


def test_invented_records_are_sound_and_of_about_one_kilobyte(tmp_path: Path) -> None:
    """They are what the targets speak of: each readable, all of them together about 1 kB apiece."""
    project = _project(tmp_path, 50)
    sizes = [path.stat().st_size for path in (tmp_path / "incidents").iterdir()]
    assert project.errors == ()
    assert len(project.records.incidents) == len(sizes) == 50
    assert 900 < sum(sizes) / len(sizes) < 1200


def test_the_invented_history_has_something_going_on_and_something_to_come(tmp_path: Path) -> None:
    """Else the front page would be lighter than on a bad day."""
    front = _site(tmp_path, 20)["en/index.md"]
    assert isinstance(front, str)
    assert front.count('class="card open') == ONGOING
    assert "Maintenance of the database" in front


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site]:
    """A site after two years and after four."""
    few, many = (_site(tmp_path_factory.mktemp("bench") / "project", count * PER_YEAR) for count in (2, 4))
    return few, many


@pytest.mark.parametrize("path", PRESENT)
def test_pages_about_the_present_keep_their_size(sites: tuple[Site, Site], path: str) -> None:
    """Twice the records, twice the years: at most a tenth more, for another year's row in a table."""
    few, many = (len(site[f"en/{path}"]) for site in sites)
    assert many < few * 1.1


def test_the_uptime_page_grows_by_a_row_a_year(sites: tuple[Site, Site]) -> None:
    """Months of long ago are on the pages of the components."""
    few, many = (str(site["en/uptime.md"]).count("<tr>") for site in sites)
    months_of_a_third_year = 12
    assert many - few <= 6 * (2 + months_of_a_third_year)


def test_a_page_weighs_what_it_loads_once(tmp_path: Path) -> None:
    """Stylesheets, scripts and pictures count, each once; links to other pages and feeds do not."""
    for name in ("style.css", "icon.svg", "other.html", "history.rss"):
        (tmp_path / name).write_text(f"the content of {name}" * 9, encoding="utf-8")
    page = tmp_path / "index.html"
    page.write_text(
        '<link rel="stylesheet" href="style.css"><link rel="icon" href="icon.svg"><img src="icon.svg" alt="">'
        '<link rel="alternate" href="history.rss"><a href="other.html">other</a>',
        encoding="utf-8",
    )
    assert with_all_it_loads(page) == sum(gzipped(tmp_path / name) for name in ("index.html", "style.css", "icon.svg"))
