# SPDX-License-Identifier: GPL-2.0-or-later
"""Tokens judged here: what is refused, and which keys are taken."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from slurmrestd.http.request import HeaderFields
from slurmrestd.rest_auth import Denied
from slurmrestd.rest_auth.edge import MAX_TOKEN, Edge
from slurmrestd.rest_auth.keys import NO_KEYS, BadKey, Settings
from slurmrestd.rest_auth.peer import Peer
from slurmrestd.rest_auth.selection import Incompatible, select

SECRET = bytes(range(1, 33))
PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC_PEM = PRIVATE.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
TCP = Peer(("127.0.0.1", 6820), 9, "127.0.0.1:40000")


def claims(**changes: Any) -> dict[str, Any]:
    """Those of a good token; None takes one away."""
    now = int(time.time())
    made = {"sun": "alice", "iat": now, "exp": now + 600} | changes
    return {name: value for name, value in made.items() if value is not None}


def signed(payload: Any, key: Any = SECRET, algorithm: str = "HS256", **header: Any) -> str:
    return jwt.encode(payload, key, algorithm=algorithm, headers=header or None)


def by_hand(header: Any, payload: Any, key: bytes = SECRET) -> str:
    """A token that no library would make, with a good HMAC all the same."""
    parts = [header, payload]
    texts = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in parts]
    message = b".".join(base64.urlsafe_b64encode(text).rstrip(b"=") for text in texts)
    signature = hmac.digest(key, message, hashlib.sha256)
    return (message + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def public_key(key: rsa.RSAPrivateKey, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return made | more


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "jwt.key"
    path.write_bytes(SECRET)
    path.chmod(0o600)
    return path


@pytest.fixture
def jwks(tmp_path: Path) -> Path:
    path = tmp_path / "jwks.json"
    keys = [
        public_key(OTHER, kid="encrypts", use="enc"),
        {"kty": "EC", "kid": "curve", "crv": "P-256"},
        public_key(PRIVATE, kid="one", alg="RS256"),
    ]
    path.write_text(json.dumps({"keys": keys}))
    path.chmod(0o644)
    return path


@pytest.fixture
def edge(secret: Path, jwks: Path) -> Edge:
    return Edge(Settings(str(secret), str(jwks)))


@pytest.fixture
def of_secret(secret: Path) -> Edge:
    return Edge(Settings(str(secret)))


@pytest.fixture
def of_jwks(jwks: Path) -> Edge:
    return Edge(Settings(jwks=str(jwks)))


class TestGood:
    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"iat": None},
            {"iat": 9_999_999_999},
            {"aud": "somebody"},
            {"sun": None, "username": "alice"},
            {"nbf": 0},
            {"more": {"a": [1]}},
        ],
    )
    def test_what_slurm_takes_is_let_in(self, of_secret: Edge, changes: dict[str, Any]) -> None:
        of_secret.check(signed(claims(**changes)))

    def test_a_provider_s_token_is_let_in(self, of_jwks: Edge) -> None:
        of_jwks.check(signed(claims(), PRIVATE, "RS256", kid="one"))

    def test_both_kinds_go_side_by_side(self, edge: Edge) -> None:
        edge.check(signed(claims()))
        edge.check(signed(claims(), PRIVATE, "RS256", kid="one"))

    def test_the_site_names_the_claim(self, secret: Path) -> None:
        edge = Edge(Settings(str(secret), claim="preferred_username"))
        edge.check(signed(claims(sun=None, preferred_username="alice")))
        with pytest.raises(Denied, match="preferred_username"):
            edge.check(signed(claims()))


class TestDenied:
    @pytest.mark.parametrize(
        "changes",
        [
            {"exp": None},
            {"exp": 1},
            {"exp": int(time.time()) - 1},
            {"exp": "soon"},
            {"exp": []},
            {"nbf": 9_999_999_999},
            {"sun": None},
            {"sun": ""},
            {"sun": 5},
            {"sun": ["root"]},
            {"sun": None, "username": ""},
        ],
    )
    def test_claims_that_will_not_do(self, of_secret: Edge, changes: dict[str, Any]) -> None:
        with pytest.raises(Denied):
            of_secret.check(signed(claims(**changes)))

    def test_another_key(self, edge: Edge) -> None:
        for token in (
            signed(claims(), b"x" * 32),
            signed(claims(), OTHER, "RS256", kid="one"),
        ):
            with pytest.raises(Denied):
                edge.check(token)

    @pytest.mark.parametrize("kid", [None, "two", "encrypts", "curve", ""])
    def test_a_key_that_is_not_known(self, edge: Edge, kid: str | None) -> None:
        header = {} if kid is None else {"kid": kid}
        with pytest.raises(Denied):
            edge.check(signed(claims(), PRIVATE, "RS256", **header))

    @pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE"])
    def test_no_signature(self, edge: Edge, algorithm: str) -> None:
        for signature in ("", "AAAA"):
            token = by_hand({"alg": algorithm, "typ": "JWT"}, claims()).rpartition(".")[0]
            with pytest.raises(Denied):
                edge.check(f"{token}.{signature}")

    def test_a_public_key_is_no_secret(self, edge: Edge, of_jwks: Edge) -> None:
        """Anybody knows it: HMAC by it is nobody's signature."""
        for key in (PUBLIC_PEM, PUBLIC_PEM.strip(), b"one"):
            for header in ({"alg": "HS256"}, {"alg": "HS256", "kid": "one"}):
                token = by_hand(header, claims(), key)
                for judge in (edge, of_jwks):
                    with pytest.raises(Denied):
                        judge.check(token)

    @pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
    def test_another_algorithm_of_the_same_key(self, edge: Edge, algorithm: str) -> None:
        with pytest.raises(Denied):
            edge.check(signed(claims(), SECRET * 2, algorithm))
        with pytest.raises(Denied):
            edge.check(by_hand({"alg": algorithm}, claims()))

    def test_an_algorithm_whose_keys_are_not_given(self, of_secret: Edge, of_jwks: Edge) -> None:
        with pytest.raises(Denied):
            of_secret.check(signed(claims(), PRIVATE, "RS256", kid="one"))
        with pytest.raises(Denied):
            of_jwks.check(signed(claims()))

    @pytest.mark.parametrize(
        "header",
        [
            *(b"", b"{", b"[]", b"null", b"5", b'"HS256"', b"[" * 5000, b'{"alg":' * 1000),
            *({}, {"alg": None}, {"alg": ["HS256"]}, {"alg": {}}, {"alg": "HS256", "kid": 5}),
            {"alg": "HS256", "crit": ["exp"]},
            {"alg": "HS256", "crit": ["b64"], "b64": False},
            {"alg": "RS256", "kid": ["one"]},
            {"alg": "RS256", "jwk": public_key(OTHER)},
            {"alg": "RS256", "jku": "http://127.0.0.1:1/keys", "kid": "x"},
        ],
        ids=lambda header: str(header)[:30],
    )
    def test_a_header_that_is_none(self, edge: Edge, header: Any) -> None:
        with pytest.raises(Denied):
            edge.check(by_hand(header, claims()))

    @pytest.mark.parametrize(
        "payload",
        [b"", b"[]", b"null", b"{", b"[" * 5000, b'{"exp":1e999}', b'{"exp":1e400,"sun":"a"}'],
        ids=lambda payload: str(payload)[:20],
    )
    def test_a_payload_that_is_none(self, edge: Edge, payload: bytes) -> None:
        with pytest.raises(Denied):
            edge.check(by_hand({"alg": "HS256"}, payload))

    @pytest.mark.parametrize("token", ["", "none", ".", "..", "...", "a.b.c", "é.é.é", "a" * 100])
    def test_what_is_no_token(self, edge: Edge, token: str) -> None:
        with pytest.raises(Denied):
            edge.check(token)

    @given(st.text(max_size=60))
    def test_any_text_is_denied_and_nothing_else(self, text: str) -> None:
        with pytest.raises(Denied):
            _EDGE.check(text)
        with pytest.raises(Denied):
            _EDGE.check(signed(claims()) + text if text else "x")

    @pytest.mark.parametrize("behind", ["=", "==", ".", "A"])
    def test_a_token_with_something_behind_it(self, edge: Edge, behind: str) -> None:
        with pytest.raises(Denied):
            edge.check(signed(claims()) + behind)

    def test_a_huge_token_is_not_looked_at(self, edge: Edge) -> None:
        token = signed(claims(filler="x" * MAX_TOKEN))
        with pytest.raises(Denied, match="letters"):
            edge.check(token)

    def test_what_is_said_of_a_token_does_not_repeat_it(self, edge: Edge) -> None:
        for token in (signed(claims(sun="secret"), b"x" * 32), "secret.secret.secret", "secret"):
            with pytest.raises(Denied) as caught:
                edge.check(token)
            assert "secret" not in str(caught.value)
            assert caught.value.__cause__ is None


class TestKeys:
    @pytest.mark.parametrize("mode", [0o604, 0o602, 0o601, 0o620, 0o666, 0o644])
    def test_a_secret_that_others_can_get_at_is_refused(self, secret: Path, mode: int) -> None:
        secret.chmod(mode)
        with pytest.raises(BadKey, match="chmod"):
            Edge(Settings(str(secret)))

    @pytest.mark.parametrize("mode", [0o400, 0o600, 0o440, 0o640])
    def test_one_of_our_group_is_taken(self, secret: Path, mode: int) -> None:
        secret.chmod(mode)
        Edge(Settings(str(secret)))

    @pytest.mark.parametrize("mode", [0o646, 0o664])
    def test_public_keys_that_others_can_change_are_refused(self, jwks: Path, mode: int) -> None:
        jwks.chmod(mode)
        with pytest.raises(BadKey, match="chmod"):
            Edge(Settings(jwks=str(jwks)))

    @pytest.mark.parametrize("data", [b"", b"short", b"x" * 31, b"x" * 2_000_000])
    def test_a_secret_of_no_good_length_is_refused(self, secret: Path, data: bytes) -> None:
        secret.write_bytes(data)
        with pytest.raises(BadKey):
            Edge(Settings(str(secret)))

    @pytest.mark.parametrize(
        "content",
        [
            *("", "{", "[]", "null", "{}", '{"keys": 5}', '{"keys": []}', '{"keys": [5]}'),
            json.dumps({"keys": [{"kty": "RSA", "kid": "one", "alg": "RS256"}]}),
            json.dumps({"keys": [public_key(PRIVATE)]}),
            json.dumps(
                {"keys": [jwt.algorithms.RSAAlgorithm.to_jwk(PRIVATE, as_dict=True) | {"kid": "a"}]}
            ),
        ],
    )
    def test_a_file_without_public_keys_is_refused(self, jwks: Path, content: str) -> None:
        """A private key among them, too: it has no business here."""
        jwks.write_text(content)
        with pytest.raises(BadKey):
            Edge(Settings(jwks=str(jwks)))

    def test_what_is_no_file_is_refused(self, tmp_path: Path) -> None:
        for path in (str(tmp_path), str(tmp_path / "none"), "/dev/zero"):
            with pytest.raises(BadKey):
                Edge(Settings(path))

    def test_new_keys_are_read(self, secret: Path) -> None:
        edge = Edge(Settings(str(secret)))
        secret.write_bytes(b"y" * 32)
        edge.check(signed(claims()))
        edge.reload()
        edge.check(signed(claims(), b"y" * 32))
        with pytest.raises(Denied):
            edge.check(signed(claims()))

    def test_keys_that_are_gone_stay(self, secret: Path, caplog: pytest.LogCaptureFixture) -> None:
        edge = Edge(Settings(str(secret)))
        secret.unlink()
        edge.reload()
        edge.check(signed(claims()))
        assert "stay as they are" in caplog.text


class TestMethod:
    """rest_auth/jwt with keys."""

    def headers(self, token: str, **more: str) -> HeaderFields:
        named = [(name.replace("_", "-").encode(), text.encode()) for name, text in more.items()]
        return HeaderFields([(b"x-slurm-user-token", token.encode()), *named])

    def test_a_good_token_is_passed_on_as_it_is(self, secret: Path) -> None:
        method = select("jwt", keys=Settings(str(secret)))
        token = signed(claims())
        assert method.authenticate(self.headers(token), TCP).token == token

    def test_it_may_speak_for_another(self, secret: Path) -> None:
        """The controller judges that."""
        method = select("jwt", keys=Settings(str(secret)))
        headers = self.headers(signed(claims(sun="root")), x_slurm_user_name="bob")
        assert method.authenticate(headers, TCP).user_name == "bob"

    def test_a_bad_one_is_denied(self, secret: Path) -> None:
        method = select("jwt", keys=Settings(str(secret)))
        for token in ("", "garbage", signed(claims(), b"x" * 32)):
            with pytest.raises(Denied):
                method.authenticate(self.headers(token), TCP)

    def test_without_keys_any_token_passes(self) -> None:
        assert select("jwt", keys=NO_KEYS).authenticate(self.headers("garbage"), TCP).token

    def test_keys_without_tokens_make_no_sense(self, secret: Path) -> None:
        with pytest.raises(Incompatible, match="-a"):
            select("local", keys=Settings(str(secret)))


def _made() -> Edge:
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(SECRET)
        file.flush()
        return Edge(Settings(file.name))


_EDGE = _made()
