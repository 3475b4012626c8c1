"""The Hugging Face Hub: lists an organization's datasets, and turns one plan into one atomic commit."""

from huggingnersc_lab.hub.answers import Commit, RepoState
from huggingnersc_lab.hub.history import Node, Revision
from huggingnersc_lab.hub.hub import Hub, Made
from huggingnersc_lab.hub.listing import HubDataset, HubRepository

__all__ = ["Commit", "Hub", "HubDataset", "HubRepository", "Made", "Node", "RepoState", "Revision"]
