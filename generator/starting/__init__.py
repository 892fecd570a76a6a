"""A site of one's own, begun: a few answers become every file that it needs. Nothing here writes to the disk."""

from generator.starting.answering import FIELDS, answered, default_answers
from generator.starting.answers import Answers
from generator.starting.folder import build_folder
from generator.starting.home import read_local_zone
from generator.starting.tool import Tool, read_tool

__all__ = ["FIELDS", "Answers", "Tool", "answered", "build_folder", "default_answers", "read_local_zone", "read_tool"]
