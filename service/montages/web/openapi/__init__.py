"""The declared operations come in, `/openapi.json` goes out: read `openapi_route`, then `openapi`."""
