"""A real OpenID Connect provider for the tests, on this machine: `provider.py PORT REDIRECT_URI`.

It is canaille, kept in memory, with one client and the people of `PEOPLE`; it speaks to nobody.
"""

import os
import sys

CLIENT = {"id": "room", "secret": "a-secret-of-the-test"}
PASSWORD = "correct horse of the test"  # noqa: S105
PEOPLE = {
    "member": "member@example.org",
    "stranger": "stranger@example.org",
}


def main(port: int, redirect_uri: str) -> None:
    """Serve until stopped."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # on this machine only, without a certificate
    from canaille import create_app
    from canaille.app import models
    from canaille.backends import Backend
    from werkzeug.serving import run_simple

    app = create_app(config=settings(port))
    with app.app_context():
        add(Backend.instance, models, redirect_uri)
    run_simple("127.0.0.1", port, app, threaded=True)


def settings(port):
    """Return canaille's own settings: no mail, no captcha, no addresses of others."""
    from joserfc.jwk import RSAKey

    told = {"kid": "test", "alg": "RS256", "use": "sig"}
    key = RSAKey.generate_key(2048, told, private=True).as_dict(private=True)
    core = {
        "DATABASE": "memory",
        "ENABLE_INTRUDER_LOCKOUT": False,
        "CAPTCHA_ENABLED": False,
        "HTMX": False,
        "SMTP": None,
    }
    return {
        "SECRET_KEY": "a-key-of-the-test-that-is-long-enough",
        "SERVER_NAME": f"127.0.0.1:{port}",
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": core,
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [key], "TRUSTED_DOMAINS": ["127.0.0.1"]},
    }


def add(backend, models, redirect_uri):
    """Put the people and the client into the provider's memory."""
    for name, email in PEOPLE.items():
        user = models.User(
            user_name=name,
            formatted_name=name.capitalize(),
            family_name=name.capitalize(),
            emails=[email],
            password=PASSWORD,
        )
        backend.save(user)
    client = models.Client(
        client_id=CLIENT["id"],
        client_secret=CLIENT["secret"],
        client_name="Room",
        client_uri=redirect_uri.rpartition("/")[0],
        redirect_uris=[redirect_uri],
        post_logout_redirect_uris=[redirect_uri],
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
        scope=["openid", "email", "profile", "groups"],
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106
    )
    backend.save(client)
    client.audience = [client]
    backend.save(client)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
