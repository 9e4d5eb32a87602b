"""The registry over HTTP (G1): read `app_registry`, `write_routes`, `entry_routes`, `list_routes`."""
