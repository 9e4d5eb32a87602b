"""The JSON schemas of what is answered about a project, as HTTP publishes them."""
