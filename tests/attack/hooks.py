"""Who the made-up requests come from: a stranger, a signed-in browser, or an enrolled device."""

import base64
import hashlib
import json
import os
import time
import urllib.request

import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ADDRESS = os.environ["ATTACK_ADDRESS"]
PASSWORD = os.environ["ATTACK_PASSWORD"]
WHO = os.environ["ATTACK_AS"]


def post(path, body):
    """Posts JSON and returns the answer."""
    request = urllib.request.Request(
        ADDRESS + path,
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    return urllib.request.urlopen(request)


class Browser:
    """Sends the cookie of a session, which a client without TLS would keep back by itself."""

    def __init__(self):
        answer = post("/api/sessions", {"sign_in": "amira", "password": PASSWORD})
        self.cookie = answer.headers["set-cookie"].split(";")[0]

    def __call__(self, request):
        request.headers["cookie"] = self.cookie
        return request


class Device:
    """Signs each request as it goes out."""

    def __init__(self):
        self.key = Ed25519PrivateKey.generate()
        public = base64.b64encode(self.key.public_key().public_bytes_raw()).decode()
        answer = post(
            "/api/devices",
            {"sign_in": "amira", "password": PASSWORD, "public_key": public},
        )
        self.id = json.load(answer)["device"]
        self.signed = 0

    def __call__(self, request):
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        if not isinstance(body, bytes):
            return request
        # No two alike: the server takes the same signature for a copy of the request.
        self.signed = max(int(time.time() * 1000), self.signed + 1)
        at = str(self.signed)
        text = "\n".join(
            [request.method, request.path_url, at, hashlib.sha256(body).hexdigest()]
        )
        request.headers["x-device"] = self.id
        request.headers["x-time"] = at
        request.headers["x-signature"] = base64.b64encode(
            self.key.sign(text.encode())
        ).decode()
        return request


if WHO == "browser":
    schemathesis.auth.set_from_requests(Browser())
elif WHO == "device":
    schemathesis.auth.set_from_requests(Device())
