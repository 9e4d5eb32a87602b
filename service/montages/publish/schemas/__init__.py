"""The JSON schemas of what is answered about a project: HTTP and assistants publish the same."""
