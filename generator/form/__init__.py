"""A form to write records with, at `/admin/`: the page of a program that saves them in a git host's repository."""

from generator.form.config import build_form_config
from generator.form.page import render_form
from generator.form.program import Program, read_program

__all__ = ["Program", "build_form_config", "read_program", "render_form"]
