"""Certificates of the lab's sites: two authorities that programs inside trust, and one that they do not."""

from datetime import datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from tests.lab.kinds import Paper

VALID_FOR = timedelta(days=100)


class Papers:
    """The authorities, each a root with one below it that signs, and what they have signed."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder, self._now = folder, now
        roots = {name: trustme.CA(organization_name=f"{name.title()} Roots") for name in ("first", "second", "unknown")}
        self._signers = {name: trustme.CA(root, 0, f"{name.title()} Authority") for name, root in roots.items()}
        self._made: dict[Paper, Path] = {}
        self._keys: dict[str, bytes] = {}
        self.trusted = folder / "trusted.pem"
        self.trusted.write_bytes(b"".join(roots[name].cert_pem.bytes() for name in ("first", "second")))

    def file_of(self, paper: Paper) -> Path:
        """The certificate with its key and chain in one file, as servers read it. The same paper is the same file."""
        if paper not in self._made:
            path = self._folder / f"paper-{len(self._made)}.pem"
            path.write_bytes(self._issue(paper))
            self._made[paper] = path
        return self._made[paper]

    def _issue(self, paper: Paper) -> bytes:
        signer, ends = self._signers[paper.authority], self._now + timedelta(days=paper.ends_in)
        leaf = signer.issue_cert(*paper.names, not_before=ends - VALID_FOR, not_after=ends,
                                 organization_name="Lab")  # fmt: skip
        key, chain = leaf.private_key_pem.bytes(), [pem.bytes() for pem in leaf.cert_chain_pems]
        known = self._keys.setdefault(paper.key, key) if paper.key else key
        if known != key:
            key, chain[0] = known, _for_key(chain[0], known, signer)
        return b"".join([key, *chain])


def _for_key(certificate: bytes, key: bytes, signer: trustme.CA) -> bytes:
    """The same certificate for another key: trustme makes a key of its own each time."""
    model, private = x509.load_pem_x509_certificate(certificate), load_pem_private_key(key, None)
    signing = load_pem_private_key(signer.private_key_pem.bytes(), None)
    assert isinstance(private, EllipticCurvePrivateKey)
    assert isinstance(signing, EllipticCurvePrivateKey)
    made = x509.CertificateBuilder(model.issuer, model.subject, private.public_key(), x509.random_serial_number(),
                                   model.not_valid_before_utc, model.not_valid_after_utc)  # fmt: skip
    for extension in model.extensions:
        made = made.add_extension(extension.value, extension.critical)
    return made.sign(signing, SHA256()).public_bytes(Encoding.PEM)
