"""The graph for AI assistants: tools of the Model Context Protocol, for reading alone (extra `mcp`)."""
