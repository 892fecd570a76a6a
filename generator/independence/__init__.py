"""How independent the site is of what it watches: evidence of the network in, a verdict for each dimension out.

Nothing here asks the network; `generator.probing` does.
"""

from generator.independence.findings import Finding, exit_status
from generator.independence.judging import judge
from generator.independence.keeping import parse_result, read_newest_result, read_places
from generator.independence.questioning import Question, question
from generator.independence.result import (
    FOLDER,
    Result,
    build_result,
    render_result,
    result_file,
    without_private_addresses,
)
from generator.independence.summary import Row, is_old, standing, summarize, uncovered
from generator.independence.telling import render_findings, tell

__all__ = [
    "FOLDER",
    "Finding",
    "Question",
    "Result",
    "Row",
    "build_result",
    "exit_status",
    "is_old",
    "judge",
    "parse_result",
    "question",
    "read_newest_result",
    "read_places",
    "render_findings",
    "render_result",
    "result_file",
    "standing",
    "summarize",
    "tell",
    "uncovered",
    "without_private_addresses",
]
