"""What is on record as plain text: for a terminal of 80 columns, or for the next program in a pipe."""

from generator.terminal.listing import render_list, render_promises
from generator.terminal.moment import render_moment
from generator.terminal.record import render_record

__all__ = ["render_list", "render_moment", "render_promises", "render_record"]
