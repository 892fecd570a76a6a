"""How independent the site is of what it watches: evidence of the network in, a verdict for each dimension out.

Nothing here asks the network; `generator.probing` does.
"""

from generator.independence.findings import Finding, exit_status
from generator.independence.judging import judge
from generator.independence.questioning import Question, question
from generator.independence.result import (
    Result,
    build_result,
    read_newest_result,
    render_result,
    result_file,
    without_private_addresses,
)
from generator.independence.telling import render_findings, tell

__all__ = [
    "Finding",
    "Question",
    "Result",
    "build_result",
    "exit_status",
    "judge",
    "question",
    "read_newest_result",
    "render_findings",
    "render_result",
    "result_file",
    "tell",
    "without_private_addresses",
]
