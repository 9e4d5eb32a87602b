"""Which profile of a document a client asks for: its own, or the list of its forms (L2)."""

from __future__ import annotations

from flask import request

from montages.door_errors import UnknownProfile
from montages.publish.linked_data.alternates import DEFAULT, PROFILES, profile_named
from montages.web.requests.accept_header import accepted_profiles


def profile_asked_for() -> str:
    """Return the profile asked for; a parameter must name one we have, a header may be passed over."""
    names = request.args.get("_profile")
    if names:
        profiles = [profile_named(word) for word in names.split(",")]
        if not any(profiles):
            known_profiles = ", ".join(f"{name} ({uri})" for name, uri in PROFILES.items())
            raise UnknownProfile(
                f"Profil inconnu : {names}. Profils : {known_profiles}.",
                f"Unknown profile: {names}. Profiles: {known_profiles}.",
                available=[{"profile": uri, "name": name} for name, uri in PROFILES.items()],
            )
    else:
        profiles = [
            profile_named(word)
            for word in accepted_profiles(request.headers.get("Accept-Profile", ""))
        ]
    return next((profile for profile in profiles if profile), DEFAULT)
