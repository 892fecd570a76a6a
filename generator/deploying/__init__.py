"""Carrying a built site to where it is read, so that a half-finished upload never breaks a page."""

from generator.deploying.deploying import deploy, rehearse
from generator.deploying.failing import DeployError
from generator.deploying.looking import look

__all__ = ["DeployError", "deploy", "look", "rehearse"]
