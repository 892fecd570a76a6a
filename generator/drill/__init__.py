"""The bad day, rehearsed: scenes in which something is gone, and what stands then. Nothing is published or sent."""

from generator.drill.means import Means
from generator.drill.runbook import render_runbook
from generator.drill.scenes import NAMES, Name, Scene, play
from generator.drill.telling import render_json, render_scene, render_sum

__all__ = ["NAMES", "Means", "Name", "Scene", "play", "render_json", "render_runbook", "render_scene", "render_sum"]
