"""Permissions on objects of the workspace: serving endpoints, experiments and Genie spaces.

Emulated: levels, access lists read, replaced and extended; the levels on served models and Genie spaces are
enforced by the workspace's policy.
Differs: nothing is inherited from folders; an experiment's list is kept and not enforced.
Refused: objects of other kinds (501); levels that the kind does not have.
"""
