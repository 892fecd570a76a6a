"""Asks the network, with DNS, TLS and HTTP, for what `generator.independence` judges."""

from generator.probing.dialing import parse_server
from generator.probing.gathering import Manner, gather

__all__ = ["Manner", "gather", "parse_server"]
