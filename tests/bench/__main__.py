"""Measure cold builds of 100, 1,000 and 5,000 invented records, and say whether they keep to their targets."""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench.invented import write_project
from tests.bench.measure import Measured, build, for_programs
from tests.bench.weight import gzipped, heaviest, with_all_it_loads

COUNTS = (100, 1000, 5000)
PAGES = ("", "uptime/", "components/shop/", "commitments/", "subscribe/", "history/")
FILES = ("history.rss", "history.atom", "api/v2/summary.json", "api/v1/status.json", "api/v1/availability.json")
KB = 1000
OURS = 3
"""The load that a build makes by itself: MkDocs twice, and the writing of files."""


@dataclass(frozen=True)
class Result:
    """One built site: what it took, and in bytes what its front page, its other pages and its heaviest one weigh.

    `programs` is the processor time, in seconds, of all that is rendered for programs.
    """

    count: int
    took: Measured
    programs: float
    front: int
    weights: dict[str, int]
    heaviest: tuple[int, str]


@dataclass(frozen=True)
class Target:
    """Something measured that must not exceed a limit, or not fall below it."""

    words: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        return f"{'pass' if self.is_met else 'FAIL'}  {self.words}: {self.value:.2f}, {bound} {self.limit:g}"


def measured(count: int, folder: Path) -> Result:
    """Invent `count` records in an empty folder and build their site."""
    project, site = folder / "project", folder / "site"
    write_project(project, count)
    took = build(project, site)
    weights = {page or "/": gzipped(site / page / "index.html") for page in PAGES}
    weights |= {name: gzipped(site / name) for name in FILES}
    return Result(count, took, for_programs(project), with_all_it_loads(site / "index.html"), weights, heaviest(site))


def table(results: list[Result]) -> str:
    """The figures, a column for each count."""
    steps = dict.fromkeys(step for result in results for step in result.took.steps)
    rows = [("records", *(f"{result.count:,}" for result in results))]
    rows += [(f"s {step}", *(f"{r.took.steps.get(step, 0):.1f}" for r in results)) for step in steps]
    rows += [
        ("s in all", *(f"{r.took.wall:.1f}" for r in results)),
        ("s of processor time, ours", *(f"{r.took.own_cpu:.1f}" for r in results)),
        ("s of processor time, MkDocs'", *(f"{r.took.mkdocs_cpu:.1f}" for r in results)),
        ("s of processor time, files for programs", *(f"{r.programs:.1f}" for r in results)),
        ("cores at work while MkDocs builds", *(f"{r.took.cores:.2f}" for r in results)),
        ("cores at work in all", *(f"{r.took.cpu / r.took.wall:.2f}" for r in results)),
        ("MB of the largest process", *(f"{r.took.memory:.0f}" for r in results)),
        ("kB front page with all", *(f"{r.front / KB:.1f}" for r in results)),
    ]
    for name in results[0].weights:
        rows.append((f"kB {name}", *(f"{r.weights[name] / KB:.1f}" for r in results)))
    rows.append(("kB heaviest page", *(f"{r.heaviest[0] / KB:.1f} {r.heaviest[1]}" for r in results)))
    return "\n".join(f"{row[0]:42}" + "".join(f"{cell:>20}" for cell in row[1:]) for row in rows)


def targets(small: Result, middle: Result, large: Result) -> list[Target]:
    """What the project promises of its builds."""
    fronts = (small.front / KB, large.front / KB)
    return [
        Target("5,000 records take so many times as long as 1,000", large.took.wall / middle.took.wall, 5.5),
        Target("the same in processor time", large.took.cpu / middle.took.cpu, 5.5),
        Target("share of that for feeds, API and the like, in per cent", 100 * large.programs / large.took.cpu, 10),
        Target("cores at work while MkDocs builds 5,000", large.took.cores, 1.5, at_least=True),
        Target("MB of the largest process", large.took.memory, 300),
        Target("kB of the front page with all it loads, gzipped", max(fronts), 35),
        Target("kB by which 5,000 records differ from 100 there", abs(fronts[1] - fronts[0]), 2),
    ]


def main() -> int:
    """Print figures and targets. Returns the exit status: 1 when a target is missed."""
    before = os.getloadavg()[0]
    results = []
    for count in COUNTS:
        with tempfile.TemporaryDirectory(prefix="incident-pages-bench-") as folder:
            print(f"building {count:,} records", file=sys.stderr)
            results.append(measured(count, Path(folder)))
    found = targets(*results)
    print(table(results), "", *found, sep="\n")
    if before > 0.5 or os.getloadavg()[0] > OURS:
        print("\nThe machine had other work to do: do not trust the times. Processor times suffer less.")
    return 0 if all(target.is_met for target in found) else 1


if __name__ == "__main__":
    sys.exit(main())
