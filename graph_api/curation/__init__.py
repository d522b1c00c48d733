"""What people decided about the graph: identity, reviews, and who is to be forgotten.

Plain text files in a folder of their own, fit for version control; a build replays them.
"""
