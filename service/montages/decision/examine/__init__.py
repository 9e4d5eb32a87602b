"""All that is wrong with a text at once, each point with its place in what was sent."""
